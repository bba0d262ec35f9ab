import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { seededRng } from "../core/rng.js";
import { fakeUnit, joinBytes, KLVA_REGISTRATION, TsMuxer, type MuxStream } from "./testing/tsMuxer.js";
import { createTsDemuxer } from "./tsDemuxer.js";
import type { AccessUnit, KlvPacket, TsEvent } from "./tsEvents.js";

const VIDEO: MuxStream = { streamType: 0x1b, pid: 0x100, descriptors: [] };
const KLV_SYNC: MuxStream = {
  streamType: 0x15,
  pid: 0x101,
  descriptors: [0x26, 9, 1, 0, 0xff, 0x4b, 0x4c, 0x56, 0x41, 0, 0x0f],
};
const KLV_ASYNC: MuxStream = { streamType: 0x06, pid: 0x101, descriptors: KLVA_REGISTRATION };

const units = (events: readonly TsEvent[]): AccessUnit[] => events.filter((event) => event.kind === "access-unit");
const klvs = (events: readonly TsEvent[]): KlvPacket[] => events.filter((event) => event.kind === "klv");
const run = (bytes: Uint8Array, chunk = bytes.length): TsEvent[] => {
  const demuxer = createTsDemuxer();
  const events: TsEvent[] = [];
  for (let at = 0; at < bytes.length; at += chunk) events.push(...demuxer.push(bytes.subarray(at, at + chunk)));
  return [...events, ...demuxer.flush()];
};
const cell = (flags: number, body: Uint8Array): Uint8Array =>
  Uint8Array.from([0, 7, flags, body.length >> 8, body.length & 0xff, ...body]);

function stream(count: number, isUnbounded: boolean): Uint8Array[] {
  const muxer = new TsMuxer();
  return Array.from({ length: count }, (_, i) => [
    ...(i % 10 === 0 ? muxer.tables([VIDEO, KLV_ASYNC]) : []),
    ...muxer.pes(0x100, 0xe0, fakeUnit(i % 10 === 0, 300 + ((i * 97) % 700), i), { pts: 3600 * i, isUnbounded }),
    ...muxer.pes(0x101, 0xbd, Uint8Array.of(6, 14, 43, 52, i), { pts: 3600 * i }),
  ]).flat();
}

describe("transport stream demuxer", () => {
  it.each([false, true])("gives every unit whole, whatever the portions (length unstated: %s)", (isUnbounded) => {
    const bytes = joinBytes(stream(30, isUnbounded));
    for (const chunk of [bytes.length, 188 * 7, 188, 61]) {
      const got = units(run(bytes, chunk));
      expect(got).toHaveLength(30);
      got.forEach((unit, i) => {
        expect(unit.bytes).toEqual(fakeUnit(i % 10 === 0, 300 + ((i * 97) % 700), i));
        expect(unit.ptsUs).toBe(i * 40_000);
        expect(unit.isKeyframe).toBe(i % 10 === 0);
        expect(unit.codec).toBe(i % 10 === 0 ? "avc1.42C01E" : undefined);
      });
    }
  });

  it("gives a unit with its own last packet, not with the next unit", () => {
    const muxer = new TsMuxer();
    const demuxer = createTsDemuxer();
    demuxer.push(joinBytes(muxer.tables([VIDEO])));
    const bounded = joinBytes(muxer.pes(0x100, 0xe0, fakeUnit(true, 500, 1), { pts: 0 }));
    const unbounded = joinBytes(muxer.pes(0x100, 0xe0, fakeUnit(false, 500, 2), { pts: 3600, isUnbounded: true }));
    expect(units(demuxer.push(bounded))).toHaveLength(1);
    expect(units(demuxer.push(unbounded))).toHaveLength(1);
  });

  it("takes cells off synchronous KLV and puts fragments together", () => {
    const muxer = new TsMuxer();
    const body = Uint8Array.from({ length: 40 }, (_, i) => i);
    const bytes = joinBytes([
      ...muxer.tables([VIDEO, KLV_SYNC]),
      ...muxer.pes(0x101, 0xfc, cell(0xdf, body), { pts: 9000 }),
      ...muxer.pes(0x101, 0xfc, cell(0x9f, body.subarray(0, 15)), { pts: 18000 }),
      ...muxer.pes(0x101, 0xfc, cell(0x5f, body.subarray(15)), { pts: 18000 }),
    ]);
    expect(klvs(run(bytes))).toEqual([
      { kind: "klv", ptsUs: 100_000, bytes: body, isSynchronous: true },
      { kind: "klv", ptsUs: 200_000, bytes: body, isSynchronous: true },
    ]);
  });

  it("believes the stream id, not the declared type", () => {
    const muxer = new TsMuxer();
    const body = Uint8Array.of(6, 14, 43, 52, 1, 2, 3);
    const mixed = joinBytes([...muxer.tables([KLV_ASYNC]), ...muxer.pes(0x101, 0xfc, cell(0xdf, body), { pts: 0 })]);
    const other = joinBytes([...new TsMuxer().tables([KLV_SYNC]), ...new TsMuxer().pes(0x101, 0xbd, body)]);
    expect(klvs(run(mixed))).toMatchObject([{ bytes: body, isSynchronous: true }]);
    expect(klvs(run(other))).toMatchObject([{ bytes: body, isSynchronous: false, ptsUs: undefined }]);
  });

  it("reads a program table that spans packets", () => {
    const muxer = new TsMuxer();
    const longInfo = Array.from({ length: 3 }, () => [0x80, 200, ...Array<number>(200).fill(1)]).flat();
    const bytes = joinBytes([...muxer.tables([VIDEO], longInfo), ...muxer.pes(0x100, 0xe0, fakeUnit(true, 9, 1))]);
    expect(units(run(bytes))).toHaveLength(1);
  });

  it("goes on counting time when the 33-bit clock rolls over", () => {
    const muxer = new TsMuxer();
    const at = (pts: number): Uint8Array[] => muxer.pes(0x100, 0xe0, fakeUnit(true, 9, 1), { pts });
    const times = units(run(joinBytes([...muxer.tables([VIDEO]), ...at(2 ** 33 - 3600), ...at(0), ...at(3600)]))).map(
      (unit) => unit.ptsUs ?? 0,
    );
    expect(times.map((time) => time - (times[0] ?? 0))).toEqual([0, 40_000, 80_000]);
  });

  it("says that H.265 is not supported", () => {
    const demuxer = createTsDemuxer();
    demuxer.push(joinBytes(new TsMuxer().tables([{ ...VIDEO, streamType: 0x24 }])));
    expect(demuxer.status()).toMatchObject({ video: "other", codec: "H.265" });
  });

  it.each([1, 2, 3, 4, 5])("never throws and recovers from 10 %% loss, reordering and garbage (seed %i)", (seed) => {
    const rng = seededRng(seed);
    const packets = stream(400, seed % 2 === 0);
    const damaged: Uint8Array[] = [];
    for (const packet of packets.slice(0, -200)) {
      const dice = rng.uniform();
      if (dice < 0.04) continue;
      if (dice < 0.07) damaged.splice(Math.max(0, damaged.length - 1), 0, packet);
      else if (dice < 0.1)
        damaged.push(
          Uint8Array.from({ length: 1 + Math.floor(rng.uniform() * 300) }, () => Math.floor(rng.uniform() * 256)),
        );
      else damaged.push(packet);
    }
    const demuxer = createTsDemuxer();
    for (const chunk of damaged) demuxer.push(chunk);
    expect(demuxer.status().countOfContinuityErrors).toBeGreaterThan(5);
    const after = units(demuxer.push(joinBytes(packets.slice(-200))));
    expect(after.length).toBeGreaterThan(20);
    const whole = after.filter((unit) => unit.bytes.length > 300);
    expect(whole.length).toBe(after.length);
  });

  it("survives pure noise", () => {
    const rng = seededRng(9);
    const noise = Uint8Array.from({ length: 200_000 }, () =>
      rng.uniform() < 0.05 ? 0x47 : Math.floor(rng.uniform() * 256),
    );
    expect(units(run(noise, 1000))).toEqual([]);
  });
});

const hasFfmpeg = spawnSync("ffmpeg", ["-version"]).status === 0;

describe.skipIf(!hasFfmpeg)("against ffmpeg (skipped where ffmpeg is not installed)", () => {
  it("gives ffmpeg's own packets, times and keyframes", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "ts-"));
    const file = path.join(folder, "test.ts");
    execFileSync("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "testsrc=size=320x256:rate=25:duration=3", "-c:v", "libx264", "-g", "20", "-bf", "2", "-pix_fmt", "yuv420p", "-f", "mpegts", file]); // prettier-ignore
    const listed = execFileSync("ffprobe", ["-v", "error", "-select_streams", "v", "-show_packets", "-of", "json", file], { encoding: "utf8" }); // prettier-ignore
    const { packets } = JSON.parse(listed) as { packets: { pts: number; size: string; flags: string }[] };
    const got = units(run(readFileSync(file), 1316));
    expect(got).toHaveLength(75);
    expect(got.map((unit) => unit.ptsUs)).toEqual(packets.map(({ pts }) => Math.round((pts * 100) / 9)));
    expect(got.map((unit) => unit.isKeyframe)).toEqual(packets.map(({ flags }) => flags.startsWith("K")));
    expect(got.map((unit) => unit.bytes.length)).toEqual(packets.map(({ size }) => Number(size)));
    const codec = got[0]?.codec ?? "";
    expect(codec).toMatch(/^avc1\.64/);
  });
});
