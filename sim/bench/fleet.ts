/** CPU share of the whole station process for twenty vehicles at 50 messages a second each, over real UDP. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  MavLinkPacketParser,
  MavLinkPacketSplitter,
  type MavLinkPacket,
  type MavLinkPacketRegistry,
} from "node-mavlink";
import { finished } from "node:stream/promises";
import { createEnvelopeReader } from "../../src/contract/envelope.js";
import { freePort } from "../../src/io/testing/freePort.js";
import { REGISTRIES } from "../../src/mavlink/definitions.js";
import { encodeFrame } from "../../src/mavlink/encode.js";
import { createStation } from "../../src/station/station.js";
import type { BenchLine } from "./benchLine.js";

const VEHICLES = 20;
const PER_S = 50;
const WARM_UP_MS = 5000;
const ENDURES_MS = 10_000;
/** A full cycle of sequence numbers, so that the feeder can repeat it without apparent loss. */
const ROUND = 256;

type Fields = Readonly<Record<string, number>>;
/** Message mix of a flying copter: fast attitude and position, slow states, one heartbeat a second. */
function messageAt(i: number): readonly [name: string, fields: Fields] {
  const slot = i % PER_S;
  if (slot === 0) return ["HEARTBEAT", { type: 2, autopilot: 3, base_mode: 209, custom_mode: 3, system_status: 4 }];
  if (slot % 12 === 1) return ["SYS_STATUS", { voltage_battery: 22_000, battery_remaining: 60 }];
  if (slot % 12 === 2) return ["GPS_RAW_INT", { fix_type: 3, satellites_visible: 14 }];
  if (slot % 6 === 3) return ["VFR_HUD", { groundspeed: 8, throttle: 40 }];
  // eslint-disable-next-line id-denylist -- MAVLink's own names
  const place = { lat: 507_745_000 + i, lon: 16_075_290 };
  if (slot % 3 === 1) return ["GLOBAL_POSITION_INT", { time_boot_ms: 1000 + i * 20, ...place }];
  return ["ATTITUDE", { time_boot_ms: 1000 + i * 20, roll: Math.sin(i / 20) }];
}

const frameOf = (systemId: number, i: number): Uint8Array => {
  const [name, fields] = messageAt(i);
  return encodeFrame({ name, fields, systemId, componentId: 1, seq: i % ROUND, version: 2 });
};

/** Source of a separate process: one socket per vehicle, one frame each every 20 ms. */
const FEEDER = `
const { createSocket } = require("node:dgram");
const vehicles = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"));
const port = Number(process.argv[2]);
const senders = vehicles.map((frames) => ({ socket: createSocket("udp4"), frames: frames.map((hex) => Buffer.from(hex, "hex")) }));
let sent = 0;
const startMs = Date.now();
setInterval(() => {
  const due = ((Date.now() - startMs) * ${PER_S}) / 1000;
  for (; sent < due; sent++) for (const { socket, frames } of senders) socket.send(frames[sent % frames.length], port, "127.0.0.1");
}, 20);
`;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

/** CPU share of this process over the interval. */
async function cpuShareOver(ms: number): Promise<number> {
  const [cpu, startMs] = [process.cpuUsage(), performance.now()];
  await sleep(ms);
  const { user, system } = process.cpuUsage(cpu);
  return (user + system) / 1000 / (performance.now() - startMs);
}

/** The stock library's splitter, parser and decoder on as many frames: CPU seconds per second of flight. */
async function stockShare(): Promise<number> {
  const registry = Object.assign({}, ...REGISTRIES) as MavLinkPacketRegistry;
  const splitter = new MavLinkPacketSplitter();
  const packets = splitter.pipe(new MavLinkPacketParser());
  packets.on("data", (packet: MavLinkPacket) => {
    const definition = registry[packet.header.msgid];
    if (definition) packet.protocol.data(packet.payload, definition);
  });
  const cpu = process.cpuUsage();
  const seconds = 10;
  for (let i = 0; i < PER_S * seconds; i++)
    for (let id = 1; id <= VEHICLES; id++) splitter.write(Buffer.from(frameOf(id, i)));
  splitter.end();
  await finished(packets);
  const { user, system } = process.cpuUsage(cpu);
  return (user + system) / 1e6 / seconds;
}

export async function benchFleet(): Promise<readonly BenchLine[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "vigie-fleet-bench-"));
  const framesFile = path.join(folder, "frames.json");
  // 6400 frames: both the sequence numbers and the one-second pattern repeat without a break.
  const frames = Array.from({ length: VEHICLES }, (_, v) =>
    Array.from({ length: ROUND * 25 }, (__, i) => Buffer.from(frameOf(v + 1, i)).toString("hex")),
  );
  writeFileSync(framesFile, JSON.stringify(frames));
  const port = await freePort();
  const station = createStation({
    inputs: { links: [`udp://:${port}`], video: [], decoder: "none" },
    folders: { data: folder },
    training: undefined,
    requireUiHeartbeat: false,
  });
  let received = { countOfVehicles: 0, messagesPerS: 0, lossFraction: 1 };
  const read = createEnvelopeReader();
  station.connectUi((envelope) => {
    const message = read(envelope);
    if (message?.kind !== "telemetry-batch") return;
    const { messagesPerS = 0, lossFraction = 1 } = message.links[0] ?? {};
    received = { countOfVehicles: message.vehicles.length, messagesPerS, lossFraction };
  });
  const idle = await cpuShareOver(2000);
  const feeder = spawn(process.execPath, ["-e", FEEDER, framesFile, String(port)], { stdio: "inherit" });
  await sleep(WARM_UP_MS);
  const share = await cpuShareOver(ENDURES_MS);
  feeder.kill();
  await station.dispose();
  rmSync(folder, { recursive: true, force: true });
  if (received.countOfVehicles !== VEHICLES)
    throw new Error(`heard ${received.countOfVehicles} of ${VEHICLES} vehicles`);
  const stock = await stockShare();
  return [
    {
      name: "station, 20 vehicles at 50 messages/s",
      value: share * 100,
      unit: "% of one core",
      peer: { name: "stock node-mavlink, decoding alone", value: stock * 100 },
      ratio: stock / share,
      note: `${received.messagesPerS.toFixed(0)} messages/s over UDP, loss ${(received.lossFraction * 100).toFixed(1)} %, folded, recorded, shown 30 times a second; ${(idle * 100).toFixed(1)} % before`,
    },
  ];
}
