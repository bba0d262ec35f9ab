import type { Result } from "../core/result.js";
import type { CommandAbilities, CommandFailure, CommandOrder } from "../vehicle/commands.js";
import type { FleetWarning } from "../vehicle/fleetWarnings.js";
import type { TrafficTarget } from "../vehicle/traffic.js";
import type { AircraftFence } from "../vehicle/transfers.js";
import type { VehicleId } from "../vehicle/vehicleState.js";

export type FleetRequest =
  /** To each of a chosen set; the reply comes when all are over. */
  | (CommandOrder & { readonly kind: "fleet-command"; readonly vehicleIds: readonly VehicleId[] })
  /** What the relief would fly: the rest of the plan verified on `fromId`, from the item it is at. Sends nothing. */
  | { readonly kind: "propose-hand-over"; readonly fromId: VehicleId; readonly toId: VehicleId };

export type FleetReply =
  | {
      readonly kind: "fleet-results";
      readonly results: readonly { readonly vehicleId: VehicleId; readonly result: Result<void, CommandFailure> }[];
    }
  | { readonly kind: "hand-over"; readonly planText: string; readonly countOfItems: number; readonly fromItem: number };

export type FleetUpdate =
  | { readonly kind: "fleet-warnings"; readonly warnings: readonly FleetWarning[] }
  | { readonly kind: "traffic"; readonly targets: readonly TrafficTarget[] }
  /** Said whenever it changes. */
  | { readonly kind: "abilities"; readonly vehicleId: VehicleId; readonly abilities: CommandAbilities }
  | { readonly kind: "aircraft-fence"; readonly vehicleId: VehicleId; readonly fence: AircraftFence };
