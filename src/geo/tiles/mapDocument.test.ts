import { describe, expect, it } from "vitest";
import { isInBounds, WHOLE_WORLD } from "./geoBounds.js";
import { encodingOf, statedBounds, wordsOf } from "./mapDescription.js";
import { readMapDocument } from "./mapDocument.js";

const GOOD = {
  name: "Plan IGN",
  attribution: "© IGN",
  url: "https://data.example/wmts?TILEMATRIX={z}&TILECOL={x}&TILEROW={y}",
  zoomMax: 19,
};
const read = (document: object) => readMapDocument(JSON.stringify(document), "plan.map.json");

describe("the address of a tile server", () => {
  it("is read with what is left out", () => {
    expect(read(GOOD)).toEqual({
      ok: true,
      value: { ...GOOD, zoomMin: 0, encoding: "png", bounds: WHOLE_WORLD },
    });
  });

  it("is read with everything", () => {
    const bounds = { southDeg: 50, westDeg: 1, northDeg: 51, eastDeg: 2.6 };
    const found = read({ ...GOOD, url: "http://127.0.0.1:8080/{z}/{x}/{-y}.jpg", zoomMin: 5, encoding: "jpg", bounds });
    expect(found).toMatchObject({ ok: true, value: { zoomMin: 5, encoding: "jpeg", bounds } });
  });

  it.each([
    ["attribution", { ...GOOD, attribution: " " }],
    ["attribution", { ...GOOD, attribution: undefined }],
    ["name", { ...GOOD, name: 5 }],
    ["url", { ...GOOD, url: "file:///etc/passwd?{z}{x}{y}" }],
    ["url", { ...GOOD, url: "https://tiles.example/{z}/{x}.png" }],
    ["zoomMin", { ...GOOD, zoomMin: -1 }],
    ["zoomMax", { ...GOOD, zoomMax: 25 }],
    ["zoomMax", { ...GOOD, zoomMin: 12, zoomMax: 11 }],
    ["zoomMax", { ...GOOD, zoomMax: 11.5 }],
    ["encoding", { ...GOOD, encoding: "gif" }],
    ["bounds", { ...GOOD, bounds: { southDeg: 52, westDeg: 1, northDeg: 51, eastDeg: 2 } }],
    ["bounds", { ...GOOD, bounds: [1, 50, 2, 51] }],
    ["headers", { ...GOOD, headers: { cookie: "x" } }],
  ])("says what is wrong with its %s", (where, document) => {
    expect(read(document)).toMatchObject({ ok: false, error: { kind: "bad-file", path: "plan.map.json", where } });
  });
});

describe("what a map file states of itself", () => {
  it("is taken in the usual spellings", () => {
    expect(["jpg", "JPEG", "pbf", "mvt", "webp", "png"].map(encodingOf)).toEqual([
      ...["jpeg", "jpeg", "mvt", "mvt", "webp", "png"],
    ]);
    expect(encodingOf("avif")).toBeUndefined();
    expect(encodingOf(7)).toBeUndefined();
  });

  it("has bounds on the earth, or counts as the whole world", () => {
    expect(statedBounds([1, 50, 2.5, 51])).toEqual({ westDeg: 1, southDeg: 50, eastDeg: 2.5, northDeg: 51 });
    for (const nonsense of [undefined, [1, 2], [1, 51, 2, 50], [-200, 50, 2, 51], [Number.NaN, 50, 2, 51]])
      expect(statedBounds(nonsense)).toEqual(WHOLE_WORLD);
  });

  it("is shown as words, without its markup", () => {
    expect(wordsOf('<a href="https://x.example" onclick="steal()">&copy; OpenStreetMap</a>\n contributors')).toBe(
      "© OpenStreetMap contributors",
    );
  });
});

describe("whether a place is in bounds", () => {
  const place = (latitudeDeg: number, longitudeDeg: number) => ({ latitudeDeg, longitudeDeg });

  it("is known on every side, and across 180 degrees", () => {
    const channel = { southDeg: 50, westDeg: 1, northDeg: 51, eastDeg: 2 };
    expect(isInBounds(channel, place(50.5, 1.5))).toBe(true);
    for (const [latitudeDeg, longitudeDeg] of [
      [49.9, 1.5],
      [51.1, 1.5],
      [50.5, 0.9],
      [50.5, 2.1],
    ] as const)
      expect(isInBounds(channel, place(latitudeDeg, longitudeDeg))).toBe(false);
    const fiji = { southDeg: -20, westDeg: 175, northDeg: -15, eastDeg: -178 };
    expect([179, -179, 0].map((longitudeDeg) => isInBounds(fiji, place(-17, longitudeDeg)))).toEqual([
      true,
      true,
      false,
    ]);
  });
});
