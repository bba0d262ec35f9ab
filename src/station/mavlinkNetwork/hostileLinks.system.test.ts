/** Real sockets on the loopback: junk and invented aircraft from hundreds of ports, while one aircraft is flown. */
import { createSocket, type Socket } from "node:dgram";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createEnvelopeReader } from "../../contract/envelope.js";
import type { ToUi } from "../../contract/messages.js";
import { encodeFrame } from "../../mavlink/encode.js";
import type { MavlinkFields } from "../../mavlink/frame.js";
import { createReader } from "../../mavlink/reader.js";
import { createStation } from "../station.js";
import { freePort } from "../../io/testing/freePort.js";
import { eventually, ofKind } from "../testing/servedStation.js";

const over: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of over.splice(0).reverse()) await end();
});

const COUNT_OF_PORTS = 200;
const ARM = 400;
const DO_SET_MODE = 176;

async function aStation(port: number) {
  const station = createStation({
    inputs: { links: [`udp://:${port}`], video: [], decoder: "none" },
    folders: { data: mkdtempSync(join(tmpdir(), "vigie-hostile-")) },
    training: undefined,
    requireUiHeartbeat: false,
  });
  over.push(() => station.dispose());
  const published: ToUi[] = [];
  const read = createEnvelopeReader();
  const screen = station.connectUi((envelope) => {
    const message = read(envelope);
    if (message) published.push(message);
  });
  const batch = () => ofKind(published, "telemetry-batch").at(-1);
  await eventually(() => batch()?.links.length, 10_000).toBe(1);
  let requestId = 0;
  /** Resolves when the arm command has ended, with whatever result. */
  const arm = async (vehicleId: string): Promise<void> => {
    const order = { commandId: `c${++requestId}`, isConfirmed: true, command: { kind: "arm" } };
    screen.fromUi({ kind: "request", requestId, request: { kind: "command", vehicleId, ...order } });
    const mine = requestId;
    await eventually(() => ofKind(published, "reply").some((reply) => reply.requestId === mine), 20_000).toBe(true);
  };
  const keys = () => ofKind(published, "notice").map(({ notice }) => notice.key);
  return { batch, arm, keys };
}

function socketOf(onBytes: (bytes: Uint8Array) => void): Socket {
  const socket = createSocket("udp4");
  socket.on("message", onBytes);
  socket.on("error", () => undefined);
  over.push(() => void socket.close());
  return socket;
}

/** An aircraft that streams ten times a second, refuses to arm, and counts the arm commands it receives. */
function aircraftTo(port: number, systemId: number) {
  let seq = 0;
  let countOfOrders = 0;
  const reader = createReader({ isDatagram: true });
  const publish = (name: string, fields: MavlinkFields): void => {
    const bytes = encodeFrame({ name, fields, systemId, componentId: 1, seq: seq++ & 255, version: 2 });
    socket.send(bytes, port, "127.0.0.1");
  };
  const socket = socketOf((bytes) =>
    reader.push(bytes, ({ fields }) => {
      const answer = { command: Number(fields["command"]), target_system: 255, target_component: 190 };
      // It accepts the mode change that precedes an arm command.
      if (answer.command === DO_SET_MODE) publish("COMMAND_ACK", { ...answer, result: 0 });
      if (answer.command !== ARM) return;
      countOfOrders++;
      publish("COMMAND_ACK", { ...answer, result: 2 });
    }),
  );
  const startMs = performance.now() - 60_000;
  const timer = setInterval(() => {
    const time_boot_ms = Math.round(performance.now() - startMs);
    publish("HEARTBEAT", {
      type: 2,
      autopilot: 3,
      base_mode: 81,
      custom_mode: 4,
      system_status: 3,
      mavlink_version: 3,
    });
    // eslint-disable-next-line id-denylist -- MAVLink's own names
    publish("GLOBAL_POSITION_INT", { time_boot_ms, lat: 507_745_000, lon: 16_075_290 });
  }, 100);
  over.push(() => clearInterval(timer));
  return { countOfOrders: () => countOfOrders };
}

/** Sends a datagram from every port in each round, until the test ends. */
function floodFrom(port: number, datagramOf: (i: number, round: number) => Uint8Array) {
  let countOfAnswers = 0;
  const sockets = Array.from({ length: COUNT_OF_PORTS }, () => socketOf(() => countOfAnswers++));
  let round = 0;
  const timer = setInterval(() => {
    sockets.forEach((socket, i) => socket.send(datagramOf(i, round), port, "127.0.0.1"));
    round++;
  }, 50);
  over.push(() => clearInterval(timer));
  return { countOfAnswers: () => countOfAnswers, rounds: () => round };
}

describe("findings 6.4, on real sockets", () => {
  it("ten-byte junk from 200 ports keeps no command from the aircraft, and draws no packet", async () => {
    const port = await freePort();
    const { batch, arm } = await aStation(port);
    const aircraft = aircraftTo(port, 1);
    const junk = Uint8Array.from([0xfd, 9, 0, 0, 1, 1, 1, 0, 0, 0]);
    const flood = floodFrom(port, () => junk);
    await eventually(() => batch()?.vehicles[0]?.position !== undefined, 15_000).toBe(true);
    const vehicleId = batch()!.vehicles[0]!.id;
    await eventually(() => flood.rounds() >= 20, 15_000).toBe(true);
    for (let i = 1; i <= 5; i++) {
      await arm(vehicleId);
      expect(aircraft.countOfOrders()).toBeGreaterThanOrEqual(i);
    }
    expect(flood.countOfAnswers()).toBe(0);
    expect(batch()?.vehicles.length).toBe(1);
  });

  it("200 invented aircraft from 200 ports do not shut out one that comes later", async () => {
    const port = await freePort();
    const { batch, arm, keys } = await aStation(port);
    const sendHeartbeat = {
      type: 2,
      autopilot: 3,
      base_mode: 81,
      custom_mode: 4,
      system_status: 3,
      mavlink_version: 3,
    };
    floodFrom(port, (i, round) =>
      encodeFrame({
        ...{ name: "HEARTBEAT", fields: sendHeartbeat, componentId: 1, version: 2 },
        ...{ systemId: i + 1, seq: round & 255 },
      }),
    );
    await eventually(() => batch()?.vehicles.length, 15_000).toBe(64);
    await eventually(keys, 15_000).toContain("vehicles-refused");
    const aircraft = aircraftTo(port, 250);
    const mine = () => batch()?.vehicles.find(({ systemId }) => systemId === 250);
    await eventually(() => mine()?.position !== undefined, 30_000).toBe(true);
    await arm(mine()!.id);
    expect(aircraft.countOfOrders()).toBeGreaterThanOrEqual(1);
  });
});
