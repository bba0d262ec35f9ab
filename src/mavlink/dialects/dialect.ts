import type { Result } from "../../core/result.js";
import type { MissionItem, Plan } from "../../plan/plan.js";
import type { CommandAbilities, CommandReason, VehicleCommand } from "../../vehicle/commands.js";
import type { TransferFailure } from "../../vehicle/transfers.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import type { CommandStep } from "../protocols/command/commandStep.js";
import type { WireMissionItem } from "../protocols/mission/missionWire.js";

export type Possibility = { readonly ok: true } | { readonly ok: false; readonly because: CommandReason };

/**
 * What a read-back tells of a param that was sent: the same number, the same direction in degrees (270 for -90), its whole
 * part, its sign, whether it was above 0, or nothing at all.
 */
export type KeptParam = "float" | "direction" | "whole" | "sign" | "is-set" | "dropped";
export type KeptParams = readonly [KeptParam, KeptParam, KeptParam, KeptParam];

/** PARAM_VALUE.param_value: the number itself as a float, or the integer's own four bytes in the float's place. */
type ParamEncoding = "c-cast" | "bytewise";

/** How one kind of autopilot wants to be spoken to. */
export type Dialect = {
  /** What is not possible now, by kind of command: the same rules as `canDo`, asked with a sensible value of each kind. */
  readonly abilities: (vehicle: VehicleState) => CommandAbilities;
  /** Whether the vehicle as it is now allows the command; asked again by the station right before sending. */
  readonly canDo: (command: VehicleCommand, vehicle: VehicleState) => Possibility;
  /** The MAVLink steps of a command that `canDo` allows, with what proves each. */
  readonly stepsFor: (command: VehicleCommand, vehicle: VehicleState) => readonly CommandStep[];
  /** True where the autopilot judges a mission only after it has acknowledged the last item, in words of its own. */
  readonly checksMissionAfterUpload: boolean;
  /** True where item 0 of a mission is home and the plan's first item is item 1. */
  readonly firstItemIsHome: boolean;
  /** False where a rally point comes back without saying what its height is above (PX4). */
  readonly keepsRallyFrame: boolean;
  readonly paramEncoding: ParamEncoding;
  /** What survives of params 1 to 4 of a mission item with this command, for comparing a read-back. */
  readonly keptParams: (command: number) => KeptParams;
  /** A plan as it is sent, `seq` from 0. Refuses an empty plan, a place without a height, one without a home where needed. */
  readonly missionToWire: (plan: Plan, vehicle: VehicleState) => Result<readonly WireMissionItem[], TransferFailure>;
  /** The mission of a read-back, home left out. */
  readonly missionFromWire: (items: readonly WireMissionItem[]) => readonly MissionItem[];
};
