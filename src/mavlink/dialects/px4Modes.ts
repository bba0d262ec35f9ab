import type { AirframeKind, FlightMode } from "../../vehicle/vehicleState.js";
import { modeNameIn, namesIn } from "./modeList.js";

/** PX4's `custom_mode`: main mode in byte 2, sub mode in byte 3 (src/modules/commander/px4_custom_mode.h). */
export const px4Mode = (main: number, sub = 0): number => ((main << 16) | (sub << 24)) >>> 0;
export const mainOf = (customMode: number): number => (customMode >>> 16) & 0xff;
export const subOf = (customMode: number): number => customMode >>> 24;

export const PX4_MODE = {
  orbit: px4Mode(3, 1),
  takeoff: px4Mode(4, 2),
  hold: px4Mode(4, 3),
  mission: px4Mode(4, 4),
  returnHome: px4Mode(4, 5),
  land: px4Mode(4, 6),
  vtolTakeoff: px4Mode(4, 10),
} as const;

const selectable = (name: string, main: number, sub = 0): FlightMode => ({
  customMode: px4Mode(main, sub),
  name,
  isSelectable: true,
});
const seenOnly = (name: string, main: number, sub = 0): FlightMode => ({
  ...selectable(name, main, sub),
  isSelectable: false,
});

// Names as in the user guide, in capitals like all mode names in this station.
const FOR_ALL: readonly FlightMode[] = [
  selectable("MANUAL", 1),
  selectable("ALTITUDE", 2),
  selectable("POSITION", 3),
  selectable("ACRO", 5),
  selectable("STABILIZED", 7),
  selectable("TAKEOFF", 4, 2),
  selectable("HOLD", 4, 3),
  selectable("MISSION", 4, 4),
  selectable("RETURN", 4, 5),
  selectable("LAND", 4, 6),
  seenOnly("READY", 4, 1),
  // Needs a companion computer that streams setpoints: setting it from here would be refused, or worse.
  seenOnly("OFFBOARD", 6),
  seenOnly("TERMINATION", 10),
];
const FOR_ROTORS: readonly FlightMode[] = [
  selectable("POSITION SLOW", 3, 2),
  // Entered by DO_ORBIT, which gives the centre: it cannot be set as a mode.
  seenOnly("ORBIT", 3, 1),
  selectable("FOLLOW", 4, 8),
  selectable("PRECLAND", 4, 9),
];
const FOR_VTOLS: readonly FlightMode[] = [seenOnly("VTOL TAKEOFF", 4, 10)];

const FOR_EVERY_KIND: readonly FlightMode[] = [...FOR_ALL, ...FOR_ROTORS, ...FOR_VTOLS];

export const PX4_MODES: Readonly<Record<AirframeKind, readonly FlightMode[]>> = {
  copter: [...FOR_ALL, ...FOR_ROTORS],
  plane: FOR_ALL,
  vtol: FOR_EVERY_KIND,
  other: FOR_EVERY_KIND,
};

/** The numbers are the same on every airframe. */
export const PX4_NAMES = namesIn(FOR_EVERY_KIND);
export const px4ModeName = (customMode: number): string => modeNameIn(PX4_NAMES, customMode);
