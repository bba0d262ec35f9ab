import { spawn } from "node:child_process";

export type Counts = { passed: number; failed: number; skipped: number };
type Check = { readonly name: string; readonly script: string };

/**
 * Two lanes at a time, for two cores: lint takes about as long as all the others together. Each check counts as one
 * test.
 */
const LANES: readonly (readonly Check[])[] = [
  [
    { name: "formatting", script: "format:check" },
    { name: "compiler", script: "types" },
    { name: "unused exports", script: "unused" },
  ],
  [{ name: "lint", script: "lint" }],
];

/** Runs an npm script and returns its whole output at once: two scripts printing together would mix their lines. */
function runScript(root: string, script: string): Promise<{ readonly isGood: boolean; readonly printed: string }> {
  const child = spawn("npm", ["run", "--silent", script], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text: Buffer) => {
      printed += text.toString();
    });
  return new Promise((resolve) => {
    child.once("error", (problem) => resolve({ isGood: false, printed: `${printed}${problem.message}\n` }));
    child.once("close", (status) => resolve({ isGood: status === 0, printed }));
  });
}

/** Formatting, types, lint and unused exports; `print` receives what each of them reports. */
export async function runChecks(root: string, print: (line: string) => void): Promise<Counts> {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  const runLane = async (lane: readonly Check[]): Promise<void> => {
    for (const { name, script } of lane) {
      const { isGood, printed } = await runScript(root, script);
      if (printed.trim() !== "") print(printed.trimEnd());
      print(`${isGood ? "✓" : "✗"} ${name}`);
      counts[isGood ? "passed" : "failed"]++;
    }
  };
  await Promise.all(LANES.map(runLane));
  return counts;
}
