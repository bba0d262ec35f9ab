/**
 * Whether our own aircraft come too close to each other, by their position and velocity, straight ahead for half a
 * minute: as long as a survey leg can be expected to stay straight.
 */
import { localFrameAt } from "../geo/localFrame.js";
import type { Position } from "../geo/position.js";
import type { FleetWarning } from "./fleetWarnings.js";
import { isAirborne } from "./selectors/airborne.js";
import type { VehicleId, VehicleState, Velocity } from "./vehicleState.js";

/** Two aircraft are too close when both distances are smaller at the same moment. */
type Separation = { readonly horizontalM: number; readonly verticalM: number; readonly withinS: number };
const WARN: Separation = { horizontalM: 50, verticalM: 10, withinS: 30 };
/** A warning ends only beyond these larger limits, otherwise it would flicker. */
const CLEAR: Separation = { horizontalM: 70, verticalM: 15, withinS: 40 };

/** An older position says little about where the aircraft is now. */
const PLACE_AGE_MAX_MS = 10_000;

export type Flying = {
  readonly id: VehicleId;
  readonly position: Position;
  readonly altitudeAmslM: number;
  readonly velocity: Pick<Velocity, "northMps" | "eastMps" | "downMps">;
  /** Age of position and velocity, seconds. */
  readonly ageS: number;
};

/**
 * The aircraft's motion if it can be in another's way: in the air, and with a position that is not too old; else
 * undefined.
 */
export function flyingFrom(state: VehicleState, nowMonoMs: number): Flying | undefined {
  const { position, velocity, id } = state;
  if (!position || !isAirborne(state)) return undefined;
  const ageMs = nowMonoMs - position.receivedAtMonoMs;
  if (ageMs > PLACE_AGE_MAX_MS) return undefined;
  const still = { northMps: 0, eastMps: 0, downMps: 0 };
  const { position: place, altitudeAmslM } = position.value;
  return { id, position: place, altitudeAmslM, velocity: velocity?.value ?? still, ageS: ageMs / 1000 };
}

type Closing = Extract<FleetWarning, { kind: "closing" }>;

/** Pairs that are too close or will be, in the order given; `before` are the previous warnings, for the hysteresis. */
export function closingPairs(flying: readonly Flying[], before: readonly FleetWarning[]): readonly Closing[] {
  const known = new Set(before.flatMap((warning) => (warning.kind === "closing" ? [`${warning.a} ${warning.b}`] : [])));
  return flying.flatMap((a, i) =>
    flying.slice(i + 1).flatMap((b) => {
      const separation = known.has(`${a.id} ${b.id}`) ? CLEAR : WARN;
      const closing = approach(a, b, separation);
      return closing ? [closing] : [];
    }),
  );
}

/** A time span, seconds from now; empty when it ends before it begins. */
type Span = { readonly fromS: number; readonly toS: number };

/**
 * The moment of least horizontal distance within the time when both distances are too small; undefined when there is
 * none. Horizontally |d + v·t| < limit is a quadratic in t, vertically it is linear.
 */
function approach(a: Flying, b: Flying, limit: Separation): Closing | undefined {
  const frame = localFrameAt(a.position);
  const { eastM, northM } = frame.toEnu(b.position, 0);
  const eastMps = b.velocity.eastMps - a.velocity.eastMps;
  const northMps = b.velocity.northMps - a.velocity.northMps;
  const upMps = a.velocity.downMps - b.velocity.downMps;
  const now = {
    eastM: eastM + b.velocity.eastMps * b.ageS - a.velocity.eastMps * a.ageS,
    northM: northM + b.velocity.northMps * b.ageS - a.velocity.northMps * a.ageS,
    upM: b.altitudeAmslM - a.altitudeAmslM - b.velocity.downMps * b.ageS + a.velocity.downMps * a.ageS,
  };
  const speed2 = eastMps ** 2 + northMps ** 2;
  const along = now.eastM * eastMps + now.northM * northMps;
  const span = common(
    { fromS: 0, toS: limit.withinS },
    common(
      horizontalSpan({ speed2, along, range2: now.eastM ** 2 + now.northM ** 2 }, limit.horizontalM),
      verticalSpan(now.upM, upMps, limit.verticalM),
    ),
  );
  if (span.toS < span.fromS) return undefined;
  const nearestS = speed2 === 0 ? span.fromS : -along / speed2;
  const inS = Math.min(Math.max(nearestS, span.fromS), span.toS);
  const horizontalM = Math.hypot(now.eastM + eastMps * inS, now.northM + northMps * inS);
  const verticalM = Math.abs(now.upM + upMps * inS);
  return { kind: "closing", a: a.id, b: b.id, inS, horizontalM, verticalM };
}

const NEVER: Span = { fromS: 0, toS: -1 };
const ALWAYS: Span = { fromS: Number.NEGATIVE_INFINITY, toS: Number.POSITIVE_INFINITY };
const common = (a: Span, b: Span): Span => ({ fromS: Math.max(a.fromS, b.fromS), toS: Math.min(a.toS, b.toS) });

type Course = { readonly speed2: number; readonly along: number; readonly range2: number };

function horizontalSpan({ speed2, along, range2 }: Course, limitM: number): Span {
  const outside = range2 - limitM ** 2;
  // Nearly equal velocities: the distance stays the same for any time that matters.
  if (speed2 < 1e-4) return outside < 0 ? ALWAYS : NEVER;
  const root2 = along ** 2 - speed2 * outside;
  if (root2 <= 0) return NEVER;
  const root = Math.sqrt(root2);
  return { fromS: (-along - root) / speed2, toS: (-along + root) / speed2 };
}

function verticalSpan(upM: number, upMps: number, limitM: number): Span {
  if (Math.abs(upMps) < 1e-2) return Math.abs(upM) < limitM ? ALWAYS : NEVER;
  const [one, other] = [(-limitM - upM) / upMps, (limitM - upM) / upMps];
  return { fromS: Math.min(one, other), toS: Math.max(one, other) };
}
