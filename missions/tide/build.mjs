/**
 * Makes `channel.json`: harmonic constituents of five ports from the npm package @neaps/tide-database (a development
 * dependency: no download), and the coast between them from `missions/coast/channel.json`, coarsely, to measure along.
 * Run: node missions/tide/build.mjs
 */
import { readFileSync, writeFileSync } from "node:fs";
import { stationsById } from "@neaps/tide-database";

const { version } = JSON.parse(
  readFileSync(new URL("../../node_modules/@neaps/tide-database/package.json", import.meta.url), "utf8"),
);
const PORTS = [
  { stationId: "ticon/dieppe-24-fra-refmar", name: "Dieppe", coast: "france" },
  { stationId: "ticon/boulogne_sur_mer-111-fra-refmar", name: "Boulogne", coast: "france" },
  { stationId: "ticon/calais-55-fra-refmar", name: "Calais", coast: "france" },
  { stationId: "ticon/dunkerque-2-fra-refmar", name: "Dunkerque", nameIn: { en: "Dunkirk" }, coast: "france" },
  { stationId: "ticon/dover-dov-gbr-bodc", name: "Dover", nameIn: { fr: "Douvres" }, coast: "england" },
];
/** A point on the land that a coast bounds, to find its outline by. */
const LAND_OF = {
  france: { latitudeDeg: 50.5, longitudeDeg: 2 },
  england: { latitudeDeg: 51.2, longitudeDeg: 1 },
};
// Bays and river mouths smaller than this add no length between two ports.
const COARSE_M = 6000;
const M_PER_DEG = 111_200;
const EAST_M_PER_DEG = Math.cos((50.6 * Math.PI) / 180) * M_PER_DEG;

const coast = JSON.parse(readFileSync(new URL("../coast/channel.json", import.meta.url), "utf8"));
const planeM = ({ latitudeDeg, longitudeDeg }) => [longitudeDeg * EAST_M_PER_DEG, latitudeDeg * M_PER_DEG];

function isInside(ring, { latitudeDeg, longitudeDeg }) {
  let inside = false;
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length];
    if (a.latitudeDeg > latitudeDeg === b.latitudeDeg > latitudeDeg) return;
    const part = (latitudeDeg - a.latitudeDeg) / (b.latitudeDeg - a.latitudeDeg);
    if (longitudeDeg < a.longitudeDeg + part * (b.longitudeDeg - a.longitudeDeg)) inside = !inside;
  });
  return inside;
}

/** An edge along the box is where the data ends, no shore. */
function isAlongBox(a, b) {
  const { westDeg, eastDeg, southDeg, northDeg } = coast.box;
  const both = (key, limit) => [a, b].every((point) => Math.abs(point[key] - limit) < 1e-4);
  return (
    both("longitudeDeg", westDeg) ||
    both("longitudeDeg", eastDeg) ||
    both("latitudeDeg", southDeg) ||
    both("latitudeDeg", northDeg)
  );
}

/** The shore of an outline in one piece, from where the data's box cuts it to where it cuts it again. */
function shoreOf(ring) {
  const last = ring.findLastIndex((point, i) => isAlongBox(point, ring[(i + 1) % ring.length]));
  const turned = [...ring.slice(last + 1), ...ring.slice(0, last + 1)];
  const end = turned.findIndex((point, i) => isAlongBox(point, turned[(i + 1) % turned.length]));
  return turned.slice(0, end + 1);
}

/** Douglas and Peucker: no corner left out is further than `COARSE_M` from the line. */
function coarse(line) {
  const [ax, ay] = planeM(line[0]);
  const [bx, by] = planeM(line.at(-1));
  const lengthM = Math.hypot(bx - ax, by - ay);
  let [farM, far] = [0, 0];
  line.forEach((point, i) => {
    const [x, y] = planeM(point);
    const offM = Math.abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / lengthM;
    if (offM > farM) [farM, far] = [offM, i];
  });
  if (farM <= COARSE_M) return [line[0], line.at(-1)];
  return [...coarse(line.slice(0, far + 1)).slice(0, -1), ...coarse(line.slice(far))];
}

const rounded = (value, decimals) => Number(value.toFixed(decimals));

function portOf({ stationId, name, nameIn, coast }) {
  const station = stationsById.get(stationId);
  // Stations of other licences (CC BY-NC) must never slip in with a new version of the database.
  if (station?.license.type !== "cc-by-4.0") throw new Error(`${stationId}: is not there under CC BY 4.0`);
  if (station.type !== "reference" || station.chart_datum !== "LAT") throw new Error(`${stationId}: of another kind`);
  const { MSL, LAT, MHWS } = station.datums;
  return {
    stationId,
    name,
    ...(nameIn ? { nameIn } : {}),
    coast,
    position: { latitudeDeg: rounded(station.latitude, 5), longitudeDeg: rounded(station.longitude, 5) },
    meanSeaLevelM: rounded(MSL - LAT, 3),
    meanHighWaterSpringsM: rounded(MHWS - LAT, 3),
    constituents: station.harmonic_constituents.map(({ name, amplitude, phase }) => ({
      name,
      amplitudeM: rounded(amplitude, 5),
      phaseDeg: rounded(phase, 3),
    })),
  };
}

const document = {
  attribution: "TICON-4 (Neaps) CC BY 4.0",
  source: `npm @neaps/tide-database@${version}; coast between the ports from missions/coast`,
  licence: "CC-BY-4.0",
  chartDatum: "LAT",
  coasts: Object.entries(LAND_OF).map(([id, point]) => {
    const land = coast.land.find(({ outline }) => isInside(outline, point));
    return { id, line: coarse(shoreOf(land.outline)) };
  }),
  ports: PORTS.map(portOf),
};
const text = `${JSON.stringify(document)}\n`;
writeFileSync(new URL("channel.json", import.meta.url), text);
console.log(`channel.json: ${Buffer.byteLength(text)} bytes`);
for (const { id, line } of document.coasts) console.log(`${id}: ${line.length} corners`);
