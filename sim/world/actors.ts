import { seededRng } from "../../src/core/rng.js";
import { DEG_PER_RAD, wrap360 } from "../../src/geo/angles.js";
import { localFrameAt } from "../../src/geo/localFrame.js";
import type { Position } from "../../src/geo/position.js";
import type { Actor, ActorKind, Offset, Scenario } from "../scenario.js";
import { hash32 } from "./noise.js";
import { timelineOf, type Timeline, type Variation } from "./timeline.js";

/** The true state of one actor at one instant. */
export type ActorState = {
  readonly id: string;
  readonly kind: ActorKind;
  readonly eastM: number;
  readonly northM: number;
  readonly position: Position;
  readonly headingDeg: number;
  readonly groundSpeedMps: number;
  /** Direction of motion; for a stationary actor, the direction it faces. */
  readonly courseDeg: number;
  readonly lengthM: number;
  readonly widthM: number;
  readonly isEngineWarm: boolean;
};

type ActorsAt = (scenarioS: number) => readonly ActorState[];

const LENGTH_M: Record<ActorKind, number> = { person: 0.5, boat: 8, vehicle: 4.6, rock: 0.8, gull: 0.4, glint: 0.5 };
const WIDTH_M: Record<ActorKind, number> = { person: 0.35, boat: 2, vehicle: 1.8, rock: 0.6, gull: 0.25, glint: 0.4 };

/** Maximum random displacement by kind, metres: varies the sortie without changing its story. */
const SHIFT_M: Record<ActorKind, number> = { person: 0.6, boat: 1, vehicle: 0.6, rock: 1.5, gull: 1.5, glint: 1.5 };
/** Followers are displaced with their leader, plus this much of their own. */
const FOLLOWER_SHIFT_M = 0.2;

function drawShift(key: number, radiusM: number): Offset {
  const rng = seededRng(key);
  const awayM = radiusM * Math.sqrt(rng.uniform());
  const turn = 2 * Math.PI * rng.uniform();
  return { eastM: awayM * Math.sin(turn), northM: awayM * Math.cos(turn) };
}

/** A hash of seed and id, independent of the actor's position in the file. */
export function actorKey(seed: number, id: string): number {
  let key = seed | 0;
  for (let i = 0; i < id.length; i++) key = hash32(key ^ id.charCodeAt(i));
  return key;
}

const leaderIdOf = (actor: Actor): string | undefined => actor.steps?.find((step) => step.kind === "follow")?.actorId;

function variationOf(actor: Actor, byId: ReadonlyMap<string, Actor>, seed: number): Variation {
  const key = actorKey(seed, actor.id);
  const leader = byId.get(leaderIdOf(actor) ?? "");
  const speedFactor = 0.94 + 0.12 * seededRng(key ^ 0x5eed).uniform();
  if (!leader) return { shift: drawShift(key, SHIFT_M[actor.kind]), speedFactor };
  const led = drawShift(actorKey(seed, leader.id), SHIFT_M[leader.kind]);
  const own = drawShift(key, FOLLOWER_SHIFT_M);
  return { shift: { eastM: led.eastM + own.eastM, northM: led.northM + own.northM }, speedFactor };
}

function openTimelines(scenario: Scenario, seed: number): ReadonlyMap<string, Timeline> {
  const byId = new Map(scenario.actors.map((actor) => [actor.id, actor]));
  const made = new Map<string, Timeline>();
  const underway = new Set<string>();
  const timelineFor = (id: string): Timeline | undefined => {
    const known = made.get(id);
    const actor = byId.get(id);
    // Followers that follow each other in a circle: the one that closes it gets no leader.
    if (known || !actor || underway.has(id)) return known;
    underway.add(id);
    const timeline = timelineOf(actor, { variation: variationOf(actor, byId, seed), leaderOf: timelineFor });
    underway.delete(id);
    made.set(id, timeline);
    return timeline;
  };
  for (const actor of scenario.actors) timelineFor(actor.id);
  return made;
}

/** Gait: small lateral deviation from a straight line. Centimetres, smooth in time. */
function swayM(key: number, scenarioS: number, isMoving: boolean): number {
  const phase = (key >>> 8) / 1000;
  const amplitudeM = isMoving ? 0.12 : 0.06;
  return amplitudeM * Math.sin(scenarioS * (isMoving ? 0.9 : 0.35) + phase);
}

/**
 * All actors at any scenario time (before 0 as at 0), in the file's order. Pure: the result depends only on scenario, seed and
 * time, not on earlier calls.
 */
export function openActors(scenario: Scenario, seed: number): ActorsAt {
  const timelines = openTimelines(scenario, seed);
  const frame = localFrameAt(scenario.home);
  const homeAmslM = scenario.home.altitudeAmslM;
  const stateOf = (actor: Actor, scenarioS: number): ActorState | undefined => {
    const motion = timelines.get(actor.id)?.(scenarioS);
    if (!motion) return undefined;
    const groundSpeedMps = Math.hypot(motion.eastMps, motion.northMps);
    const sway = actor.kind === "person" ? swayM(actorKey(seed, actor.id), scenarioS, groundSpeedMps > 0) : 0;
    const turn = motion.headingDeg / DEG_PER_RAD;
    const eastM = motion.eastM + sway * Math.cos(turn);
    const northM = motion.northM - sway * Math.sin(turn);
    return {
      id: actor.id,
      kind: actor.kind,
      eastM,
      northM,
      position: frame.toPosition({ eastM, northM, upM: homeAmslM }).position,
      headingDeg: motion.headingDeg,
      groundSpeedMps,
      courseDeg:
        groundSpeedMps > 0 ? wrap360(Math.atan2(motion.eastMps, motion.northMps) * DEG_PER_RAD) : motion.headingDeg,
      lengthM: actor.lengthM ?? LENGTH_M[actor.kind],
      widthM: actor.widthM ?? WIDTH_M[actor.kind],
      isEngineWarm: actor.isEngineWarm ?? false,
    };
  };
  return (scenarioS) => {
    const t = Math.max(0, scenarioS);
    return scenario.actors.flatMap((actor) => stateOf(actor, t) ?? []);
  };
}
