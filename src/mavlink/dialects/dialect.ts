import type { Result } from "../../core/result.js";
import type { MissionItem, Plan } from "../../plan/plan.js";
import type { CommandReason, VehicleCommand } from "../../vehicle/commands.js";
import type { TransferFailure } from "../../vehicle/transfers.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import type { CommandStep } from "../protocols/commandStep.js";
import type { WireMissionItem } from "../protocols/missionWire.js";

export type Possibility = { readonly ok: true } | { readonly ok: false; readonly because: CommandReason };

/** How one kind of autopilot wants to be spoken to. */
export type Dialect = {
  /** Whether the vehicle as it is now allows the command; asked again by the station right before sending. */
  readonly canDo: (command: VehicleCommand, vehicle: VehicleState) => Possibility;
  /** The MAVLink steps of a command that `canDo` allows, with what proves each. */
  readonly stepsFor: (command: VehicleCommand, vehicle: VehicleState) => readonly CommandStep[];
  /** A plan as it is sent, `seq` from 0. Refuses a training plan for a real aircraft, an empty plan, one without a home. */
  readonly missionToWire: (plan: Plan, vehicle: VehicleState) => Result<readonly WireMissionItem[], TransferFailure>;
  /** The mission of a read-back, home left out. */
  readonly missionFromWire: (items: readonly WireMissionItem[]) => readonly MissionItem[];
};
