/* eslint-disable id-denylist -- MAVLink's own field names are what a frame is made of */
/**
 * An hour of twenty vehicles on two links, with loss, copies and cuts, in virtual time. No vehicles may be merged or
 * forgotten, and the station's memory at the end is what it was after ten minutes.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { FakeClock } from "../core/fakeClock.js";
import { ok } from "../core/result.js";
import { type Rng, seededRng } from "../core/rng.js";
import type { ToUi } from "../contract/messages.js";
import { encodeFrame } from "../mavlink/encode.js";
import { createStation } from "./station.js";
import { FakeWire } from "./testing/fakeVehicle.js";
import { reading } from "./testing/reading.js";

const COUNT = 20;
const HOUR_S = Number(process.env["VIGIE_SOAK_S"] ?? 3600);
/** The message rate that a link of moderate speed carries per vehicle; a nightly job may ask for fifty. */
const PER_VEHICLE_HZ = Number(process.env["VIGIE_SOAK_HZ"] ?? 10);
const SETTLED_S = Math.min(600, HOUR_S / 3);
const LOSS = 0.05;
const COPIES = 0.02;
/** Every five minutes the first link is silent for twenty seconds, the second one two minutes later. */
const CUT_EVERY_S = 300;
const CUT_S = 20;
const GROWTH_MAX_BYTES = 12 * 2 ** 20;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;
function heapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

class Emitter {
  readonly #systemId: number;
  readonly #wires: readonly FakeWire[];
  readonly #rng: Rng;
  readonly #seqs: number[];
  constructor(systemId: number, wires: readonly FakeWire[], rng: Rng) {
    this.#systemId = systemId;
    this.#wires = wires;
    this.#rng = rng;
    this.#seqs = wires.map(() => 0);
    for (const wire of wires) wire.join(this.#from, () => undefined);
  }

  get #from(): string {
    return `10.0.0.${this.#systemId}:14550`;
  }

  publish(name: string, fields: Readonly<Record<string, number>>, isCut: (wire: number) => boolean): void {
    this.#wires.forEach((wire, i) => {
      const seq = this.#seqs[i]!;
      this.#seqs[i] = (seq + 1) & 0xff;
      const isLost = this.#rng.uniform() < LOSS;
      const isCopied = this.#rng.uniform() < COPIES;
      if (isLost || isCut(i)) return;
      const bytes = encodeFrame({ name, fields, systemId: this.#systemId, componentId: 1, seq, version: 2 });
      wire.deliver(bytes, this.#from);
      if (isCopied) wire.deliver(bytes, this.#from);
    });
  }
}

const isCutAt =
  (nowS: number) =>
  (wire: number): boolean =>
    (nowS + wire * 120) % CUT_EVERY_S >= CUT_EVERY_S - CUT_S;

it(
  "an hour of twenty vehicles with loss and cuts leaves the station as large as it was",
  { timeout: 900_000 },
  async () => {
    const clock = new FakeClock();
    const dataFolder = mkdtempSync(join(tmpdir(), "vigie-soak-"));
    const wires = [new FakeWire(), new FakeWire("udp://:14551")];
    const station = createStation({
      inputs: { links: wires.map(({ port }) => port.uri), video: [], decoder: "none" },
      folders: { data: dataFolder },
      training: undefined,
      requireUiHeartbeat: false,
      io: {
        time: { clock, scheduler: clock },
        openLink: (uri) => ok(wires.find(({ port }) => port.uri === uri)!.port),
      },
    });
    const kept = { batch: undefined as Extract<ToUi, { kind: "telemetry-batch" }> | undefined, lost: 0, back: 0 };
    const take = (message: ToUi): void => {
      if (message.kind === "telemetry-batch") kept.batch = message;
      if (message.kind === "notice" && message.notice.key === "vehicle-lost") kept.lost++;
      if (message.kind === "notice" && message.notice.key === "vehicle-back") kept.back++;
    };
    station.connectUi(reading(take));
    await new Promise(setImmediate);
    const rng = seededRng(7);
    // A quarter of the vehicles is on both links: a cut of one is then no loss.
    const emitters = Array.from(
      { length: COUNT },
      (_, i) => new Emitter(i + 1, i % 4 === 0 ? wires : [wires[i % 2]!], rng),
    );
    let settledBytes = 0;
    let ticks = 0;
    for (let nowS = 0; nowS < HOUR_S; nowS++) {
      const isCut = isCutAt(nowS);
      for (let tick = 0; tick < PER_VEHICLE_HZ; tick++) {
        ticks++;
        const time_boot_ms = ticks;
        emitters.forEach((emitter, i) => {
          if (tick === 0) {
            const mode = { type: 2, autopilot: 3, base_mode: 81, custom_mode: 4, system_status: 3, mavlink_version: 3 };
            emitter.publish("HEARTBEAT", mode, isCut);
          } else if (tick % 2 === 0)
            emitter.publish("ATTITUDE", { time_boot_ms, roll: 0.1, yaw: (ticks % 6) / 2 }, isCut);
          else {
            const lat = 507_745_000 + i * 20_000 + (ticks % 1000);
            emitter.publish(
              "GLOBAL_POSITION_INT",
              { time_boot_ms, lat, lon: 16_075_290, alt: 60_000, relative_alt: 55_000 },
              isCut,
            );
          }
        });
        clock.advance(1000 / PER_VEHICLE_HZ);
      }
      for (const wire of wires) wire.sent.length = 0;
      // Lets pending disk writes proceed.
      await new Promise(setImmediate);
      if (nowS === SETTLED_S) settledBytes = heapBytes();
    }
    for (let i = 0; i < 20; i++) await new Promise(setImmediate);
    const grownBytes = heapBytes() - settledBytes;

    const batch = kept.batch!;
    expect(batch.vehicles).toHaveLength(COUNT);
    expect(new Set(batch.vehicles.map(({ systemId }) => systemId)).size).toBe(COUNT);
    expect(batch.links).toHaveLength(2);
    for (const link of batch.links) expect(link.countOfLost).toBeGreaterThan(0);
    // Fifteen vehicles have one link and are lost at each of its cuts; each comes back. The five others are never lost.
    const countOfCuts = Math.floor(HOUR_S / CUT_EVERY_S);
    expect(kept.lost).toBeGreaterThanOrEqual(15 * (countOfCuts - 1));
    expect(kept.lost).toBeLessThanOrEqual(15 * (countOfCuts + 1));
    expect(kept.lost - kept.back).toBeLessThanOrEqual(15);
    expect(grownBytes).toBeLessThan(GROWTH_MAX_BYTES);
    process.stderr.write(
      `soak: ${HOUR_S} s of ${COUNT} vehicles, heap ${(settledBytes / 2 ** 20).toFixed(0)} MB, grown ${(grownBytes / 2 ** 20).toFixed(1)} MB\n`,
    );
    await station.dispose();
    rmSync(dataFolder, { recursive: true, force: true });
  },
);
