import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { FakeClock } from "../../core/fakeClock.js";
import { sha256Hex } from "../../io/fileStore.js";
import { realSortieDisk } from "../../io/sortieDisk.js";
import { readTlog } from "../../mavlink/tlog.js";
import { encodeFrame } from "../../mavlink/encode.js";
import { readEventLog } from "../../sortie/eventChain.js";
import { createRecorder } from "./recorder.js";
import { sortieFolders } from "./sortieFolders.js";
import type { RecorderTrouble } from "./recorderTrouble.js";
import { verifySortieFolder } from "./verifyFolder.js";

const mounted: string[] = [];
function mountSmallDisk(megabytes: number): string | undefined {
  const place = mkdtempSync(join(tmpdir(), "vigie-small-disk-"));
  const done = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "vigie", place]);
  if (done.status !== 0) return undefined;
  mounted.push(place);
  return place;
}
afterEach(() => {
  for (const place of mounted.splice(0)) spawnSync("umount", [place]);
});
const probe = mountSmallDisk(1);
for (const place of mounted.splice(0)) spawnSync("umount", [place]);

describe("findings 6.7: a disk that is really full", () => {
  it.skipIf(probe === undefined)(
    "ends nothing: it goes on by itself once there is space (needs the right to mount)",
    async () => {
      const place = mountSmallDisk(80) ?? "";
      const clock = new FakeClock();
      const troubles: RecorderTrouble[] = [];
      const sortiesFolder = join(place, "sorties");
      const recorder = createRecorder({
        time: { clock, scheduler: clock },
        disk: realSortieDisk,
        nextFolder: sortieFolders({ sortiesFolder, label: "full" }),
        stationKey: () => Promise.resolve(undefined),
        listener: { onStatus: () => undefined, onTrouble: (trouble) => troubles.push(trouble) },
      });
      const settled = async (isSo: () => boolean): Promise<void> => {
        clock.advance(1000);
        for (let i = 0; i < 1000 && !isSo(); i++) await nextTurn();
        await expect.poll(isSo).toBe(true);
      };
      let countOfPublished = 0;
      const publish = (): void => {
        const n = countOfPublished++;
        recorder.event("said", { n });
        recorder.telemetry(
          encodeFrame({
            name: "MISSION_CURRENT",
            fields: { seq: n },
            ...{ seq: 0, systemId: 1, componentId: 1, version: 2 },
          }),
        );
      };
      recorder.open({});
      await settled(() => recorder.status().bytes > 0);
      publish();
      // The video fills the disk up to the reserve, and is then stopped.
      const chunk = new Uint8Array(1_000_000);
      for (let i = 0; i < 20; i++) recorder.video(chunk);
      await settled(() => troubles.some(({ kind }) => kind === "video"));
      for (let i = 0; i < 20; i++) recorder.video(chunk);
      publish();
      expect(recorder.status()).toMatchObject({ state: "recording", isVideoRecorded: false });
      // Another program takes the rest, to the last byte.
      mkdirSync(join(place, "other"));
      spawnSync("dd", ["if=/dev/zero", `of=${join(place, "other", "junk")}`, "bs=64k"]);
      for (let i = 0; i < 2000 && recorder.status().state === "recording"; i++) publish();
      expect(recorder.status()).toMatchObject({ state: "failed", because: "ENOSPC" });
      publish();
      await settled(() => true);
      expect(recorder.status().state).toBe("failed");
      rmSync(join(place, "other"), { recursive: true });
      await settled(() => recorder.status().state === "recording");
      publish();
      await recorder.close("test");
      expect(troubles.map(({ kind }) => kind)).toEqual(
        ["video", "failed", "resumed", "video"].slice(0, troubles.length),
      );
      const folder = join(sortiesFolder, readdirSync(sortiesFolder)[0] ?? "");
      expect(await verifySortieFolder(folder)).toMatchObject({ value: { verdict: "intact", problems: [] } });
      const { events } = readEventLog(readFileSync(join(folder, "events.jsonl"), "utf8"), sha256Hex);
      expect(events.filter(({ kind }) => kind === "said").length).toBe(countOfPublished);
      expect(events.filter(({ kind }) => kind === "recording-gap").length).toBe(1);
      expect(readTlog(readFileSync(join(folder, "telemetry.tlog")), () => undefined)).toMatchObject({
        records: countOfPublished,
        problems: [],
      });
    },
  );
});
