import type { CommandOrder, VehicleCommand } from "../../src/vehicle/commands.js";

const ID_BYTES = 8;

/** A command with an id of its own. `isConfirmed`: the person held the button that names the aircraft. */
export function orderOf(command: VehicleCommand, isConfirmed: boolean): CommandOrder {
  const bytes = crypto.getRandomValues(new Uint8Array(ID_BYTES));
  const commandId = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { commandId, command, isConfirmed };
}
