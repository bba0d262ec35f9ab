import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createSecretStore, type Sealer } from "./keychain.js";
import { createFileSealer } from "./keychainFile.js";
import { createSecretToolSealer } from "./keychainSecretTool.js";
import { createShellSealer } from "./keychainShell.js";

const folder = (): string => mkdtempSync(join(tmpdir(), "vigie-keys-"));
const SECRET = Uint8Array.from({ length: 32 }, (_, i) => i * 7);

/** A script in place of libsecret's tool, which stores each secret in a file. */
function fakeSecretTool(home: string): string {
  const path = join(home, "secret-tool");
  const script = `#!/bin/sh
verb=$1; shift
case "$verb" in
  store) shift; cat > "${home}/$4.secret" ;;
  lookup) cat "${home}/$4.secret" 2>/dev/null || exit 1 ;;
  clear) rm -f "${home}/$4.secret" ;;
esac
`;
  writeFileSync(path, script);
  chmodSync(path, 0o755);
  return path;
}

async function keepsAndForgets(sealer: Sealer, home: string): Promise<string> {
  const path = join(home, "keys.json");
  const store = createSecretStore(path, [sealer]);
  expect(await store.set("field", SECRET)).toMatchObject({ ok: true });
  const text = readFileSync(path, "utf8");
  const again = createSecretStore(path, [sealer]);
  expect(await again.names()).toEqual(["field"]);
  expect(await again.get("field")).toEqual(SECRET);
  expect(await again.get("other")).toBeUndefined();
  expect(await again.remove("field")).toMatchObject({ ok: true });
  expect(await store.names()).toEqual([]);
  expect(await store.get("field")).toBeUndefined();
  return text;
}

describe("keys", () => {
  it("are kept in a file that only their owner's key file opens", async () => {
    const home = folder();
    const keyPath = join(home, "keys.key");
    const text = await keepsAndForgets(createFileSealer(keyPath), home);
    expect(text).not.toContain(Buffer.from(SECRET).toString("base64"));
    if (process.platform !== "win32") expect(statSync(keyPath).mode & 0o777).toBe(0o600);
    const store = createSecretStore(join(home, "keys.json"), [createFileSealer(keyPath)]);
    await store.set("field", SECRET);
    const stranger = createSecretStore(join(home, "keys.json"), [createFileSealer(join(home, "another.key"))]);
    expect(await stranger.get("field")).toBeUndefined();
    expect(await store.store()).toBe("encrypted-file");
  });

  it("under another name or changed by a byte are not opened", async () => {
    const sealer = createFileSealer(join(folder(), "keys.key"));
    const sealed = await sealer.seal("field", SECRET);
    if (!sealed.ok) throw new Error("not sealed");
    expect(await sealer.open("other", sealed.value)).toBeUndefined();
    const bytes = Buffer.from(sealed.value, "base64");
    bytes[20]! ^= 1;
    expect(await sealer.open("field", bytes.toString("base64"))).toBeUndefined();
  });

  it.skipIf(process.platform !== "linux")("go into the desktop's keyring where its tool answers", async () => {
    const home = folder();
    const sealer = createSecretToolSealer(fakeSecretTool(home));
    expect(await sealer.isAvailable()).toBe(true);
    expect(await keepsAndForgets(sealer, home)).not.toContain(Buffer.from(SECRET).toString("base64"));
    expect(await createSecretToolSealer(join(home, "nowhere")).isAvailable()).toBe(false);
  });

  it("are sealed by the desktop shell's keychain where it has one, by the next best otherwise", async () => {
    const home = folder();
    const mirrored = (text: string): string => Array.from(text).reverse().join("");
    const shell = createShellSealer({
      seal: (text) => Promise.resolve(`sealed:${mirrored(text)}`),
      unseal: (text) => Promise.resolve(mirrored(text.slice(7))),
    });
    await keepsAndForgets(shell, home);
    const none = createShellSealer({
      seal: () => Promise.resolve(undefined),
      unseal: () => Promise.resolve(undefined),
    });
    const file = createFileSealer(join(home, "keys.key"));
    expect(await createSecretStore(join(home, "x.json"), [none, file]).store()).toBe("encrypted-file");
    expect(await createSecretStore(join(home, "x.json"), [shell, file]).store()).toBe("keychain");
  });

  it("in a damaged file are gone, and the next one can be kept", async () => {
    const home = folder();
    writeFileSync(join(home, "keys.json"), "{ not json");
    await keepsAndForgets(createFileSealer(join(home, "keys.key")), home);
  });
});
