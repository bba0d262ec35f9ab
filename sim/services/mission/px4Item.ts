import { MISSION_RESULT, type Accepted, type StoredItem, type WireItem } from "../../autopilot/missionItem.js";
import { FENCE_CMD } from "./ardupilotFence.js";
import type { ItemForm, PlanName } from "./plan.js";

type Params = WireItem["params"];
const RELATIVE: readonly number[] = [3, 6];
const GLOBAL: readonly number[] = [0, 5];
const FRAME_MISSION = 2;

const radPerDegFloat = Math.fround(Math.PI / 180);
const degPerRadFloat = Math.fround(180 / Math.PI);
const turnFloat = Math.fround(2 * Math.PI);

/** Stored in radians 0..2π as float and returned in degrees: -90 comes back as about 270; NaN is kept. */
function storedDirection(givenDeg: number): number {
  const rad = Math.fround(Math.fround(givenDeg) * radPerDegFloat);
  const wrapped = rad >= 0 && rad < turnFloat ? rad : Math.fround(rad - turnFloat * Math.floor(rad / turnFloat));
  return Math.fround(wrapped * degPerRadFloat);
}
const flag = (value: number): number => (value > 0 ? 1 : 0);

const direction = ([, , , p4]: Params): Params => [0, 0, 0, storedDirection(p4)];
const nothing = (): Params => [0, 0, 0, 0];
const firstOnly = ([p1]: Params): Params => [p1, 0, 0, 0];

/** Which of param1..4 are kept, for commands with a position; commands not listed are unsupported. */
const AT_A_PLACE: Readonly<Record<number, (params: Params) => Params>> = {
  16: ([p1, p2, , p4]) => [p1, p2, 0, storedDirection(p4)],
  17: ([, , p3, p4]) => [0, 0, p3, storedDirection(p4)],
  19: ([p1, p2, p3, p4]) => [p1, flag(p2), p3, flag(p4)],
  21: ([, p2, , p4]) => [0, p2, 0, storedDirection(p4)],
  22: direction,
  31: ([p1, p2, , p4]) => [flag(p1), p2, 0, flag(p4)],
  84: direction,
  85: direction,
  195: nothing,
  4501: nothing,
  [FENCE_CMD.returnPoint]: nothing,
  [FENCE_CMD.vertexInclusion]: ([p1]) => [Math.trunc(p1 + 0.5), 0, 0, 0],
  [FENCE_CMD.vertexExclusion]: ([p1]) => [Math.trunc(p1 + 0.5), 0, 0, 0],
  [FENCE_CMD.circleInclusion]: firstOnly,
  [FENCE_CMD.circleExclusion]: firstOnly,
  [FENCE_CMD.rallyPoint]: nothing,
};

/** Commands without a position (frame 2, MISSION): all params are kept. */
const ANYWHERE: readonly number[] = [
  20, 80, 93, 112, 114, 177, 178, 179, 189, 197, 200, 201, 203, 204, 205, 206, 211, 214, 260, 400, 530, 531, 532, 534,
  1000, 1001, 2000, 2001, 2003, 2500, 2501, 3000, 42600, 187,
];

function isFor(name: PlanName, command: number): boolean {
  const isFence = command >= FENCE_CMD.returnPoint && command <= FENCE_CMD.circleExclusion;
  if (name === "fence") return isFence;
  if (name === "rally") return command === FENCE_CMD.rallyPoint;
  return !isFence && command !== FENCE_CMD.rallyPoint;
}

const float4 = ([p1, p2, p3, p4]: Params): Params => [
  Math.fround(p1),
  Math.fround(p2),
  Math.fround(p3),
  Math.fround(p4),
];

/**
 * Accepts an item as PX4 does, or returns the MAV_MISSION_RESULT for refusing it. Only global frames and 2; heights are floats and not
 * rounded. Source: MavlinkMissionManager::parse_mavlink_mission_item.
 */
export function acceptPx4Item(wire: WireItem, name: PlanName): Accepted {
  const { frame, command } = wire;
  const zM = Math.fround(wire.zM);
  if (frame === FRAME_MISSION) {
    if (!ANYWHERE.includes(command) || name !== "mission") return { refusal: MISSION_RESULT.unsupported };
    // Params 5 and 6 are stored as floats: integers beyond 2^24 lose their last digits.
    const [xDegE7, yDegE7] = [Math.fround(wire.xDegE7), Math.fround(wire.yDegE7)];
    return { item: { frame, command, params: float4(wire.params), xDegE7, yDegE7, zM } };
  }
  if (!RELATIVE.includes(frame) && !GLOBAL.includes(frame)) return { refusal: MISSION_RESULT.unsupportedFrame };
  const kept = AT_A_PLACE[command];
  if (!kept) return { refusal: MISSION_RESULT.unsupported };
  const params = float4(kept(float4(wire.params)));
  // Items of another list type, and polygons of fewer than three vertices, are refused only when stored.
  const isTooFew = command <= FENCE_CMD.vertexExclusion && command >= FENCE_CMD.vertexInclusion && params[0] < 3;
  if (!isFor(name, command) || isTooFew) return { refusal: MISSION_RESULT.error };
  const stored: StoredItem = {
    frame: RELATIVE.includes(frame) ? 3 : 0,
    command,
    params,
    xDegE7: wire.xDegE7,
    yDegE7: wire.yDegE7,
    zM,
  };
  return { item: stored };
}

/**
 * The item as returned: the frame follows the requested message form; for fences and rally points "relative" is lost (recordings: a
 * rally point sent in frame 3 comes back in frame 5 with the same height).
 */
export function px4ItemSent(stored: StoredItem, name: PlanName, form: ItemForm): StoredItem {
  if (stored.frame === FRAME_MISSION) return stored;
  const isRelative = stored.frame === 3 && name === "mission";
  if (form === "float") return { ...stored, frame: isRelative ? 3 : 0 };
  return { ...stored, frame: isRelative ? 6 : 5 };
}
