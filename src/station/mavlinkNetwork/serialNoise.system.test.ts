/** A serial radio that emits noise between valid frames; a pseudo-terminal stands for the cable (needs python3). */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { seededRng } from "../../core/rng.js";
import { encodeFrame } from "../../mavlink/encode.js";
import type { ToUi } from "../../contract/messages.js";
import { createStation } from "../station.js";
import type { Station } from "../stationTypes.js";
import { reading } from "../testing/reading.js";
import { ofKind } from "../testing/servedStation.js";

const children: ChildProcess[] = [];
const open: Station[] = [];
afterEach(async () => {
  for (const station of open.splice(0)) await station.dispose();
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

const hasPython = process.platform !== "win32" && spawnSync("python3", ["-c", "import pty"]).status === 0;
/** Copies its standard input to the terminal, and back. */
const CABLE = [
  "import os,pty,sys,tty,select",
  "m,s=pty.openpty(); tty.setraw(s); tty.setraw(m); print(os.ttyname(s),flush=True)",
  "while True:",
  "  r,_,_=select.select([m,0],[],[])",
  "  if 0 in r:",
  "    b=os.read(0,4096)",
  "    if not b: break",
  "    os.write(m,b)",
  "  if m in r: os.read(m,4096)",
].join("\n");

// eslint-disable-next-line id-denylist -- vitest's own name
const SOON = { timeout: 20_000 };
const FIELDS = { type: 2, autopilot: 3, base_mode: 81, custom_mode: 4, system_status: 3, mavlink_version: 3 };
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe.skipIf(!hasPython)("a serial link full of noise", () => {
  it("keeps its aircraft heard, meets nobody else, and counts the noise", async () => {
    const python = spawn("python3", ["-c", CABLE], { stdio: ["pipe", "pipe", "inherit"] });
    children.push(python);
    const device = await new Promise<string>((resolve) =>
      python.stdout.once("data", (text: Buffer) => resolve(text.toString().trim())),
    );
    const published: ToUi[] = [];
    const station = createStation({
      inputs: { links: [`serial:${device}:57600`], video: [], decoder: "none" },
      folders: { data: mkdtempSync(join(tmpdir(), "vigie-noise-")) },
      training: undefined,
      requireUiHeartbeat: false,
    });
    open.push(station);
    station.connectUi(reading((message) => published.push(message)));
    const batch = () => ofKind(published, "telemetry-batch").at(-1);
    await expect.poll(() => batch()?.links[0]?.uri, SOON).toContain("serial:");
    const rng = seededRng(7);
    const noise = (bytes: number): Uint8Array =>
      Uint8Array.from({ length: bytes }, () => Math.floor(rng.uniform() * 256));
    /** The worst noise: what looks like the start of a long frame. */
    const beginnings = [
      Uint8Array.of(0xfd, 255, 0, 0),
      Uint8Array.of(0xfe, 255),
      Uint8Array.of(0xfd, 9, 0, 0, 1, 1, 1, 0, 0, 0),
    ];
    for (let i = 0; i < 60; i++) {
      const sendHeartbeat = encodeFrame({
        name: "HEARTBEAT",
        fields: FIELDS,
        systemId: 1,
        componentId: 1,
        seq: i,
        version: 2,
      });
      const beginning = beginnings[i % beginnings.length] ?? noise(4);
      // A valid frame split in two by the port, with noise before and after.
      python.stdin.write(Buffer.concat([noise(150 + Math.floor(rng.uniform() * 300)), beginning]));
      await pause(20);
      // Longer than any frame: the parser gets all bytes that a false start waits for, and then finds the valid frame
      // after it.
      python.stdin.write(Buffer.concat([noise(300), sendHeartbeat.subarray(0, 9)]));
      await pause(20);
      python.stdin.write(Buffer.from(sendHeartbeat.subarray(9)));
      await pause(60);
    }
    await expect.poll(() => batch()?.links[0]?.countOfMessages ?? 0, SOON).toBeGreaterThan(30);
    expect(batch()?.vehicles.map(({ systemId }) => systemId)).toEqual([1]);
    expect(batch()?.paths).toHaveLength(1);
    expect(batch()?.links[0]?.countOfGarbageBytes).toBeGreaterThan(20_000);
    expect(ofKind(published, "notice").filter(({ notice }) => notice.key === "vehicle-lost")).toEqual([]);
    // Without noise it is received like over any cable.
    const before = batch()?.links[0]?.countOfMessages ?? 0;
    for (let i = 60; i < 70; i++) {
      python.stdin.write(
        Buffer.from(
          encodeFrame({ name: "HEARTBEAT", fields: FIELDS, systemId: 1, componentId: 1, seq: i, version: 2 }),
        ),
      );
      await pause(50);
    }
    await expect.poll(() => (batch()?.links[0]?.countOfMessages ?? 0) - before, SOON).toBeGreaterThanOrEqual(9);
  });
});
