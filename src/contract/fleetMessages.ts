import type { Result } from "../core/result.js";
import type { CommandAbilities, CommandFailure, CommandOrder } from "../vehicle/commands.js";
import type { FleetWarning } from "../vehicle/fleetWarnings.js";
import type { GuidedTarget } from "../vehicle/guidedTarget.js";
import type { TrafficTarget } from "../vehicle/traffic.js";
import type { AircraftFence } from "../vehicle/transfers.js";
import type { VehicleId } from "../vehicle/vehicleState.js";

export type FleetRequest =
  /** Sends one command to each of the chosen vehicles; the reply comes when the command has ended on all of them. */
  | (CommandOrder & { readonly kind: "fleet-command"; readonly vehicleIds: readonly VehicleId[] })
  /**
   * Proposes what the relieving aircraft would fly: the rest of the plan verified on `fromId`, from its current item.
   * Nothing is sent to a vehicle.
   */
  | { readonly kind: "propose-hand-over"; readonly fromId: VehicleId; readonly toId: VehicleId };

export type FleetReply =
  | {
      readonly kind: "fleet-results";
      readonly results: readonly { readonly vehicleId: VehicleId; readonly result: Result<void, CommandFailure> }[];
    }
  | {
      readonly kind: "hand-over";
      readonly planText: string;
      readonly countOfItems: number;
      readonly fromItem: number;
      /** What it was made from: the giver's verified plan and its current item then. With another it is out of date. */
      readonly planHash: string;
      readonly currentItem: number;
    };

export type FleetUpdate =
  | { readonly kind: "fleet-warnings"; readonly warnings: readonly FleetWarning[] }
  | { readonly kind: "traffic"; readonly targets: readonly TrafficTarget[] }
  /** Which commands are available; published whenever that changes. */
  | { readonly kind: "abilities"; readonly vehicleId: VehicleId; readonly abilities: CommandAbilities }
  /** Where a go-to or an orbit of this station sends it; undefined when that is over, or no longer known. */
  | { readonly kind: "guided-target"; readonly vehicleId: VehicleId; readonly target: GuidedTarget | undefined }
  | { readonly kind: "aircraft-fence"; readonly vehicleId: VehicleId; readonly fence: AircraftFence };
