import { err, ok } from "../core/result.js";
import { ioFailure } from "./fileStore.js";
import type { Sealer } from "./keychain.js";

/**
 * The desktop application's access to the operating system's keychain; undefined where there is none. Texts are base64.
 */
export type ShellSeal = {
  readonly seal: (text: string) => Promise<string | undefined>;
  readonly unseal: (sealed: string) => Promise<string | undefined>;
};

/** Seals secrets with a key that the operating system's keychain stores for the desktop application. */
export const createShellSealer = (shell: ShellSeal): Sealer => ({
  id: "shell",
  store: "keychain",
  isAvailable: async () => (await shell.seal("")) !== undefined,
  seal: async (_name, secret) => {
    const sealed = await shell.seal(Buffer.from(secret).toString("base64"));
    return sealed === undefined ? err(ioFailure("keep a key", "keychain")) : ok(sealed);
  },
  open: async (_name, sealed) => {
    const text = await shell.unseal(sealed);
    return text === undefined ? undefined : new Uint8Array(Buffer.from(text, "base64"));
  },
  forget: () => Promise.resolve(),
});
