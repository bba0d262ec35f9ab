import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { startVisionHost } from "./visionHost.js";

/** Finds a contact with each portion of bytes, and dies of an empty one. */
const WORKER = `
const { parentPort, workerData } = require("node:worker_threads");
let number = workerData.firstContactNumber;
parentPort.on("message", (message) => {
  if (message.kind === "end") process.exit();
  if (message.kind !== "bytes") return;
  if (message.bytes.byteLength === 0) throw new Error("a crash, on purpose");
  const id = "C-" + number++;
  parentPort.postMessage({ kind: "contacts", contacts: [{ id }], newIds: [id] });
});
`;

it("review 1.8: a worker that takes the place of a dead one goes on counting contacts", async () => {
  const workerFile = join(mkdtempSync(join(tmpdir(), "vigie-worker-")), "worker.cjs");
  writeFileSync(workerFile, WORKER);
  const ids: string[] = [];
  let countOfCrashes = 0;
  const host = startVisionHost({
    decoderPort: undefined,
    coastJson: undefined,
    workerFile,
    firstContactNumber: () => ids.length + 1,
    onMessage: (message) => {
      if (message.kind === "contacts") ids.push(...message.newIds);
    },
    onCrash: () => countOfCrashes++,
  });
  const until = (check: () => boolean) => vi.waitUntil(check, { timeout: 20_000, interval: 20 }); // eslint-disable-line id-denylist -- vitest's own name
  host.push(Uint8Array.of(1), 0);
  host.push(Uint8Array.of(1), 0);
  await until(() => ids.length === 2);
  host.push(new Uint8Array(), 0);
  await until(() => countOfCrashes === 1);
  await until(() => {
    host.push(Uint8Array.of(1), 0);
    return ids.length >= 3;
  });
  await host.dispose();
  expect(ids.slice(0, 3)).toEqual(["C-1", "C-2", "C-3"]);
});
