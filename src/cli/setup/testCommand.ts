import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { prepareMachine, startDisplay } from "./machine.js";
import { type Counts, runChecks } from "./testChecks.js";
import { projectRoot } from "./projectRoot.js";

const PROJECTS = ["unit", "system", "e2e"] as const;
type Project = (typeof PROJECTS)[number];
const VITEST_PROJECTS: Readonly<Record<Project, readonly string[]>> = {
  unit: ["unit", "screen-unit"],
  system: ["system"],
  e2e: ["e2e"],
};

/**
 * The sortie that is flown in real time over real sockets. It needs about half of one core for five minutes and every picture
 * in time, so the other system tests run beside it, with a lower priority.
 */
const REAL_TIME_FLIGHT = "sim/sortie.system.test.ts";
const LOWER_PRIORITY = 5;

const print = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

type Vitest = { readonly root: string; readonly environment: NodeJS.ProcessEnv; readonly args: readonly string[] };

/** `priority` is a `nice` value; 0 is the usual one. */
function runVitest({ root, environment, args }: Vitest, priority = 0): Promise<Counts> {
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
  if (child.pid !== undefined && priority > 0) os.setPriority(child.pid, priority);
  return new Promise((resolve) => {
    child.once("exit", (status) => {
      let counts: Counts = { passed: 0, failed: 1, skipped: 0 };
      try {
        counts = JSON.parse(readFileSync(report, "utf8")) as Counts;
      } catch {
        // The report is missing or incomplete.
        print("The test runner left no counts: it crashed.");
      }
      rmSync(folder, { recursive: true, force: true });
      // An error outside any test (an unhandled rejection, print) fails the run though every test passed.
      if (status !== 0 && counts.failed === 0) counts.failed = 1;
      resolve(counts);
    });
  });
}

/** A project's runs, each a vitest of its own; they run at the same time. */
function runsOf(project: Project, vitest: Vitest): readonly Promise<Counts>[] {
  const args = [...VITEST_PROJECTS[project].flatMap((name) => ["--project", name]), ...vitest.args];
  // For named files: they then run alone.
  if (project !== "system" || vitest.args.length > 0) return [runVitest({ ...vitest, args })];
  return [
    runVitest({ ...vitest, args: [...args, REAL_TIME_FLIGHT] }),
    runVitest({ ...vitest, args: [...args, "--exclude", REAL_TIME_FLIGHT] }, LOWER_PRIORITY),
  ];
}

/** Prints how long each phase took: that is what decides whether a run stays short. */
async function timed<T>(name: string, run: () => Promise<T>): Promise<T> {
  const startMs = performance.now();
  const result = await run();
  print(`${name}: ${Math.round((performance.now() - startMs) / 1000)} s`);
  return result;
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
  const isWanted = (name: string): boolean => values.only === undefined || values.only === name;
  const all: Counts[] = [];
  if (isWanted("checks")) all.push(await timed("checks", () => runChecks(root, print)));
  if (values.only !== "checks") {
    const display = await startDisplay();
    // React has no test utilities where NODE_ENV is "production".
    const environment = { ...process.env, DISPLAY: display.name, NODE_ENV: "test" };
    for (const project of PROJECTS.filter(isWanted)) {
      const runs = () => Promise.all(runsOf(project, { root, environment, args: positionals }));
      all.push(...(await timed(project, runs)));
    }
    display.child.kill();
  }
  const total = (key: keyof Counts): number => all.reduce((sum, counts) => sum + counts[key], 0);
  console.log(`${total("passed")} passed, ${total("failed")} failed, ${total("skipped")} skipped`);
  return total("failed") === 0 ? 0 : 1;
}
