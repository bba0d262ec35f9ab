/**
 * Harbour moles, drawn by hand from general knowledge of the ports (light positions to about a second of arc), because
 * the open data gets them wrong. APPROXIMATE, not for navigation: always shown as such.
 * A line runs from the root on the shore to the head, [latitude, longitude]; `detached` ones stand in the sea.
 */
import { Clipper, EndType, JoinType } from "clipper2-ts";

const HARBOURS = [
  {
    name: "Dieppe",
    moles: [
      {
        widthM: 20,
        line: [
          [49.9352, 1.0829],
          [49.93783, 1.08268],
        ],
      },
      {
        widthM: 20,
        line: [
          [49.9353, 1.0862],
          [49.9362, 1.0845],
        ],
      },
    ],
  },
  {
    name: "Boulogne",
    moles: [
      {
        widthM: 30,
        line: [
          [50.7252, 1.5642],
          [50.7265, 1.5622],
          [50.733, 1.5622],
          [50.7407, 1.5677],
        ],
      },
      {
        widthM: 20,
        line: [
          [50.7385, 1.593],
          [50.741, 1.585],
          [50.7452, 1.5712],
        ],
      },
    ],
  },
  {
    name: "Calais",
    moles: [
      {
        widthM: 20,
        line: [
          [50.9709, 1.8531],
          [50.97326, 1.8408],
        ],
      },
      {
        widthM: 20,
        line: [
          [50.9669, 1.8456],
          [50.97082, 1.84],
        ],
      },
    ],
  },
  {
    name: "Gravelines",
    moles: [
      {
        widthM: 15,
        line: [
          [51.0033, 2.1081],
          [51.01567, 2.09149],
        ],
      },
      {
        widthM: 15,
        line: [
          [51.0058, 2.1099],
          [51.01555, 2.09398],
        ],
      },
    ],
  },
  {
    name: "Dunkirk",
    moles: [
      {
        widthM: 20,
        line: [
          [51.0541, 2.3624],
          [51.0598, 2.3533],
        ],
      },
      {
        widthM: 20,
        line: [
          [51.0533, 2.3595],
          [51.0604, 2.3492],
        ],
      },
    ],
  },
  {
    name: "Dover",
    moles: [
      {
        widthM: 25,
        line: [
          [51.1163, 1.3108],
          [51.113, 1.3178],
          [51.1114, 1.3278],
        ],
      },
      {
        widthM: 20,
        detached: true,
        line: [
          [51.113, 1.33],
          [51.1173, 1.3405],
          [51.1205, 1.3433],
        ],
      },
      {
        widthM: 25,
        line: [
          [51.1267, 1.343],
          [51.1218, 1.3434],
        ],
      },
    ],
  },
  {
    name: "Folkestone",
    moles: [
      {
        widthM: 20,
        line: [
          [51.0786, 1.1866],
          [51.0775, 1.1905],
          [51.076, 1.1948],
        ],
      },
    ],
  },
];

const M_PER_DEG = 111_200;
// A root further than this from the data's shore is a mistake in the table above, not a rough coast.
const ROOT_LIMIT_M = 150;
const ROOT_INLAND_M = 25;

export const harboursOn = (land) =>
  HARBOURS.map(({ name, moles }) => ({
    name,
    isApproximate: true,
    moles: moles.map((mole) => moleArea(name, mole, land)),
  }));

function moleArea(name, { line, widthM, detached }, land) {
  const [latDeg, lonDeg] = line[0];
  const east = Math.cos((latDeg * Math.PI) / 180) * M_PER_DEG;
  const toMetres = ([y, x]) => ({ x: (x - lonDeg) * east, y: (y - latDeg) * M_PER_DEG });
  const points = line.map(toMetres);
  if (!detached) points.unshift(...rootOnShore(name, points[0], land, toMetres));
  const centimetres = points.map(({ x, y }) => ({ x: Math.round(x * 100), y: Math.round(y * 100) }));
  const [area] = Clipper.inflatePaths([centimetres], (widthM / 2) * 100, JoinType.Miter, EndType.Butt);
  const round = (value) => Math.round(value * 1e6) / 1e6;
  return area.map(({ x, y }) => ({
    latitudeDeg: round(latDeg + y / 100 / M_PER_DEG),
    longitudeDeg: round(lonDeg + x / 100 / east),
  }));
}

/** Where the mole meets the data's land: nothing when the root lies on it, else the nearest shore and a step inland. */
function rootOnShore(name, root, land, toMetres) {
  let best = { m: Infinity, point: root };
  let isInside = false;
  for (const { outline } of land) {
    const ring = outline.map((p) => toMetres([p.latitudeDeg, p.longitudeDeg]));
    ring.forEach((a, i) => {
      const b = ring[(i + 1) % ring.length];
      if (a.y > root.y !== b.y > root.y && root.x < ((b.x - a.x) * (root.y - a.y)) / (b.y - a.y) + a.x)
        isInside = !isInside;
      const [dx, dy] = [b.x - a.x, b.y - a.y];
      const t = Math.min(1, Math.max(0, ((root.x - a.x) * dx + (root.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
      const point = { x: a.x + t * dx, y: a.y + t * dy };
      const m = Math.hypot(point.x - root.x, point.y - root.y);
      if (m < best.m) best = { m, point };
    });
  }
  console.log(`${name}: root ${isInside ? "on land" : `${best.m.toFixed(0)} m off the data's shore`}`);
  if (isInside) return [];
  if (best.m > ROOT_LIMIT_M) throw new Error(`${name}: the root of a mole lies ${best.m.toFixed(0)} m from land`);
  const step = best.m > 1 ? ROOT_INLAND_M / best.m : 0;
  const { x, y } = best.point;
  return [{ x: x + (x - root.x) * step, y: y + (y - root.y) * step }];
}
