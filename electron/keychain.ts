/* eslint-disable @typescript-eslint/no-deprecated -- the oldest Electron we run on has no other form of safeStorage */
import { safeStorage } from "electron";
import type { ShellToStation, StationToShell } from "../src/station/hostProtocol.js";

/** Encrypts and decrypts the station's secrets (MAVLink signing keys) with a key kept in the operating system's keychain. */
export function answerSeal({ kind, askId, text }: StationToShell): ShellToStation {
  return { kind: "sealed", askId, text: hasKeychain() ? attempt(kind, text) : undefined };
}

/** On Linux without a keyring Electron uses a hard-coded password ("basic_text"), which protects nothing: not accepted. */
function hasKeychain(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return process.platform !== "linux" || safeStorage.getSelectedStorageBackend() !== "basic_text";
}

function attempt(kind: StationToShell["kind"], text: string): string | undefined {
  try {
    if (kind === "seal") return safeStorage.encryptString(text).toString("base64");
    return safeStorage.decryptString(Buffer.from(text, "base64"));
  } catch {
    // The keychain was reset or access was denied: the secret cannot be decrypted.
    return undefined;
  }
}
