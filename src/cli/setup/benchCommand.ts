import { spawn } from "node:child_process";
import path from "node:path";
import { projectRoot } from "./projectRoot.js";

/** `vigie bench [--quick] [--only NAME]`: prints ratios against named peers measured in the same run. */
export function runBench(argv: readonly string[]): Promise<number> {
  const script = path.join(projectRoot(), "dist/node/bench.cjs");
  const child = spawn(process.execPath, ["--expose-gc", script, ...argv], { stdio: "inherit" });
  return new Promise((resolve) => child.once("exit", (status) => resolve(status ?? 1)));
}
