/* eslint-disable id-denylist -- MAVLink's own field names (lat, alt, yaw, heading) are written here and nowhere else */
import { RAD_PER_DEG, wrap180, wrap360 } from "../../src/geo/angles.js";
import { ellipsoidFromAmslM } from "../../src/geo/geoid.js";
import { prearmReasons } from "../autopilot/arming.js";
import { homeOf } from "../autopilot/autopilotState.js";
import { bearingDegOf } from "../autopilot/guidance.js";
import { firstSeqOf } from "../autopilot/navCommands.js";
import { isRecentPx4 } from "../flavour.js";
import type { Telemetry } from "../autopilot/streams.js";
import type { WireMessage } from "./mavlinkCodec.js";
import { heartbeat } from "./telemetryHeartbeat.js";
import { PX4_BUILDERS, extendedSysState } from "./telemetryPx4.js";
import { version } from "./telemetryVersion.js";
import { bootMs, bootUs, degE7, headingCdeg, headingDegOf, mm, placeOf, type TelemetryView } from "./telemetryView.js";

export type { TelemetryView } from "./telemetryView.js";

// MAV_SYS_STATUS_SENSOR bits this aircraft has.
const SENSORS = {
  // gyro, accelerometer, compass, barometer; rate, attitude, yaw, height, position control; motors; AHRS; battery
  always: 0x1 | 0x2 | 0x4 | 0x8 | 0x400 | 0x800 | 0x1000 | 0x2000 | 0x4000 | 0x8000 | 0x200000 | 0x2000000,
  gps: 0x20,
  prearm: 0x10000000,
} as const;

function sysStatus(view: TelemetryView): WireMessage {
  const { boot } = view.autopilot;
  const present = SENSORS.always | SENSORS.gps | SENSORS.prearm;
  const isReady = prearmReasons(view.autopilot).length === 0;
  return {
    name: "SYS_STATUS",
    fields: {
      onboardControlSensorsPresent: present,
      onboardControlSensorsEnabled: present,
      onboardControlSensorsHealth: SENSORS.always | (boot.hasFix ? SENSORS.gps : 0) | (isReady ? SENSORS.prearm : 0),
      load: 120,
      voltageBattery: Math.round(view.battery.voltageV * 1000),
      currentBattery: Math.round(view.battery.currentA * 100),
      batteryRemaining: Math.round(view.remainingFraction * 100),
    },
  };
}

function batteryStatus(view: TelemetryView): WireMessage {
  const { voltageV, currentA, usedMah } = view.battery;
  const unused = Array<number>(9).fill(65535);
  return {
    name: "BATTERY_STATUS",
    fields: {
      temperature: 32767,
      voltages: [Math.round(voltageV * 1000), ...unused],
      voltagesExt: [0, 0, 0, 0],
      currentBattery: Math.round(currentA * 100),
      currentConsumed: Math.round(usedMah),
      // hectojoules, at the nominal 3.7 V a cell
      energyConsumed: Math.round((usedMah / 1000) * 3600 * 22.2 * 0.01),
      batteryRemaining: Math.round(view.remainingFraction * 100),
      chargeState: view.autopilot.failsafes.battery === "none" ? 1 : view.autopilot.failsafes.battery === "low" ? 2 : 3,
    },
  };
}

function course(view: TelemetryView): number {
  const { eastMps, northMps } = view.autopilot.sensed.motion;
  return wrap360(Math.atan2(eastMps, northMps) / RAD_PER_DEG);
}

function gpsRaw(view: TelemetryView): WireMessage {
  const { boot, sensed } = view.autopilot;
  if (!boot.hasFix)
    return { name: "GPS_RAW_INT", fields: { fixType: 1, eph: 65535, epv: 65535, vel: 65535, cog: 65535 } };
  const { motion } = sensed;
  const place = placeOf(view, motion);
  const { horizontalM, verticalM, attitudeDeg } = view.navigation;
  return {
    name: "GPS_RAW_INT",
    fields: {
      timeUsec: bootUs(view),
      fixType: 3,
      lat: degE7(place.latitudeDeg),
      lon: degE7(place.longitudeDeg),
      alt: mm(view.originAmslM + motion.upM),
      altEllipsoid: mm(ellipsoidFromAmslM(place, view.originAmslM + motion.upM)),
      eph: 80,
      epv: 120,
      vel: Math.round(Math.hypot(motion.eastMps, motion.northMps) * 100),
      cog: Math.round(course(view) * 100) % 36000,
      satellitesVisible: 17,
      hAcc: Math.max(20, mm(horizontalM)),
      vAcc: Math.max(30, mm(verticalM)),
      velAcc: 100,
      hdgAcc: Math.round(attitudeDeg * 1e5),
    },
  };
}

function globalPosition(view: TelemetryView): WireMessage {
  const { boot, sensed } = view.autopilot;
  const { motion } = sensed;
  const timeBootMs = bootMs(view);
  // Without a position fix a real autopilot sends 0, 0; stations must handle that.
  if (!boot.hasPosition) return { name: "GLOBAL_POSITION_INT", fields: { timeBootMs, hdg: headingCdeg(view) } };
  const place = placeOf(view, motion);
  return {
    name: "GLOBAL_POSITION_INT",
    fields: {
      timeBootMs,
      lat: degE7(place.latitudeDeg),
      lon: degE7(place.longitudeDeg),
      alt: mm(view.originAmslM + motion.upM),
      relativeAlt: mm(motion.upM - homeOf(view.autopilot).upM),
      vx: Math.round(motion.northMps * 100),
      vy: Math.round(motion.eastMps * 100),
      vz: Math.round(-motion.climbRateMps * 100),
      hdg: headingCdeg(view),
    },
  };
}

function localPosition(view: TelemetryView): WireMessage | undefined {
  if (!view.autopilot.boot.hasPosition) return undefined;
  const { motion } = view.autopilot.sensed;
  return {
    name: "LOCAL_POSITION_NED",
    fields: {
      timeBootMs: bootMs(view),
      x: motion.northM,
      y: motion.eastM,
      z: -motion.upM,
      vx: motion.northMps,
      vy: motion.eastMps,
      vz: -motion.climbRateMps,
    },
  };
}

function attitude(view: TelemetryView): WireMessage {
  return {
    name: "ATTITUDE",
    fields: {
      timeBootMs: bootMs(view),
      roll: view.attitude.rollRad,
      pitch: view.attitude.pitchRad,
      yaw: wrap180(headingDegOf(view)) * RAD_PER_DEG,
      rollspeed: view.rates.rollRadps,
      pitchspeed: view.rates.pitchRadps,
      yawspeed: view.rates.yawRadps,
    },
  };
}

function simState(view: TelemetryView): WireMessage {
  const place = placeOf(view, view.truth);
  const { rollRad, pitchRad, yawNedRad } = view.truth.attitude;
  return {
    name: "SIMSTATE",
    fields: {
      roll: rollRad,
      pitch: pitchRad,
      yaw: yawNedRad,
      zacc: -9.80665,
      xgyro: view.rates.rollRadps,
      ygyro: view.rates.pitchRadps,
      zgyro: view.rates.yawRadps,
      lat: degE7(place.latitudeDeg),
      lng: degE7(place.longitudeDeg),
    },
  };
}

function vfrHud(view: TelemetryView): WireMessage {
  const { motion } = view.autopilot.sensed;
  return {
    name: "VFR_HUD",
    fields: {
      airspeed: view.autopilot.sensed.airSpeedMps,
      groundspeed: Math.hypot(motion.eastMps, motion.northMps),
      heading: Math.floor(headingDegOf(view)),
      throttle: Math.round(view.thrustFraction * 100),
      alt: view.originAmslM + motion.upM,
      climb: motion.climbRateMps,
    },
  };
}

/**
 * ArduPilot does not count its home item and has no plan ids; PX4 1.14 sends only `seq` (recordings: all other fields are 0,
 * "unknown"); 1.15 counts all items and sends the plans' ids.
 */
function missionCurrent({ autopilot }: TelemetryView): WireMessage {
  const { mission, run, mode, isPaused, flavour } = autopilot;
  if (flavour.autopilot === "px4" && !isRecentPx4(flavour))
    return { name: "MISSION_CURRENT", fields: { seq: run.seq } };
  const phases = { stopped: 2, running: isPaused ? 4 : 3, complete: 5 } as const;
  const total = Math.max(0, mission.items.length - firstSeqOf(flavour));
  const hasMission = total > 0;
  return {
    name: "MISSION_CURRENT",
    fields: {
      seq: run.seq,
      total,
      missionState: hasMission ? phases[run.phase] : 1,
      missionMode: hasMission ? (mode.role === "mission" ? 1 : 2) : 0,
      missionId: mission.ids.mission,
      fenceId: mission.ids.fence,
      rallyPointsId: mission.ids.rally,
    },
  };
}

function navController(view: TelemetryView): WireMessage {
  const { guidance, sensed } = view.autopilot;
  const { motion } = sensed;
  const target = guidance?.target ?? motion;
  const rangeM = Math.hypot(target.eastM - motion.eastM, target.northM - motion.northM);
  const bearing = Math.round(wrap180(rangeM > 0.5 ? bearingDegOf(motion, target) : headingDegOf(view)));
  return {
    name: "NAV_CONTROLLER_OUTPUT",
    fields: {
      navRoll: view.attitude.rollRad / RAD_PER_DEG,
      navPitch: view.attitude.pitchRad / RAD_PER_DEG,
      navBearing: bearing,
      targetBearing: bearing,
      wpDist: Math.min(65535, Math.round(rangeM)),
      aspdError: (guidance?.wing?.airSpeedMps ?? sensed.airSpeedMps) - sensed.airSpeedMps,
      altError: target.upM - motion.upM,
    },
  };
}

function homePosition(view: TelemetryView): WireMessage | undefined {
  const { home } = view.autopilot;
  if (!home) return undefined;
  const place = placeOf(view, home);
  return {
    name: "HOME_POSITION",
    fields: {
      latitude: degE7(place.latitudeDeg),
      longitude: degE7(place.longitudeDeg),
      altitude: mm(view.originAmslM + home.upM),
      x: home.northM,
      y: home.eastM,
      z: -home.upM,
      q: [NaN, NaN, NaN, NaN],
      timeUsec: bootUs(view),
    },
  };
}

/** Gimbal attitude with yaw from the nose (flags: roll lock, pitch lock, yaw in vehicle frame), as ArduPilot sends it. */
function gimbal(view: TelemetryView): WireMessage {
  const pitch = (view.gimbal.pitchDeg * RAD_PER_DEG) / 2;
  const yaw = (view.gimbal.yawOffsetDeg * RAD_PER_DEG) / 2;
  const q = [
    Math.cos(yaw) * Math.cos(pitch),
    -Math.sin(yaw) * Math.sin(pitch),
    Math.cos(yaw) * Math.sin(pitch),
    Math.sin(yaw) * Math.cos(pitch),
  ];
  return {
    name: "GIMBAL_DEVICE_ATTITUDE_STATUS",
    fields: {
      timeBootMs: bootMs(view),
      flags: 4 | 8 | 32 | (view.autopilot.gimbal.pointing.from === "north" ? 16 : 0),
      q,
      angularVelocityX: NaN,
      angularVelocityY: NaN,
      angularVelocityZ: NaN,
      deltaYaw: NaN,
      deltaYawVelocity: NaN,
      gimbalDeviceId: 1,
    },
  };
}

function wind({ wind: { eastMps, northMps } }: TelemetryView): WireMessage {
  const fromDeg = wrap180(Math.atan2(-eastMps, -northMps) / RAD_PER_DEG);
  return { name: "WIND", fields: { direction: fromDeg, speed: Math.hypot(eastMps, northMps), speedZ: 0 } };
}

/** ESTIMATOR flags: attitude, velocities and positions valid; 1024 = no position yet. */
function ekf({ autopilot, navigation }: TelemetryView): WireMessage {
  if (!autopilot.boot.hasPosition) return { name: "EKF_STATUS_REPORT", fields: { flags: 1024 } };
  const spread = Math.min(0.5, 0.01 + navigation.horizontalM / 50);
  return {
    name: "EKF_STATUS_REPORT",
    fields: {
      flags: 831,
      velocityVariance: spread / 2,
      posHorizVariance: spread,
      posVertVariance: spread / 2,
      compassVariance: 0.02,
    },
  };
}

const BUILDERS: Readonly<Record<Telemetry, (view: TelemetryView) => WireMessage | undefined>> = {
  HEARTBEAT: heartbeat,
  SYS_STATUS: sysStatus,
  BATTERY_STATUS: batteryStatus,
  GPS_RAW_INT: gpsRaw,
  MISSION_CURRENT: missionCurrent,
  NAV_CONTROLLER_OUTPUT: navController,
  GLOBAL_POSITION_INT: globalPosition,
  LOCAL_POSITION_NED: localPosition,
  ATTITUDE: attitude,
  SIMSTATE: simState,
  VFR_HUD: vfrHud,
  SYSTEM_TIME: (view) => ({
    name: "SYSTEM_TIME",
    fields: {
      timeUnixUsec: view.autopilot.boot.hasFix ? BigInt(Math.round(view.unixTimeUs)) : 0n,
      timeBootMs: bootMs(view),
    },
  }),
  WIND: wind,
  EKF_STATUS_REPORT: ekf,
  GIMBAL_DEVICE_ATTITUDE_STATUS: gimbal,
  TIMESYNC: (view) => ({ name: "TIMESYNC", fields: { tc1: 0n, ts1: BigInt(Math.round(view.sinceBootMs * 1e6)) } }),
  HOME_POSITION: homePosition,
  AUTOPILOT_VERSION: version,
  EXTENDED_SYS_STATE: extendedSysState,
  ...PX4_BUILDERS,
};

/** One telemetry message from `view`; undefined while its data does not exist (no home, no position yet). */
export function telemetryMessage(name: Telemetry, view: TelemetryView): WireMessage | undefined {
  return BUILDERS[name](view);
}
