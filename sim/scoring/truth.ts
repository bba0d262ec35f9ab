/** The truth of a sortie as the simulator writes it, and what it says of each actor over time. */

/** One line of `--truth` (DESIGN.md 7), one a second for each actor. */
export type TruthLine = {
  readonly unixTimeUs: number;
  readonly id: string;
  readonly class: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly lengthM: number;
  readonly inFov: boolean;
  /** Since when its middle, and all of it, has been in the picture; absent while it is not. */
  readonly inFovSinceUs?: number;
  readonly wholeSinceUs?: number;
};

/** Lines of one actor are this far apart. */
const LINE_US = 1_000_000;

export type Actor = { readonly id: string; readonly class: string; readonly lines: readonly TruthLine[] };

export function actorsFrom(truth: readonly TruthLine[]): readonly Actor[] {
  const byId = new Map<string, TruthLine[]>();
  for (const line of truth) byId.set(line.id, [...(byId.get(line.id) ?? []), line]);
  return [...byId].map(([id, lines]) => ({
    id,
    class: lines[0]?.class ?? "unknown",
    lines: lines.sort((a, b) => a.unixTimeUs - b.unixTimeUs),
  }));
}

/** Longest unbroken stay in the picture, counted from the lines (one a second). */
export function longestStayS(actor: Actor): number {
  let longestS = 0;
  let sinceUs: number | undefined;
  for (const line of actor.lines) {
    sinceUs = line.inFov ? (sinceUs ?? line.inFovSinceUs ?? line.unixTimeUs) : undefined;
    if (sinceUs !== undefined) longestS = Math.max(longestS, (line.unixTimeUs - sinceUs) / 1e6);
  }
  return longestS;
}

/** Where the actor was at that time, between its two nearest lines. */
export function placeAt(
  actor: Actor,
  unixTimeUs: number,
): { readonly latitudeDeg: number; readonly longitudeDeg: number } | undefined {
  const after = actor.lines.findIndex((line) => line.unixTimeUs >= unixTimeUs);
  const b = actor.lines[after === -1 ? actor.lines.length - 1 : after];
  const a = actor.lines[Math.max(0, (after === -1 ? actor.lines.length : after) - 1)];
  if (!a || !b) return undefined;
  const spanUs = b.unixTimeUs - a.unixTimeUs;
  const t = spanUs > 0 ? Math.min(1, Math.max(0, (unixTimeUs - a.unixTimeUs) / spanUs)) : 0;
  return {
    latitudeDeg: a.latitudeDeg + t * (b.latitudeDeg - a.latitudeDeg),
    longitudeDeg: a.longitudeDeg + t * (b.longitudeDeg - a.longitudeDeg),
  };
}

/**
 * Since when all of the actor had been in the picture at that time (before all of it is in, nobody can say what it is);
 * microseconds, or undefined when it was not, or not wholly, in the picture.
 */
export function wholeSinceUs(actor: Actor, unixTimeUs: number): number | undefined {
  // The newest that fits: it may have left the picture and come back within the second that lines are apart.
  return actor.lines.findLast(
    (line) =>
      line.wholeSinceUs !== undefined && line.wholeSinceUs <= unixTimeUs && line.unixTimeUs >= unixTimeUs - LINE_US,
  )?.wholeSinceUs;
}

/** Whether the actor's middle was out of the picture at some moment between these two, both ends included. */
export function hasLeftBetween(actor: Actor, fromUs: number, untilUs: number): boolean {
  const isWithin = (unixTimeUs: number): boolean => unixTimeUs >= fromUs && unixTimeUs <= untilUs;
  // Out and in again within a second leaves no line without it, but a stay that begins anew.
  return actor.lines.some(
    (line) =>
      (!line.inFov && isWithin(line.unixTimeUs)) || (line.inFovSinceUs !== undefined && isWithin(line.inFovSinceUs)),
  );
}
