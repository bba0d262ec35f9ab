/**
 * A network with nobody in it but the machine itself: Linux's network namespaces. What runs in it has no interface that leads
 * anywhere, as on a beach without a signal.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** `commandIn`: the words that start a command in this network. */
export type EmptyNetwork = {
  readonly commandIn: (...words: readonly string[]) => readonly [string, ...string[]];
  readonly leave: () => void;
};

const AS_ROOT_OF_ITS_OWN = ["--user", "--map-root-user", "--net"];

/** Undefined where the machine lets nobody make one (some containers). */
export async function enterEmptyNetwork(): Promise<EmptyNetwork | undefined> {
  if (spawnSync("unshare", [...AS_ROOT_OF_ITS_OWN, "ip", "link", "set", "lo", "up"]).status !== 0) return undefined;
  const holder = spawn("unshare", [...AS_ROOT_OF_ITS_OWN, "sh", "-c", "ip link set lo up && echo up && exec cat"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  await saysUp(holder);
  const enter = ["nsenter", "--target", String(holder.pid), "--user", "--net", "--preserve-credentials"] as const;
  return {
    commandIn: (...words) => [...enter, ...words],
    leave: () => void holder.kill(),
  };
}

const saysUp = (holder: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    holder.stdout?.once("data", () => resolve());
    holder.once("exit", () => reject(new Error("no network of its own")));
  });

/** A command of one word, for who takes no more: a script in a folder of its own. */
export function asOneWord(words: readonly string[]): string {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), "vigie-in-")), "run.sh");
  writeFileSync(file, `#!/bin/sh\nexec ${words.map((word) => `'${word}'`).join(" ")} "$@"\n`, { mode: 0o755 });
  return file;
}
