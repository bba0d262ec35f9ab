import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "vitest";
import { WebSocket } from "ws";
import { createEnvelopeReader, type Envelope } from "../../contract/envelope.js";
import type { FromUi, ToUi } from "../../contract/messages.js";
import { decodeWire, encodeWire } from "../../contract/wire.js";
import { freePort } from "../../io/testing/freePort.js";

/** The child processes of a test; all are ended with it. */
export class Children {
  #running: ChildProcess[] = [];

  add(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
    const env = { ...process.env, ...environment };
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], env });
    this.#running.push(child);
    return child;
  }

  killAll(): void {
    for (const child of this.#running) child.kill("SIGKILL");
    this.#running = [];
  }
}

export const VIGIE = resolve("src/cli/vigie.mjs");

/** `vigie serve` on free ports with its own data folder, ready for screens at `url`. */
export async function serve(children: Children) {
  const dataFolder = mkdtempSync(join(tmpdir(), "vigie-served-"));
  const [linkPort, videoPort] = [await freePort(), await freePort()];
  const links = ["--link", `udp://:${linkPort}`, "--video", `udp://:${videoPort}`];
  const child = children.add(process.execPath, [VIGIE, "serve", "--data", dataFolder, ...links]);
  let words = "";
  child.stderr?.on("data", (text: Buffer) => (words += text.toString()));
  const address = await new Promise<string>((done, fail) => {
    child.stdout?.on("data", (text: Buffer) => done(text.toString().trim()));
    child.once("exit", () => fail(new Error(`the station did not start: ${words}`)));
  });
  const { host, hash } = new URL(address);
  const url = `ws://${host}/station?token=${hash.replace("#token=", "")}`;
  return { child, url, linkPort, videoPort, dataFolder };
}

/** A screen that keeps every message it receives and reports every picture as painted at once. */
export function joinAsScreen(url: string) {
  const received: ToUi[] = [];
  const read = createEnvelopeReader();
  const socket = new WebSocket(url);
  const publish = (message: FromUi): void => socket.send(encodeWire(message));
  socket.on("message", (data: Buffer, isBinary) => {
    const message = read(decodeWire(isBinary ? new Uint8Array(data) : data.toString()) as Envelope);
    if (!message) return;
    received.push(message);
    if (message.kind === "video-frame")
      publish({ kind: "frame-shown", cameraId: message.cameraId, frameId: message.frame.frameId });
  });
  socket.on("error", () => undefined);
  return { received, close: () => socket.close() };
}

export const ofKind = <K extends ToUi["kind"]>(published: readonly ToUi[], kind: K) =>
  published.filter((message): message is Extract<ToUi, { kind: K }> => message.kind === kind);

/** Calls `look` every 50 ms; its value is then compared, so that a failure shows it. */
export const eventually = <T>(look: () => T, withinMs: number) =>
  // eslint-disable-next-line id-denylist -- vitest's own name
  expect.poll(look, { timeout: withinMs, interval: 50 });
