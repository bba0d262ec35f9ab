import { unwrapped, wrapLongitudeDeg } from "./longitudes.js";
import type { Position } from "./position.js";

/** About a centimetre. Both halves come from the same cut, so their ends agree closely. */
const SAME_DEG = 1e-7;

type Outline = readonly Position[];

/**
 * Joins areas that were split at the antimeridian (RFC 7946 3.1.9); areas that do not meet there stay apart. Outlines are not
 * closed.
 */
export function joinedAt180(outlines: readonly Outline[]): readonly Outline[] {
  const left = outlines.map((outline) => anticlockwise(unwrapped(outline, 180)));
  for (;;) {
    const pair = joinablePair(left);
    if (!pair) break;
    left.splice(pair.second, 1);
    left[pair.first] = pair.joined;
  }
  if (left.length === outlines.length) return outlines;
  return left.map((outline) =>
    outline.map(({ latitudeDeg, longitudeDeg }) => ({ latitudeDeg, longitudeDeg: wrapLongitudeDeg(longitudeDeg) })),
  );
}

function joinablePair(outlines: readonly Outline[]) {
  for (let first = 0; first < outlines.length; first++) {
    for (let second = first + 1; second < outlines.length; second++) {
      const joined = joinedPair(outlines[first] ?? [], outlines[second] ?? []);
      if (joined) return { first, second, joined };
    }
  }
  return undefined;
}

/** Both outlines run anticlockwise, so the shared cut is traversed in opposite directions by the two. */
function joinedPair(one: Outline, other: Outline): Outline | undefined {
  for (const [i, from] of one.entries()) {
    const to = one[(i + 1) % one.length];
    if (!to || !isOnCut(from) || !isOnCut(to)) continue;
    const j = other.findIndex((start, at) => isSame(start, to) && isSame(other[(at + 1) % other.length], from));
    if (j < 0) continue;
    // From the end of the cut all around the first, then all around the second; the cut's two end points are used once.
    return [...rotatedTo(one, i + 1), ...rotatedTo(other, j + 1).slice(1, -1)];
  }
  return undefined;
}

const isOnCut = ({ longitudeDeg }: Position): boolean => Math.abs(longitudeDeg - 180) <= SAME_DEG;

const isSame = (one: Position | undefined, other: Position): boolean =>
  one !== undefined &&
  Math.abs(one.latitudeDeg - other.latitudeDeg) <= SAME_DEG &&
  Math.abs(one.longitudeDeg - other.longitudeDeg) <= SAME_DEG;

const rotatedTo = (outline: Outline, start: number): Outline => {
  const at = start % outline.length;
  return [...outline.slice(at), ...outline.slice(0, at)];
};

function anticlockwise(outline: Outline): Outline {
  let doubled = 0;
  for (const [i, { latitudeDeg, longitudeDeg }] of outline.entries()) {
    const next = outline[(i + 1) % outline.length];
    if (next) doubled += longitudeDeg * next.latitudeDeg - next.longitudeDeg * latitudeDeg;
  }
  return doubled < 0 ? [...outline].reverse() : outline;
}
