import { FakeClock } from "../../core/fakeClock.js";
import { ok, type Result } from "../../core/result.js";
import type { ToUi } from "../../contract/messages.js";
import type { OutgoingMessage } from "../../mavlink/frame.js";
import type { CommandStep } from "../../mavlink/protocols/command/commandStep.js";
import type { CommandFailure } from "../../vehicle/commands.js";
import { emptyVehicle, reduceVehicle } from "../../vehicle/reduceVehicle.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { createTransferLock } from "../vehicle/transferLock.js";
import type { VehicleEnvironment, VehicleServiceContext } from "../vehicle/vehicleService.js";
import { anEnvironment } from "./sessionOptions.js";

/** The context of a vehicle's service on virtual time, without a link: keeps what is sent and published. */
export function aServiceContext(
  environment: Partial<VehicleEnvironment> = {},
  /** What becomes of every command step. */
  outcome: Result<void, CommandFailure> = ok(undefined),
) {
  const address = { systemId: 3, componentId: 1 };
  const held = { vehicle: emptyVehicle({ linkName: "udp:1", ...address }) };
  const published: ToUi[] = [];
  const sent: OutgoingMessage[] = [];
  const steps: CommandStep[] = [];
  const clock = new FakeClock();
  const context: VehicleServiceContext = {
    time: { clock, scheduler: clock },
    link: {
      ...{ vehicle: address, own: { systemId: 255, componentId: 190 }, roundTripMs: () => undefined },
      send: (message) => sent.push(message),
    },
    vehicle: {
      state: () => held.vehicle,
      isLost: () => false,
      aircraftPlan: () => ({ kind: "unknown" }),
      apply: (body) => {
        const stamp = { ...address, receivedAtMonoMs: clock.monoMs(), unixTimeUs: clock.unixUs() };
        held.vehicle = reduceVehicle(held.vehicle, { ...stamp, ...body });
      },
      runSteps: (asked) => {
        steps.push(...asked);
        return Promise.resolve(outcome);
      },
    },
    transferLock: createTransferLock(),
    outputs: { publish: (message) => published.push(message), record: () => undefined },
    environment: anEnvironment(environment),
  };
  const become = (change: Partial<VehicleState>): void => {
    held.vehicle = { ...held.vehicle, ...change };
  };
  return { context, clock, published, sent, steps, become };
}
