import type { VehicleState } from "../vehicleState.js";
import { isAirborne } from "./airborne.js";
import { needsSticks } from "./mission.js";

/** A throttle stick below this is at its bottom: in a manual mode the motors would idle. 1000 to 2000 µs is the whole way. */
const THROTTLE_BOTTOM_US = 1200;
/** RC_CHANNELS is asked for once a second; older than this it tells of sticks that were. */
const STICKS_COUNT_MS = 3000;

/** A pilot's sticks are heard by the aircraft now, with the throttle off its bottom. Unknown is "no". */
function hasSticks({ sticks, lastReceivedMonoMs }: VehicleState): boolean {
  if (!sticks || lastReceivedMonoMs - sticks.receivedAtMonoMs > STICKS_COUNT_MS) return false;
  const { throttleUs } = sticks.value;
  return throttleUs !== undefined && throttleUs > THROTTLE_BOTTOM_US;
}

/** In the air a mode flown by sticks is refused while the aircraft receives none: it would fall. */
export const lacksSticks = (vehicle: VehicleState, customMode: number): boolean =>
  needsSticks(vehicle, customMode) && isAirborne(vehicle) && !hasSticks(vehicle);
