import { createWriteStream } from "node:fs";
import { localFrameAt } from "../../src/geo/localFrame.js";
import type { Exposure } from "../camera/cameraPort.js";
import { isInside, project, viewOf } from "../camera/projection.js";
import type { Scenario } from "../scenario.js";
import { openActors } from "./actors.js";
import { groundOf } from "./ground.js";

export type TruthWriter = {
  /** To be called with every exposure; writes when a new second has begun. */
  readonly tick: (exposure: Exposure) => void;
  /** Resolves when everything is on disk. */
  readonly close: () => Promise<void>;
};

/**
 * What was true in one exposure: an object an actor (DESIGN.md 7). `inFov`: its middle is in the picture, by the true
 * pose; `inFovSinceUs` says to the frame when it came in, which a line a second could not. Exposures come in order.
 */
function openTruth(scenario: Scenario, seed: number): (exposure: Exposure) => object[] {
  const inFovSinceUs = new Map<string, number>();
  const actorsAt = openActors(scenario, seed);
  const ground = groundOf(scenario);
  const frame = localFrameAt(scenario.home);
  return (exposure) => {
    const view = viewOf(exposure.truth, scenario.camera, frame);
    return actorsAt(exposure.scenarioS).map((actor) => {
      const upM = ground.heightAmslM(actor.eastM, actor.northM);
      const inFov = isInside(view, project(view, { eastM: actor.eastM, northM: actor.northM, upM }));
      if (!inFov) inFovSinceUs.delete(actor.id);
      else if (!inFovSinceUs.has(actor.id)) inFovSinceUs.set(actor.id, exposure.unixTimeUs);
      return {
        unixTimeUs: exposure.unixTimeUs,
        id: actor.id,
        class: actor.kind,
        latitudeDeg: round(actor.position.latitudeDeg, 8),
        longitudeDeg: round(actor.position.longitudeDeg, 8),
        lengthM: actor.lengthM,
        groundSpeedMps: round(actor.groundSpeedMps, 3),
        courseDeg: round(actor.courseDeg, 1),
        inFov,
        ...(inFov ? { inFovSinceUs: inFovSinceUs.get(actor.id) } : {}),
      };
    });
  };
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Writes the truth as JSON lines while the sortie runs, once a second. A failing disk is told on stderr once. */
export function openTruthWriter(path: string, scenario: Scenario, seed: number): TruthWriter {
  const truthOf = openTruth(scenario, seed);
  const out = createWriteStream(path);
  const finished = new Promise<void>((resolve) => {
    out.once("close", resolve);
    out.once("error", (error) => {
      process.stderr.write(`truth: cannot write ${path}: ${error.message}\n`);
      resolve();
    });
  });
  let writtenSecond: number | undefined;
  return {
    tick: (exposure) => {
      const lines = truthOf(exposure);
      const second = Math.floor(exposure.unixTimeUs / 1e6);
      if (second === writtenSecond) return;
      writtenSecond = second;
      out.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    },
    close: () => {
      out.end();
      return finished;
    },
  };
}
