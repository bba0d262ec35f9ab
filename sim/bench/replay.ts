/** Recordings: time to open one of eight hours, and to show the exact state at any instant. */
import { finished } from "node:stream/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import {
  MavLinkPacketParser,
  MavLinkPacketSplitter,
  type MavLinkPacket,
  type MavLinkPacketRegistry,
} from "node-mavlink";
import { REGISTRIES } from "../../src/mavlink/definitions.js";
import { FleetFold, fleetBefore } from "../../src/mavlink/logs/fleetFold.js";
import { FlightReading, type RecordedFlight } from "../../src/mavlink/logs/flightReading.js";
import { tlogFrom } from "../../src/mavlink/tlogWalk.js";
import { seededRng } from "../../src/core/rng.js";
import { median, type BenchLine } from "./benchLine.js";
import { longTlog } from "./longTlog.js";

const HOURS = 8;
const ROUNDS = 3;
const SEEKS = 50;
/** The stock reader's speed does not depend on the length, so it gets only the first part. */
const STOCK_BYTES = 4_000_000;
const CHUNK_BYTES = 65_536;

type Opening = { readonly flight: RecordedFlight; readonly perS: number; readonly mbPerS: number };

function openOnce(bytes: Uint8Array): Opening {
  const startMs = performance.now();
  const flight = new FlightReading(tlogFrom(bytes)).finish();
  const s = (performance.now() - startMs) / 1000;
  return { flight, perS: flight.report.frames / s, mbPerS: bytes.length / 1e6 / s };
}

const registry: MavLinkPacketRegistry = Object.assign({}, ...REGISTRIES) as MavLinkPacketRegistry;

/** Stock splitter, parser and decoder on the same bytes; it skips the timestamps as noise between frames. */
async function stockPerS(bytes: Uint8Array): Promise<number> {
  const splitter = new MavLinkPacketSplitter();
  const packets = splitter.pipe(new MavLinkPacketParser());
  let countOfMessages = 0;
  packets.on("data", (packet: MavLinkPacket) => {
    const definition = registry[packet.header.msgid];
    if (!definition) return;
    packet.protocol.data(packet.payload, definition);
    countOfMessages++;
  });
  const startMs = performance.now();
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES)
    splitter.write(Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(CHUNK_BYTES, bytes.length - at)));
  splitter.end();
  await finished(packets);
  return (countOfMessages / (performance.now() - startMs)) * 1000;
}

/** The state at an instant without an index: everything before it is processed. */
function foldFromStartMs(bytes: Uint8Array, unixTimeUs: number): number {
  const startMs = performance.now();
  const walk = tlogFrom(bytes).walk();
  const fold = new FleetFold(fleetBefore(undefined));
  while (walk.next() && walk.unixTimeUs <= unixTimeUs) for (const event of walk.events()) fold.onEvent(event);
  return performance.now() - startMs;
}

function seekMs({ flight }: Opening): number[] {
  const rng = seededRng(8);
  const { firstUnixUs, lastUnixUs } = flight.report;
  return Array.from({ length: SEEKS }, () => {
    const unixTimeUs = firstUnixUs + rng.uniform() * (lastUnixUs - firstUnixUs);
    const startMs = performance.now();
    if (flight.stateAt(unixTimeUs).length !== 1) throw new Error("a vehicle is missing");
    return performance.now() - startMs;
  });
}

/** Heap use after garbage collection. */
function heldBytes(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}

export async function benchReplay(): Promise<readonly BenchLine[]> {
  const { bytes, countOfRecords } = longTlog(HOURS);
  const beforeBytes = heldBytes();
  const opening = openOnce(bytes);
  const indexMb = (heldBytes() - beforeBytes) / 1e6;
  if (opening.flight.report.frames !== countOfRecords) throw new Error("records were lost");
  const openings = [opening, ...Array.from({ length: ROUNDS - 1 }, () => openOnce(bytes))];
  const stock = await stockPerS(bytes.subarray(0, STOCK_BYTES));
  const perS = median(openings.map((one) => one.perS));
  const soughtMs = seekMs(opening);
  const seek = median(soughtMs);
  const foldMs = foldFromStartMs(bytes, opening.flight.report.lastUnixUs);
  const mb = bytes.length / 1e6;
  return [
    {
      name: "tlog opened",
      value: perS,
      unit: "messages/s",
      peer: { name: "stock node-mavlink, fields decoded only", value: stock },
      ratio: perS / stock,
      note: `${HOURS} h, ${countOfRecords.toLocaleString("en")} messages, ${mb.toFixed(0)} MB: report, track and checkpoints; ${median(openings.map((one) => one.mbPerS)).toFixed(0)} MB/s`,
    },
    {
      name: "seek in an 8-hour tlog",
      value: seek,
      unit: "ms",
      peer: { name: "folding from the start to the end", value: foldMs },
      ratio: foldMs / seek,
      note: `exact state, median of ${SEEKS} instants, worst ${Math.max(...soughtMs).toFixed(1)} ms`,
    },
    {
      name: "memory of an open 8-hour tlog",
      value: indexMb,
      unit: "MB",
      peer: { name: "the file itself", value: mb },
      ratio: mb / indexMb,
      note: "report, track and checkpoints, beside the file's bytes",
    },
  ];
}
