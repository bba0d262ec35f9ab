import { createWriteStream } from "node:fs";
import { RAD_PER_DEG } from "../../src/geo/angles.js";
import { localFrameAt } from "../../src/geo/localFrame.js";
import type { Exposure } from "../camera/cameraPort.js";
import { isInside, project, viewOf } from "../camera/projection.js";
import type { Offset, Scenario } from "../scenario.js";
import { openActors, type ActorState } from "./actors.js";
import { groundOf } from "./ground.js";

export type TruthWriter = {
  /** To be called with every exposure; writes when a new second has begun. */
  readonly tick: (exposure: Exposure) => void;
  /** Resolves when everything is on disk. */
  readonly close: () => Promise<void>;
};

/**
 * What was true in one exposure: an object an actor (DESIGN.md 7). `inFov`: its middle is in the picture, by the true
 * pose. `inFovSinceUs` says to the frame when that began, which a line a second could not, and `wholeSinceUs` when all of
 * it came in: before that nobody can say what it is. Exposures come in order.
 */
function openTruth(scenario: Scenario, seed: number): (exposure: Exposure) => object[] {
  const inFov = openSince();
  const whole = openSince();
  const actorsAt = openActors(scenario, seed);
  const ground = groundOf(scenario);
  const frame = localFrameAt(scenario.home);
  return (exposure) => {
    const view = viewOf(exposure.truth, scenario.camera, frame);
    return actorsAt(exposure.scenarioS).map((actor) => {
      const upM = ground.heightAmslM(actor.eastM, actor.northM);
      const isSeen = (point: Offset): boolean => isInside(view, project(view, { ...point, upM }));
      const inFovSinceUs = inFov(actor.id, isSeen(actor), exposure.unixTimeUs);
      const wholeSinceUs = whole(actor.id, endsOf(actor).every(isSeen), exposure.unixTimeUs);
      return {
        unixTimeUs: exposure.unixTimeUs,
        id: actor.id,
        class: actor.kind,
        latitudeDeg: round(actor.position.latitudeDeg, 8),
        longitudeDeg: round(actor.position.longitudeDeg, 8),
        lengthM: actor.lengthM,
        groundSpeedMps: round(actor.groundSpeedMps, 3),
        courseDeg: round(actor.courseDeg, 1),
        inFov: inFovSinceUs !== undefined,
        ...(inFovSinceUs === undefined ? {} : { inFovSinceUs }),
        ...(wholeSinceUs === undefined ? {} : { wholeSinceUs }),
      };
    });
  };
}

/** Remembers for each actor since when something has been true without a break; undefined while it is not. */
function openSince(): (id: string, isTrue: boolean, unixTimeUs: number) => number | undefined {
  const sinceUs = new Map<string, number>();
  return (id, isTrue, unixTimeUs) => {
    if (!isTrue) sinceUs.delete(id);
    else if (!sinceUs.has(id)) sinceUs.set(id, unixTimeUs);
    return sinceUs.get(id);
  };
}

/** Bow, stern and both sides. */
function endsOf({ eastM, northM, headingDeg, lengthM, widthM }: ActorState): readonly Offset[] {
  const alongE = Math.sin(headingDeg * RAD_PER_DEG);
  const alongN = Math.cos(headingDeg * RAD_PER_DEG);
  return [
    { eastM: eastM + (alongE * lengthM) / 2, northM: northM + (alongN * lengthM) / 2 },
    { eastM: eastM - (alongE * lengthM) / 2, northM: northM - (alongN * lengthM) / 2 },
    { eastM: eastM + (alongN * widthM) / 2, northM: northM - (alongE * widthM) / 2 },
    { eastM: eastM - (alongN * widthM) / 2, northM: northM + (alongE * widthM) / 2 },
  ];
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
