// @vitest-environment happy-dom
/** An area, what is there of it, packs that are made, imported and checked: by keyboard and pointer, on the Ground page. */
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { StationFailure } from "../../../src/contract/failures.js";
import type { GroundFiles } from "../../../src/contract/groundMessages.js";
import type { ReplyValue, UiRequest } from "../../../src/contract/messages.js";
import type { PackWork } from "../../../src/contract/packMessages.js";
import { err, ok, type Result } from "../../../src/core/result.js";
import type { AreaNeed, NeedPiece } from "../../../src/geo/pack/areaNeeds.js";
import type { PackManifest } from "../../../src/geo/pack/packManifest.js";
import type { Place } from "../../../src/geo/places/place.js";
import { aHello } from "../../bridge/testing/builders.js";
import { shownGroundStore } from "../../scene/shownGround.js";
import { openSetup } from "../testing/openSetup.js";
import { areaOfForm, EMPTY_FORM, suggestedName } from "./areaForm.js";

afterEach(cleanup);

const PLACES: readonly Place[] = ["Wissant", "Calais"].map((name, i) => ({
  ...{ name, nameIn: {}, kind: "town", population: 1, isApproximate: false },
  position: { latitudeDeg: 50 + i, longitudeDeg: 1 + i },
}));
const piece = (id: string, change: Partial<NeedPiece>): NeedPiece => ({
  ...{ id, kind: "terrain", name: `${id}.tif`, pack: undefined, dataDate: undefined, attribution: undefined },
  ...{ sizeBytes: 1_000_000, resolutionM: undefined, basis: "content", zoom: undefined, isPackable: true },
  ...{ coveredPercent: 50, ageYears: undefined, isOld: false },
  ...change,
});
const need = (kind: AreaNeed["kind"], change: Partial<AreaNeed> = {}): AreaNeed => ({
  ...{ kind, state: "missing", coveredPercent: 0, pieces: [] },
  ...change,
});
const NEEDS: readonly AreaNeed[] = [
  need("coast", {
    ...{ state: "present", coveredPercent: 100 },
    pieces: [piece("coast", { kind: "coast", name: "OSM", isPackable: false, basis: "bounds", coveredPercent: 100 })],
  }),
  need("terrain", {
    ...{ state: "partly", coveredPercent: 64 },
    pieces: [
      piece("terrain-0", { resolutionM: 5, dataDate: "2012", ageYears: 14.9, isOld: true, pack: "Calais" }),
      piece("terrain-1", { attribution: "IGN, Etalab 2.0", sizeBytes: 2_000_000 }),
    ],
  }),
  need("map", {
    pieces: [piece("map-0", { kind: "map", name: "Server", basis: "online", isPackable: false })],
  }),
  need("zones"),
];
const MANIFEST: PackManifest = {
  ...{ name: "Opal", madeAtUnixMs: Date.parse("2026-11-20T10:00:00Z") },
  area: { southDeg: 50, westDeg: 1, northDeg: 51, eastDeg: 2 },
  files: [
    {
      ...{ path: "rge.tif", kind: "terrain", sizeBytes: 3_000_000, sha256: "0".repeat(64) },
      ...{ attribution: "IGN", dataDate: "2023-05" },
    },
  ],
};
const INVENTORY: GroundFiles = {
  ...{ kind: "ground-files", files: [], coast: { kind: "built-in" } },
  packs: [
    { name: "Calais", madeAtUnixMs: MANIFEST.madeAtUnixMs, sizeBytes: 5_000_000, state: "touched" },
    { name: "Dieppe", madeAtUnixMs: undefined, sizeBytes: undefined, state: "broken" },
  ],
};

type Answers = Partial<Record<UiRequest["kind"], Result<ReplyValue, StationFailure>>>;

function open(answers: Answers = {}) {
  const asked: UiRequest[] = [];
  const station = openSetup("ground", {
    answers: (request) => {
      asked.push(request);
      if (request.kind === "get-ground-files") return ok(INVENTORY);
      if (request.kind === "get-area-needs")
        return answers[request.kind] ?? ok({ kind: "area-needs", needs: NEEDS, areaKm2: 120, coastKm: 21 });
      return answers[request.kind];
    },
  });
  act(() => {
    station.store.places.set({ attribution: "", places: PLACES });
    station.transport.receive(aHello());
  });
  const requests = <Kind extends UiRequest["kind"]>(kind: Kind) =>
    asked.filter((request): request is Extract<UiRequest, { kind: Kind }> => request.kind === kind);
  const work = (of: PackWork | undefined): void =>
    act(() => station.transport.receive({ kind: "pack-work", work: of }));
  return { station, requests, work };
}
const type = (testId: string, value: string): void => {
  fireEvent.change(screen.getByTestId(testId), { target: { value } });
};
const press = (testId: string): void => {
  fireEvent.click(screen.getByTestId(testId));
};
const wordsOf = (testId: string): string => screen.getByTestId(testId).textContent.replaceAll("\u00a0", " ");
const there = (testId: string): boolean => screen.queryByTestId(testId) !== null;

async function listStretch(answers: Answers = {}) {
  const opened = open(answers);
  type("ground-from", "wissant");
  type("ground-to", "Calais");
  fireEvent.keyDown(screen.getByTestId("ground-to"), { key: "Enter" });
  await expect.poll(() => opened.requests("get-area-needs").length).toBe(1);
  await expect.poll(() => there("need-terrain") || there("ground-area-failure")).toBe(true);
  return opened;
}

describe("an area", () => {
  it("of two places by their names is listed: what is there by which share, how old, and how to get the rest", async () => {
    const { requests } = await listStretch();
    expect(requests("get-area-needs")).toEqual([
      {
        kind: "get-area-needs",
        area: {
          ...{ kind: "stretch", from: PLACES[0]?.position, to: PLACES[1]?.position },
          ...{ landwardM: 3000, seawardM: 8000 },
        },
      },
    ]);
    expect(wordsOf("ground-area-size")).toBe("21.00 km of coast, 120 km²");
    expect(screen.getByTestId("need-coast").dataset["state"]).toBe("present");
    expect(wordsOf("need-coast")).toContain("frame covers 100 %, gaps in it not known");
    expect(wordsOf("need-terrain")).toContain("64 % of it");
    expect(wordsOf("piece-terrain-0")).toBe(
      "terrain-0.tifcovers 50 % · 5 m · data of 2012 (14.9 years: old) · 1.0 MB · pack Calais · licence not stated",
    );
    expect(wordsOf("piece-terrain-1")).toContain("data of an unknown date · 2.0 MB · IGN, Etalab 2.0");
    expect(wordsOf("need-terrain")).toContain("Start with --terrain FILE");
    expect(wordsOf("need-map")).toContain("needs a network: counts as nothing here");
    expect(wordsOf("need-zones")).toContain("Vigie knows no airspace");
    // What comes with every installation is no file for a pack.
    expect(there("choose-coast")).toBe(false);
  });

  it("that is not understood says so at its field, and nothing is asked", () => {
    const { requests } = open();
    press("ground-list");
    expect(screen.getByText(/a place by its name, or a position/)).toBeDefined();
    type("ground-from", "Atlantis");
    press("ground-list");
    expect(screen.queryByText(/a place by its name, or a position/)).toBeNull();
    expect(requests("get-area-needs")).toEqual([]);
  });

  it("that is typed anew is no longer the one that was listed", async () => {
    await listStretch();
    type("ground-from", "Wissan");
    expect(there("need-terrain")).toBe(false);
  });

  it("that the station refuses is told in words", async () => {
    await listStretch({ "get-area-needs": err({ kind: "pack", failure: { kind: "other-coast" } }) });
    expect(wordsOf("ground-area-failure")).toContain("No coast line leads from one place to the other");
    expect(there("need-terrain")).toBe(false);
  });

  it("may be what the map showed last", async () => {
    const { station, requests } = open();
    press("ground-way-shown");
    press("ground-list");
    expect(requests("get-area-needs")).toEqual([]);
    const bounds = { southDeg: 50, westDeg: 1, northDeg: 50.2, eastDeg: 1.3 };
    act(() => station.stores.get(shownGroundStore).set(() => bounds));
    press("ground-list");
    await expect
      .poll(() => requests("get-area-needs"))
      .toEqual([{ kind: "get-area-needs", area: { kind: "box", bounds } }]);
  });

  it("of two corners takes them in any order and any form of a position", () => {
    const form = { ...EMPTY_FORM, way: "box", corner: "50°48'N 001°42'E", opposite: "50.7, 1.5" } as const;
    expect(areaOfForm(form, [], undefined)).toEqual({
      ok: true,
      value: {
        kind: "box",
        bounds: { southDeg: 50.7, westDeg: 1.5, northDeg: expect.closeTo(50.8, 9), eastDeg: expect.closeTo(1.7, 9) },
      },
    });
    expect(areaOfForm({ ...form, opposite: "50.7" }, [], undefined)).toEqual({
      ...{ ok: false, error: { kind: "no-place", field: "opposite", why: { kind: "one-coordinate" } } },
    });
  });

  it("suggests a name that a file may have", () => {
    const noon = Date.parse("2026-12-01T12:00:00Z");
    expect(suggestedName({ ...EMPTY_FORM, from: "Wissant", to: "Cap d'Alprech" }, noon)).toBe(
      "Wissant - Cap d'Alprech 2026-12-01",
    );
    expect(suggestedName({ ...EMPTY_FORM, from: "50°N 1°E", to: "x/y" }, noon)).toBe("pack 2026-12-01");
  });
});

describe("a pack of an area", () => {
  const made = "/data/made-packs/Opal.vigiepack";
  const done: Answers = { "make-pack": ok({ kind: "pack", manifest: MANIFEST, file: made }) };

  it("is made of the ticked files, under a name, and its place is told", async () => {
    const { requests } = await listStretch(done);
    expect(wordsOf("make-pack")).toContain("Make a pack (3.0 MB)");
    press("choose-terrain-0");
    expect(wordsOf("make-pack")).toContain("Make a pack (2.0 MB)");
    type("pack-name", "Opal");
    press("make-pack");
    await expect.poll(() => there("pack-made")).toBe(true);
    expect(requests("make-pack")).toMatchObject([{ name: "Opal", pieceIds: ["terrain-1"], area: { kind: "stretch" } }]);
    expect(wordsOf("pack-made")).toContain(made);
  });

  it("is not made without files or with a name that no file may have", async () => {
    const { requests } = await listStretch(done);
    type("pack-name", "a/b");
    press("make-pack");
    type("pack-name", "ab");
    press("choose-terrain-0");
    press("choose-terrain-1");
    press("make-pack");
    expect(requests("make-pack")).toEqual([]);
  });

  it("shows how far it is, and can be stopped", async () => {
    const { requests, work } = await listStretch();
    work({ what: "make", name: "Opal", file: "rge.tif", bytesDone: 30, bytesTotal: 120 });
    expect(wordsOf("pack-work-make")).toContain("Writing Opal: rge.tif");
    expect(screen.getByTestId("pack-meter").getAttribute("aria-valuenow")).toBe("25");
    press("pack-stop-make");
    expect(requests("stop-pack-work")).toHaveLength(1);
    work(undefined);
    expect(there("pack-work-make")).toBe(false);
  });

  it("that failed says why", async () => {
    await listStretch({ "make-pack": err({ kind: "pack", failure: { kind: "name-taken", name: "Opal" } }) });
    press("make-pack");
    await expect.poll(() => there("make-failure")).toBe(true);
    expect(wordsOf("make-failure")).toContain("There is a pack called Opal already");
  });
});

describe("imported packs", () => {
  it("are listed with their state, and checked one at a time", async () => {
    const { requests, work } = open({
      "check-pack": err({ kind: "pack", failure: { kind: "file-differs", name: "rge.tif" } }),
    });
    await expect.poll(() => there("pack-Calais")).toBe(true);
    expect(wordsOf("pack-Calais")).toContain("a file was written since the import: check it");
    expect(wordsOf("pack-Dieppe")).toContain("damaged, not used: import it again");
    press("check-pack-Calais");
    await expect.poll(() => there("check-failure")).toBe(true);
    expect(wordsOf("check-failure")).toContain("rge.tif is not what was packed");
    const before = requests("get-ground-files").length;
    work({ what: "check", name: "Calais", file: "rge.tif", bytesDone: 0, bytesTotal: 0 });
    press("check-pack-Calais");
    expect(requests("check-pack")).toHaveLength(1);
    work(undefined);
    // What the check has found is asked for again.
    expect(requests("get-ground-files").length).toBe(before + 1);
  });
});

const choose = (bytes: Uint8Array<ArrayBuffer>): void => {
  const file = new File([bytes], "opal.vigiepack");
  fireEvent.change(screen.getByTestId("pack-file"), { target: { files: [file] } });
};
const PART_BYTES = 4 * 1024 * 1024;

describe("a pack that is chosen", () => {
  const inside = ok<ReplyValue>({ kind: "pack", manifest: MANIFEST, file: undefined });

  it("is sent in parts, shown, and imported only when a person says so", async () => {
    let parts = 0;
    const answers: Answers = { "import-pack": inside };
    Object.defineProperty(answers, "put-pack-part", { get: () => (++parts === 3 ? inside : ok({ kind: "done" })) });
    const { requests } = open(answers);
    choose(new Uint8Array(2 * PART_BYTES + 10));
    await expect.poll(() => there("pack-inside")).toBe(true);
    const sent = requests("put-pack-part");
    expect(sent.map(({ offsetBytes, totalBytes, bytes }) => [offsetBytes, totalBytes, bytes.length])).toEqual([
      [0, 2 * PART_BYTES + 10, PART_BYTES],
      [PART_BYTES, 2 * PART_BYTES + 10, PART_BYTES],
      [2 * PART_BYTES, 2 * PART_BYTES + 10, 10],
    ]);
    expect(new Set(sent.map(({ uploadId }) => uploadId)).size).toBe(1);
    expect(wordsOf("pack-inside")).toContain("rge.tifheights · 3.0 MB · data of 2023-05 · IGN");
    expect(requests("import-pack")).toEqual([]);
    press("take-pack");
    await expect.poll(() => there("pack-imported")).toBe(true);
    expect(requests("import-pack")).toEqual([{ kind: "import-pack", uploadId: sent[0]?.uploadId }]);
    expect(wordsOf("pack-imported")).toContain("used from the next start");
  });

  it("is refused at once when it is empty", async () => {
    const { requests } = open({});
    choose(new Uint8Array(0));
    await expect.poll(() => screen.queryByText(/no area pack/) !== null).toBe(true);
    expect(requests("put-pack-part")).toEqual([]);
  });

  it("can be left, and stopped while it is sent", async () => {
    let answer = inside;
    const answers: Answers = {};
    Object.defineProperty(answers, "put-pack-part", { get: () => answer });
    const { requests } = open(answers);
    choose(new Uint8Array(5));
    await expect.poll(() => there("leave-pack")).toBe(true);
    press("leave-pack");
    answer = ok({ kind: "done" });
    expect(there("pack-inside")).toBe(false);
    expect(requests("drop-pack")).toEqual([{ kind: "drop-pack", uploadId: requests("put-pack-part")[0]?.uploadId }]);
    choose(new Uint8Array(3 * PART_BYTES));
    await expect.poll(() => there("pack-stop-sending")).toBe(true);
    press("pack-stop-sending");
    expect(there("import-pack")).toBe(true);
    expect(requests("drop-pack")).toHaveLength(2);
  });

  it("that is refused says why in words, and another can be chosen", async () => {
    open({ "put-pack-part": err({ kind: "pack", failure: { kind: "deceiving", name: "../evil" } }) });
    choose(new Uint8Array(5));
    await expect.poll(() => there("import-failure")).toBe(true);
    expect(wordsOf("import-failure")).toContain("damaged, or made to deceive");
    expect(there("import-pack")).toBe(true);
  });

  it("whose import was stopped can be taken after all", async () => {
    open({ "put-pack-part": inside, "import-pack": err({ kind: "pack", failure: { kind: "stopped" } }) });
    choose(new Uint8Array(5));
    await expect.poll(() => there("take-pack")).toBe(true);
    press("take-pack");
    await expect.poll(() => there("take-pack")).toBe(true);
    expect(there("import-failure")).toBe(false);
  });
});
