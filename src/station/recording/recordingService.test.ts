import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { startRecordingService, type RecordingService } from "./recordingService.js";

const open: RecordingService[] = [];
afterEach(async () => {
  for (const service of open.splice(0)) await service.dispose();
});

/** Answers a call with all messages that it got since the last answer; a list is never answered, a state ends it. */
const TELLING = `
const { parentPort, workerData } = require("node:worker_threads");
let messages = [];
parentPort.on("message", (message) => {
  if (message.kind === "end") process.exit();
  messages.push(message);
  if (message.kind !== "call" || message.call.kind === "list") return;
  if (message.call.kind === "state") throw new Error("no more");
  const reference = JSON.stringify({ workerData, messages });
  parentPort.postMessage({ kind: "answer", callId: message.callId, answer: { ok: false, error: { kind: "internal", reference } } });
  messages = [];
});`;

function aService() {
  const sortiesFolder = mkdtempSync(join(tmpdir(), "vigie-recording-service-"));
  const workerFile = join(sortiesFolder, "worker.cjs");
  writeFileSync(workerFile, TELLING);
  const lines: string[] = [];
  let coastJson: string | undefined = "first coast";
  const service = startRecordingService({
    ...{ sortiesFolder, workerFile, decoderPort: undefined },
    openFolder: () => "the open sortie",
    coastJson: () => coastJson,
    log: (line) => lines.push(line),
  });
  open.push(service);
  /** What the worker was sent, up to and including a call. */
  const told = async (path: string): Promise<unknown> => {
    const answer = await service.call({ kind: "open", path });
    if (answer.ok || answer.error.kind !== "internal") throw new Error("not the answer of this worker");
    return JSON.parse(answer.error.reference);
  };
  const call = (callId: number, path: string) => ({
    ...{ kind: "call", callId, openFolder: "the open sortie", call: { kind: "open", path } },
  });
  return { service, sortiesFolder, lines, told, call, setCoast: (json: string) => (coastJson = json) };
}

describe("recordings on a worker", () => {
  it("get the coast with the first call and whenever it has changed, and decode by themselves without a window", async () => {
    const { sortiesFolder, told, call, setCoast } = aService();
    const workerData = { sortiesFolder, decoder: "napi" };
    const coast = (coastJson: string) => ({ kind: "coast", coastJson });
    expect(await told("/a")).toEqual({ workerData, messages: [coast("first coast"), call(1, "/a")] });
    expect(await told("/b")).toEqual({ workerData, messages: [call(2, "/b")] });
    setCoast("second coast");
    expect(await told("/c")).toEqual({ workerData, messages: [coast("second coast"), call(3, "/c")] });
  });

  it("answer what was asked when the worker stops, and the next worker gets the coast again", async () => {
    const { service, told, lines } = aService();
    const list = service.call({ kind: "list" });
    const state = service.call({ kind: "state", recordingId: "R-1", unixTimeUs: 0 });
    for (const answer of [await list, await state])
      expect(answer).toEqual({ ok: false, error: { kind: "internal", reference: "recording-worker" } });
    expect(lines[0]).toContain("no more");
    expect(await told("/a")).toMatchObject({ messages: [{ kind: "coast" }, { kind: "call" }] });
  });

  it("answer what was asked when the station is closed", async () => {
    const { service } = aService();
    const list = service.call({ kind: "list" });
    await service.dispose();
    expect(await list).toMatchObject({ ok: false, error: { kind: "internal" } });
  });
});
