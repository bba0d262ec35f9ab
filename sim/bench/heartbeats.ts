/** Longest gap between the station's heartbeats, as an aircraft receives them, while large recordings are opened. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createEnvelopeReader } from "../../src/contract/envelope.js";
import type { UiRequest } from "../../src/contract/messages.js";
import { FlightReading } from "../../src/mavlink/logs/flightReading.js";
import { tlogFrom } from "../../src/mavlink/tlogWalk.js";
import { createStation } from "../../src/station/station.js";
import type { BenchLine } from "./benchLine.js";
import { longTlog } from "./longTlog.js";

const LOG_MB = 400;
const SORTIE_MB = 300;
const IDLE_MS = 8000;
/** MAVLink heartbeats are sent once a second. */
const BEAT_MS = 1000;
/** Six minutes of a real flight are 2.4 MB. */
const MB_PER_HOUR = 23;

/** Source of a separate process: prints its port, then for each input line the longest gap since the previous one. */
const LISTENER = `
const socket = require("node:dgram").createSocket("udp4");
let lastMs, worstMs = 0;
socket.on("message", (bytes) => {
  if (bytes[0] !== 0xfd || bytes[7] !== 0 || bytes[8] !== 0 || bytes[9] !== 0) return;
  const nowMs = performance.now();
  if (lastMs !== undefined) worstMs = Math.max(worstMs, nowMs - lastMs);
  lastMs = nowMs;
});
socket.bind(0, "127.0.0.1", () => console.log(socket.address().port));
process.stdin.on("data", () => { console.log(Math.max(worstMs, performance.now() - (lastMs ?? performance.now()))); worstMs = 0; });
process.stdin.on("end", () => process.exit(0));
`;

function startListener() {
  const child = spawn(process.execPath, ["-e", LISTENER], { stdio: ["pipe", "pipe", "inherit"] });
  const nextNumber = (): Promise<number> =>
    new Promise((resolve) => child.stdout.once("data", (text: Buffer) => resolve(Number(text.toString().trim()))));
  return {
    port: nextNumber(),
    worstGapMs: (): Promise<number> => {
      const answer = nextNumber();
      child.stdin.write("?\n");
      return answer;
    },
    stop: () => child.stdin.end(),
  };
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

/** A log of 400 MB, and a sortie of 300 MB whose recording was cut off in flight. */
function writeRecordings(folder: string) {
  const { bytes } = longTlog(LOG_MB / MB_PER_HOUR);
  const log = path.join(folder, "long.tlog");
  writeFileSync(log, bytes);
  const sortie = path.join(folder, "sorties", "2026-11-23T02-10-00Z-bench");
  mkdirSync(sortie, { recursive: true });
  writeFileSync(path.join(sortie, "telemetry.tlog"), bytes.subarray(0, SORTIE_MB * 1_000_000));
  writeFileSync(path.join(sortie, "events.jsonl"), "");
  return { log, sortie, bytes };
}

/** How long reading the same log blocks a thread when done directly, as version 0.2 did. */
function readHereMs(bytes: Uint8Array): number {
  const startMs = performance.now();
  new FlightReading(tlogFrom(bytes)).finish();
  return performance.now() - startMs;
}

export async function benchHeartbeats(): Promise<readonly BenchLine[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "vigie-heartbeats-"));
  const { log, sortie, bytes } = writeRecordings(folder);
  const peerMs = readHereMs(bytes);
  const listener = startListener();
  const station = createStation({
    inputs: { links: [`udp://127.0.0.1:${await listener.port}`], video: [], decoder: "none" },
    folders: { data: folder },
    training: undefined,
    requireUiHeartbeat: false,
  });
  const read = createEnvelopeReader();
  const replies = new Map<number, (isOk: boolean) => void>();
  const screen = station.connectUi((envelope) => {
    const message = read(envelope);
    if (message?.kind === "reply") replies.get(message.requestId)?.(message.result.ok);
  });
  let requestId = 0;
  const opened = async (request: UiRequest): Promise<boolean> => {
    const id = ++requestId;
    const reply = new Promise<boolean>((resolve) => replies.set(id, resolve));
    screen.fromUi({ kind: "request", requestId: id, request });
    return reply;
  };
  try {
    await sleep(IDLE_MS);
    const idleMs = await listener.worstGapMs();
    for (const file of [log, sortie]) {
      if (!(await opened({ kind: "open-recording", path: file }))) throw new Error(`${file} was not opened`);
    }
    const worstMs = await listener.worstGapMs();
    const delayMs = Math.max(1, worstMs - BEAT_MS);
    return [
      {
        name: "heartbeat, latest while recordings are opened",
        value: delayMs,
        unit: "ms late",
        peer: { name: "the same log read on the thread that sends", value: peerMs },
        ratio: peerMs / delayMs,
        note: `${LOG_MB} MB log, then a ${SORTIE_MB} MB sortie; ${Math.max(0, idleMs - BEAT_MS).toFixed(0)} ms late with nothing to do`,
      },
    ];
  } finally {
    screen.close();
    await station.dispose();
    listener.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
