import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readTide } from "./tideDocument.js";

const SHIPPED = readFileSync("missions/tide/channel.json", "utf8");
const PORT = {
  ...{ name: "Calais", coast: "france", meanSeaLevelM: 4, meanHighWaterSpringsM: 7 },
  position: { latitudeDeg: 50.97, longitudeDeg: 1.87 },
  constituents: [{ name: "M2", amplitudeM: 2.4, phaseDeg: 341 }],
};
const LINE = [PORT.position, { latitudeDeg: 51.04, longitudeDeg: 2.38 }];
const COAST = { id: "france", line: LINE };
const DOCUMENT = { attribution: "TICON-4", chartDatum: "LAT", coasts: [COAST], ports: [PORT] };
const read = (change: object) => readTide(JSON.stringify({ ...DOCUMENT, ...change }), "tide.json");

it("reads the file that is shipped: five ports under CC BY 4.0, in a few kilobytes", () => {
  const result = readTide(SHIPPED, "channel.json");
  if (!result.ok) throw new Error(result.error.problem);
  expect(result.value.ports.map(({ name }) => name)).toEqual(["Dieppe", "Boulogne", "Calais", "Dunkerque", "Dover"]);
  expect(result.value.attribution).toContain("CC BY 4.0");
  expect(SHIPPED.length).toBeLessThan(20_000);
});

it("reads a port as it is written", () => {
  expect(read({})).toEqual({
    ok: true,
    value: { attribution: "TICON-4", coasts: [COAST], ports: [{ ...PORT, nameIn: {} }] },
  });
});

it.each<readonly [string, object]>([
  ["attribution", { attribution: "" }],
  ["chartDatum", { chartDatum: "MLLW" }],
  ["coasts", { coasts: [] }],
  ["coasts[0].line", { coasts: [{ ...COAST, line: [PORT.position] }] }],
  ["coasts[0].line[1]", { coasts: [{ ...COAST, line: [PORT.position, { latitudeDeg: 91, longitudeDeg: 0 }] }] }],
  ["ports", { ports: {} }],
  ["ports[0]", { ports: ["Calais"] }],
  ["ports[0].name", { ports: [{ ...PORT, name: " " }] }],
  ["ports[0].nameIn", { ports: [{ ...PORT, nameIn: { en: 1 } }] }],
  ["ports[0].coast", { ports: [{ ...PORT, coast: "belgium" }] }],
  ["ports[0].position", { ports: [{ ...PORT, position: undefined }] }],
  ["ports[0].meanSeaLevelM", { ports: [{ ...PORT, meanSeaLevelM: -1 }] }],
  ["ports[0].meanHighWaterSpringsM", { ports: [{ ...PORT, meanHighWaterSpringsM: 3.9 }] }],
  ["ports[0].constituents", { ports: [{ ...PORT, constituents: [] }] }],
  ["ports[0].constituents[0].amplitudeM", { ports: [{ ...PORT, constituents: [{ name: "M2", phaseDeg: 1 }] }] }],
  [
    "ports[0].constituents[0].phaseDeg",
    { ports: [{ ...PORT, constituents: [{ name: "M2", amplitudeM: 1, phaseDeg: 361 }] }] },
  ],
])("refuses the file for a mistake at %s", (where, change) => {
  expect(read(change)).toMatchObject({ ok: false, error: { kind: "bad-file", path: "tide.json", where } });
});
