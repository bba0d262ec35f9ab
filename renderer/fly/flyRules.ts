/**
 * What may be asked of the aircraft now, and why not: pure. The station says what its autopilot allows and checks again;
 * this is so that a button never just goes grey. `because` is a dictionary key.
 */
import type { CommandAbilities, CommandReason, VehicleCommand } from "../../src/vehicle/commands.js";
import { isAirborne as isVehicleAirborne, isArmed as isVehicleArmed } from "../../src/vehicle/selectors/airborne.js";
import { isSafetyCommand } from "../../src/vehicle/selectors/danger.js";
import { canResumeMission, isMissionPaused } from "../../src/vehicle/selectors/mission.js";
import type { PlanAboard } from "../../src/vehicle/selectors/planAboard.js";
import type { VehicleState } from "../../src/vehicle/vehicleState.js";
import type { TextKey, TextName } from "../app/dictionary.js";
import type { ConnectionState } from "../bridge/transport.js";

export type FlyFacts = {
  readonly connection: ConnectionState;
  readonly vehicle: VehicleState | undefined;
  readonly isLost: boolean;
  /** What a start would fly, seen from the plan on this screen. */
  readonly planAboard: PlanAboard;
  /** What the station says is not possible now; undefined before it has said anything. */
  readonly abilities: CommandAbilities | undefined;
  /** Commands to this vehicle that are under way. */
  readonly pending: ReadonlySet<VehicleCommand["kind"]>;
};

type Allowed = true | { readonly because: TextKey };
const no = (because: TextName<"fly.because.">): Allowed => ({ because: `fly.because.${because}` });

export const isArmed = ({ vehicle }: FlyFacts): boolean => vehicle !== undefined && isVehicleArmed(vehicle) === true;

export const isAirborne = ({ vehicle }: FlyFacts): boolean => vehicle !== undefined && isVehicleAirborne(vehicle);

/** A mission waits to be gone on with: the held space bar then resumes it. */
export const isPaused = ({ vehicle }: FlyFacts): boolean => vehicle !== undefined && isMissionPaused(vehicle);

export function mayCommand(facts: FlyFacts, kind: VehicleCommand["kind"]): Allowed {
  const basic = isReachable(facts);
  if (basic !== true) return basic;
  // Sent whatever this screen believes of the aircraft; only what is known and fresh greys them.
  if (isSafetyCommand(kind)) return neverPossible(facts, kind) ?? mayEndDanger(facts);
  if (facts.isLost) return no("vehicle-lost");
  if (facts.pending.has(kind)) return no("busy");
  const here = whyNotFromHere(facts, kind);
  if (here !== undefined) return here;
  // The autopilot's dialect knows, and the station tells: nothing is decided twice.
  if (facts.abilities === undefined) return no("not-known");
  const because = facts.abilities[kind];
  return because === undefined ? true : { because: `reason.${because}` };
}

/** What this screen has against it, beside what the station says. */
function whyNotFromHere({ vehicle, planAboard }: FlyFacts, kind: VehicleCommand["kind"]): Allowed | undefined {
  if (kind === "resume" && !(vehicle && canResumeMission(vehicle))) return no("not-paused");
  // A person starts what they see. On the ground there is time to send it, or to open the other one.
  return kind === "start-mission" && planAboard === "another" ? no("other-plan") : undefined;
}

/** What this kind of aircraft cannot do in any state is greyed with the station's reason, not refused after the hold. */
const NEVER: ReadonlySet<CommandReason> = new Set<CommandReason>(["lands-by-mission", "not-by-this-autopilot"]);

function neverPossible({ abilities }: FlyFacts, kind: VehicleCommand["kind"]): Allowed | undefined {
  const because = abilities?.[kind];
  return because !== undefined && NEVER.has(because) ? { because: `reason.${because}` } : undefined;
}

/** A lost aircraft may hear what it does not answer; one that stands disarmed, freshly heard, has nothing to end. */
function mayEndDanger(facts: FlyFacts): Allowed {
  const isKnownDisarmed = !facts.isLost && facts.vehicle !== undefined && isVehicleArmed(facts.vehicle) === false;
  return isKnownDisarmed ? no("not-armed") : true;
}

function isReachable({ connection, vehicle }: FlyFacts): Allowed {
  if (connection !== "open") return no("station-lost");
  return vehicle ? true : no("no-vehicle");
}
