import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { err, ok } from "../core/result.js";
import { ioFailure } from "./fileStore.js";
import type { Sealer } from "./keychain.js";

const CIPHER = "aes-256-gcm";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * For machines without a keychain: AES-256-GCM with a random key in a file of its own that only this user may read
 * (0600). It protects a secrets file that is copied, mailed or backed up alone, and against other users of the machine;
 * not against anyone who can read all of this user's data folder.
 */
export function createFileSealer(keyPath: string): Sealer {
  const loadKey = async (mayMake: boolean): Promise<Uint8Array | undefined> => {
    try {
      return await readFile(keyPath);
    } catch (cause: unknown) {
      if (!mayMake || ioFailure("read", cause).code !== "ENOENT") throw cause;
    }
    const key = randomBytes(KEY_BYTES);
    await mkdir(dirname(keyPath), { recursive: true });
    await writeFile(keyPath, key, { mode: 0o600, flag: "wx" });
    // Set explicitly, because an unusual umask could give others access.
    await chmod(keyPath, 0o600);
    return key;
  };
  return {
    id: "file",
    store: "encrypted-file",
    isAvailable: () => Promise.resolve(true),
    seal: async (name, secret) => {
      try {
        const key = await loadKey(true);
        if (key?.length !== KEY_BYTES) return err(ioFailure("keep a key", "damaged key file"));
        const nonce = randomBytes(NONCE_BYTES);
        const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(name));
        const sealed = Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
        return ok(sealed.toString("base64"));
      } catch (cause: unknown) {
        return err(ioFailure("keep a key", cause));
      }
    },
    open: async (name, sealedText) => {
      try {
        const key = await loadKey(false);
        const sealed = Buffer.from(sealedText, "base64");
        if (!key || sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
        const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(name));
        decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
        const body = sealed.subarray(NONCE_BYTES, -TAG_BYTES);
        return new Uint8Array(Buffer.concat([decipher.update(body), decipher.final()]));
      } catch {
        // The key file of another machine, or a changed secret: refusing these is the purpose.
        return undefined;
      }
    },
    forget: () => Promise.resolve(),
  };
}
