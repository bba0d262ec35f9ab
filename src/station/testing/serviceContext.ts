import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FakeClock } from "../../core/fakeClock.js";
import { ok } from "../../core/result.js";
import type { ToUi } from "../../contract/messages.js";
import type { OutgoingMessage } from "../../mavlink/frame.js";
import type { CommandStep } from "../../mavlink/protocols/command/commandStep.js";
import { emptyVehicle, reduceVehicle } from "../../vehicle/reduceVehicle.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { startReadingService } from "../reading/readingService.js";
import { createTransferPlace } from "../vehicle/transferLock.js";
import type { VehicleServiceContext } from "../vehicle/vehicleService.js";

/** The context of a vehicle's service on virtual time, without a link: keeps what is sent and published. */
export function aServiceContext(changes: Partial<VehicleServiceContext> = {}) {
  const address = { systemId: 3, componentId: 1 };
  const held = { vehicle: emptyVehicle({ linkName: "udp:1", ...address }) };
  const published: ToUi[] = [];
  const sent: OutgoingMessage[] = [];
  const steps: CommandStep[] = [];
  const clock = new FakeClock();
  const place = createTransferPlace();
  const context: VehicleServiceContext = {
    clock,
    scheduler: clock,
    address,
    own: { systemId: 255, componentId: 190 },
    vehicle: () => held.vehicle,
    isLost: () => false,
    aircraftPlan: () => ({ kind: "unknown" }),
    roundTripMs: () => undefined,
    isTransferring: place.isTaken,
    claimTransfer: place.claim,
    send: (message) => sent.push(message),
    runSteps: (asked) => {
      steps.push(...asked);
      return Promise.resolve(ok(undefined));
    },
    apply: (body) => {
      const stamp = { ...address, receivedAtMonoMs: clock.monoMs(), unixTimeUs: clock.unixUs() };
      held.vehicle = reduceVehicle(held.vehicle, { ...stamp, ...body });
    },
    publish: (message) => published.push(message),
    record: () => undefined,
    contact: () => undefined,
    isRecording: () => true,
    dataFolder: mkdtempSync(join(tmpdir(), "vigie-service-")),
    reading: startReadingService({ log: () => undefined }),
    ...changes,
  };
  const become = (change: Partial<VehicleState>): void => {
    held.vehicle = { ...held.vehicle, ...change };
  };
  return { context, clock, published, sent, steps, become };
}
