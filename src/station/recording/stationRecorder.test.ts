import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Notice } from "../../contract/messages.js";
import { aLog } from "../../sortie/testing/sortieBuilders.js";
import { StationBus } from "../bus.js";
import { noticeUnsealed } from "./stationRecorder.js";

it("the newest sortie that was left unsealed is told, unless it is being recorded", async () => {
  const sortiesFolder = join(mkdtempSync(join(tmpdir(), "vigie-unsealed-")), "sorties");
  const paths = ["1-unsealed", "2-unsealed", "3-sealed", "4-open"].map((name) => join(sortiesFolder, name));
  for (const path of paths) {
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, "events.jsonl"), aLog(1));
  }
  writeFileSync(join(sortiesFolder, "3-sealed", "manifest.json"), "{}");
  const notices: Omit<Notice, "unixTimeUs">[] = [];
  const bus = new StationBus();
  bus.on("notice", ({ notice }) => notices.push(notice));
  await noticeUnsealed({ sortiesFolder, openFolder: () => paths[3] }, bus);
  const facts = { name: "2-unsealed", path: paths[1] };
  expect(notices).toEqual([{ id: "unsealed", severity: "caution", key: "sortie-unsealed", facts }]);
});
