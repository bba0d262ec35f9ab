import { RAD_PER_DEG } from "../../src/geo/angles.js";
import { WING } from "../airframe/fixedWing.js";
import type { Flavour } from "../flavour.js";
import type { Limits } from "./guidance.js";
import type { Params } from "./params.js";
import type { WingLimits } from "./wingGuidance.js";

/** The value of a parameter; `fallback` is the autopilot's own default, for tables that do not carry it. */
export function paramOf(params: Params, name: string, fallback: number): number {
  const table: Readonly<Record<string, number | undefined>> = params;
  return table[name] ?? fallback;
}

/** Flight settings that each autopilot has under its own parameter names and units. */
type Settings = {
  readonly hover: Limits;
  readonly wing: WingLimits;
  /** Speed of a return, where it has a parameter of its own; undefined means cruise speed. */
  readonly returnMps: number | undefined;
  /** Above home. */
  readonly returnHeightM: number;
  readonly returnWaitMs: number;
  /** PX4: the return height near home is limited by a cone of this half-angle, but not below `descendHeightM`. */
  readonly returnCone: { readonly halfAngleDeg: number; readonly descendHeightM: number } | undefined;
  readonly circleRadiusM: number;
  /** Above home, for a take-off without a height. */
  readonly takeOffHeightM: number;
  /** Seconds until disarming: at rest after a landing, and armed on the ground without a take-off. */
  readonly landedDisarmS: number;
  readonly idleDisarmS: number;
};

/** Lower limit of the demanded air speed for any parameters: below it the wing would stall in a turn. */
export const SLOWEST_WING_MPS = 1.2 * WING.stallMps;

/** Steepest bank with a tenth of lift in reserve: the load factor 1/cos φ is limited to (v / stall)². */
export const steepestBankRad = (airSpeedMps: number): number =>
  Math.acos(Math.min(1, (1.1 * WING.stallMps) / airSpeedMps) ** 2);

type Read = (name: string, fallback: number) => number;

function copterSettings(read: Read): Settings {
  return {
    hover: {
      groundSpeedMps: read("WPNAV_SPEED", 1000) / 100,
      climbMps: read("WPNAV_SPEED_UP", 250) / 100,
      descendMps: read("WPNAV_SPEED_DN", 150) / 100,
      landMps: read("LAND_SPEED", 50) / 100,
      landSlowBelowM: read("LAND_ALT_LOW", 1000) / 100,
      waypointRadiusM: read("WPNAV_RADIUS", 200) / 100,
    },
    wing: planeWing(read),
    returnMps: read("RTL_SPEED", 0) > 0 ? read("RTL_SPEED", 0) / 100 : undefined,
    returnHeightM: read("RTL_ALT", 1500) / 100,
    returnWaitMs: read("RTL_LOIT_TIME", 5000),
    returnCone: undefined,
    circleRadiusM: read("CIRCLE_RADIUS", 1000) / 100,
    takeOffHeightM: 0,
    landedDisarmS: 1,
    idleDisarmS: read("DISARM_DELAY", 10),
  };
}

function planeWing(read: Read): WingLimits {
  return {
    airSpeedMps: Math.max(SLOWEST_WING_MPS, read("AIRSPEED_CRUISE", 18)),
    climbMps: read("TECS_CLMB_MAX", 5),
    sinkMps: read("TECS_SINK_MAX", 5),
    bankRad: read("ROLL_LIMIT_DEG", 45) * RAD_PER_DEG,
    acceptanceM: read("WP_RADIUS", 90),
    loiterRadiusM: Math.max(10, Math.abs(read("WP_LOITER_RAD", 60))),
    flareHeightM: read("LAND_FLARE_ALT", 3),
  };
}

/** Plane and QuadPlane; hover settings come from the Q_ parameters. */
function planeSettings(read: Read): Settings {
  return {
    hover: {
      groundSpeedMps: read("Q_WP_SPEED", 500) / 100,
      climbMps: read("Q_WP_SPEED_UP", 250) / 100,
      descendMps: read("Q_WP_SPEED_DN", 150) / 100,
      landMps: read("Q_LAND_FINAL_SPD", 0.5),
      landSlowBelowM: read("Q_LAND_FINAL_ALT", 6),
      waypointRadiusM: 2,
    },
    wing: planeWing(read),
    returnMps: undefined,
    returnHeightM: read("RTL_ALTITUDE", 100),
    returnWaitMs: 0,
    returnCone: undefined,
    circleRadiusM: Math.max(10, Math.abs(read("RTL_RADIUS", 0)) || Math.abs(read("WP_LOITER_RAD", 60))),
    takeOffHeightM: read("TKOFF_ALT", 50),
    landedDisarmS: read("LAND_DISARMDELAY", 20),
    // An armed plane that does not take off stays armed: ArduPlane disarms only after a landing.
    idleDisarmS: 0,
  };
}

function px4Settings(read: Read): Settings {
  return {
    hover: {
      groundSpeedMps: read("MPC_XY_CRUISE", 5),
      climbMps: read("MPC_Z_V_AUTO_UP", 3),
      descendMps: read("MPC_Z_V_AUTO_DN", 1.5),
      landMps: read("MPC_LAND_SPEED", 0.7),
      landSlowBelowM: read("MPC_LAND_ALT2", 5),
      // NAV_ACC_RAD is 10 m, but when stopping at a point the multicopter position controller still flies all the way.
      waypointRadiusM: Math.min(2, read("NAV_ACC_RAD", 10)),
    },
    wing: {
      airSpeedMps: Math.max(SLOWEST_WING_MPS, read("FW_AIRSPD_TRIM", 15)),
      climbMps: read("FW_T_CLMB_MAX", 5),
      sinkMps: read("FW_T_SINK_MAX", 5),
      bankRad: read("FW_R_LIM", 50) * RAD_PER_DEG,
      // At higher speeds the lateral guidance switches legs earlier than NAV_ACC_RAD.
      acceptanceM: Math.max(30, read("NAV_ACC_RAD", 10)),
      loiterRadiusM: Math.max(10, Math.abs(read("NAV_LOITER_RAD", 80))),
      flareHeightM: read("FW_LND_FLALT", 0.5) + 2,
    },
    returnMps: undefined,
    returnHeightM: read("RTL_RETURN_ALT", 60),
    returnWaitMs: Math.max(0, read("RTL_LAND_DELAY", 0.5)) * 1000,
    returnCone: { halfAngleDeg: read("RTL_CONE_ANG", 45), descendHeightM: read("RTL_DESCEND_ALT", 30) },
    circleRadiusM: Math.max(10, Math.abs(read("NAV_LOITER_RAD", 80))),
    takeOffHeightM: read("MIS_TAKEOFF_ALT", 2.5),
    landedDisarmS: read("COM_DISARM_LAND", 2),
    idleDisarmS: read("COM_DISARM_PRFLT", 10),
  };
}

/** Flight settings from this flavour's parameters, in metres and seconds. */
export function settingsOf(flavour: Flavour, params: Params): Settings {
  const read: Read = (name, fallback) => paramOf(params, name, fallback);
  if (flavour.autopilot === "px4") return px4Settings(read);
  return flavour.airframe === "copter" ? copterSettings(read) : planeSettings(read);
}
