import type { CommandAbilities, CommandKind, CommandReason, VehicleCommand } from "../../vehicle/commands.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { sampleWishes } from "./commandBook.js";
import { dialectOf } from "./dialectOf.js";

/**
 * Every kind of command that is not possible now, with why: what the vehicle's state does not allow, and then what the
 * station has against it (`objection`: the plan, the checklist). All of them on a vehicle that is only watched.
 */
export function abilitiesOf(
  vehicle: VehicleState,
  objection: (command: VehicleCommand) => CommandReason | undefined,
): CommandAbilities {
  const dialect = dialectOf(vehicle);
  const not: Partial<Record<CommandKind, CommandReason>> = {};
  const own = dialect?.abilities(vehicle);
  for (const wish of sampleWishes(vehicle)) {
    const because = own ? (own[wish.kind] ?? objection(wish)) : "watched-only";
    if (because !== undefined) not[wish.kind] = because;
  }
  return not;
}
