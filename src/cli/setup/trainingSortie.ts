import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { err, ok, type Result } from "../../core/result.js";
import type { TrainingStart } from "../../station/hostProtocol.js";
import { portsToListenOn } from "./freePorts.js";

export const TRAINING_SCENARIO = "missions/scenarios/boulogne-night-1.json";

/** A running simulator and the ports it sends to. */
export type TrainingSortie = {
  readonly child: ChildProcess;
  readonly link: string;
  readonly video: string;
  /** The files of heights that the simulator stands on; absent where its ground is level. */
  readonly terrain: readonly string[] | undefined;
  readonly training: TrainingStart;
};

type TrainingFailure =
  | { readonly kind: "no-scenario"; readonly file: string }
  | { readonly kind: "bad-scenario"; readonly file: string; readonly problem: string };

type ScenarioHead = {
  readonly name: string;
  readonly seed: number;
  readonly plan?: string;
  readonly terrain?: { readonly files?: readonly string[] };
};

function readHead(root: string, file: string): Result<ScenarioHead, TrainingFailure> {
  const full = path.resolve(root, file);
  if (!existsSync(full)) return err({ kind: "no-scenario", file });
  try {
    const head = JSON.parse(readFileSync(full, "utf8")) as ScenarioHead;
    return ok(head);
  } catch (problem: unknown) {
    return err({ kind: "bad-scenario", file, problem: String(problem) });
  }
}

/** Starts the simulator on a scenario, on free ports, so that a second Vigie on the machine does not disturb it. */
export async function startTrainingSortie(
  root: string,
  file: string,
): Promise<Result<TrainingSortie, TrainingFailure>> {
  const head = readHead(root, file);
  if (!head.ok) return head;
  const { name, seed, plan, terrain } = head.value;
  const scenario = path.resolve(root, file);
  const [linkPort, videoPort] = await portsToListenOn(2);
  const planFile = plan === undefined ? undefined : path.join(root, "missions", plan);
  const planText = planFile !== undefined && existsSync(planFile) ? readFileSync(planFile, "utf8") : undefined;
  const child = spawn(
    process.execPath,
    [
      path.join(root, "dist/node/sim.cjs"),
      "--scenario",
      scenario,
      "--mavlink",
      `udpout:127.0.0.1:${linkPort}`,
      "--video",
      `udp://127.0.0.1:${videoPort}`,
      "--exit-with-parent",
    ],
    { stdio: ["pipe", "ignore", "inherit"] },
  );
  return ok({
    child,
    link: `udp://:${linkPort}`,
    video: `udp://:${videoPort}`,
    terrain: terrain?.files?.map((heights) => path.resolve(path.dirname(scenario), heights)),
    training: { scenarioName: name, seed, planText },
  });
}
