/** Flight phases, the modes a vehicle offers, its fence, and HIGH_LATENCY2, the one message of a satellite link. */
import type { VehicleEventBody } from "../vehicle/events.js";
import type { FlightPhase } from "../vehicle/vehicleState.js";
import { positionFromE7 } from "./decodeMotion.js";
import { modeNameOf } from "./dialects/modeNames.js";
import { px4Mode, px4ModeName } from "./dialects/px4Modes.js";
import { identityFrom, MAV_AUTOPILOT_INVALID } from "./identity.js";
import { modeTableFor } from "./modeTable.js";
import type { MessageFields } from "./messageFields.js";
import { known } from "./sentinels.js";

// MAV_LANDED_STATE and MAV_VTOL_STATE: https://mavlink.io/en/messages/common.html#MAV_LANDED_STATE
const LANDED: Readonly<Record<number, FlightPhase["landed"]>> = {
  1: "ground",
  2: "air",
  3: "taking-off",
  4: "landing",
};
const VTOL: Readonly<Record<number, FlightPhase["vtol"]>> = {
  1: "to-forward",
  2: "to-hover",
  3: "hover",
  4: "forward",
};

export function flightPhaseFrom(fields: MessageFields["EXTENDED_SYS_STATE"]): readonly VehicleEventBody[] {
  const landedState = known("EXTENDED_SYS_STATE.landed_state", fields.landed_state);
  const vtolState = known("EXTENDED_SYS_STATE.vtol_state", fields.vtol_state);
  return [
    {
      kind: "flight-phase",
      phase: {
        landed: landedState === undefined ? undefined : LANDED[landedState],
        vtol: vtolState === undefined ? undefined : VTOL[vtolState],
      },
    },
  ];
}

export const fenceFrom = (fields: MessageFields["FENCE_STATUS"]): readonly VehicleEventBody[] => [
  { kind: "fence", fence: { isBreached: fields.breach_status !== 0, countOfBreaches: fields.breach_count } },
];

/** MAV_MODE_PROPERTY_NOT_USER_SELECTABLE */
const NOT_SELECTABLE = 2;
/**
 * PX4 leaves the name of a standard mode empty (streams/AVAILABLE_MODES.hpp): its name is then found by its number in
 * our mode table. ArduPilot names every mode.
 */
export function availableModeFrom(fields: MessageFields["AVAILABLE_MODES"]): readonly VehicleEventBody[] {
  const { number_modes: countOfModes, mode_index: index, custom_mode: customMode } = fields;
  if (index === 0 || index > countOfModes) return [];
  const reported = fields.mode_name.trim();
  const isSelectable = (fields.properties & NOT_SELECTABLE) === 0;
  const mode = { customMode, name: reported === "" ? px4ModeName(customMode) : reported, isSelectable };
  return [{ kind: "offered-mode", mode, index, countOfModes }];
}

export const modesVersionFrom = (fields: MessageFields["AVAILABLE_MODES_MONITOR"]): readonly VehicleEventBody[] => [
  { kind: "modes-version", modesVersion: fields.seq },
];

const MODE_FLAG_SAFETY_ARMED = 128;
const UINT8 = 0xff;

/**
 * `custom_mode` has 16 bits here: PX4 sends only the upper half of its mode. ArduPilot puts its base mode, which has
 * the armed bit, into custom0.
 */
export function highLatencyFrom(fields: MessageFields["HIGH_LATENCY2"]): readonly VehicleEventBody[] {
  if (fields.autopilot === MAV_AUTOPILOT_INVALID) return [];
  const identity = identityFrom(fields.autopilot, fields.type);
  const isPx4 = identity.autopilot === "px4";
  const customMode = isPx4 ? px4Mode(fields.custom_mode & UINT8, fields.custom_mode >>> 8) : fields.custom_mode;
  const reportsArmed = identity.autopilot === "ardupilot";
  const batteryPercent = known("HIGH_LATENCY2.battery", fields.battery);
  return [
    {
      kind: "high-latency",
      identity,
      summary: {
        customMode,
        modeName: modeNameOf(identity.autopilot, identity.airframe, customMode, identity.mavType),
        isArmed: reportsArmed ? (fields.custom0 & MODE_FLAG_SAFETY_ARMED) !== 0 : undefined,
        position: positionFromE7(fields.latitude, fields.longitude),
        altitudeAmslM: fields.altitude,
        headingDeg: fields.heading * 2,
        groundSpeedMps: fields.groundspeed / 5,
        airSpeedMps: fields.airspeed / 5,
        climbRateMps: fields.climb_rate / 10,
        throttleFraction: fields.throttle / 100,
        batteryFraction: batteryPercent === undefined ? undefined : batteryPercent / 100,
        missionSeq: known("HIGH_LATENCY2.wp_num", fields.wp_num),
      },
    },
    modeTableFor(identity),
  ];
}
