/**
 * A fence as mission items, the same for ArduPilot and PX4: https://mavlink.io/en/services/mission.html#geofence-plan
 * Each vertex of a polygon is one item that holds the polygon's number of vertices; heights are unused.
 */
import { CMD } from "../../plan/missionCommands.js";
import type { Fence, FenceCircle, FencePolygon } from "../../plan/fence.js";
import type { Position } from "../../geo/position.js";
import type { WireMissionItem } from "../protocols/mission/missionWire.js";

const VERTEX = { inclusion: 5001, exclusion: 5002 } as const;
const CIRCLE = { inclusion: 5003, exclusion: 5004 } as const;
const FRAME_GLOBAL = 0;

const toE7 = (degrees: number): number => Math.round(degrees * 1e7);

type Entry = { readonly command: number; readonly first: number; readonly position: Position };

/** `seq` from 0; polygons first, then circles, then the return point: the order that ground stations have in common. */
export function fenceToWire({ polygons, circles, breachReturn }: Fence): readonly WireMissionItem[] {
  const entries: Entry[] = [
    ...polygons.flatMap(({ isInclusion, corners }) =>
      corners.map((position) => ({
        command: isInclusion ? VERTEX.inclusion : VERTEX.exclusion,
        first: corners.length,
        position,
      })),
    ),
    ...circles.map(({ isInclusion, centre, radiusM }) => ({
      command: isInclusion ? CIRCLE.inclusion : CIRCLE.exclusion,
      first: radiusM,
      position: centre,
    })),
    ...(breachReturn ? [{ command: CMD.fenceReturnPoint, first: 0, position: breachReturn.position }] : []),
  ];
  return entries.map(({ command, first, position }, seq) => ({
    seq,
    frame: FRAME_GLOBAL,
    command,
    current: 0,
    autocontinue: 1,
    params: [first, 0, 0, 0],
    x: toE7(position.latitudeDeg),
    y: toE7(position.longitudeDeg),
    z: 0,
  }));
}

const placeOf = ({ x, y }: WireMissionItem): Position => ({ latitudeDeg: x / 1e7, longitudeDeg: y / 1e7 });

/** The fence in a read-back. An incomplete polygon has the vertices that were there; unknown commands are ignored. */
export function fenceFromWire(items: readonly WireMissionItem[]): Fence {
  const polygons: FencePolygon[] = [];
  const circles: FenceCircle[] = [];
  let breachReturn: Fence["breachReturn"];
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (!item) break;
    const { command, params } = item;
    if (command === VERTEX.inclusion || command === VERTEX.exclusion) {
      const corners = verticesFrom(items, i);
      polygons.push({ isInclusion: command === VERTEX.inclusion, corners });
      i += corners.length - 1;
    } else if (command === CIRCLE.inclusion || command === CIRCLE.exclusion) {
      circles.push({ isInclusion: command === CIRCLE.inclusion, centre: placeOf(item), radiusM: params[0] });
    } else if (command === CMD.fenceReturnPoint) {
      breachReturn = { position: placeOf(item), heightM: item.z };
    }
  }
  return { polygons, circles, breachReturn };
}

function verticesFrom(items: readonly WireMissionItem[], start: number): readonly Position[] {
  const first = items[start];
  if (!first) return [];
  const count = Math.max(1, Math.round(first.params[0]));
  const run = items.slice(start, start + count);
  const end = run.findIndex(({ command, params }) => command !== first.command || params[0] !== first.params[0]);
  return (end < 0 ? run : run.slice(0, end)).map(placeOf);
}
