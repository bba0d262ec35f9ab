import type { VehicleState } from "../vehicleState.js";
import { isAirborne } from "./airborne.js";
import { needsSticks } from "./mission.js";

/**
 * A throttle stick below this is at its bottom: in a manual mode the motors would idle. The range is 1000 to 2000 µs.
 */
const THROTTLE_BOTTOM_US = 1200;
/** RC_CHANNELS is requested once a second; an older one no longer describes the present. */
const STICKS_COUNT_MS = 3000;

/** True when the aircraft receives a pilot's radio now, with the throttle above its bottom. Unknown counts as no. */
function hasSticks({ sticks, lastReceivedMonoMs }: VehicleState): boolean {
  if (!sticks || lastReceivedMonoMs - sticks.receivedAtMonoMs > STICKS_COUNT_MS) return false;
  const { throttleUs } = sticks.value;
  return throttleUs !== undefined && throttleUs > THROTTLE_BOTTOM_US;
}

/** True when the aircraft is in the air without a radio and the mode is flown by sticks: it would fall. */
export const lacksSticks = (vehicle: VehicleState, customMode: number): boolean =>
  needsSticks(vehicle, customMode) && isAirborne(vehicle) && !hasSticks(vehicle);
