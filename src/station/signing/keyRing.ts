import { randomBytes } from "node:crypto";
import { sha256 } from "../../io/fileStore.js";
import { join } from "node:path";
import { err, ok, type Result } from "../../core/result.js";
import type { StationFailure } from "../../contract/failures.js";
import type { LinkReply } from "../../contract/linkMessages.js";
import { createSecretStore, type Sealer, type SecretStore } from "../../io/keychain.js";
import { createFileSealer } from "../../io/keychainFile.js";
import { createSecretToolSealer } from "../../io/keychainSecretTool.js";
import { createShellSealer, type ShellSeal } from "../../io/keychainShell.js";

const KEY_BYTES = 32;

/** The signing keys by name. A key that was added never leaves the station again. */
export type KeyRing = {
  readonly list: () => Promise<Extract<LinkReply, { kind: "signing-keys" }>>;
  /** SHA-256 of the passphrase, as in other ground stations; random without one. */
  readonly add: (keyName: string, passphrase: string | undefined) => Promise<Result<void, StationFailure>>;
  readonly remove: (keyName: string) => Promise<Result<void, StationFailure>>;
  /** 32 bytes; undefined where there is no such key or it cannot be decrypted here. */
  readonly key: (keyName: string) => Promise<Uint8Array | undefined>;
};

export function createKeyRing(dataFolder: string, shell: ShellSeal | undefined): KeyRing {
  const sealers: Sealer[] = [createSecretToolSealer(), createFileSealer(join(dataFolder, "signing-keys.key"))];
  if (shell) sealers.unshift(createShellSealer(shell));
  return keyRingOn(createSecretStore(join(dataFolder, "signing-keys.json"), sealers));
}

function keyRingOn(store: SecretStore): KeyRing {
  const has = async (keyName: string): Promise<boolean> => (await store.names()).includes(keyName);
  return {
    list: async () => ({ kind: "signing-keys", names: await store.names(), store: await store.store() }),
    add: async (keyName, passphrase) => {
      if (await has(keyName)) return err({ kind: "link", failure: { kind: "key-exists", keyName } });
      const secret = passphrase === undefined ? randomBytes(KEY_BYTES) : sha256(passphrase);
      return store.set(keyName, secret);
    },
    remove: async (keyName) => {
      if (!(await has(keyName))) return err({ kind: "link", failure: { kind: "no-such-key", keyName } });
      const removed = await store.remove(keyName);
      return removed.ok ? ok(undefined) : removed;
    },
    key: async (keyName) => {
      const secret = await store.get(keyName);
      return secret?.length === KEY_BYTES ? secret : undefined;
    },
  };
}
