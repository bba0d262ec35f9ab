import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { decodeText } from "../core/decodeText.js";
import { printText, print } from "./output.js";

/** What `plan` and `check` need of the world; tests give their own. Reading and writing reject as `node:fs` does. */
export type CommandIo = {
  readonly readText: (path: string) => Promise<string>;
  readonly writeText: (path: string, text: string) => Promise<void>;
  readonly stdout: (line: string) => void;
  readonly stderr: (line: string) => void;
};

export const nodeIo: CommandIo = {
  readText: async (file) => {
    // A pipe or a device would be waited for, or read for ever.
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

/** The text, or why not in a few words ("no such file"). */
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

export function reasonOf(cause: unknown): string {
  const code = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined;
  if (code === "ENOENT") return "no such file";
  if (code === "EISDIR") return "is a folder";
  if (code === "EACCES" || code === "EPERM") return "not permitted";
  return cause instanceof Error ? cause.message : String(cause);
}
