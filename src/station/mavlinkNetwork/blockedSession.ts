import { err } from "../../core/result.js";
import type { CommandFailure } from "../../vehicle/commands.js";
import type { TransferFailure } from "../../vehicle/transfers.js";
import type { VehicleSession } from "../vehicle/vehicleSession.js";

const COMMAND: CommandFailure = { kind: "not-possible", because: "two-with-one-id" };
const TRANSFER: TransferFailure = { kind: "not-possible", because: "two-with-one-id" };
const REFUSALS: Partial<VehicleSession> = {
  command: () => Promise.resolve(err(COMMAND)),
  upload: () => Promise.resolve(err(TRANSFER)),
  downloadPlan: () => Promise.resolve(err(TRANSFER)),
  answer: () => Promise.resolve(err({ kind: "command", failure: COMMAND })),
};

/**
 * The vehicle's session with all sending disabled: two vehicles use this system id, and either might act on a command.
 */
export const blockedSession = (session: VehicleSession): VehicleSession =>
  new Proxy(session, {
    get: (target, name: keyof VehicleSession) => REFUSALS[name] ?? target[name],
  });
