import { RAD_PER_DEG } from "../angles.js";
import { geodesicDistanceM } from "../geodesic.js";
import type { Position } from "../position.js";
import type { TideCoast, TideDocument, TidePort } from "./tideDocument.js";

/** A port that has a part in the tide of a place. */
export type PortShare = {
  readonly port: TidePort;
  /** From 0 to 1; the shares of a place add up to 1. */
  readonly share: number;
  readonly distanceM: number;
};

/** Further from the nearest port the tide is unknown. Between two ports of this coast no place is that far. */
export const TIDE_REACH_M = 60_000;
const M_PER_DEG = 111_200;

/**
 * The ports whose tide holds at a position, the one with the larger share first: those of the nearer coast, between two ports
 * both in proportion to the way along that coast, beyond the last one alone. Undefined out of reach.
 */
export function portsNear({ coasts, ports }: TideDocument, position: Position): readonly PortShare[] | undefined {
  let [coast, best]: [TideCoast | undefined, Foot] = [undefined, { offM: Infinity, alongM: 0 }];
  for (const one of coasts) {
    const foot = footOn(one.line, position);
    if (foot.offM < best.offM) [coast, best] = [one, foot];
  }
  if (!coast) return undefined;
  const { id, line } = coast;
  const along = ports
    .filter((port) => port.coast === id)
    .map((port) => ({ port, alongM: footOn(line, port.position).alongM }))
    .sort((a, b) => a.alongM - b.alongM);
  const before = along.findLast(({ alongM }) => alongM <= best.alongM);
  const after = along.find(({ alongM }) => alongM > best.alongM);
  const share = before && after ? (best.alongM - before.alongM) / (after.alongM - before.alongM) : before ? 0 : 1;
  const shares = [
    ...(before && share < 1 ? [{ port: before.port, share: 1 - share }] : []),
    ...(after && share > 0 ? [{ port: after.port, share }] : []),
  ]
    .map((one) => ({ ...one, distanceM: geodesicDistanceM(one.port.position, position) }))
    .sort((a, b) => b.share - a.share);
  return shares.some(({ distanceM }) => distanceM <= TIDE_REACH_M) ? shares : undefined;
}

/** Where on a line a position lies: how far from it, and how far along it from its start. */
type Foot = { readonly offM: number; readonly alongM: number };

function footOn(line: readonly Position[], position: Position): Foot {
  // An equirectangular plane around the position: within a percent over the few hundred kilometres of a coast.
  const eastM = Math.cos(position.latitudeDeg * RAD_PER_DEG) * M_PER_DEG;
  const points = line.map(({ latitudeDeg, longitudeDeg }) => ({
    x: (longitudeDeg - position.longitudeDeg) * eastM,
    y: (latitudeDeg - position.latitudeDeg) * M_PER_DEG,
  }));
  let best: Foot = { offM: Infinity, alongM: 0 };
  let passedM = 0;
  points.slice(1).forEach((to, i) => {
    const from = points[i] ?? to;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const lengthM = Math.hypot(dx, dy);
    const part = lengthM > 0 ? Math.min(1, Math.max(0, -(from.x * dx + from.y * dy) / lengthM ** 2)) : 0;
    const offM = Math.hypot(from.x + part * dx, from.y + part * dy);
    if (offM < best.offM) best = { offM, alongM: passedM + part * lengthM };
    passedM += lengthM;
  });
  return best;
}
