/** A station process of its own, on real sockets: garbage on every port, and `kill -9` in the middle of a flight. */
import { spawn, type ChildProcess } from "node:child_process";
import { createSocket } from "node:dgram";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { WebSocket } from "ws";
import { afterEach, describe, expect, it } from "vitest";
import { seededRng } from "../core/rng.js";
import { decodeWire } from "../contract/wire.js";
import type { ToUi } from "../contract/messages.js";
import { encodeFrame } from "../mavlink/encode.js";
import { reportFromTlog } from "../mavlink/flightReport.js";
import { verifySortieFolder } from "./recording/verifyFolder.js";
import { readRecording } from "./recording/readRecording.js";

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const socket = createSocket("udp4");
    socket.bind(0, "127.0.0.1", () => {
      const { port } = socket.address();
      socket.close(() => done(port));
    });
  });

async function serve() {
  const dataFolder = mkdtempSync(join(tmpdir(), "vigie-crash-"));
  const [linkPort, videoPort] = [await freePort(), await freePort()];
  const child = spawn(
    process.execPath,
    [
      ...[resolve("src/cli/vigie.mjs"), "serve", "--data", dataFolder],
      ...["--link", `udp://:${linkPort}`, "--video", `udp://:${videoPort}`],
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  children.push(child);
  const address = await new Promise<string>((done, fail) => {
    child.stdout.on("data", (text: Buffer) => done(text.toString().trim()));
    child.once("exit", () => fail(new Error("the station did not start")));
  });
  const { host, hash } = new URL(address);
  const url = `ws://${host}/station?token=${hash.replace("#token=", "")}`;
  return { child, url, linkPort, videoPort, dataFolder };
}

const socket = createSocket("udp4");
const send = (bytes: Uint8Array, port: number): Promise<void> =>
  new Promise((done) => socket.send(bytes, port, "127.0.0.1", () => done()));

let seq = 0;
function heartbeat(): Uint8Array {
  const fields = { type: 2, autopilot: 3, base_mode: 209, custom_mode: 3, system_status: 4, mavlink_version: 3 };
  seq = (seq + 1) & 0xff;
  return encodeFrame({ name: "HEARTBEAT", fields, systemId: 1, componentId: 1, seq, version: 2 });
}

/** Joins as a screen and waits for a batch that shows the vehicle. */
function seesVehicle(url: string): Promise<boolean> {
  return new Promise((done) => {
    const screen = new WebSocket(url);
    screen.on("message", (data: Buffer, isBinary) => {
      const message = decodeWire(isBinary ? new Uint8Array(data) : data.toString()) as ToUi;
      if (message.kind !== "telemetry-batch" || message.vehicles.length === 0) return;
      screen.close();
      done(true);
    });
    screen.on("error", () => done(false));
  });
}

describe("a station process", () => {
  it("survives garbage on the link, the video port and the socket", async () => {
    const { child, url, linkPort, videoPort } = await serve();
    const rng = seededRng(21);
    const screen = new WebSocket(url);
    screen.on("error", () => undefined);
    await new Promise((done) => screen.on("open", done));
    for (let i = 0; i < 400; i++) {
      const bytes = Uint8Array.from({ length: 1 + Math.floor(rng.uniform() * 1400) }, () => rng.uniform() * 256);
      // Some of it looks like the real thing at first.
      if (i % 3 === 0) bytes[0] = 0x47;
      if (i % 5 === 0) bytes[0] = 0xfd;
      await send(bytes, linkPort);
      await send(bytes, videoPort);
      screen.send(i % 2 === 0 ? bytes : Buffer.from(bytes).toString("latin1"));
    }
    screen.terminate();
    await send(heartbeat(), linkPort);
    expect(await seesVehicle(url)).toBe(true);
    expect(child.exitCode).toBeNull();
  });

  it("killed in flight leaves a sortie that is readable to the last second, unsealed, not tampered", async () => {
    const { child, linkPort, dataFolder } = await serve();
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
