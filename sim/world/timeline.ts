import { DEG_PER_RAD, RAD_PER_DEG, wrap360 } from "../../src/geo/angles.js";
import type { Actor, Offset, Step } from "../scenario.js";

/** Position and motion in the plane at one scenario time. */
type Motion = {
  readonly eastM: number;
  readonly northM: number;
  readonly eastMps: number;
  readonly northMps: number;
  /** Direction it faces: its course while it moves by itself, otherwise the last one. */
  readonly headingDeg: number;
};

/** Motion at any scenario time; times may be queried in any order. At rest before the first step and after the last. */
export type Timeline = (scenarioS: number) => Motion;

/** Random variation of one actor. */
export type Variation = { readonly shift: Offset; readonly speedFactor: number };

type Leg = {
  readonly fromS: number;
  readonly untilS: number;
  readonly start: Offset;
  readonly eastMps: number;
  readonly northMps: number;
  readonly headingDeg: number;
  /** The leader; the follower keeps an offset from it. */
  readonly leader: Timeline | undefined;
};

const courseOf = (eastM: number, northM: number): number => wrap360(Math.atan2(eastM, northM) * DEG_PER_RAD);

function motionOn(leg: Leg, scenarioS: number): Motion {
  const t = Math.min(scenarioS, leg.untilS);
  if (leg.leader) {
    const led = leg.leader(t);
    const isOver = scenarioS > leg.untilS;
    const isMoving = led.eastMps !== 0 || led.northMps !== 0;
    return {
      eastM: led.eastM + leg.start.eastM,
      northM: led.northM + leg.start.northM,
      eastMps: isOver ? 0 : led.eastMps,
      northMps: isOver ? 0 : led.northMps,
      headingDeg: isMoving ? courseOf(led.eastMps, led.northMps) : leg.headingDeg,
    };
  }
  const passedS = t - leg.fromS;
  const isOver = scenarioS >= leg.untilS;
  return {
    eastM: leg.start.eastM + leg.eastMps * passedS,
    northM: leg.start.northM + leg.northMps * passedS,
    eastMps: isOver ? 0 : leg.eastMps,
    northMps: isOver ? 0 : leg.northMps,
    headingDeg: leg.headingDeg,
  };
}

type Ctx = { readonly variation: Variation; readonly leaderOf: (id: string) => Timeline | undefined };

/** The leg of a step that starts at `fromS` in the state `now`. */
function legOf(step: Step, fromS: number, now: Motion, ctx: Ctx): Leg {
  const start = { eastM: now.eastM, northM: now.northM };
  const still = { fromS, start, eastMps: 0, northMps: 0, headingDeg: now.headingDeg, leader: undefined };
  switch (step.kind) {
    case "stay":
      return { ...still, untilS: Math.max(fromS, step.untilS) };
    case "move": {
      const eastM = step.to.eastM + ctx.variation.shift.eastM - now.eastM;
      const northM = step.to.northM + ctx.variation.shift.northM - now.northM;
      const lengthM = Math.hypot(eastM, northM);
      const groundSpeedMps = step.groundSpeedMps * ctx.variation.speedFactor;
      if (lengthM < 1e-6 || groundSpeedMps <= 0) return { ...still, untilS: fromS };
      const lastsS = lengthM / groundSpeedMps;
      const headingDeg = courseOf(eastM, northM);
      return { ...still, untilS: fromS + lastsS, eastMps: eastM / lastsS, northMps: northM / lastsS, headingDeg };
    }
    case "follow": {
      const leader = ctx.leaderOf(step.actorId);
      const untilS = Math.max(fromS, step.untilS);
      if (!leader) return { ...still, untilS };
      const led = leader(fromS);
      const offset = { eastM: now.eastM - led.eastM, northM: now.northM - led.northM };
      return { ...still, untilS, start: offset, leader };
    }
    case "drift": {
      const eastMps = step.groundSpeedMps * Math.sin(step.courseDeg * RAD_PER_DEG);
      const northMps = step.groundSpeedMps * Math.cos(step.courseDeg * RAD_PER_DEG);
      // A drifting hull keeps its heading.
      return { ...still, untilS: Math.max(fromS, step.untilS), eastMps, northMps };
    }
  }
}

/**
 * Converts an actor's steps to motion over time. `leaderOf` gives the timeline of an actor to follow; undefined for one that does not
 * exist or that itself follows this one: the follower then stays where it is.
 */
export function timelineOf(actor: Actor, ctx: Ctx): Timeline {
  const first: Motion = {
    eastM: actor.at.eastM + ctx.variation.shift.eastM,
    northM: actor.at.northM + ctx.variation.shift.northM,
    eastMps: 0,
    northMps: 0,
    headingDeg: wrap360(actor.headingDeg ?? 0),
  };
  const legs: Leg[] = [];
  let atS = 0;
  let now = first;
  for (const step of actor.steps ?? []) {
    const leg = legOf(step, atS, now, ctx);
    legs.push(leg);
    atS = leg.untilS;
    now = motionOn(leg, atS);
  }
  return (scenarioS) => {
    const t = Math.max(0, scenarioS);
    const leg = legs.find((each) => t < each.untilS) ?? legs.at(-1);
    return leg ? motionOn(leg, t) : first;
  };
}
