import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";
import { EXIT_FAILED, print } from "../output.js";
import { prepareMachine, startDisplay } from "./machine.js";
import { projectRoot } from "./projectRoot.js";

/** The benchmarks that open windows or a browser; the others run without a display. */
const WITH_WINDOWS: readonly string[] = ["frames", "map", "start", "memory"];

/** Whether the requested benchmarks open windows: true without `--only`, or when it names one of those. */
export function needsDisplay(argv: readonly string[]): boolean {
  const at = argv.findIndex((word) => word === "--only" || word.startsWith("--only="));
  if (at < 0) return true;
  const only = argv[at]?.split("=")[1] ?? argv[at + 1] ?? "";
  return WITH_WINDOWS.includes(only);
}

type Ready = { readonly display: ChildProcess | undefined; readonly environment: NodeJS.ProcessEnv };

/** Starts a display and prepares the rest that windows need; returns a text of what is missing. */
async function prepare(root: string): Promise<Ready | string> {
  const problem = prepareMachine(root, print);
  if (problem !== undefined) return problem;
  if (process.platform !== "linux") return { display: undefined, environment: process.env };
  try {
    const { child, name } = await startDisplay();
    return { display: child, environment: { ...process.env, DISPLAY: name } };
  } catch (cause: unknown) {
    return `No display for the windows: ${cause instanceof Error ? cause.message : String(cause)}.`;
  }
}

/** `vigie bench [--quick] [--only NAME]`: prints ratios against named peers measured in the same run. */
export async function runBench(argv: readonly string[]): Promise<number> {
  const root = projectRoot();
  const ready = needsDisplay(argv) ? await prepare(root) : { display: undefined, environment: process.env };
  if (typeof ready === "string") {
    print(`vigie bench: ${ready}`);
    return EXIT_FAILED;
  }
  const script = path.join(root, "dist/node/bench.cjs");
  const env = ready.environment;
  const child = spawn(process.execPath, ["--expose-gc", script, ...argv], { stdio: "inherit", env });
  const status = await new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? EXIT_FAILED)));
  ready.display?.kill();
  return status;
}
