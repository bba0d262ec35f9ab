import { spawn, type ChildProcess } from "node:child_process";
import { ensurePackages, packageFailureText, TEST_PACKAGES } from "./debianPackages.js";
import { fetchTestElectron, findElectron } from "./electronBinary.js";

/** Prepares what tests and benchmarks need and npm cannot provide; returns the reason when that is not possible. */
export function prepareMachine(root: string, print: (line: string) => void): string | undefined {
  const packages = ensurePackages(TEST_PACKAGES, print);
  if (!packages.ok) return packageFailureText(packages.error);
  if (process.platform === "linux" && process.arch === "x64") {
    const fetched = fetchTestElectron(print);
    if (fetched.ok) return undefined;
    print(`The tests' Electron could not be had (${fetched.error.kind}).`);
  }
  const found = findElectron(root, { mayFetch: true, print });
  return found.ok ? undefined : "No Electron for the tests: set VIGIE_ELECTRON to a binary and try again.";
}

/**
 * Starts a display of its own, so that test windows never appear on the developer's screen. Rejects where there is no
 * Xvfb.
 */
export function startDisplay(): Promise<{ readonly child: ChildProcess; readonly name: string }> {
  const child = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1920x1200x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (status) => reject(new Error(`Xvfb ended with ${status ?? "a signal"}`)));
    child.stdio[3]?.once("data", (text: Buffer) => resolve({ child, name: `:${text.toString().trim()}` }));
  });
}
