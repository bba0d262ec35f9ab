import type { CommandAbilities, CommandKind, CommandReason, VehicleCommand } from "../../vehicle/commands.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { sampleCommands } from "./commandTable.js";
import { dialectOf } from "./dialectOf.js";

/**
 * Every kind of command that is not possible now, with the reason: first what the vehicle's state does not allow, then
 * what the station has against it (`denialReason`: the plan, the checklist). All kinds for a vehicle that is only watched.
 */
export function abilitiesOf(
  vehicle: VehicleState,
  denialReason: (command: VehicleCommand) => CommandReason | undefined,
): CommandAbilities {
  const dialect = dialectOf(vehicle);
  const not: Partial<Record<CommandKind, CommandReason>> = {};
  const own = dialect?.abilities(vehicle);
  for (const command of sampleCommands(vehicle)) {
    const because = own ? (own[command.kind] ?? denialReason(command)) : "watched-only";
    if (because !== undefined) not[command.kind] = because;
  }
  return not;
}
