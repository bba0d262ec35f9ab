import earcut from "earcut";
import type { CoastDocument } from "../../../src/geo/coastDocument.js";
import type { Position } from "../../../src/geo/position.js";
import type { SceneFrame } from "../sceneFrame.js";

/** Triangles on the ground: x, y, z triples and indices into them. */
export type FlatMesh = { readonly positions: Float32Array; readonly indices: Uint32Array };
/** A ring in scene metres, x then y; not closed. */
export type Ring = readonly number[];

export const ringOf = (frame: SceneFrame, positions: readonly Position[]): Ring =>
  positions.flatMap((position) => {
    const { eastM, northM } = frame.pointOf(position);
    return [eastM, northM];
  });

/** Every land area as triangles at `heightM`, holes cut out. The line is used as it is, without simplification. */
export function buildLandMesh(frame: SceneFrame, areas: CoastDocument["land"], heightM: number): FlatMesh {
  const parts = areas.map((area) => triangulate([area.outline, ...area.holes].map((ring) => ringOf(frame, ring))));
  return mergeFlat(parts, heightM);
}

/** Moles and quays, as areas standing `heightM` above the sea. */
export function buildMolesMesh(frame: SceneFrame, harbours: CoastDocument["harbours"], heightM: number): FlatMesh {
  const parts = harbours.flatMap(({ moles }) => moles.map((mole) => triangulate([ringOf(frame, mole)])));
  return mergeFlat(parts, heightM);
}

type Flat = { readonly xy: readonly number[]; readonly indices: readonly number[] };

function triangulate(rings: readonly Ring[]): Flat {
  const xy = rings.flat();
  const holes: number[] = [];
  let countOfVertices = 0;
  for (const ring of rings.slice(0, -1)) {
    countOfVertices += ring.length / 2;
    holes.push(countOfVertices);
  }
  return { xy, indices: earcut(xy, holes) };
}

function mergeFlat(parts: readonly Flat[], heightM: number): FlatMesh {
  const positions: number[] = [];
  const indices: number[] = [];
  for (const part of parts) {
    const first = positions.length / 3;
    for (let i = 0; i < part.xy.length; i += 2) positions.push(part.xy[i] ?? 0, part.xy[i + 1] ?? 0, heightM);
    for (const index of part.indices) indices.push(first + index);
  }
  return { positions: new Float32Array(positions), indices: new Uint32Array(indices) };
}

/** The waterline as separate segments (x, y, z twice each); edges that lie along the data's own box are not shore. */
export function buildWaterline(frame: SceneFrame, coast: CoastDocument, heightM: number): Float32Array {
  const out: number[] = [];
  for (const area of coast.land) {
    for (const ring of [area.outline, ...area.holes]) {
      ring.forEach((from, i) => {
        const to = ring[(i + 1) % ring.length];
        if (!to || isAlongBox(coast.box, from, to)) return;
        const a = frame.pointOf(from);
        const b = frame.pointOf(to);
        out.push(a.eastM, a.northM, heightM, b.eastM, b.northM, heightM);
      });
    }
  }
  return new Float32Array(out);
}

// The data's clipping to its bounding box leaves corners on the box, exact to the coordinate resolution.
const ON_BOX_DEG = 1e-5;

function isAlongBox(box: CoastDocument["box"], from: Position, to: Position): boolean {
  const bothOn = (a: number, b: number, edge: number): boolean =>
    Math.abs(a - edge) < ON_BOX_DEG && Math.abs(b - edge) < ON_BOX_DEG;
  return (
    bothOn(from.longitudeDeg, to.longitudeDeg, box.westDeg) ||
    bothOn(from.longitudeDeg, to.longitudeDeg, box.eastDeg) ||
    bothOn(from.latitudeDeg, to.latitudeDeg, box.southDeg) ||
    bothOn(from.latitudeDeg, to.latitudeDeg, box.northDeg)
  );
}

/** A ring as separate segments at one height, closed: for outlines drawn with thick lines. */
export function ringSegments(ring: Ring, heightM: number): number[] {
  const out: number[] = [];
  for (let i = 0; i < ring.length; i += 2) {
    const j = (i + 2) % ring.length;
    out.push(ring[i] ?? 0, ring[i + 1] ?? 0, heightM, ring[j] ?? 0, ring[j + 1] ?? 0, heightM);
  }
  return out;
}
