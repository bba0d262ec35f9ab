import type { AutopilotState } from "../autopilot/autopilotState.js";
import type { FlightMode } from "../autopilot/modes.js";
import type { Flavour } from "../flavour.js";
import type { WireMessage } from "./mavlinkCodec.js";
import type { TelemetryView } from "./telemetryView.js";

/** MAV_TYPE: QuadPlane as VTOL quadrotor (Q_MAV_TYPE), PX4's standard VTOL as 22. */
const MAV_TYPE: Readonly<Record<Flavour["autopilot"], Readonly<Record<Flavour["airframe"], number>>>> = {
  ardupilot: { copter: 2, plane: 1, vtol: 20 },
  px4: { copter: 2, plane: 1, vtol: 22 },
};
const MAV_AUTOPILOT = { ardupilot: 3, px4: 12 } as const;

// MAV_MODE_FLAG
const CUSTOM = 1;
const AUTO = 4;
const GUIDED = 8;
const STABILIZE = 16;
const MANUAL = 64;
const ARMED = 128;

/** ArduPilot sets the "guided" flag in modes that fly by themselves. */
const ardupilotFlags = (mode: FlightMode): number =>
  CUSTOM | STABILIZE | MANUAL | (mode.role === "manual" || mode.role === "level" ? 0 : GUIDED);

/** PX4's get_mavlink_mode: auto modes are auto + stabilised + guided, stick modes say manual. */
function px4Flags(mode: FlightMode): number {
  if (mode.needsSticks !== true) return CUSTOM | AUTO | STABILIZE | GUIDED;
  if (mode.role === "hold") return CUSTOM | MANUAL | STABILIZE | GUIDED;
  return CUSTOM | MANUAL | (mode.name === "Manual" ? 0 : STABILIZE);
}

function systemStatus({ isArmed, failsafes, sensed, flavour }: AutopilotState): number {
  if (isArmed && (failsafes.isGcsLost || failsafes.battery !== "none")) return 5;
  if (sensed.nowMs < 2000) return 1;
  // ArduPilot is STANDBY until it has left the ground, armed or not (seen in recordings); PX4 is ACTIVE once armed.
  const isActive = isArmed && (flavour.autopilot === "px4" || !sensed.isOnGround);
  return isActive ? 4 : 3;
}

export function heartbeat({ autopilot }: TelemetryView): WireMessage {
  const { mode, isArmed, flavour } = autopilot;
  const flags = flavour.autopilot === "px4" ? px4Flags(mode) : ardupilotFlags(mode);
  return {
    name: "HEARTBEAT",
    fields: {
      type: MAV_TYPE[flavour.autopilot][flavour.airframe],
      autopilot: MAV_AUTOPILOT[flavour.autopilot],
      baseMode: flags | (isArmed ? ARMED : 0),
      customMode: mode.customMode,
      systemStatus: systemStatus(autopilot),
      mavlinkVersion: 3,
    },
  };
}
