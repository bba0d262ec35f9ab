import type { AircraftView } from "../../aircraftView.js";
import type { Point } from "../../autopilot/guidance.js";
import type { ReceivedCommand } from "../commands.js";

const ROI_NONE = 197;
const LEGACY_ROI = 201;
/** MAV_ROI_LOCATION, the only kind of DO_SET_ROI with a place in it. */
const LEGACY_LOCATION = 3;
const ABOVE_SEA: readonly number[] = [0, 5];

const isEnd = (command: number, kind: number): boolean =>
  command === ROI_NONE || (command === LEGACY_ROI && kind !== LEGACY_LOCATION);

/**
 * The position in a DO_SET_ROI command, metres from the navigation origin; undefined when it cancels the ROI, "bad" when invalid. A
 * COMMAND_LONG's height is above home on ArduPilot and AMSL on PX4.
 */
export function roiPlace(
  { command, form, frame, params }: ReceivedCommand,
  view: AircraftView,
): Point | undefined | "bad" {
  const [kind, , , , x, y, z] = params;
  if (isEnd(command, kind)) return undefined;
  const [latitudeDeg, longitudeDeg] = form === "int" ? [x / 1e7, y / 1e7] : [x, y];
  // ArduPilot treats an all-zero position as "cancel the ROI".
  if (latitudeDeg === 0 && longitudeDeg === 0) return undefined;
  if (!(Math.abs(latitudeDeg) <= 90 && Math.abs(longitudeDeg) <= 180)) return "bad";
  const isAboveSea = form === "int" ? ABOVE_SEA.includes(frame) : view.flavour.autopilot === "px4";
  const homeUpM = view.autopilot().home?.upM ?? 0;
  const { eastM, northM } = view.frame.toEnu({ latitudeDeg, longitudeDeg }, 0);
  return { eastM, northM, upM: isAboveSea ? z - view.originAmslM : homeUpM + z };
}
