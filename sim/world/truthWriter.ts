import { createWriteStream } from "node:fs";
import { RAD_PER_DEG } from "../../src/geo/angles.js";
import { localFrameAt } from "../../src/geo/localFrame.js";
import type { Exposure } from "../camera/cameraPort.js";
import { groundHides } from "../camera/groundRay.js";
import { isInside, project, viewOf } from "../camera/projection.js";
import type { Offset, Scenario } from "../scenario.js";
import { openActors, type ActorState } from "./actors.js";
import { groundOf } from "./ground.js";

export type TruthWriter = {
  /** Call with every exposure; writes once per new second. */
  readonly tick: (exposure: Exposure) => void;
  /** Resolves when everything is on disk. */
  readonly close: () => Promise<void>;
};

/**
 * The truth at one exposure: an object per actor (DESIGN.md 7). `inFov`: its centre is in the picture, by the true pose, and
 * not behind ground.
 * `inFovSinceUs` is when that began, to the frame, which one line per second could not show; `wholeSinceUs` is when the whole actor
 * came into the picture, since before that it cannot be classified. Exposures must come in order.
 */
function openTruth(scenario: Scenario, seed: number): (exposure: Exposure) => object[] {
  const inFov = openSince();
  const whole = openSince();
  const actorsAt = openActors(scenario, seed);
  const ground = groundOf(scenario);
  const frame = localFrameAt(scenario.home);
  return (exposure) => {
    const view = viewOf(exposure.truth, scenario.camera, frame);
    const hides = groundHides(ground, view);
    return actorsAt(exposure.scenarioS).map((actor) => {
      const upM = ground.heightAmslM(actor.eastM, actor.northM);
      const isSeen = (point: Offset): boolean => {
        const pixel = project(view, { ...point, upM });
        return pixel !== undefined && isInside(view, pixel) && !hides?.(pixel.xPx, pixel.yPx, pixel.depthM);
      };
      const inFovSinceUs = inFov(actor.id, isSeen(actor), exposure.unixTimeUs);
      const wholeSinceUs = whole(actor.id, endsOf(actor).every(isSeen), exposure.unixTimeUs);
      return {
        unixTimeUs: exposure.unixTimeUs,
        id: actor.id,
        class: actor.kind,
        latitudeDeg: round(actor.position.latitudeDeg, 8),
        longitudeDeg: round(actor.position.longitudeDeg, 8),
        groundAmslM: round(upM, 2),
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

/** Records for each actor since when a condition has held without interruption; undefined while it does not. */
function openSince(): (id: string, isTrue: boolean, unixTimeUs: number) => number | undefined {
  const sinceUs = new Map<string, number>();
  return (id, isTrue, unixTimeUs) => {
    if (!isTrue) sinceUs.delete(id);
    else if (!sinceUs.has(id)) sinceUs.set(id, unixTimeUs);
    return sinceUs.get(id);
  };
}

/** The actor's bow, stern and both sides. */
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

/** Writes the truth as JSON lines during the sortie, once a second. A write error is reported on stderr once. */
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
