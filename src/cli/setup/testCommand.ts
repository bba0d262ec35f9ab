import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { prepareMachine, startDisplay } from "./machine.js";
import { projectRoot } from "./projectRoot.js";

type Counts = { passed: number; failed: number; skipped: number };

/** Cheap to dear, as a developer wants to hear of a mistake. Each counts as one test. */
const CHECKS: readonly { readonly name: string; readonly script: string }[] = [
  { name: "formatting", script: "format:check" },
  { name: "compiler", script: "types" },
  { name: "lint", script: "lint" },
  { name: "unused exports", script: "unused" },
];
const PROJECTS = ["unit", "system", "e2e"] as const;

const print = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

function runChecks(root: string, counts: Counts): void {
  for (const check of CHECKS) {
    const run = spawnSync("npm", ["run", "--silent", check.script], { cwd: root, stdio: ["ignore", 2, 2] });
    const isGood = run.status === 0;
    print(`${isGood ? "✓" : "✗"} ${check.name}`);
    counts[isGood ? "passed" : "failed"]++;
  }
}

function runVitest(root: string, args: readonly string[], environment: NodeJS.ProcessEnv): Promise<Counts> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "vigie-test-"));
  const report = path.join(folder, "counts.json");
  const child = spawn(
    process.execPath,
    [
      path.join(root, "node_modules/vitest/vitest.mjs"),
      "run",
      "--reporter=default",
      `--reporter=${path.join(root, "src/cli/setup/closingReporter.mjs")}`,
      ...args,
    ],
    { cwd: root, stdio: ["ignore", 2, 2], env: { ...environment, VIGIE_TEST_COUNTS: report } },
  );
  return new Promise((resolve) => {
    child.once("exit", (status) => {
      let counts: Counts = { passed: 0, failed: 1, skipped: 0 };
      try {
        counts = JSON.parse(readFileSync(report, "utf8")) as Counts;
      } catch {
        print("The test runner left no counts: it crashed.");
      }
      rmSync(folder, { recursive: true, force: true });
      // An error outside any test (an unhandled rejection, say) fails the run though every test passed.
      if (status !== 0 && counts.failed === 0) counts.failed = 1;
      resolve(counts);
    });
  });
}

/** `vigie test [--only checks|unit|system|e2e] [vitest arguments]`: sets up what is missing and runs every test. */
export async function runTest(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: { only: { type: "string" } },
    allowPositionals: true,
  });
  const root = projectRoot();
  const problem = prepareMachine(root, print);
  if (problem !== undefined) {
    print(problem);
    console.log("0 passed, 1 failed, 0 skipped");
    return 1;
  }
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  if (values.only === undefined || values.only === "checks") runChecks(root, counts);
  if (values.only !== "checks") {
    const display = await startDisplay();
    // Building the screens left this process's own NODE_ENV at "production", in which React has no test tools.
    const environment = { ...process.env, DISPLAY: display.name, NODE_ENV: "test" };
    // One after another: whole sorties and windows must not share two cores with everything else.
    for (const project of PROJECTS.filter((name) => values.only === undefined || values.only === name)) {
      const run = await runVitest(root, ["--project", project, ...positionals], environment);
      counts.passed += run.passed;
      counts.failed += run.failed;
      counts.skipped += run.skipped;
    }
    display.child.kill();
  }
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  return counts.failed === 0 ? 0 : 1;
}
