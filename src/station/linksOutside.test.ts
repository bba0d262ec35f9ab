import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { FakeClock } from "../core/fakeClock.js";
import { coastFromGeoJson } from "../geo/coastFromGeoJson.js";
import { recording } from "../mavlink/testing/golden.js";
import { StationBus } from "./bus.js";
import { createCoastStore } from "./coastStore.js";
import { createNotices } from "./notices.js";
import { createPlanStore } from "./planStore.js";
import { startReadingService } from "./reading/readingService.js";
import { createRecordingStore } from "./recording/recordings.js";

const OUTSIDE = { ok: false, error: { kind: "io", code: "link-outside" } };
let dataFolder = "";
let elsewhere = "";

/** The data folder is itself reached through a symbolic link. */
beforeEach(() => {
  const root = mkdtempSync(join(tmpdir(), "vigie-links-"));
  elsewhere = join(root, "elsewhere");
  for (const folder of ["data", "elsewhere"]) mkdirSync(join(root, folder));
  dataFolder = join(root, "by-link");
  symlinkSync(join(root, "data"), dataFolder);
  for (const folder of ["plans", "sorties", "logs"]) mkdirSync(join(dataFolder, folder));
});

describe("a link in the data folder that leads out of it", () => {
  it("is refused as a plan; a link to another plan is none of these", async () => {
    const plans = createPlanStore(join(dataFolder, "plans"));
    writeFileSync(join(elsewhere, "secret"), "mine");
    writeFileSync(join(dataFolder, "plans", "own.plan"), "a plan");
    symlinkSync(join(elsewhere, "secret"), join(dataFolder, "plans", "linked.plan"));
    symlinkSync("own.plan", join(dataFolder, "plans", "second.plan"));
    expect(await plans.load("linked")).toMatchObject(OUTSIDE);
    expect(await plans.load("own")).toEqual({ ok: true, value: "a plan" });
    expect(await plans.load("second")).toEqual({ ok: true, value: "a plan" });
  });

  it("is refused as a sortie, as one of its files, and as a log", async () => {
    const recordings = createRecordingStore({
      sortiesFolder: join(dataFolder, "sorties"),
      openFolder: () => undefined,
      openDecoder: () => Promise.reject(new Error("nothing to decode")),
      coastJson: () => undefined,
    });
    const log = recording("copter").slice(0, 5000);
    const [own, mixed] = [join(dataFolder, "sorties", "own"), join(dataFolder, "sorties", "mixed")];
    for (const folder of [own, mixed, join(elsewhere, "sortie")]) {
      mkdirSync(folder);
      writeFileSync(join(folder, "events.jsonl"), "");
    }
    writeFileSync(join(own, "telemetry.tlog"), log);
    writeFileSync(join(elsewhere, "a.tlog"), log);
    symlinkSync(join(elsewhere, "a.tlog"), join(mixed, "telemetry.tlog"));
    symlinkSync(join(elsewhere, "sortie"), join(dataFolder, "sorties", "linked"));
    symlinkSync(join(elsewhere, "a.tlog"), join(dataFolder, "logs", "a.tlog"));
    for (const path of [mixed, join(dataFolder, "sorties", "linked"), join(dataFolder, "logs", "a.tlog")])
      expect(await recordings.open(path), path).toMatchObject(OUTSIDE);
    expect(await recordings.open(own)).toMatchObject({ ok: true });
    // Outside the data folder, but given by its own path: a person chose that file.
    expect(await recordings.open(join(elsewhere, "a.tlog"))).toMatchObject({ ok: true });
  });

  it("is refused as a coast line, and said; the built-in one is shown", async () => {
    const bus = new StationBus();
    const notices = createNotices(new FakeClock(), bus);
    const reading = startReadingService({ log: () => undefined });
    const ring = [
      [1.5, 50.6],
      [1.6, 50.6],
      [1.6, 50.7],
    ];
    const line = JSON.stringify({ type: "Polygon", name: "mine", coordinates: [ring] });
    const document = coastFromGeoJson(line, "mine");
    if (!document.ok) throw new Error(document.error.problem);
    writeFileSync(join(elsewhere, "coast.json"), JSON.stringify(document.value));
    symlinkSync(join(elsewhere, "coast.json"), join(dataFolder, "coast.json"));
    const coast = createCoastStore({ folders: { data: dataFolder }, reading, bus });
    await coast.load();
    expect(coast.documentJson()).not.toContain('"mine"');
    expect(notices.all()).toMatchObject([{ key: "coast-refused" }]);
    // A newly loaded coast replaces the symbolic link.
    expect(await coast.replace(new TextEncoder().encode(line))).toMatchObject({ ok: true });
    const next = createCoastStore({ folders: { data: dataFolder }, reading, bus });
    await next.load();
    expect(next.documentJson()).toContain('"mine"');
  });
});
