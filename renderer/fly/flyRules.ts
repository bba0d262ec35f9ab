/**
 * Which commands may be given now, and why not. Pure. The station decides what the autopilot allows and checks again;
 * this module only lets a button say its reason. `because` is a dictionary key.
 */
import type { CommandAbilities, CommandReason, VehicleCommand } from "../../src/vehicle/commands.js";
import { isAirborne as isVehicleAirborne, isArmed as isVehicleArmed } from "../../src/vehicle/selectors/airborne.js";
import { isSafetyCommand } from "../../src/vehicle/selectors/danger.js";
import { isMissionPaused } from "../../src/vehicle/selectors/mission.js";
import type { PlanAboard } from "../../src/vehicle/selectors/planAboard.js";
import type { VehicleState } from "../../src/vehicle/vehicleState.js";
import type { TextKey, TextName } from "../app/dictionary.js";
import type { ConnectionState } from "../bridge/transport.js";

export type FlyFacts = {
  readonly connection: ConnectionState;
  readonly vehicle: VehicleState | undefined;
  readonly isLost: boolean;
  /** What Start would fly, compared with the plan on this screen. */
  readonly planAboard: PlanAboard;
  /** Commands that the station reports as impossible now, with reasons; undefined before its first report. */
  readonly abilities: CommandAbilities | undefined;
  /** Pending commands to this vehicle. */
  readonly pending: ReadonlySet<VehicleCommand["kind"]>;
};

type Allowed = true | { readonly because: TextKey };
const no = (because: TextName<"fly.because.">): Allowed => ({ because: `fly.because.${because}` });

export const isArmed = ({ vehicle }: FlyFacts): boolean => vehicle !== undefined && isVehicleArmed(vehicle) === true;

export const isAirborne = ({ vehicle }: FlyFacts): boolean => vehicle !== undefined && isVehicleAirborne(vehicle);

/** The mission is paused: holding the space bar then resumes it. */
export const isPaused = ({ vehicle }: FlyFacts): boolean => vehicle !== undefined && isMissionPaused(vehicle);

export function mayCommand(facts: FlyFacts, kind: VehicleCommand["kind"]): Allowed {
  const basic = isReachable(facts);
  if (basic !== true) return basic;
  // Safety commands are sent whatever this screen believes; they are disabled only by facts that are known and fresh.
  if (isSafetyCommand(kind)) return neverPossible(facts, kind) ?? mayEndDanger(facts);
  if (facts.isLost) return no("vehicle-lost");
  if (facts.pending.has(kind)) return no("busy");
  // The user must start the plan that is on the screen, which only the screen knows. On the ground there is time to
  // upload it, or to open the one on board.
  if (kind === "start-mission" && facts.planAboard === "another") return no("other-plan");
  // All else is the station's decision (the autopilot's dialect on `src/vehicle/selectors`), not repeated here.
  if (facts.abilities === undefined) return no("not-known");
  const because = facts.abilities[kind];
  return because === undefined ? true : { because: `reason.${because}` };
}

/**
 * Reasons that never change for this kind of aircraft: the button is disabled with the station's reason instead of
 * being refused after the hold.
 */
const NEVER: ReadonlySet<CommandReason> = new Set<CommandReason>(["lands-by-mission", "not-by-this-autopilot"]);

function neverPossible({ abilities }: FlyFacts, kind: VehicleCommand["kind"]): Allowed | undefined {
  const because = abilities?.[kind];
  return because !== undefined && NEVER.has(because) ? { because: `reason.${because}` } : undefined;
}

/** A lost aircraft may still receive commands; an aircraft freshly reported as disarmed has nothing to end. */
function mayEndDanger(facts: FlyFacts): Allowed {
  const isKnownDisarmed = !facts.isLost && facts.vehicle !== undefined && isVehicleArmed(facts.vehicle) === false;
  return isKnownDisarmed ? { because: "reason.disarmed" } : true;
}

function isReachable({ connection, vehicle }: FlyFacts): Allowed {
  if (connection !== "open") return no("station-lost");
  return vehicle ? true : no("no-vehicle");
}
