import { MISSION_RESULT, type Accepted, type StoredItem, type WireItem } from "../../autopilot/missionItem.js";

/** MAV_CMD_NAV_FENCE_* and MAV_CMD_NAV_RALLY_POINT. */
export const FENCE_CMD = {
  returnPoint: 5000,
  vertexInclusion: 5001,
  vertexExclusion: 5002,
  circleInclusion: 5003,
  circleExclusion: 5004,
  rallyPoint: 5100,
} as const;

const GLOBAL_FRAMES: readonly number[] = [0, 3, 5, 6, 10, 11];
const isOnEarth = ({ xDegE7, yDegE7 }: StoredItem): boolean => Math.abs(xDegE7) <= 90e7 && Math.abs(yDegE7) <= 180e7;
const isVertex = ({ command }: StoredItem): boolean =>
  command === FENCE_CMD.vertexInclusion || command === FENCE_CMD.vertexExclusion;

/** Only position, vertex count (a byte) or radius are kept; frame and height are returned as 0. */
export function acceptFenceItem(wire: WireItem): Accepted {
  if (!GLOBAL_FRAMES.includes(wire.frame)) return { refusal: MISSION_RESULT.unsupportedFrame };
  if (wire.command < FENCE_CMD.returnPoint || wire.command > FENCE_CMD.circleExclusion) {
    return { refusal: MISSION_RESULT.unsupported };
  }
  const { command, xDegE7, yDegE7 } = wire;
  const vertices = Math.trunc(wire.params[0]) & 0xff;
  const first = isVertex(wire) ? vertices : command === FENCE_CMD.returnPoint ? 0 : Math.fround(wire.params[0]);
  return { item: { frame: 0, command, params: [first, 0, 0, 0], xDegE7, yDegE7, zM: 0 } };
}

/** True when the vertices of every polygon are complete and consecutive, at least three, and every circle has a radius. */
export function isWholeFence(items: readonly StoredItem[]): boolean {
  for (let i = 0; i < items.length;) {
    const item = items[i];
    if (!item || !isOnEarth(item)) return false;
    if (!isVertex(item)) {
      if (item.command !== FENCE_CMD.returnPoint && !(item.params[0] > 0)) return false;
      i++;
      continue;
    }
    const count = item.params[0];
    const polygon = items.slice(i, i + count);
    const isWhole =
      polygon.length === count && polygon.every((v) => v.command === item.command && v.params[0] === count);
    if (count < 3 || !isWhole || !polygon.every(isOnEarth)) return false;
    i += count;
  }
  return true;
}

/** Heights are kept as whole metres above home; all other fields but the position are dropped. */
export function acceptRallyItem(wire: WireItem): Accepted {
  if (wire.command !== FENCE_CMD.rallyPoint) return { refusal: MISSION_RESULT.unsupported };
  if (wire.frame !== 3 && wire.frame !== 6) return { refusal: MISSION_RESULT.unsupportedFrame };
  if (Math.abs(wire.xDegE7) > 90e7) return { refusal: MISSION_RESULT.invalidParam5 };
  if (Math.abs(wire.yDegE7) > 180e7) return { refusal: MISSION_RESULT.invalidParam6 };
  if (!(Math.abs(wire.zM) <= 32767)) return { refusal: MISSION_RESULT.invalidParam7 };
  const { command, xDegE7, yDegE7 } = wire;
  return { item: { frame: 3, command, params: [0, 0, 0, 0], xDegE7, yDegE7, zM: Math.trunc(wire.zM) } };
}
