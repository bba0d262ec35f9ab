/**
 * A station in a process of its own, on real sockets: garbage on every port, and `kill -9` in the middle of a flight.
 */
import { createSocket } from "node:dgram";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { WebSocket } from "ws";
import { afterEach, describe, expect, it } from "vitest";
import { seededRng, type Rng } from "../core/rng.js";
import { encodeFrame } from "../mavlink/encode.js";
import { reportFromTlog } from "../mavlink/flightReport.js";
import { verifySortieFolder } from "./recording/verifyFolder.js";
import { readRecording } from "./recording/readRecording.js";
import { Children, eventually, joinAsScreen, ofKind, serve } from "./testing/servedStation.js";
import { fakeUnit, joinBytes, KLVA_REGISTRATION, TsMuxer } from "../video/testing/tsMuxer.js";

const VIDEO_PID = 0x100;
const KLV_PID = 0x101;
const STREAMS = [
  { streamType: 0x1b, pid: VIDEO_PID, descriptors: [] },
  { streamType: 0x06, pid: KLV_PID, descriptors: KLVA_REGISTRATION },
];

const children = new Children();
afterEach(() => children.killAll());

const socket = createSocket("udp4");
const send = (bytes: Uint8Array, port: number): Promise<void> =>
  new Promise((done) => socket.send(bytes, port, "127.0.0.1", () => done()));

let seq = 0;
function heartbeat(): Uint8Array {
  const fields = { type: 2, autopilot: 3, base_mode: 209, custom_mode: 3, system_status: 4, mavlink_version: 3 };
  seq = (seq + 1) & 0xff;
  return encodeFrame({ name: "HEARTBEAT", fields, systemId: 1, componentId: 1, seq, version: 2 });
}

/** A transport stream whose pictures are noise: valid enough to reach the decoder. */
function noisyVideo(rng: Rng): Uint8Array[] {
  const muxer = new TsMuxer();
  const isKeyframe = (i: number): boolean => i % 10 === 0;
  return Array.from({ length: 60 }, (_, i) => {
    const slice = Uint8Array.from({ length: 800 }, () => rng.uniform() * 256);
    const unit = joinBytes([fakeUnit(isKeyframe(i), 20, i), slice]);
    const pictures = muxer.pes(VIDEO_PID, 0xe0, unit, { pts: i * 4500, isUnbounded: true });
    const klv = muxer.pes(KLV_PID, 0xbd, slice.slice(0, 90), { pts: i * 4500 });
    return joinBytes([...(isKeyframe(i) ? muxer.tables(STREAMS) : []), ...pictures, ...klv]);
  });
}

describe("a station process", () => {
  it("survives garbage on the link, the video port and the socket, and its vision worker too", async () => {
    const { child, url, linkPort, videoPort } = await serve(children);
    const rng = seededRng(21);
    const screen = new WebSocket(url);
    screen.on("error", () => undefined);
    await new Promise((done) => screen.on("open", done));
    for (let i = 0; i < 400; i++) {
      const bytes = Uint8Array.from({ length: 1 + Math.floor(rng.uniform() * 1400) }, () => rng.uniform() * 256);
      // Some chunks begin like a transport stream packet.
      if (i % 3 === 0) bytes[0] = 0x47;
      if (i % 5 === 0) bytes[0] = 0xfd;
      await send(bytes, linkPort);
      await send(bytes, videoPort);
      screen.send(i % 2 === 0 ? bytes : Buffer.from(bytes).toString("latin1"));
    }
    for (const bytes of noisyVideo(rng)) await send(bytes, videoPort);
    screen.terminate();
    const { received, close } = joinAsScreen(url);
    // Repeated, as an aircraft does: the flood may still fill the socket's buffer.
    const countOfVehicles = async (): Promise<number | undefined> => {
      await send(heartbeat(), linkPort);
      return ofKind(received, "telemetry-batch").at(-1)?.vehicles.length;
    };
    await eventually(countOfVehicles, 20_000).toBe(1);
    // A crashed worker is restarted after a second; its notice stays.
    await new Promise((done) => setTimeout(done, 2500));
    close();
    expect(ofKind(received, "notice").map(({ notice }) => notice.key)).not.toContain("video.worker-stopped");
    const statuses = ofKind(received, "video-status").map(({ status }) => status);
    expect(statuses.length).toBeGreaterThan(3);
    expect(statuses.map(({ because }) => because?.kind)).not.toContain("worker-stopped");
    expect(child.exitCode).toBeNull();
  });

  it("killed in flight leaves a sortie that is readable to the last second, unsealed, not tampered", async () => {
    const { child, linkPort, dataFolder } = await serve(children);
    let lastSentUs = 0;
    for (let i = 0; i < 40; i++) {
      await send(heartbeat(), linkPort);
      lastSentUs = Date.now() * 1000;
      await new Promise((done) => setTimeout(done, 100));
    }
    child.kill("SIGKILL");
    await new Promise((done) => child.once("exit", done));
    const [name = ""] = readdirSync(join(dataFolder, "sorties"));
    const folder = join(dataFolder, "sorties", name);
    expect(await verifySortieFolder(folder)).toMatchObject({ value: { verdict: "unsealed", problems: [] } });
    const { report } = reportFromTlog(new Uint8Array(readFileSync(join(folder, "telemetry.tlog"))));
    expect(lastSentUs - report.lastUnixUs).toBeLessThan(1_000_000);
    expect(report.vehicles).toMatchObject([{ systemId: 1, type: 2 }]);
    expect(await readRecording(folder)).toMatchObject({ ok: true, value: { kind: "sortie", isSealed: false } });
  });
});
