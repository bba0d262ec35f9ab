import { readFileSync } from "node:fs";
import path from "node:path";
import { finished } from "node:stream/promises";
import {
  MavLinkPacketParser,
  MavLinkPacketSplitter,
  type MavLinkPacket,
  type MavLinkPacketRegistry,
} from "node-mavlink";
import { REGISTRIES } from "../../src/mavlink/definitions.js";
import { createReader } from "../../src/mavlink/reader.js";
import { readTlog } from "../../src/mavlink/tlog.js";
import { median, type BenchLine } from "./benchLine.js";

const RECORDINGS = ["ardupilot-copter.tlog", "ardupilot-plane.tlog"];
/** Size of a read from a busy socket; other sizes make neither reader faster. */
const CHUNK_BYTES = 16_384;
const ROUNDS = 5;

/** The frames of both recordings without the tlog timestamps, in chunks. */
function wireChunks(): { readonly chunks: readonly Buffer[]; readonly countOfFrames: number } {
  const frames: Uint8Array[] = [];
  for (const file of RECORDINGS) {
    const bytes = readFileSync(path.resolve("src/mavlink/fixtures", file));
    readTlog(bytes, (record) => frames.push(record.frame.bytes));
  }
  const wire = Buffer.concat(frames);
  const chunks: Buffer[] = [];
  for (let at = 0; at < wire.length; at += CHUNK_BYTES) chunks.push(wire.subarray(at, at + CHUNK_BYTES));
  return { chunks, countOfFrames: frames.length };
}

type Run = { readonly countOfMessages: number; readonly countOfFields: number; readonly perS: number };

function runOurs(chunks: readonly Buffer[]): Run {
  const reader = createReader();
  let countOfFields = 0;
  const startMs = performance.now();
  for (const chunk of chunks) {
    reader.push(chunk, (frame) => {
      for (const _field in frame.fields) countOfFields++;
    });
  }
  const { messages } = reader.counters;
  return { countOfMessages: messages, countOfFields, perS: (messages / (performance.now() - startMs)) * 1000 };
}

const registry: MavLinkPacketRegistry = Object.assign({}, ...REGISTRIES) as MavLinkPacketRegistry;

async function runStock(chunks: readonly Buffer[]): Promise<Run> {
  const splitter = new MavLinkPacketSplitter();
  const packets = splitter.pipe(new MavLinkPacketParser());
  let countOfMessages = 0;
  let countOfFields = 0;
  packets.on("data", (packet: MavLinkPacket) => {
    const definition = registry[packet.header.msgid];
    if (!definition) return;
    countOfMessages++;
    const message = packet.protocol.data(packet.payload, definition);
    for (const _field in message) countOfFields++;
  });
  const startMs = performance.now();
  for (const chunk of chunks) splitter.write(chunk);
  splitter.end();
  await finished(packets);
  return { countOfMessages, countOfFields, perS: (countOfMessages / (performance.now() - startMs)) * 1000 };
}

/** Messages a second with every field decoded, ours against stock node-mavlink on the same bytes, alternating. */
export async function benchMavlinkReader(): Promise<BenchLine> {
  const { chunks, countOfFrames } = wireChunks();
  const ours: Run[] = [];
  const stock: Run[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(runOurs(chunks));
    stock.push(await runStock(chunks));
  }
  for (const run of [...ours, ...stock]) {
    if (run.countOfMessages !== countOfFrames)
      throw new Error(`heard ${run.countOfMessages} of ${countOfFrames} frames`);
  }
  const value = median(ours.map((run) => run.perS));
  const peer = { name: "stock node-mavlink", value: median(stock.map((run) => run.perS)) };
  return {
    name: "MAVLink messages decoded, all fields",
    value,
    unit: "messages/s",
    peer,
    ratio: value / peer.value,
    note: `${countOfFrames.toLocaleString("en")} frames of two recorded flights, median of ${ROUNDS} rounds`,
  };
}
