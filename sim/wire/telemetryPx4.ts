/* eslint-disable id-denylist -- MAVLink's own field names (lat, alt, yaw) are written here and nowhere else */
import { homeOf } from "../autopilot/autopilotState.js";
import type { Telemetry } from "../autopilot/streams.js";
import type { Attitude, Lift } from "../airframe/airframeState.js";
import type { WireMessage } from "./mavlinkCodec.js";
import { bootUs, degE7, mm, placeOf, type TelemetryView } from "./telemetryView.js";

/** MAV_VTOL_STATE: 1 to the wing, 2 to the rotors, 3 rotors, 4 wing. */
const VTOL_STATE: Readonly<Record<Lift, number>> = { "to-wing": 1, "to-rotor": 2, rotor: 3, wing: 4 };

/** MAV_LANDED_STATE: 1 ground, 2 air, 3 taking off, 4 landing. */
function landedState({ autopilot }: TelemetryView): number {
  const { sensed, task } = autopilot;
  if (sensed.isOnGround) return 1;
  if (task?.kind === "take-off") return 3;
  return task?.kind === "land" || task?.kind === "glide" ? 4 : 2;
}

/** ArduPilot sends this only on request, PX4 as a stream. Copter and plane have VTOL state 0 (undefined). */
export function extendedSysState(view: TelemetryView): WireMessage {
  const { flavour, sensed } = view.autopilot;
  const vtolState = flavour.airframe === "vtol" ? VTOL_STATE[sensed.lift] : 0;
  return { name: "EXTENDED_SYS_STATE", fields: { vtolState, landedState: landedState(view) } };
}

/** ESTIMATOR_STATUS_FLAGS: attitude, velocities, absolute and predicted positions; before a fix only attitude and height. */
function estimatorStatus(view: TelemetryView): WireMessage {
  const { autopilot, navigation } = view;
  const spread = Math.min(0.5, 0.01 + navigation.horizontalM / 50);
  return {
    name: "ESTIMATOR_STATUS",
    fields: {
      timeUsec: bootUs(view),
      flags: autopilot.boot.hasPosition ? 1 | 2 | 4 | 16 | 32 | 256 | 512 : 1 | 4 | 32,
      velRatio: spread / 2,
      posHorizRatio: spread,
      posVertRatio: spread / 2,
      magRatio: 0.02,
      posHorizAccuracy: Math.max(0.2, navigation.horizontalM),
      posVertAccuracy: Math.max(0.3, navigation.verticalM),
    },
  };
}

function quaternionOf({ rollRad, pitchRad, yawNedRad }: Attitude): readonly [number, number, number, number] {
  const [cr, sr] = [Math.cos(rollRad / 2), Math.sin(rollRad / 2)];
  const [cp, sp] = [Math.cos(pitchRad / 2), Math.sin(pitchRad / 2)];
  const [cy, sy] = [Math.cos(yawNedRad / 2), Math.sin(yawNedRad / 2)];
  return [
    cr * cp * cy + sr * sp * sy,
    sr * cp * cy - cr * sp * sy,
    cr * sp * cy + sr * cp * sy,
    cr * cp * sy - sr * sp * cy,
  ];
}

/** The true state. A real PX4 does not send this message; ours does, so that a station recognises a simulation (README). */
function simState(view: TelemetryView): WireMessage {
  const { truth } = view;
  const { rollRad, pitchRad, yawNedRad } = truth.attitude;
  const { latitudeDeg, longitudeDeg } = placeOf(view, truth);
  const [q1, q2, q3, q4] = quaternionOf(truth.attitude);
  return {
    name: "SIM_STATE",
    fields: {
      q1,
      q2,
      q3,
      q4,
      roll: rollRad,
      pitch: pitchRad,
      yaw: yawNedRad,
      zacc: -9.80665,
      lat: latitudeDeg,
      lon: longitudeDeg,
      alt: view.originAmslM + truth.upM,
      vn: truth.northMps,
      ve: truth.eastMps,
      vd: -truth.climbRateMps,
      latInt: degE7(latitudeDeg),
      lonInt: degE7(longitudeDeg),
    },
  };
}

/** PX4's ground-truth stream in its own simulation. */
function groundTruth(view: TelemetryView): WireMessage {
  const { truth, rates } = view;
  const { latitudeDeg, longitudeDeg } = placeOf(view, truth);
  const airCmps = Math.round(view.autopilot.sensed.airSpeedMps * 100);
  return {
    name: "HIL_STATE_QUATERNION",
    fields: {
      timeUsec: bootUs(view),
      attitudeQuaternion: quaternionOf(truth.attitude),
      rollspeed: rates.rollRadps,
      pitchspeed: rates.pitchRadps,
      yawspeed: rates.yawRadps,
      lat: degE7(latitudeDeg),
      lon: degE7(longitudeDeg),
      alt: mm(view.originAmslM + truth.upM),
      vx: Math.round(truth.northMps * 100),
      vy: Math.round(truth.eastMps * 100),
      vz: Math.round(-truth.climbRateMps * 100),
      indAirspeed: airCmps,
      trueAirspeed: airCmps,
    },
  };
}

function heights(view: TelemetryView): WireMessage | undefined {
  const { autopilot, originAmslM } = view;
  if (!autopilot.boot.hasPosition) return undefined;
  const { upM } = autopilot.sensed.motion;
  return {
    name: "ALTITUDE",
    fields: {
      timeUsec: bootUs(view),
      altitudeMonotonic: originAmslM + upM,
      altitudeAmsl: originAmslM + upM,
      altitudeLocal: upM,
      altitudeRelative: upM - homeOf(autopilot).upM,
      altitudeTerrain: NaN,
      bottomClearance: NaN,
    },
  };
}

function windCov(view: TelemetryView): WireMessage {
  const { wind, originAmslM, autopilot } = view;
  return {
    name: "WIND_COV",
    fields: {
      timeUsec: bootUs(view),
      windX: wind.northMps,
      windY: wind.eastMps,
      windZ: 0,
      varHoriz: 0.25,
      varVert: 0.25,
      windAlt: originAmslM + autopilot.sensed.motion.upM,
      horizAccuracy: 0.5,
      vertAccuracy: 0.5,
    },
  };
}

type Builder = (view: TelemetryView) => WireMessage | undefined;
type Px4Telemetry = Extract<
  Telemetry,
  "ESTIMATOR_STATUS" | "SIM_STATE" | "HIL_STATE_QUATERNION" | "ALTITUDE" | "WIND_COV"
>;

/** Messages only a PX4 sends. */
export const PX4_BUILDERS: Readonly<Record<Px4Telemetry, Builder>> = {
  ESTIMATOR_STATUS: estimatorStatus,
  SIM_STATE: simState,
  HIL_STATE_QUATERNION: groundTruth,
  ALTITUDE: heights,
  WIND_COV: windCov,
};
