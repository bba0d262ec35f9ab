/**
 * A vehicle session and an independently written simulated aircraft on one virtual clock: real bytes both ways, no
 * sockets, minutes of flight in less than a second.
 */
import { createAircraft } from "../../../sim/aircraft.js";
import type { Flavour } from "../../../sim/flavour.js";
import { QUIET_BEACH } from "../../../sim/testing/flightHarness.js";
import { createEncoder, decodeDatagram } from "../../../sim/wire/mavlinkCodec.js";
import type { ToUi } from "../../contract/messages.js";
import { FakeClock } from "../../core/fakeClock.js";
import { encodeFrame } from "../../mavlink/encode.js";
import type { MavlinkFrame, OutgoingMessage } from "../../mavlink/frame.js";
import { groundHeartbeat } from "../../mavlink/outgoing.js";
import { createReader } from "../../mavlink/reader.js";
import type { Plan } from "../../plan/plan.js";
import type { CommandAbilities, CommandStatus, VehicleCommand } from "../../vehicle/commands.js";
import type { TransferStatus } from "../../vehicle/transfers.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { MavlinkVehicleSession } from "../vehicle/vehicleSession.js";
import { sessionOptions, updatesWith } from "./sessionOptions.js";

const VEHICLE = { systemId: 1, componentId: 1 };
const OWN = { systemId: 255, componentId: 190 };
const STEP_MS = 20;

export function flyingSession(flavour: Flavour) {
  const clock = new FakeClock();
  const published: ToUi[] = [];
  const outcome: { status: CommandStatus | undefined; transfer: TransferStatus | undefined } = {
    status: undefined,
    transfer: undefined,
  };
  const frames: MavlinkFrame[] = [];
  const reader = createReader({ isDatagram: true });
  const encodeDown = createEncoder(VEHICLE);
  const aircraft = createAircraft({
    site: { scenario: QUIET_BEACH },
    vehicle: { systemId: 1, seed: 1, flavour },
    boot: { unixUs: clock.unixUs() },
    ports: { send: (message) => reader.push(encodeDown(message), (frame) => frames.push(frame)) },
  });
  let seq = 0;
  const sent: OutgoingMessage[] = [];
  const send = (message: OutgoingMessage): void => {
    sent.push(message);
    const bytes = encodeFrame({ ...message, ...OWN, seq: seq++ & 255, version: 2 });
    for (const received of decodeDatagram(bytes)) aircraft.receive(received);
  };
  const makeSession = (isFirst: boolean): MavlinkVehicleSession =>
    new MavlinkVehicleSession(
      sessionOptions(clock, {
        path: { send, roundTripMs: () => 20 },
        outputs: { publish: (message) => published.push(message), record: () => undefined },
        updates: updatesWith({
          onCommand: (_command, status) => (isFirst ? (outcome.status = status) : undefined),
          onTransfer: (status) => (isFirst ? (outcome.transfer = status) : undefined),
        }),
      }),
    );
  const session = makeSession(true);
  const sessions = [session];
  const receiveAll = (): void => {
    for (const frame of frames.splice(0)) for (const each of sessions) each.onFrame(frame);
  };
  const step = (): void => {
    aircraft.advanceTo(aircraft.nowMs() + STEP_MS);
    receiveAll();
    clock.advance(STEP_MS);
    receiveAll();
    if (clock.monoMs() % 500 === 0) for (const each of sessions) each.tick();
    if (clock.monoMs() % 1000 === 0) send(groundHeartbeat);
  };
  const until = (isDone: () => boolean, mostS: number): boolean => {
    const untilMs = clock.monoMs() + mostS * 1000;
    while (!isDone() && clock.monoMs() < untilMs) step();
    return isDone();
  };
  let orders = 0;
  const isOver = () => outcome.status !== undefined && outcome.status.phase !== "pending";
  return {
    session,
    aircraft,
    until,
    /** The session of a second station that connects later to the same aircraft, without any memory of it. */
    another: (): MavlinkVehicleSession => {
      const later = makeSession(false);
      sessions.push(later);
      return later;
    },
    clock,
    /** Every message sent to the aircraft. */
    sent,
    vehicle: (): VehicleState => session.state(),
    /** The final status, or "pending" when the command did not end within a minute. */
    command: (command: VehicleCommand, isConfirmed = true): CommandStatus | undefined => {
      outcome.status = undefined;
      void session.command({ commandId: `test-${++orders}`, command, isConfirmed });
      until(isOver, 60);
      return outcome.status;
    },
    upload: (plan: Plan): TransferStatus | undefined => {
      outcome.transfer = undefined;
      void session.upload({ plan, planHash: "test", overrideReason: "test" });
      until(() => outcome.transfer?.phase === "verified" || outcome.transfer?.phase === "failed", 60);
      return outcome.transfer;
    },
    /** The command availability last published to the screens. */
    abilities: (): CommandAbilities | undefined =>
      published.findLast((message) => message.kind === "abilities")?.abilities,
  };
}
