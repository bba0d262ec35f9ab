import { describe, expect, it } from "vitest";
import { coastFromGeoJson } from "../../src/geo/coastFromGeoJson.js";
import { readPlanFile } from "../../src/plan/formats/planFile.js";
import { failureText } from "./failureText.js";
import { problemText } from "./problemText.js";
import { translatorFor } from "./text.js";

const item = (changes: object): string => {
  const waypoint = { type: "SimpleItem", command: 16, frame: 3, params: [0, 0, 0, null, 50, 1, 40], ...changes };
  return JSON.stringify({ fileType: "Plan", version: 1, mission: { version: 2, items: [waypoint] } });
};
const section = (more: object): string => JSON.stringify({ fileType: "Plan", version: 1, ...more });
const polygon = [
  [50, 1],
  [50, 1.1],
];
const BAD: readonly string[] = [
  "",
  "hello",
  '{"fileType":"Plan"',
  '{"a":1,,}',
  '{"a" 1}',
  '{"a":1 "b":2}',
  "[1 2]",
  "{} x",
  '{"a":"b\n"}',
  '{"a":"\\q"}',
  '{"a":"\u0001"}',
  "<kml></kml>",
  "<html></html>",
  "PK\u0003\u0004",
  "a\u0000b",
  "[1]",
  `{"a":"${"x".repeat(5_100_000)}"}`,
  `${'{"a":'.repeat(70)}1${"}".repeat(70)}`,
  '{"type":"FeatureCollection","features":[]}',
  section({ fileType: "Mission" }),
  section({ version: 42 }),
  section({ mission: { version: 2, items: {} } }),
  section({ mission: { version: 2, items: [1] } }),
  section({ mission: { version: 2, items: [{ type: "Other" }] } }),
  section({ mission: { version: 2, items: [{ type: "ComplexItem" }] } }),
  section({
    mission: { version: 2, items: [{ type: "ComplexItem", complexItemType: "fwLandingPattern", version: 2 }] },
  }),
  section({ mission: { version: 2, cruiseSpeed: "fast", items: [] } }),
  section({ geoFence: { version: 2, polygons: [{ inclusion: true, polygon }], circles: [] } }),
  section({ geoFence: { version: 2, polygons: [{ inclusion: 1, polygon: [...polygon, [51, 1]] }], circles: [] } }),
  section({ vigie: { clears: ["all"] } }),
  section({ vigie: { aircraft: {} } }),
  section({ vigie: { aircraft: { name: "x", camera: {} } } }),
  item({ command: 1.5 }),
  item({ frame: 7 }),
  item({ frame: 2 }),
  item({ params: [0, 0, 0, 0, 91, 1, 40] }),
  item({ params: [0, 0, 0, 0, 50, null, 40] }),
  item({ params: [0, 0] }),
  item({ params: ["1", 0, 0, 0, 50, 1, 40] }),
  item({ command: 177, frame: 2, params: [9, 1, 0, 0, 0, 0, 0] }),
  "QGC WPL 130\n",
  "QGC WPL 110\n0 1\n",
  "QGC WPL 110\n0 0 3 5001 0 0 0 0 50 1 40 1\n",
  "QGC WPL 110\n0 0 3 x 0 0 0 0 50 1 40 1\n",
  JSON.stringify({
    ...{ fileType: "Plan", version: 1 },
    geoFence: { version: 2, polygons: [{ inclusion: true, polygon: Array.from({ length: 10_001 }, () => [50, 1]) }] },
  }),
  JSON.stringify({
    ...{ fileType: "Plan", version: 1 },
    rallyPoints: { version: 2, points: Array.from({ length: 1001 }, () => [50, 1, 20]) },
  }),
  "QGC WPL 100\n0 3 99 0 0 0 0 0 1 50 40 0 1\n",
];

const RING = [
  [1, 50],
  [1.1, 50],
  [1.1, 50.1],
];
const coast = (coordinates: unknown, more: object = {}): string =>
  JSON.stringify({ type: "Polygon", coordinates, ...more });
const comb = Array.from({ length: 20_000 }, (_, i) => [1 + i * 1e-5, 50 + (Math.floor((i + 1) / 2) % 2)]);
const BAD_COASTS: readonly string[] = [
  "{",
  "[]",
  '{"type":"FeatureCollection"}',
  '{"type":"FeatureCollection","features":[]}',
  '{"a":1}',
  '{"type":"LineString","coordinates":[]}',
  '{"type":"Point","coordinates":[]}',
  '{"type":"MultiPolygon","coordinates":{}}',
  coast([]),
  coast([{}]),
  coast([[[1, "x"]]]),
  coast([RING.slice(1)]),
  coast([
    [
      [0, 0],
      [50, 0],
      [50, 50],
    ],
  ]),
  coast([RING], { bbox: [1, 2] }),
  coast([RING], { "vigie:error": 5 }),
  coast([Array.from({ length: 100_001 }, (_, i) => [1 + i * 1e-5, 50 + (i % 7) * 0.1])]),
  coast([comb]),
  coast([Array.from({ length: 500 }, (_, i) => [Math.cos(i * 2.4), 50 + Math.sin(i * 2.4)])]),
  "x".repeat(15_000_001),
];

describe("findings 4 E: what is wrong with a coast line, in the language of the screen", () => {
  it.each(BAD_COASTS.map((text) => [text.slice(0, 80), text]))("%j has French words", (_shown, text) => {
    const read = coastFromGeoJson(text, "côte.geojson");
    if (read.ok) throw new Error("it is a coast line");
    const english = problemText(translatorFor("en"), read.error.problem);
    const french = problemText(translatorFor("fr"), read.error.problem);
    expect(french, read.error.problem).not.toBe(english);
    for (const words of [english, french]) expect(words).not.toMatch(/problem\.|\{\{/);
  });
});

describe("findings 4 E: what is wrong with a plan, in the language of the screen", () => {
  it.each(BAD.map((text) => [text.slice(0, 80), text]))("%j has French words", (_shown, text) => {
    const read = readPlanFile(text, "plan");
    if (read.ok) throw new Error("it is a plan");
    const { problem } = read.error;
    const english = problemText(translatorFor("en"), problem);
    const french = problemText(translatorFor("fr"), problem);
    expect(french, problem).not.toBe(english);
    for (const words of [english, french]) expect(words).not.toMatch(/problem\.|\{\{|Unexpected|is not valid JSON/);
    const { what } = failureText(translatorFor("fr"), read.error);
    expect(what).not.toMatch(/\b(line|column|expected|this)\b/);
  });
});
