import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { linkProblem } from "../../station/linkProblem.js";
import { EXIT_DONE, EXIT_FAILED, printText, print, wrongUse } from "../output.js";
import { projectRoot } from "./projectRoot.js";

export const trialHelp = `vigie trial [NAME=URI[+URI]]...
          everything a pilot does, and what goes wrong on the way (a second station, a stalled link, a link cut in an upload,
          vigie fly), with each autopilot that answers: its kind and airframe are its own. Two URIs are two ports of one
          aircraft. They are flown, so give it simulated ones: ArduPilot's and PX4's own. Without any, our simulator in every
          flavour. One table at the end; exit 1 when anything failed.
          vigie trial copter=tcp://127.0.0.1:5760+tcp://127.0.0.1:5762 px4-vtol=udp://:14550`;

const SCRIPT = "src/station/everyAutopilot.system.test.ts";

/** Why the given autopilots cannot be tried, as a text; undefined when all can be. */
export function trialProblem(words: readonly string[]): string | undefined {
  for (const word of words) {
    const uris = word.replace(/^[A-Za-z0-9_-]+=/, "").split("+");
    if (uris.length > 2) return `${word}: one link, or two to the same aircraft`;
    const problem = linkProblem(uris);
    if (problem !== undefined) return problem;
    const other = uris.find((uri) => !/^(udp|tcp):\/\//.test(uri));
    if (other !== undefined) return `${other}: a trial takes udp://:PORT, udp://HOST:PORT or tcp://HOST:PORT`;
  }
  return undefined;
}

/** `vigie trial`: tests a pilot's whole day against the given autopilots, or our simulator; prints one table. */
export async function runTrial(argv: readonly string[]): Promise<number> {
  const problem = trialProblem(argv);
  if (problem !== undefined) return wrongUse(problem, trialHelp);
  const root = projectRoot();
  const folder = mkdtempSync(path.join(os.tmpdir(), "vigie-trial-table-"));
  const tableFile = path.join(folder, "table.txt");
  const child = spawn(
    process.execPath,
    [path.join(root, "node_modules/vitest/vitest.mjs"), "run", "--project", "system", "--maxConcurrency", "12", SCRIPT],
    {
      cwd: root,
      stdio: ["ignore", 2, 2],
      env: { ...process.env, VIGIE_SITL: argv.join(" "), VIGIE_TRIAL_TABLE: tableFile, NODE_ENV: "test" },
    },
  );
  const status = await new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? EXIT_FAILED)));
  if (existsSync(tableFile)) printText(readFileSync(tableFile, "utf8").trimEnd());
  else print("vigie trial: the tests left no table: they crashed");
  rmSync(folder, { recursive: true, force: true });
  return status === 0 ? EXIT_DONE : EXIT_FAILED;
}
