import { expect, it } from "vitest";
import { checkedCoastDocument } from "./coastDocumentCheck.js";
import { coastFromGeoJson } from "./coastFromGeoJson.js";

const ring = [
  [1.5, 50.6],
  [1.6, 50.6],
  [1.6, 50.7],
];
const made = coastFromGeoJson(JSON.stringify({ type: "Polygon", coordinates: [ring, ring] }), "mine.geojson");
if (!made.ok) throw new Error(made.error.problem);
const kept = made.value;

it("takes back what was kept", () => {
  expect(checkedCoastDocument(JSON.stringify(kept), "coast.json")).toEqual({
    ok: true,
    value: JSON.parse(JSON.stringify(kept)),
  });
});

it.each<readonly [string, object]>([
  ["land", { land: [] }],
  ["land", { land: [{ outline: [{ latitudeDeg: 50 }], holes: [] }] }],
  ["land", { land: [{ outline: kept.land[0]?.outline, holes: 5 }] }],
  ["box", { box: { westDeg: "1" } }],
  ["error", { error: {} }],
  ["harbours", { harbours: [{ moles: 5 }] }],
  ["relief", { relief: { rows: 1e9 } }],
  ["source", { source: 5 }],
])("refuses what is none: %s", (where, change) => {
  expect(checkedCoastDocument(JSON.stringify({ ...kept, ...change }), "coast.json")).toMatchObject({
    error: { kind: "bad-file", where },
  });
});
