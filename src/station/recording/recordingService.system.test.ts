import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import type { RecordingDocument } from "../../contract/recordings.js";
import { startRecordingService, type RecordingService } from "./recordingService.js";
import { readRecording } from "./readRecording.js";

const sourcePath = new URL("../../mavlink/fixtures/ardupilot-plane.tlog", import.meta.url);
const open: RecordingService[] = [];
afterEach(async () => {
  for (const service of open.splice(0)) await service.dispose();
});

function aService(workerFile = join(process.cwd(), "dist", "node", "recordingWorker.cjs")) {
  const dataFolder = mkdtempSync(join(tmpdir(), "vigie-service-"));
  const sortiesFolder = join(dataFolder, "sorties");
  mkdirSync(sortiesFolder);
  const lines: string[] = [];
  const service = startRecordingService({
    ...{ sortiesFolder, workerFile, decoderPort: undefined },
    openFolder: () => undefined,
    coastJson: () => undefined,
    log: (line) => lines.push(line),
  });
  open.push(service);
  return { service, sortiesFolder, lines };
}
const documentOf = (answer: Awaited<ReturnType<RecordingService["call"]>>): RecordingDocument => {
  if (!answer.ok || answer.value.kind !== "recording-json") throw new Error(JSON.stringify(answer).slice(0, 200));
  return JSON.parse(new TextDecoder().decode(answer.value.json)) as RecordingDocument;
};

describe("findings 6.10: recordings are read on a thread of their own", () => {
  it("the station's thread keeps turning while a log is read, and gets the same document", async () => {
    const { service, sortiesFolder } = aService();
    const path = join(sortiesFolder, "a.tlog");
    writeFileSync(path, readFileSync(sourcePath));
    const answers: unknown[] = [];
    let countOfTurns = 0;
    const opening = service.call({ kind: "open", path });
    void opening.then((answer) => answers.push(answer));
    // In every turn of the event loop a heartbeat could have been sent.
    for (; answers.length === 0; countOfTurns++) await nextTurn();
    expect(countOfTurns).toBeGreaterThan(100);
    const document = documentOf(await opening);
    const here = await readRecording(path);
    if (!here.ok) throw new Error("not opened");
    expect(document).toEqual(JSON.parse(JSON.stringify({ ...here.value, recordingId: document.recordingId })));
    const state = await service.call({
      ...{ kind: "state", recordingId: document.recordingId, unixTimeUs: document.report.lastUnixUs },
    });
    expect(state).toMatchObject({ ok: true, value: { kind: "recording-state", vehicles: [{ systemId: 8 }] } });
    service.close(document.recordingId);
    const gone = await service.call({ kind: "state", recordingId: document.recordingId, unixTimeUs: 0 });
    expect(gone).toMatchObject({ ok: false, error: { kind: "not-found" } });
  });

  it("a log handed over as bytes is listed while it is read, and stopped when told to", async () => {
    const { service } = aService();
    const one = readFileSync(sourcePath);
    const bytes = new Uint8Array(one.byteLength * 20);
    for (let i = 0; i < 20; i++) bytes.set(one, i * one.byteLength);
    const opening = service.call({ kind: "open-bytes", name: "long.tlog", bytes });
    const list = await service.call({ kind: "list" });
    expect(list).toMatchObject({ ok: true, value: { recordings: [{ path: "long.tlog" }] } });
    service.close("long.tlog");
    expect(await opening).toMatchObject({ ok: false, error: { kind: "log", failure: { kind: "cancelled" } } });
  });

  it("a worker that dies answers what was asked; the next question has another", async () => {
    const { service, sortiesFolder, lines } = aService();
    const file = join(sortiesFolder, "dying.cjs");
    writeFileSync(
      file,
      "require('node:worker_threads').parentPort.on('message', () => { throw new Error('no more'); });",
    );
    const dying = aService(file);
    for (let i = 0; i < 2; i++)
      expect(await dying.service.call({ kind: "list" })).toMatchObject({ ok: false, error: { kind: "internal" } });
    expect(dying.lines[0]).toContain("no more");
    expect(await service.call({ kind: "list" })).toMatchObject({ ok: true });
    expect(lines).toEqual([]);
  });
});
