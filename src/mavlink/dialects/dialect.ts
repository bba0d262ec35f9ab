import type { Result } from "../../core/result.js";
import type { MissionItem, Plan } from "../../plan/plan.js";
import type { CommandAbilities, CommandReason, VehicleCommand } from "../../vehicle/commands.js";
import type { TransferFailure } from "../../vehicle/transfers.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import type { CommandStep } from "../protocols/command/commandStep.js";
import type { WireMissionItem } from "../protocols/mission/missionWire.js";

export type Possibility = { readonly ok: true } | { readonly ok: false; readonly because: CommandReason };

/**
 * What is left of a param when it is read back: the same number, the same direction in degrees (270 for -90), its whole
 * part, its sign, whether it was above 0, or nothing at all.
 */
export type KeptParam = "float" | "direction" | "whole" | "sign" | "is-set" | "dropped";
export type KeptParams = readonly [KeptParam, KeptParam, KeptParam, KeptParam];

/** What differs between autopilots in commands, missions and parameters. */
export type Dialect = {
  /**
   * The kinds of command that are not possible now, with the reason: the rules of `canDo` applied to a plausible
   * command of each kind.
   */
  readonly abilities: (vehicle: VehicleState) => CommandAbilities;
  /** Whether the vehicle's present state allows the command; the station asks again right before sending. */
  readonly canDo: (command: VehicleCommand, vehicle: VehicleState) => Possibility;
  /** The MAVLink steps of a command that `canDo` allows, each with the telemetry that proves it. */
  readonly stepsFor: (command: VehicleCommand, vehicle: VehicleState) => readonly CommandStep[];
  /**
   * True where the autopilot checks a mission only after it has acknowledged the last item, and reports problems as
   * text.
   */
  readonly checksMissionAfterUpload: boolean;
  /** True where item 0 of a mission is home, and the plan's first item is item 1. */
  readonly firstItemIsHome: boolean;
  /** False where a rally point is read back without the datum of its height (PX4). */
  readonly keepsRallyFrame: boolean;
  /** What is stored of params 1 to 4 of a mission item with this command, for comparing a read-back. */
  readonly keptParams: (command: number) => KeptParams;
  /**
   * A plan as items to be sent, `seq` from 0. Fails for an empty plan, a position without a height, and an unknown home
   * where it is needed.
   */
  readonly missionToWire: (plan: Plan, vehicle: VehicleState) => Result<readonly WireMissionItem[], TransferFailure>;
  /** The mission in a read-back, without home. */
  readonly missionFromWire: (items: readonly WireMissionItem[]) => readonly MissionItem[];
};
