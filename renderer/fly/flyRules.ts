/**
 * What may be asked of the aircraft now, and why not: pure. The station says what its autopilot allows and checks again;
 * this is so that a button never just goes grey. `because` is a dictionary key.
 */
import type { CommandAbilities, VehicleCommand } from "../../src/vehicle/commands.js";
import type { AircraftPlan } from "../../src/vehicle/transfers.js";
import type { VehicleState } from "../../src/vehicle/vehicleState.js";

export type FlyFacts = {
  readonly connection: "connecting" | "open" | "lost";
  readonly vehicle: VehicleState | undefined;
  readonly isLost: boolean;
  readonly aircraftPlan: AircraftPlan | undefined;
  /** What the station says is not possible now; undefined before it has said anything. */
  readonly abilities: CommandAbilities | undefined;
  /** Commands to this vehicle that are under way. */
  readonly pending: ReadonlySet<VehicleCommand["kind"]>;
};

type Allowed = true | { readonly because: string };
const no = (because: string): Allowed => ({ because: `fly.because.${because}` });

/** Higher than this above home it is in the air, whatever its mode says. */
const AIRBORNE_ABOVE_M = 1.5;

export const isArmed = ({ vehicle }: FlyFacts): boolean => vehicle?.heartbeat?.value.isArmed === true;

export const isAirborne = (facts: FlyFacts): boolean =>
  isArmed(facts) && (facts.vehicle?.position?.value.altitudeAboveHomeM ?? 0) > AIRBORNE_ABOVE_M;

// Modes in which a copter stays where it is until told otherwise.
const HOLDING_MODES = new Set(["LOITER", "BRAKE", "POSHOLD", "HOLD", "PAUSE"]);

/** In GUIDED a copter may be on its way to a place: slower than this it has stopped there. */
const STANDING_MPS = 1.5;

/** In the air, holding, with a mission to go on with: the button then says Resume. */
export function isPaused(facts: FlyFacts): boolean {
  const mode = facts.vehicle?.heartbeat?.value.modeName.toUpperCase() ?? "";
  const isStanding = (facts.vehicle?.velocity?.value.groundSpeedMps ?? 0) < STANDING_MPS;
  const isHolding = HOLDING_MODES.has(mode) || (mode === "GUIDED" && isStanding);
  return isAirborne(facts) && isHolding && facts.vehicle?.mission !== undefined;
}

/** How danger ends: sent whatever this screen believes of the aircraft. Only what is known and fresh greys them. */
const ALWAYS_SENT: ReadonlySet<VehicleCommand["kind"]> = new Set<VehicleCommand["kind"]>(["pause", "return"]);

export function mayCommand(facts: FlyFacts, kind: VehicleCommand["kind"]): Allowed {
  const basic = isReachable(facts);
  if (basic !== true) return basic;
  if (ALWAYS_SENT.has(kind)) return mayEndDanger(facts);
  if (facts.isLost) return no("vehicle-lost");
  if (facts.pending.has(kind)) return no("busy");
  if (kind === "resume" && !isPaused(facts)) return no("not-paused");
  // The autopilot's dialect knows, and the station tells: nothing is decided twice.
  if (facts.abilities === undefined) return no("not-known");
  const because = facts.abilities[kind];
  return because === undefined ? true : { because: `reason.${because}` };
}

/** A lost aircraft may hear what it does not answer; one that stands disarmed, freshly heard, has nothing to end. */
function mayEndDanger(facts: FlyFacts): Allowed {
  const isKnownDisarmed = !facts.isLost && facts.vehicle?.heartbeat?.value.isArmed === false;
  return isKnownDisarmed ? no("not-armed") : true;
}

function isReachable({ connection, vehicle }: FlyFacts): Allowed {
  if (connection !== "open") return no("station-lost");
  return vehicle ? true : no("no-vehicle");
}
