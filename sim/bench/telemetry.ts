/**
 * What one screen costs while twenty vehicles send fifty messages a second each: the bytes that it receives, and the
 * share of a core that handing them over takes (structured clone to a window, JSON to a browser). The peer are the same
 * batches with every vehicle's whole state, as version 0.3.2 sent them.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createEnvelopeReader, type Envelope } from "../../src/contract/envelope.js";
import { encodeWire } from "../../src/contract/wire.js";
import { FakeClock } from "../../src/core/fakeClock.js";
import { ok } from "../../src/core/result.js";
import { createStation } from "../../src/station/station.js";
import { FakeWire } from "../../src/station/testing/fakeVehicle.js";
import type { VehicleState } from "../../src/vehicle/vehicleState.js";
import { median, type BenchLine } from "./benchLine.js";
import { STREAM_PER_S, STREAM_VEHICLES, streamFrame } from "./fleetStream.js";

const URI = "udp://:14550";
const WARM_UP_S = 5;
const FLIGHT_S = 10;
const ROUNDS = 9;
const PEER = "every vehicle's whole state, as in 0.3.2";

/** Version 0.3.2 sent these members apart, when they changed. */
const SENT_APART: readonly string[] = [
  ...["texts", "prearmReasons", "modes", "offeredModes", "textJoiner", "armingChecks", "version"],
];

type Sent = { readonly now: Envelope; readonly whole: object };

const withoutTexts = (vehicle: VehicleState): object =>
  Object.fromEntries(Object.entries(vehicle).filter(([name]) => !SENT_APART.includes(name)));

/** Flies the fleet on virtual time; what a screen was sent, both ways. */
async function flown(dataFolder: string): Promise<readonly Sent[]> {
  const clock = new FakeClock();
  // Real clocks have times with many digits.
  clock.advance(0.123_456_789);
  const wire = new FakeWire(URI);
  const station = createStation({
    inputs: { links: [URI], video: [], decoder: "none" },
    folders: { data: dataFolder },
    training: undefined,
    requireUiHeartbeat: false,
    io: { time: { clock, scheduler: clock }, openLink: () => ok(wire.port) },
  });
  let sent: Sent[] = [];
  const read = createEnvelopeReader();
  station.connectUi((envelope) => {
    const message = read(envelope);
    const isBatch = message?.kind === "telemetry-batch";
    const body = isBatch ? { ...message, vehicles: message.vehicles.map(withoutTexts) } : envelope.body;
    sent.push({ now: envelope, whole: isBatch ? { ...envelope, topic: message.kind, body } : envelope });
  });
  while (sent.length === 0) await new Promise((resolve) => setImmediate(resolve));
  for (let i = 0; i < (WARM_UP_S + FLIGHT_S) * STREAM_PER_S; i++) {
    if (i === WARM_UP_S * STREAM_PER_S) sent = [];
    for (let systemId = 1; systemId <= STREAM_VEHICLES; systemId++) {
      wire.deliver(streamFrame(systemId, i), `10.0.0.${systemId}:14550`);
      clock.advance(1000 / STREAM_PER_S / STREAM_VEHICLES);
    }
  }
  await station.dispose();
  return sent;
}

const bytesPerS = (envelopes: readonly object[]): number =>
  envelopes.reduce((sum, envelope) => sum + Buffer.byteLength(encodeWire(envelope)), 0) / FLIGHT_S;

/** Per cent of one core that `hand` takes for what a screen was sent: now, and with whole states, by turns. */
function sharesOf(sent: readonly Sent[], hand: (envelope: object) => unknown): readonly [now: number, whole: number] {
  const shareOf = (envelopes: readonly object[]): number => {
    const before = process.cpuUsage();
    for (const envelope of envelopes) hand(envelope);
    const { user, system } = process.cpuUsage(before);
    return ((user + system) / (FLIGHT_S * 1e6)) * 100;
  };
  const [now, whole] = [sent.map((one) => one.now), sent.map((one) => one.whole)];
  const rounds = Array.from({ length: ROUNDS }, () => [shareOf(now), shareOf(whole)] as const);
  return [median(rounds.map(([share]) => share)), median(rounds.map(([, share]) => share))];
}

export async function benchTelemetry(): Promise<readonly BenchLine[]> {
  const dataFolder = mkdtempSync(path.join(tmpdir(), "vigie-telemetry-bench-"));
  const sent = await flown(dataFolder);
  rmSync(dataFolder, { recursive: true, force: true });
  const countOfVehicles = new Set(sent.flatMap(({ whole }) => JSON.stringify(whole).match(/udp:14550\/\d+/g) ?? []))
    .size;
  if (countOfVehicles !== STREAM_VEHICLES) throw new Error(`showed ${countOfVehicles} of ${STREAM_VEHICLES} vehicles`);
  const [now, whole] = [bytesPerS(sent.map((one) => one.now)) / 1000, bytesPerS(sent.map((one) => one.whole)) / 1000];
  const clone = sharesOf(sent, structuredClone);
  const encoding = sharesOf(sent, encodeWire);
  const share = (name: string, [value, peer]: readonly [number, number]): BenchLine => ({
    ...{ name, value, unit: "% of one core", peer: { name: PEER, value: peer }, ratio: peer / value, note: "aim 1" },
  });
  return [
    {
      ...{ name: "telemetry to a screen, 20 vehicles at 50 messages/s", value: now, unit: "kB/s", ratio: whole / now },
      ...{ peer: { name: PEER, value: whole }, note: `${(sent.length / FLIGHT_S).toFixed(0)} messages/s; aim 1,000` },
    },
    share("structured clone of it, to a window", clone),
    share("encoding of it, to a browser", encoding),
  ];
}
