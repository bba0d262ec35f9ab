import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { VideoFrame } from "../../contract/messages.js";
import type { Position } from "../../geo/position.js";
import { realClock, realScheduler } from "../../io/realClock.js";
import { freePort } from "../../io/testing/freePort.js";
import type { CoveragePatch } from "../../sortie/coverageTiles.js";
import type { Contact } from "../../track/contact.js";
import type { ObservedFrame } from "../../track/observedFrame.js";
import { cameraIdOf } from "../../track/sensorIds.js";
import { observedFrames } from "../../track/testing/observedFrames.js";
import { Tracking } from "../tracking/tracking.js";
import { openCameraFeed } from "./cameraFeed.js";
import type { CameraFeed, CameraListener } from "./cameraTypes.js";
import type { ContactPicture } from "./contactPictures.js";

const HERE: Position = { latitudeDeg: 50.77, longitudeDeg: 1.6 };
const feeds: CameraFeed[] = [];
afterEach(async () => {
  for (const feed of feeds.splice(0)) await feed.dispose();
});

/**
 * A worker script that sends these frames, one list per start; each run but the last ends in an exception. A text is why a
 * picture was not searched.
 */
function workerFileOf(lives: readonly (readonly (ObservedFrame | string)[])[]): string {
  const folder = mkdtempSync(join(tmpdir(), "vigie-worker-"));
  writeFileSync(join(folder, "lives.json"), JSON.stringify(lives));
  writeFileSync(join(folder, "life"), "0");
  const workerFile = join(folder, "worker.cjs");
  writeFileSync(
    workerFile,
    `
const { readFileSync, writeFileSync } = require("node:fs");
const { parentPort } = require("node:worker_threads");
const life = Number(readFileSync(__dirname + "/life", "utf8"));
writeFileSync(__dirname + "/life", String(life + 1));
const lives = JSON.parse(readFileSync(__dirname + "/lives.json", "utf8"));
parentPort.on("message", (message) => {
  if (message.kind === "end") process.exit();
  // Told back as a failure: the only way out for a text.
  if (message.kind === "coverage-origin") parentPort.postMessage({ kind: "failed", because: JSON.stringify(message) });
});
parentPort.postMessage({ kind: "covered", patch: { origin: ${JSON.stringify(HERE)}, tiles: [], cells: new Uint8Array() } });
for (const observed of lives[life]) {
  if (typeof observed === "string") {
    parentPort.postMessage({ kind: "unsearched", because: observed });
    continue;
  }
  const picture = { widthPx: 320, heightPx: 240, luma: new Uint8Array(320 * 240).fill(90), observed, latencyMs: 40 };
  parentPort.postMessage({ kind: "observed", picture });
}
if (life < lives.length - 1) throw new Error("a crash, on purpose");
`,
  );
  return workerFile;
}

/** `origin`: the origin of the station's coverage grid. */
async function aFeed(workerFile: string, origin: Position = HERE) {
  const contacts: (readonly Contact[])[] = [];
  const newIds: string[] = [];
  const frames: VideoFrame[] = [];
  const pictures: ContactPicture[] = [];
  const patches: CoveragePatch[] = [];
  const problems: (string | undefined)[] = [];
  const details: (string | undefined)[] = [];
  const listener: CameraListener = {
    onBytes: () => undefined,
    onFrame: (frame) => frames.push(frame),
    onCoverage: (patch) => {
      patches.push(patch);
      return origin;
    },
    onContacts: (all, fresh) => {
      contacts.push(all);
      newIds.push(...fresh);
    },
    onPicture: (picture) => pictures.push(picture),
    onProblem: (problem, detail) => {
      problems.push(problem?.kind);
      details.push(detail);
    },
  };
  const feed = openCameraFeed(
    {
      camera: {
        id: cameraIdOf(1),
        uri: `udpin://127.0.0.1:${await freePort()}`,
        carrierId: undefined,
        detector: "built-in",
      },
      ...{ decoderPort: undefined, tracking: new Tracking(), listener },
      time: { clock: realClock, scheduler: realScheduler },
    },
    workerFile,
  );
  feeds.push(feed);
  return { feed, contacts, newIds, frames, pictures, patches, problems, details };
}
const until = (check: () => boolean) => vi.waitUntil(check, { timeout: 8_000, interval: 20 }); // eslint-disable-line id-denylist -- vitest's own name

const standing = { eastM: 0, northM: 0 };

describe("a camera's feed", () => {
  it("review 1.8: goes on with the same contact after its worker died, without doubling or renumbering it", async () => {
    const lives = [observedFrames(0, 2, [standing]), observedFrames(4, 6, [standing, { eastM: 8, northM: 3 }])];
    const { contacts, newIds, frames, problems } = await aFeed(workerFileOf(lives));
    await until(() => frames.length === 40);
    expect(problems).toContain("worker-stopped");
    expect(newIds).toEqual(["C-1", "C-2"]);
    expect(contacts.at(-1)?.map(({ id, firstSeenUnixUs }) => [id, firstSeenUnixUs])).toEqual([
      ["C-1", 0],
      ["C-2", 4e6],
    ]);
    expect(new Set(frames.map(({ frameId }) => frameId)).size).toBe(40);
  });

  it("ties boxes to contacts, and keeps a picture of each", async () => {
    const { frames, pictures } = await aFeed(workerFileOf([observedFrames(0, 2, [standing])]));
    await until(() => frames.length === 20);
    expect(frames[0]?.boxes).toMatchObject([{ class: "person", contactId: undefined }]);
    expect(frames.at(-1)?.boxes).toMatchObject([{ class: "person", contactId: "C-1" }]);
    expect(pictures).toMatchObject([{ contactId: "C-1", widthPx: 64, heightPx: 64 }]);
  });

  it("says once that pictures are not searched, and that they are again", async () => {
    const hung = ["no answer within 5000 ms", "no answer within 5000 ms"];
    const lives = [[...hung, ...observedFrames(0, 1, [standing])]];
    const { frames, problems, details } = await aFeed(workerFileOf(lives));
    await until(() => frames.length === 10 && problems.length === 2);
    expect(problems).toEqual(["detector-stopped", undefined]);
    expect(details).toEqual(["no answer within 5000 ms", undefined]);
  });

  it("review 2: sends nothing of the last sortie once another began", async () => {
    const first = observedFrames(0, 1, [standing]);
    const { feed, contacts, newIds, frames } = await aFeed(workerFileOf([first, observedFrames(5, 7, [standing])]));
    await until(() => frames.length === first.length);
    feed.startOver();
    const countBefore = contacts.length;
    await until(() => frames.length === 30);
    expect(newIds).toEqual(["C-1", "C-2"]);
    expect(contacts.slice(countBefore).flatMap((all) => all.map(({ id }) => id))).not.toContain("C-1");
  });

  it("tells a worker that counts covered ground from elsewhere where the station counts from, and at once of a new sortie", async () => {
    const there = { latitudeDeg: 50.8, longitudeDeg: 1.6 };
    const same = await aFeed(workerFileOf([observedFrames(0, 1, [standing])]));
    const other = await aFeed(workerFileOf([observedFrames(0, 1, [standing])]), there);
    const told = (origin: Position | undefined): string => JSON.stringify({ kind: "coverage-origin", origin });
    await until(() => other.details.includes(told(there)));
    await until(() => same.frames.length === 10);
    expect(same.patches).toHaveLength(1);
    expect(same.details).toEqual([]);
    same.feed.startOver();
    await until(() => same.details.includes(told(undefined)));
  });
});
