import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { seededRng } from "../core/rng.js";
import { RtpSender } from "./testing/rtpSender.js";
import { fakeUnit, joinBytes, TsMuxer } from "./testing/tsMuxer.js";
import { createTsDemuxer } from "./tsDemuxer.js";
import type { AccessUnit } from "./tsEvents.js";
import { VideoDatagrams } from "./videoDatagrams.js";

const TICKS_A_FRAME = 3600;

/** The access units that the station's own demuxer finds in the result. */
function received(datagrams: readonly Uint8Array[], port = new VideoDatagrams()): AccessUnit[] {
  const demuxer = createTsDemuxer();
  const events = datagrams.flatMap((datagram) => port.push(datagram).flatMap((bytes) => demuxer.push(bytes)));
  return [...events, ...demuxer.flush()].filter((event) => event.kind === "access-unit");
}

const unitOf = (i: number): Uint8Array => fakeUnit(i % 10 === 0, 100 + ((i * 97) % 900), i);
const sent = (count: number, sender = new RtpSender(), firstTicks = 2 ** 32 - 40_000): Uint8Array[][] =>
  Array.from({ length: count }, (_, i) => sender.picture(unitOf(i), firstTicks + i * TICKS_A_FRAME));

describe("case 25: RTP with H.264 on the video port", () => {
  it("gives every picture whole and on time, over both of its numbers' ends", () => {
    const units = received(sent(40).flat());
    expect(units.map(({ bytes }) => bytes)).toEqual(Array.from({ length: 40 }, (_, i) => normal(unitOf(i))));
    expect(units.map(({ isKeyframe }) => isKeyframe)).toEqual(Array.from({ length: 40 }, (_, i) => i % 10 === 0));
    const times = units.map(({ ptsUs }) => (ptsUs ?? 0) - (units[0]?.ptsUs ?? 0));
    expect(times).toEqual(Array.from({ length: 40 }, (_, i) => i * 40_000));
    expect(units.some(({ isAfterLoss }) => isAfterLoss)).toBe(false);
  });

  it("puts swapped packets in order, and takes doubled ones once", () => {
    const rng = seededRng(3);
    const packets = sent(40).flat();
    const disturbed = packets.map((packet, index) => ({
      packet,
      at: index + (rng.uniform() < 0.2 ? 6 * rng.uniform() : 0),
    }));
    const order = disturbed
      .sort((a, b) => a.at - b.at)
      .flatMap(({ packet }) => (rng.uniform() < 0.1 ? [packet, packet] : [packet]));
    expect(received(order).map(({ bytes }) => bytes)).toEqual(Array.from({ length: 40 }, (_, i) => normal(unitOf(i))));
  });

  it.each([1, 2, 3, 4, 5])(
    "at 5 %% loss no picture comes out in pieces, and the next one says so (seed %i)",
    (seed) => {
      const rng = seededRng(seed);
      const pictures = sent(100);
      const units = received(pictures.flat().filter(() => rng.uniform() > 0.05));
      const known = new Set(Array.from({ length: 100 }, (_, i) => normal(unitOf(i)).join()));
      expect(units.length).toBeGreaterThan(40);
      for (const { bytes } of units) expect(known.has(bytes.join())).toBe(true);
      expect(units.length).toBeLessThan(100);
      expect(units.some(({ isAfterLoss }) => isAfterLoss)).toBe(true);
    },
  );

  it("a thin stream is not held back long for a packet that never comes", () => {
    const sender = new RtpSender({ mtu: 2000 });
    const port = new VideoDatagrams();
    const perPicture = Array.from({ length: 80 }, (_, i) => sender.picture(unitOf(i), i * TICKS_A_FRAME));
    const demuxer = createTsDemuxer();
    let countOfUnits = 0;
    let longestGap = 0;
    let gap = 0;
    for (const [index, packets] of perPicture.entries()) {
      const sentOn = index === 45 ? packets.slice(1) : packets;
      const units = sentOn.flatMap((packet) => port.push(packet).flatMap((bytes) => demuxer.push(bytes)));
      countOfUnits += units.length;
      gap = units.length > 0 || index < 30 ? 0 : gap + 1;
      longestGap = Math.max(longestGap, gap);
    }
    expect(countOfUnits).toBeGreaterThanOrEqual(77);
    expect(longestGap).toBeLessThanOrEqual(4);
  });

  it("a sender that starts again is followed at once", () => {
    const again = sent(20, new RtpSender({ source: 77 }, 5), 1000);
    expect(received([...sent(20).flat(), ...again.flat()])).toHaveLength(40);
    // The same SSRC with new sequence numbers.
    const jumped = sent(20, new RtpSender({}, 20_000), 1000);
    expect(received([...sent(20).flat(), ...jumped.flat()]).length).toBeGreaterThanOrEqual(38);
  });

  it("with a transport stream inside, its headers are taken off; a bare one goes through as it came", () => {
    const muxer = new TsMuxer();
    const packets = [
      ...muxer.tables([{ streamType: 0x1b, pid: 0x100, descriptors: [] }]),
      ...Array.from({ length: 20 }, (_, i) => muxer.pes(0x100, 0xe0, unitOf(i), { pts: i * 3600 })).flat(),
    ];
    const sevens = Array.from({ length: Math.ceil(packets.length / 7) }, (_, i) =>
      joinBytes(packets.slice(i * 7, i * 7 + 7)),
    );
    const sender = new RtpSender({ payloadType: 33 });
    const wrapped = sevens.map((bytes) => sender.packet([...bytes], 0, false));
    const port = new VideoDatagrams();
    expect(joinBytes(wrapped.flatMap((datagram) => port.push(datagram)))).toEqual(joinBytes(packets));
    expect(joinBytes(sevens.flatMap((bytes) => new VideoDatagrams().push(bytes)))).toEqual(joinBytes(packets));
    // RTP recorded with its headers, as in older versions, can still be read.
    const demuxer = createTsDemuxer();
    const events = [...demuxer.push(joinBytes(wrapped)), ...demuxer.flush()];
    expect(events.filter(({ kind }) => kind === "access-unit")).toHaveLength(20);
  });

  it("bare H.264, cut into datagrams anywhere, is read too; bare H.265 is named", () => {
    const bytes = joinBytes(Array.from({ length: 40 }, (_, i) => unitOf(i)));
    for (const size of [1460, 333]) {
      const port = new VideoDatagrams();
      const cut = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.slice(i * size, (i + 1) * size),
      );
      // The last picture is not complete until the next one begins.
      expect(received(cut, port)).toHaveLength(39);
      expect(port.problem()).toBeUndefined();
      // Back to a transport stream: no state of the RTP stream is left.
      const muxer = new TsMuxer();
      const packets = [
        ...muxer.tables([{ streamType: 0x1b, pid: 0x100, descriptors: [] }]),
        ...Array.from({ length: 5 }, (_, i) => muxer.pes(0x100, 0xe0, unitOf(i), { pts: i * 3600 })).flat(),
      ];
      expect(received([joinBytes(packets)], port)).toHaveLength(5);
    }
    const h265 = new VideoDatagrams();
    expect(h265.push(Uint8Array.of(0, 0, 0, 1, 0x40, 1, 0x0c, 1, 0xff))).toEqual([]);
    expect(h265.problem()).toEqual({ kind: "codec", codec: "H.265" });
  });

  it("what is not H.264 is named within a second", () => {
    const problemOf = (packets: readonly Uint8Array[]) => {
      const port = new VideoDatagrams();
      expect(packets.flatMap((packet) => port.push(packet))).toEqual([]);
      return port.problem();
    };
    const h265 = new RtpSender();
    const fragments = Array.from({ length: 25 }, (_, i) =>
      h265.packet([0x62, 1, i === 0 ? 0x93 : 0x13, 5, 6, 7], 0, false),
    );
    expect(problemOf(fragments)).toEqual({ kind: "rtp-codec", codec: "H.265" });
    const jpeg = new RtpSender({ payloadType: 26 });
    expect(problemOf([jpeg.packet([0, 0, 0, 0, 1, 255, 40, 30], 0, true)])).toEqual({
      kind: "rtp-codec",
      codec: "Motion JPEG",
    });
    const strange = new RtpSender({ payloadType: 99 });
    const noise = Array.from({ length: 25 }, (_, i) => strange.packet([0x9e, i, 3, 4], i, true));
    expect(problemOf(noise)).toMatchObject({ kind: "rtp-codec" });
  });

  it("H.264 whose parameter sets never come says that", () => {
    const sender = new RtpSender();
    const port = new VideoDatagrams();
    for (let i = 0; i < 300; i++)
      for (const packet of sender.picture(fakeUnit(false, 300, i), i * 3600)) port.push(packet);
    expect(port.problem()).toEqual({ kind: "rtp-no-parameters" });
  });

  it("never throws, whatever comes", () => {
    const rng = seededRng(8);
    const port = new VideoDatagrams();
    const packets = sent(30).flat();
    for (let i = 0; i < 5000; i++) {
      const packet = Uint8Array.from(packets[i % packets.length] ?? []);
      for (let j = 0; j < 4; j++)
        packet[Math.floor(rng.uniform() * packet.length * rng.uniform())] = Math.floor(rng.uniform() * 256);
      port.push(packet.subarray(0, Math.floor(rng.uniform() * (packet.length + 1))));
    }
    port.push(new Uint8Array());
    expect(received(sent(20, new RtpSender({ source: 9 })).flat(), port)).toHaveLength(20);
  });
});

/** The unit as it is emitted: every start code with four bytes. */
function normal(unit: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (const [at, byte] of unit.entries()) {
    const isStart = byte === 1 && unit[at - 1] === 0 && unit[at - 2] === 0 && unit[at - 3] !== 0;
    if (isStart) out.splice(out.length, 0, 0);
    out.push(byte);
  }
  return Uint8Array.from(out);
}

describe.skipIf(spawnSync("ffmpeg", ["-version"]).status !== 0)(
  "against ffmpeg (skipped where it is not installed)",
  () => {
    it("case 25: what is written of RTP is a file that another program reads", () => {
      const folder = mkdtempSync(join(tmpdir(), "vigie-rtp-"));
      const [coded, written] = [join(folder, "in.ts"), join(folder, "out.ts")];
      const source = ["-v", "error", "-f", "lavfi", "-i", "testsrc=size=320x256:rate=25:duration=2"];
      execFileSync("ffmpeg", [
        ...source,
        "-c:v",
        "libx264",
        "-g",
        "10",
        "-pix_fmt",
        "yuv420p",
        "-bf",
        "2",
        "-f",
        "mpegts",
        coded,
      ]);
      const demuxer = createTsDemuxer();
      const units = [...demuxer.push(readFileSync(coded)), ...demuxer.flush()].filter(
        ({ kind }) => kind === "access-unit",
      );
      const sender = new RtpSender({ mtu: 1200 });
      const port = new VideoDatagrams();
      const datagrams = units.flatMap(({ bytes, ptsUs }) =>
        sender.picture(bytes, Math.round(((ptsUs ?? 0) * 9) / 100)),
      );
      writeFileSync(written, joinBytes(datagrams.flatMap((datagram) => port.push(datagram))));
      const hashes = (file: string) =>
        execFileSync("ffmpeg", ["-v", "error", "-i", file, "-map", "0:v", "-f", "framemd5", "-"], { encoding: "utf8" })
          .split("\n")
          .filter((line) => line.startsWith("0,"))
          .map((line) => line.split(",").at(-1));
      expect(hashes(written)).toEqual(hashes(coded));
      expect(hashes(written)).toHaveLength(50);
    });
  },
);
