import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { FakeClock } from "../../core/fakeClock.js";
import type { RecorderStatus } from "../../contract/messages.js";
import { sha256Hex } from "../../io/fileStore.js";
import { keyPairFrom, newKeySecret } from "../../io/stationKeyPair.js";
import { encodeFrame } from "../../mavlink/encode.js";
import { readTlog } from "../../mavlink/tlog.js";
import { readEventLog } from "../../sortie/eventChain.js";
import { createRecorder } from "./recorder.js";
import { sortieFolders } from "./sortieFolders.js";
import type { RecorderTrouble } from "./recorderTrouble.js";
import { failingDisk } from "./testing/failingDisk.js";
import { verifySortieFolder } from "./verifyFolder.js";

const home = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "vigie-lost-files-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const key = keyPairFrom(newKeySecret());

/** A recorder on virtual time and a real disk, with a few seconds of flight written. */
async function aFlight() {
  const clock = new FakeClock();
  const disk = failingDisk(() => undefined);
  const sortiesFolder = mkdtempSync(join(home, "sorties-"));
  const troubles: RecorderTrouble[] = [];
  const statuses: RecorderStatus[] = [];
  const sealed: string[] = [];
  const recorder = createRecorder({
    time: { clock, scheduler: clock },
    disk,
    nextFolder: sortieFolders({ sortiesFolder, label: "test" }),
    stationKey: () => Promise.resolve(key),
    listener: {
      onStatus: (status) => statuses.push(status),
      onTrouble: (trouble) => troubles.push(trouble),
      onSealed: (folder) => {
        sealed.push(folder);
        return Promise.resolve();
      },
    },
  });
  let countOfPublished = 0;
  /** A second passes, with one entry of each kind recorded in it. */
  const second = async (): Promise<void> => {
    const seq = countOfPublished++;
    recorder.event("said", { n: seq });
    const header = { seq, systemId: 1, componentId: 1, version: 2 as const };
    recorder.telemetry(encodeFrame({ name: "MISSION_CURRENT", fields: { seq }, ...header }));
    recorder.video(new Uint8Array(188).fill(seq));
    clock.advance(1000);
    await disk.settle();
  };
  recorder.open({ stationVersion: "test" });
  recorder.plan("the plan");
  for (let i = 0; i < 3; i++) await second();
  const folder = join(sortiesFolder, readdirSync(sortiesFolder)[0] ?? "");
  return { recorder, second, folder, sortiesFolder, troubles, statuses, sealed };
}

const publishedIn = (folder: string): unknown[] =>
  eventsOf(folder).flatMap(({ kind, facts }) => (kind === "said" ? [facts["n"]] : []));
const eventsOf = (folder: string) => readEventLog(readFileSync(join(folder, "events.jsonl"), "utf8"), sha256Hex).events;

/** What an attacker, a clean-up script or a mistake does, and which files are then reported lost. */
const DAMAGES: readonly {
  readonly what: string;
  readonly damage: (folder: string) => void;
  readonly lost: readonly string[];
}[] = [
  {
    what: "the folder deleted",
    damage: (folder) => rmSync(folder, { recursive: true }),
    lost: ["telemetry.tlog", "events.jsonl", "video.ts"],
  },
  {
    what: "the folder moved away",
    damage: (folder) => renameSync(folder, `${folder}-moved`),
    lost: ["telemetry.tlog", "events.jsonl", "video.ts"],
  },
  {
    what: "telemetry cut",
    damage: (folder) => truncateSync(join(folder, "telemetry.tlog"), 0),
    lost: ["telemetry.tlog"],
  },
  {
    what: "telemetry swapped",
    damage: (folder) => {
      renameSync(join(folder, "telemetry.tlog"), join(folder, "old"));
      writeFileSync(join(folder, "telemetry.tlog"), "junk".repeat(1000));
    },
    lost: ["telemetry.tlog"],
  },
  { what: "events deleted", damage: (folder) => rmSync(join(folder, "events.jsonl")), lost: ["events.jsonl"] },
  { what: "video cut", damage: (folder) => truncateSync(join(folder, "video.ts"), 100), lost: ["video.ts"] },
];

describe("attack 6: files of the sortie are lost while it is recorded", () => {
  it.each(DAMAGES)("$what: said within a second, and the recording goes on beside it", async ({ damage, lost }) => {
    const { recorder, second, folder, troubles, statuses } = await aFlight();
    const written = readFileSync(join(folder, "telemetry.tlog"));
    damage(folder);
    await second();
    expect(troubles).toMatchObject([{ kind: "files-lost", fromFolder: folder, folder: `${folder}-2` }]);
    expect(troubles.flatMap((trouble) => (trouble.kind === "files-lost" ? trouble.lost : []))).toMatchObject(
      lost.map((path) => ({ path })),
    );
    expect(statuses.at(-1)).toMatchObject({ state: "recording", folder: `${folder}-2`, isVideoRecorded: true });
    await second();
    await second();
    await recorder.close("landed");
    expect(troubles.length).toBe(1);
    const next = `${folder}-2`;
    expect(await verifySortieFolder(next)).toMatchObject({ value: { verdict: "intact", problems: [] } });
    // The fourth event was still written into the damaged folder, before the check found the damage.
    expect(publishedIn(next)).toEqual([4, 5]);
    expect(readTlog(readFileSync(join(next, "telemetry.tlog")), () => undefined)).toMatchObject({
      records: 2,
      problems: [],
    });
    expect(readFileSync(join(next, "plan.plan"), "utf8")).toBe("the plan");
    expect(readFileSync(join(next, "video.ts")).byteLength).toBe(2 * 188);
    // The new log lists the old files as written, so that a copy of them can be verified.
    const published = eventsOf(next).find(({ kind }) => kind === "files-lost")?.facts;
    const telemetry = (published?.["written"] as { path: string; bytes: number }[]).find(
      ({ path }) => path === "telemetry.tlog",
    );
    expect(telemetry?.bytes).toBeGreaterThan(written.byteLength);
  });

  it.each(DAMAGES.filter(({ what }) => !what.startsWith("the folder")))(
    "$what: what is left is sealed over what was written, so that verify finds it",
    async ({ damage, lost }) => {
      const { recorder, second, folder } = await aFlight();
      damage(folder);
      await second();
      await recorder.close("landed");
      const verdict = await verifySortieFolder(folder);
      expect(verdict).toMatchObject({ value: { verdict: "tampered", signature: { state: "right" } } });
      const problems = verdict.ok ? verdict.value.problems : [];
      expect(problems.flatMap((problem) => ("path" in problem ? [problem.path] : []))).toEqual(lost);
    },
  );

  it("a folder that was deleted is not made again, nor said to be sealed", async () => {
    const { recorder, second, folder, sortiesFolder, sealed } = await aFlight();
    rmSync(folder, { recursive: true });
    await second();
    await recorder.close("landed");
    expect(readdirSync(sortiesFolder)).toEqual([`${folder}-2`.slice(sortiesFolder.length + 1)]);
    expect(sealed).toEqual([`${folder}-2`]);
  });

  it("lost again and again, and in the moment before the end, it is told each time", async () => {
    const { recorder, second, folder, troubles } = await aFlight();
    rmSync(folder, { recursive: true });
    await second();
    rmSync(`${folder}-2`, { recursive: true });
    await second();
    await second();
    truncateSync(join(`${folder}-3`, "telemetry.tlog"), 1);
    await recorder.close("landed");
    expect(troubles.flatMap((trouble) => (trouble.kind === "files-lost" ? trouble.folder : []))).toEqual(
      [2, 3, 4].map((number) => `${folder}-${number}`),
    );
    expect(await verifySortieFolder(`${folder}-3`)).toMatchObject({ value: { verdict: "tampered" } });
    expect(await verifySortieFolder(`${folder}-4`)).toMatchObject({ value: { verdict: "intact" } });
  });

  it("a file that is written whole and was changed, removed or slipped in is no part of what the seal vouches for", async () => {
    const { recorder, second, folder, sortiesFolder } = await aFlight();
    writeFileSync(join(folder, "plan.plan"), "another plan");
    writeFileSync(join(folder, "slipped-in.geojson"), "{}");
    await second();
    await recorder.close("landed");
    expect(readdirSync(sortiesFolder).length).toBe(1);
    expect(await verifySortieFolder(folder)).toMatchObject({
      value: {
        verdict: "tampered",
        problems: [{ kind: "file-changed", path: "plan.plan" }],
        unlistedPaths: ["slipped-in.geojson"],
      },
    });
  });
});
