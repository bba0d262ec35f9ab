import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { decodeText } from "../core/decodeText.js";
import { printText, print } from "./output.js";

/**
 * The input and output that `plan` and `check` use; tests pass their own. Reads and writes reject as `node:fs` does.
 */
export type CommandIo = {
  readonly readText: (path: string) => Promise<string>;
  readonly writeText: (path: string, text: string) => Promise<void>;
  readonly stdout: (line: string) => void;
  readonly stderr: (line: string) => void;
};

export const nodeIo: CommandIo = {
  readText: async (file) => {
    // Reading a pipe or a device could block, or never end.
    if (!(await stat(file)).isFile()) throw new Error("is not a plain file");
    return decodeText(await readFile(file));
  },
  writeText: async (file, text) => {
    await mkdir(path.dirname(path.resolve(file)), { recursive: true });
    await writeFile(file, text);
  },
  stdout: printText,
  stderr: print,
};

/** The file's text, or the reason why not in a few words ("no such file"). */
export async function readOrWhy(
  io: CommandIo,
  file: string,
): Promise<{ readonly text: string } | { readonly why: string }> {
  try {
    return { text: await io.readText(file) };
  } catch (cause: unknown) {
    return { why: `${file}: ${reasonOf(cause)}` };
  }
}

/** Why a file operation failed, in a few words. */
export function reasonOf(cause: unknown): string {
  const code = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined;
  if (code === "ENOENT") return "no such file";
  if (code === "EISDIR") return "is a folder";
  if (code === "EACCES" || code === "EPERM") return "not permitted";
  return cause instanceof Error ? cause.message : String(cause);
}
