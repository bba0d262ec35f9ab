/* eslint-disable @typescript-eslint/no-deprecated -- the oldest Electron we run on has no other form of safeStorage */
import { safeStorage } from "electron";
import type { ShellToStation, StationToShell } from "../src/station/hostProtocol.js";

/** Seals and opens the station's small secrets with a key that the operating system's keychain keeps. */
export function answerSeal({ kind, askId, text }: StationToShell): ShellToStation {
  return { kind: "sealed", askId, text: hasKeychain() ? attempt(kind, text) : undefined };
}

/** On Linux without a keyring Electron "encrypts" with a password that everybody knows: that is no keychain. */
function hasKeychain(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return process.platform !== "linux" || safeStorage.getSelectedStorageBackend() !== "basic_text";
}

function attempt(kind: StationToShell["kind"], text: string): string | undefined {
  try {
    if (kind === "seal") return safeStorage.encryptString(text).toString("base64");
    return safeStorage.decryptString(Buffer.from(text, "base64"));
  } catch {
    // The keychain was reset, or its owner said no: the secret cannot be opened.
    return undefined;
  }
}
