import { describe, expect, it } from "vitest";
import { seededRng } from "../core/rng.js";
import { destination, geodesicDistanceM } from "../geo/geodesic.js";
import { localFrameAt } from "../geo/localFrame.js";
import { contactsGeoJson } from "./contactsGeoJson.js";
import { CoverageGrid } from "./coverage.js";
import type { Footprint } from "./footprintCells.js";
import { contactEvent, contactOfEvent, createEventChain, readEventLog } from "./eventChain.js";
import { snapshotPath, sortieFolderName } from "./layout.js";
import { manifestText, readManifest } from "./manifest.js";
import { aContact, aLog, sha256 } from "./testing/sortieBuilders.js";
import { problemText, verifySortie } from "./verifySortie.js";

describe("the event chain", () => {
  it("reads back what was written, each line tied to the one before", () => {
    const log = readEventLog(aLog(5), sha256);
    expect(log.firstBrokenLine).toBeUndefined();
    expect(log.isTruncated).toBe(false);
    expect(log.events.map((event) => event.facts["modeName"])).toEqual(["M0", "M1", "M2", "M3", "M4"]);
  });

  it("is SHA-256 over the line without its newline, so that anyone can check it", () => {
    const [first = "", second = ""] = aLog(2).split("\n");
    expect((JSON.parse(second) as { previousSha256: string }).previousSha256).toBe(sha256(first));
    expect((JSON.parse(first) as { previousSha256: string }).previousSha256).toBe("0".repeat(64));
  });

  it("finds the line after any single changed byte", () => {
    const text = aLog(6);
    const rng = seededRng(11);
    for (let i = 0; i < 200; i++) {
      const at = Math.floor(rng.uniform() * (text.length - 200));
      if (text[at] === "\n") continue;
      const changed = `${text.slice(0, at)}${text[at] === "x" ? "y" : "x"}${text.slice(at + 1)}`;
      const line = text.slice(0, at).split("\n").length;
      const found = readEventLog(changed, sha256).firstBrokenLine;
      // The changed line itself when its own hash or form is wrong, else the next one.
      expect([line, line + 1]).toContain(found);
    }
  });

  it("finds removed, doubled and swapped lines", () => {
    const lines = aLog(5).trimEnd().split("\n");
    const broken = (changed: readonly (string | undefined)[]) =>
      readEventLog(`${changed.join("\n")}\n`, sha256).firstBrokenLine;
    expect(broken(lines.filter((_, i) => i !== 2))).toBe(3);
    expect(broken([lines[0], lines[1], lines[1], lines[2]])).toBe(3);
    expect(broken([lines[0], lines[2], lines[1]])).toBe(2);
  });

  it("carries contacts whole, with the moment they became known", () => {
    const event = contactEvent(aContact, 99, true);
    expect(event.facts).toMatchObject({ contactId: "C-7", appearedUnixUs: 99 });
    const line = createEventChain(sha256).next(event);
    const [read] = readEventLog(line, sha256).events;
    expect(contactOfEvent(read!)).toMatchObject({ id: "C-7", class: "boat" });
    expect(contactEvent(aContact, 99, false).facts).not.toHaveProperty("appearedUnixUs");
  });
});

describe("verifying a sortie", () => {
  const eventsText = aLog(4);
  const file = (path: string, content: string) => ({ path, bytes: content.length, sha256: sha256(content) });
  const files = [file("events.jsonl", eventsText), file("telemetry.tlog", "frames")];
  const manifest = manifestText(5, readEventLog(eventsText, sha256).lastSha256, files);
  const sealed = { manifestText: manifest, eventsText, files };

  it("says intact for what was sealed", () => {
    expect(verifySortie(sealed, sha256)).toMatchObject({ verdict: "intact", problems: [], countOfEvents: 4 });
  });

  it("says unsealed, not tampered, after a crash in the middle of a line", () => {
    const cut = eventsText.slice(0, -20);
    const verdict = verifySortie({ manifestText: undefined, eventsText: cut, files: [] }, sha256);
    expect(verdict).toMatchObject({ verdict: "unsealed", problems: [], isTailCut: true, countOfEvents: 3 });
  });

  it("names the first broken line, also without a manifest", () => {
    const changed = eventsText.replace("M1", "M9");
    const verdict = verifySortie({ manifestText: undefined, eventsText: changed, files: [] }, sha256);
    expect(verdict).toMatchObject({ verdict: "tampered", problems: [{ kind: "broken-chain", line: 3 }] });
  });

  it("names changed and missing files, a cut log and a manifest that is none", () => {
    const changed = verifySortie({ ...sealed, files: [files[0]!, file("telemetry.tlog", "framez")] }, sha256);
    expect(changed.problems).toEqual([{ kind: "file-changed", path: "telemetry.tlog" }]);
    const missing = verifySortie({ ...sealed, files: [files[0]!] }, sha256);
    expect(missing.problems).toEqual([{ kind: "file-missing", path: "telemetry.tlog" }]);
    const shorter = eventsText.split("\n").slice(0, 3).join("\n") + "\n";
    expect(verifySortie({ ...sealed, eventsText: shorter }, sha256).problems).toContainEqual({
      kind: "chain-end-differs",
    });
    const none = verifySortie({ ...sealed, manifestText: "{}" }, sha256);
    expect(none).toMatchObject({ verdict: "tampered", problems: [{ kind: "manifest-unreadable" }] });
    expect(verifySortie({ ...sealed, eventsText: undefined }, sha256).problems).toContainEqual({
      kind: "events-missing",
    });
    for (const problem of [...changed.problems, ...missing.problems, ...none.problems]) {
      expect(problemText(problem)).toMatch(/\w/);
    }
  });

  it("lets a report be added afterwards, and says so", () => {
    const verdict = verifySortie({ ...sealed, files: [...files, file("report.pdf", "pdf")] }, sha256);
    expect(verdict).toMatchObject({ verdict: "intact", unlistedPaths: ["report.pdf"] });
  });

  it("reads no manifest out of anything else", () => {
    for (const text of ["", "null", "[]", '{"format":"vigie-sortie","version":2}', "{"]) {
      expect(readManifest(text)).toBeUndefined();
    }
  });
});

describe("names", () => {
  it("sort by time and are legal everywhere", () => {
    const startedUnixUs = Date.UTC(2026, 10, 23, 2, 10, 0) * 1000;
    expect(sortieFolderName(startedUnixUs, "Boulogne, Été / 1")).toBe("2026-11-23T02-10-00Z-boulogne-ete-1");
    expect(sortieFolderName(startedUnixUs, "../..")).toBe("2026-11-23T02-10-00Z-sortie");
    expect(snapshotPath("C-14")).toBe("snapshots/c-14.png");
  });
});

describe("contacts as GeoJSON", () => {
  it("puts longitude first, as RFC 7946 wants", () => {
    const { type, features } = JSON.parse(contactsGeoJson([aContact])) as {
      type: string;
      features: { id: string; geometry: unknown; properties: Record<string, unknown> }[];
    };
    expect(type).toBe("FeatureCollection");
    expect(features[0]?.geometry).toEqual({ type: "Point", coordinates: [1.6, 50.75] });
    expect(features[0]?.properties).toMatchObject({ class: "boat", courseDeg: null });
  });
});

type Flat = { readonly eastM: number; readonly northM: number };
const isInside = (polygon: readonly Flat[], eastM: number, northM: number): boolean =>
  polygon.reduce((inside, a, i) => {
    const b = polygon[(i + 1) % polygon.length]!;
    const isCrossed =
      a.northM > northM !== b.northM > northM &&
      eastM < a.eastM + ((northM - a.northM) / (b.northM - a.northM)) * (b.eastM - a.eastM);
    return isCrossed ? !inside : inside;
  }, false);

describe("coverage", () => {
  const centre = { latitudeDeg: 50.77, longitudeDeg: 1.6 };
  /**
   * A square footprint with sides of `sideM`, seen straight down from `heightM`; the field of view follows from both.
   */
  function lookingDown(heightM: number, sideM: number, at = centre, turnDeg = 0): Footprint {
    const corner = (bearingDeg: number) => ({
      position: destination(at, bearingDeg + turnDeg, (sideM / 2) * Math.SQRT2),
      heightAmslM: 0,
    });
    return {
      corners: [corner(315), corner(45), corner(135), corner(225)],
      sensor: { position: at, altitudeAmslM: heightM },
      hfovDeg: (2 * Math.atan(sideM / 2 / heightM) * 180) / Math.PI,
      widthPx: 640,
    };
  }

  it.each([0, 17, 45, 80])("measures a square of known area (turned %i°)", (turnDeg) => {
    const grid = new CoverageGrid();
    grid.add(lookingDown(60, 100, centre, turnDeg));
    expect(grid.summary().areaM2 / 10_000).toBeCloseTo(1, 1);
  });

  it("tells which cells were seen: those whose middle was in a footprint (brute force, seed 11)", () => {
    const rng = seededRng(11);
    const grid = new CoverageGrid();
    const footprints = Array.from({ length: 12 }, () =>
      lookingDown(60, 40 + 60 * rng.uniform(), destination(centre, 360 * rng.uniform(), 150), 90 * rng.uniform()),
    );
    const reported = new Map<string, Uint8Array>();
    for (const footprint of footprints) {
      grid.add(footprint);
      for (const { column, row, seen } of grid.takeChanged()) reported.set(`${column}/${row}`, seen);
    }
    expect(grid.takeChanged()).toEqual([]);
    expect(new Map(grid.tiles().map(({ column, row, seen }) => [`${column}/${row}`, seen]))).toEqual(reported);
    const frame = localFrameAt(grid.origin!);
    const polygons = footprints.map(({ corners }) => corners.map(({ position }) => frame.toEnu(position, 0)));
    for (let row = -160; row < 160; row++) {
      for (let column = -160; column < 160; column++) {
        const tile = reported.get(`${Math.floor(column / 64)}/${Math.floor(row / 64)}`);
        const at = (row & 63) * 64 + (column & 63);
        const isReported = ((tile?.[at >> 3] ?? 0) & (1 << (at & 7))) !== 0;
        const isIn = polygons.some((polygon) => isInside(polygon, (column + 0.5) * 2.5, (row + 0.5) * 2.5));
        if (isReported !== isIn) expect.fail(`cell ${column}/${row}: told ${isReported}, in a footprint ${isIn}`);
      }
    }
  });

  it("counts ground seen twice once, and ground beside it as more", () => {
    const grid = new CoverageGrid();
    grid.add(lookingDown(60, 100));
    const once = grid.summary().areaM2;
    grid.add(lookingDown(60, 100));
    expect(grid.summary().areaM2).toBe(once);
    const beside = destination(centre, 90, 100);
    expect(geodesicDistanceM(centre, beside)).toBeCloseTo(100, 6);
    grid.add(lookingDown(60, 100, beside));
    expect(grid.summary().areaM2 / once).toBeCloseTo(2, 1);
  });

  it("says boats yes, people no, from too high", () => {
    const low = new CoverageGrid();
    low.add(lookingDown(60, 60)); // 0.09 m a pixel
    expect(low.summary().seenPersonM2).toBe(low.summary().areaM2);
    const high = new CoverageGrid();
    high.add(lookingDown(300, 300)); // 0.47 m a pixel
    expect(high.summary()).toMatchObject({ seenPersonM2: 0 });
    expect(high.summary().seenBoatM2).toBe(high.summary().areaM2);
    const veryHigh = new CoverageGrid();
    veryHigh.add(lookingDown(1000, 1000));
    expect(veryHigh.summary().seenBoatM2).toBe(0);
  });

  it("does not run away with a footprint that reaches the horizon", () => {
    const grid = new CoverageGrid();
    const far = { ...lookingDown(60, 100), corners: lookingDown(60, 80_000).corners };
    grid.add(far);
    expect(grid.summary().areaM2).toBeLessThan(1.5e6);
  });
});
