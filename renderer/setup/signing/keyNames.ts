import { useCallback, useEffect, useState } from "react";
import type { LinkReply } from "../../../src/contract/linkMessages.js";
import { useStation } from "../../bridge/StoresContext.js";
import type { TextKey } from "../../app/dictionary.js";

export type KeyNames = Omit<Extract<LinkReply, { kind: "signing-keys" }>, "kind">;

/** Screens receive only the names of keys. Reloaded after every change. */
export function useKeyNames(): { readonly keys: KeyNames | undefined; readonly refresh: () => void } {
  const station = useStation();
  const [keys, setKeys] = useState<KeyNames | undefined>(undefined);
  const refresh = useCallback(() => {
    void station.request({ kind: "list-signing-keys" }).then((reply) => {
      if (reply.ok && reply.value.kind === "signing-keys") setKeys(reply.value);
    });
  }, [station]);
  useEffect(refresh, [refresh]);
  return { keys, refresh };
}

/** Short passphrases can be found by brute force; 12 characters are the accepted minimum. */
const PASSPHRASE_MIN = 12;

type NewKey = { readonly name: string; readonly how: "passphrase" | "random"; readonly passphrase: string };

/** The problem of a key being created, as a dictionary key. */
export function keyProblem(
  { name, how, passphrase }: NewKey,
  names: readonly string[],
): { readonly field: "name" | "passphrase"; readonly key: TextKey } | undefined {
  if (name.trim() === "") return { field: "name", key: "setup.keys.problem.name" };
  if (names.includes(name.trim())) return { field: "name", key: "setup.keys.problem.exists" };
  const isShort = how === "passphrase" && passphrase.length < PASSPHRASE_MIN;
  return isShort ? { field: "passphrase", key: "setup.keys.problem.passphrase" } : undefined;
}
