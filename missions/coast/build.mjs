/**
 * Makes `channel.json` from public data: the coast from the npm package @geo-maps/earth-seas-10m (OpenStreetMap, ODbL),
 * relief and depth from ETOPO5 in Debian's ferret-datasets, harbour moles from `harbours.mjs`.
 * Needs npm, apt-get and dpkg; downloads into a cache, never into the project. Run: node missions/coast/build.mjs
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Clipper64, ClipType, FillRule, PolyTree64, Rect64Utils, rectClip } from "clipper2-ts";
import { NetCDFReader } from "netcdfjs";
import { harboursOn } from "./harbours.mjs";

const SEAS = "@geo-maps/earth-seas-10m@0.6.0";
const SEAS_SHA512 = "SwRe8GJDCfLxeE+gXYavjvmb3DVgkuiCuKFVp8jgIUYU9vz1wj+71J2GGAPmyg1lLT22ByIPCnTfFVWVlXLmuw==";
const BOX = { westDeg: 0.8, eastDeg: 2.7, southDeg: 49.8, northDeg: 51.5 };
// The data has five decimals: integers of 1e-5 degree hold it exactly. Only cuts at the box's edge are rounded.
const PER_DEG = 1e5;

const cache = process.env.VIGIE_CACHE ?? path.join(tmpdir(), "vigie-coast");
mkdirSync(cache, { recursive: true });
const run = (command, args) => execFileSync(command, args, { cwd: cache, stdio: ["ignore", "pipe", "inherit"] });
const cached = (pattern) => readdirSync(cache).find((name) => pattern.test(name));

function seaMap() {
  const archive = () => cached(/^geo-maps-earth-seas-10m-.*\.tgz$/);
  if (!archive()) run("npm", ["pack", "--silent", SEAS]);
  const hash = createHash("sha512")
    .update(readFileSync(path.join(cache, archive())))
    .digest("base64");
  if (hash !== SEAS_SHA512)
    throw new Error(`${SEAS}: the archive is not the one this script was written for (${hash})`);
  if (!existsSync(path.join(cache, "package"))) run("tar", ["xzf", archive()]);
  return JSON.parse(readFileSync(path.join(cache, "package", "map.geo.json"), "utf8"));
}

function reliefFile() {
  const archive = () => cached(/^ferret-datasets_.*\.deb$/);
  if (!archive()) run("apt-get", ["download", "-q", "ferret-datasets"]);
  if (!existsSync(path.join(cache, "ferret"))) run("dpkg", ["-x", archive(), "ferret"]);
  return readFileSync(path.join(cache, "ferret", "usr/share/ferret-vis/data/etopo5.cdf"));
}

const toInteger = ([lonDeg, latDeg]) => ({ x: Math.round(lonDeg * PER_DEG), y: Math.round(latDeg * PER_DEG) });
const toPosition = ({ x, y }) => ({ latitudeDeg: y / PER_DEG, longitudeDeg: x / PER_DEG });

/** Land is what the box holds besides sea: a tree of outlines with their holes, islands in holes being outlines again. */
function landOf(map) {
  const corner = (lonDeg, latDeg) => toInteger([lonDeg, latDeg]);
  const low = corner(BOX.westDeg, BOX.southDeg);
  const high = corner(BOX.eastDeg, BOX.northDeg);
  const polygons = map.geometries.flatMap((geometry) =>
    geometry.type === "MultiPolygon" ? geometry.coordinates : [geometry.coordinates],
  );
  const touches = (ring) =>
    ring.some(([x]) => x >= BOX.westDeg) &&
    ring.some(([x]) => x <= BOX.eastDeg) &&
    ring.some(([, y]) => y >= BOX.southDeg) &&
    ring.some(([, y]) => y <= BOX.northDeg);
  // A margin keeps the clipper's own cut away from ours: the difference below makes the final edge.
  const around = Rect64Utils.create(low.x - 1000, low.y - 1000, high.x + 1000, high.y + 1000);
  const seas = rectClip(
    around,
    polygons
      .flat()
      .filter(touches)
      .map((ring) => ring.slice(0, -1).map(toInteger)),
  );
  const clipper = new Clipper64();
  clipper.addSubject([[low, { x: high.x, y: low.y }, high, { x: low.x, y: high.y }]]);
  clipper.addClip(seas);
  const tree = new PolyTree64();
  clipper.execute(ClipType.Difference, FillRule.EvenOdd, tree);
  const land = [];
  const children = (node) => Array.from({ length: node.count }, (_, i) => node.child(i));
  const collect = (outline) => {
    const holes = children(outline);
    land.push({ outline: outline.poly.map(toPosition), holes: holes.map((hole) => hole.poly.map(toPosition)) });
    for (const hole of holes) for (const island of children(hole)) collect(island);
  };
  for (const outline of children(tree)) collect(outline);
  return land;
}

/** ETOPO5 at its own grid of 5 arc minutes, one row and column beyond the box on every side. */
function reliefOf(bytes) {
  const reader = new NetCDFReader(bytes);
  const heights = reader.getDataVariable("ROSE");
  const PER_ROW = 4320;
  const STEPS = 12;
  const firstColumn = Math.floor(BOX.westDeg * STEPS);
  const lastColumn = Math.ceil(BOX.eastDeg * STEPS);
  const firstRow = Math.floor((BOX.southDeg + 90) * STEPS);
  const lastRow = Math.ceil((BOX.northDeg + 90) * STEPS);
  const heightsM = [];
  for (let row = firstRow; row <= lastRow; row++) {
    for (let column = firstColumn; column <= lastColumn; column++) {
      heightsM.push(Math.round(heights[row * PER_ROW + column]));
    }
  }
  return {
    source: "ETOPO5 (NOAA, 1988), 5 arc minutes, from Debian ferret-datasets; backdrop only",
    westDeg: firstColumn / STEPS,
    southDeg: firstRow / STEPS - 90,
    stepDeg: 1 / STEPS,
    columns: lastColumn - firstColumn + 1,
    rows: lastRow - firstRow + 1,
    heightsM,
  };
}

const land = landOf(seaMap());
const document = {
  attribution: "© OpenStreetMap contributors",
  source: `OpenStreetMap coastline by way of npm ${SEAS}; harbour moles drawn by hand`,
  licence: "ODbL-1.0",
  date: "2017-11-30",
  error: { medianM: 43, p90M: 118, worstM: 466 },
  box: BOX,
  land,
  harbours: harboursOn(land),
  relief: reliefOf(reliefFile()),
};
const text = `${JSON.stringify(document)}\n`;
writeFileSync(new URL("channel.json", import.meta.url), text);
const corners = land.reduce((sum, area) => sum + area.outline.length + area.holes.flat().length, 0);
console.log(
  `channel.json: ${text.length} bytes, ${land.length} land areas, ${corners} corners, ${document.harbours.length} harbours`,
);
