/**
 * The ways of `src/README.md`, walked: one datagram until it is a number that a screen can read, one command to the vehicle
 * and its outcome back. What is counted are the files that a call passes through, as the running program's call stacks name
 * them; a file that is only asked something on the way (a decoder, a fold) returns before and is not on the way.
 */
import { createSocket } from "node:dgram";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { isEnvelope } from "../../src/contract/envelope.js";
import { decodeWire, encodeWire } from "../../src/contract/wire.js";
import { FakeClock } from "../../src/core/fakeClock.js";
import { openCameraFeed } from "../../src/station/sensors/cameraFeed.js";
import type { OpenCamera } from "../../src/station/sensors/cameraTypes.js";
import type { Station } from "../../src/station/stationTypes.js";
import { stationWith, type StationChanges } from "../../src/station/testing/fakeVehicle.js";
import { observedFrames } from "../../src/track/testing/observedFrames.js";
import { createStationStore, type StationStore } from "./stationStore.js";

const open: Station[] = [];
beforeAll(() => {
  Error.stackTraceLimit = 200;
});
afterEach(async () => {
  for (const station of open.splice(0)) await station.dispose();
});

/** The files of the present call stack, in the order in which they were called, each once in a row. */
function filesOnTheWay(): readonly string[] {
  const lines = (new Error().stack ?? "").split("\n").reverse();
  const files = lines.flatMap((line) => /\/((?:src|renderer)\/[^:?)]+\.tsx?)/.exec(line)?.[1] ?? []);
  const own = files.filter((file) => !/\.test\.|\/testing\/|fakeClock/.test(file));
  return own.filter((file, i) => file !== own[i - 1]);
}

/** Only what carries the message on: not timers, and not the store's own cells. */
const shortNames = (files: readonly string[]): readonly string[] => {
  const names = [...new Set(files)].map((file) => file.replace(/^.*\//, "").replace(/\.tsx?$/, ""));
  return names.filter((name) => !["clock", "station", "latest"].includes(name));
};

/** The way as `src/README.md` draws it. */
function drawn(way: string): readonly string[] {
  const line = readFileSync("src/README.md", "utf8")
    .split("\n")
    .find((text) => text.startsWith(`${way} `));
  return (line ?? "").slice(way.length).trim().split(" → ");
}

async function aFlight(changes: StationChanges = {}) {
  const clock = new FakeClock();
  const made = await stationWith(clock, mkdtempSync(join(tmpdir(), "vigie-flows-")), changes);
  open.push(made.station);
  const store: StationStore = createStationStore(
    ({ onMessage, onConnection }) => {
      onConnection("open");
      const session = made.station.connectUi((envelope) => {
        const read = decodeWire(encodeWire(envelope));
        if (isEnvelope(read)) onMessage(read);
      });
      return { send: (message) => session.fromUi(decodeWire(encodeWire(message))), dispose: () => session.close() };
    },
    { monoMs: () => clock.monoMs(), unixMs: () => clock.unixUs() / 1000 },
  );
  await expect.poll(() => store.hello.get()).toBeDefined();
  const fly = (seconds: number): void => {
    for (let i = 0; i < seconds * 10; i++) {
      made.vehicle.sendTelemetry(clock.monoMs(), { isArmed: true, northM: i });
      clock.advance(100);
    }
  };
  fly(3);
  return { ...made, clock, store, fly };
}

it("a datagram is in the screen's store, where a readout reads it, after few steps", async () => {
  const { clock, store, vehicle } = await aFlight();
  let inwards: readonly string[] = [];
  const monoMs = clock.monoMs.bind(clock);
  const spy = vi.spyOn(clock, "monoMs").mockImplementation(() => {
    const files = filesOnTheWay();
    if (files.at(-1)?.endsWith("vehicleSession.ts") === true) inwards = files;
    return monoMs();
  });
  vehicle.sendTelemetry(monoMs(), { isArmed: true, northM: 77 });
  spy.mockRestore();
  let outwards: readonly string[] = [];
  store.vehicles.onChange(() => (outwards = filesOnTheWay()));
  clock.advance(600);
  expect(shortNames(inwards)).toEqual(drawn("telemetry in"));
  expect(shortNames(outwards)).toEqual(drawn("telemetry out"));
  // The readout that reads it is one more.
  expect(shortNames(inwards).length + shortNames(outwards).length + 1).toBeLessThanOrEqual(8);
});

it("a command reaches the vehicle, and its outcome the screen", async () => {
  const { store, vehicle, clock, fly } = await aFlight();
  const vehicleId = store.target.get()!;
  let outwards: readonly string[] = [];
  const isCommand = (bytes: Uint8Array): boolean => bytes[7] === 76 || bytes[7] === 75;
  const send = vehicle.port.send.bind(vehicle.port);
  vi.spyOn(vehicle.port, "send").mockImplementation((bytes, to) => {
    if (outwards.length === 0 && isCommand(bytes)) outwards = filesOnTheWay();
    send(bytes, to);
  });
  void store.request({ kind: "command", commandId: "c", vehicleId, command: { kind: "return" }, isConfirmed: true });
  await expect.poll(() => (fly(0.1), outwards.length)).toBeGreaterThan(0);
  let back: readonly string[] = [];
  store.commandReports.onChange(() => (back = filesOnTheWay()));
  vehicle.send("COMMAND_ACK", { command: 20, result: 0, target_system: 255, target_component: 190 });
  clock.advance(100);
  vehicle.send("HEARTBEAT", {
    type: 2,
    autopilot: 3,
    base_mode: 209,
    custom_mode: 6,
    system_status: 4,
    mavlink_version: 3,
  });
  clock.advance(1500);
  await expect.poll(() => back.length).toBeGreaterThan(0);
  expect(shortNames(outwards)).toEqual(drawn("command out"));
  expect(shortNames(back)).toEqual(drawn("command back"));
  expect(shortNames(outwards).length + shortNames(back).length).toBeLessThanOrEqual(20);
});

/** A camera's worker that has seen somebody in two seconds of video, as soon as any of it comes. */
function workerFile(): string {
  const file = join(mkdtempSync(join(tmpdir(), "vigie-flows-")), "worker.cjs");
  const observed = observedFrames(0, 2, [{ eastM: 0, northM: 0 }]);
  writeFileSync(
    file,
    `const { parentPort } = require("node:worker_threads");
     const frames = ${JSON.stringify(observed)};
     const image = { widthPx: 320, heightPx: 240, latencyMs: 40 };
     parentPort.on("message", ({ kind }) => {
       if (kind === "end") process.exit();
       if (kind !== "bytes") return;
       for (const observed of frames.splice(0))
         parentPort.postMessage({ kind: "observed", picture: { ...image, luma: new Uint8Array(320 * 240).fill(90), observed } });
     });`,
  );
  return file;
}

it("a camera's datagram reaches its worker, and what that has seen is a contact on the screen", async () => {
  const toWorker: (readonly string[])[] = [];
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is applied to the worker that it was called on
  const post = Worker.prototype.postMessage;
  vi.spyOn(Worker.prototype, "postMessage").mockImplementation(function (this: Worker, ...message) {
    if ((message[0] as { kind: string }).kind === "bytes") toWorker.push(filesOnTheWay());
    post.apply(this, message);
  });
  const socket = createSocket("udp4");
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  const openCamera: OpenCamera = (options) => openCameraFeed(options, workerFile());
  const { store } = await aFlight({ inputs: { video: [`udpin://127.0.0.1:${port}`] }, io: { openCamera } });
  let outwards: readonly string[] = [];
  store.contacts.onChange(() => (outwards = filesOnTheWay()));
  const camera = createSocket("udp4");
  const video = new Uint8Array(188).fill(0xff);
  video[0] = 0x47;
  await expect
    .poll(() => (camera.send(video, port, "127.0.0.1"), outwards.length), { timeout: 20_000, interval: 100 }) // eslint-disable-line id-denylist -- vitest's own name
    .toBeGreaterThan(0);
  camera.close();
  expect(shortNames(toWorker[0] ?? [])).toEqual(drawn("frame in"));
  expect(shortNames(outwards)).toEqual(drawn("frame out"));
});
