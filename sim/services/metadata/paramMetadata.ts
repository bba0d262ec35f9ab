import { PARAM_TYPE, type ParamDefinition } from "../params/definitions.js";
import { isVolatile } from "../params/paramTable.js";

type Facts = {
  readonly shortDesc: string;
  readonly units?: string;
  readonly min?: number;
  readonly max?: number;
  readonly decimalPlaces?: number;
  readonly rebootRequired?: boolean;
  readonly values?: readonly { readonly value: number; readonly description: string }[];
  readonly bitmask?: readonly { readonly index: number; readonly description: string }[];
};

const choices = (...descriptions: readonly string[]) =>
  descriptions.map((description, value) => ({ value, description }));

/** Parameters that affect the simulated flight, with the texts of PX4's parameter reference. */
const KNOWN: Readonly<Record<string, Facts>> = {
  MPC_XY_CRUISE: {
    shortDesc: "Default horizontal velocity in autonomous modes",
    units: "m/s",
    min: 3,
    max: 20,
    decimalPlaces: 0,
  },
  MPC_XY_VEL_MAX: { shortDesc: "Maximum horizontal velocity", units: "m/s", min: 0, max: 20, decimalPlaces: 1 },
  MPC_Z_V_AUTO_UP: {
    shortDesc: "Ascent velocity in autonomous modes",
    units: "m/s",
    min: 0.5,
    max: 8,
    decimalPlaces: 1,
  },
  MPC_Z_V_AUTO_DN: {
    shortDesc: "Descent velocity in autonomous modes",
    units: "m/s",
    min: 0.5,
    max: 4,
    decimalPlaces: 1,
  },
  MPC_LAND_SPEED: { shortDesc: "Landing descend rate", units: "m/s", min: 0.6, decimalPlaces: 1 },
  MPC_TKO_SPEED: { shortDesc: "Takeoff climb rate", units: "m/s", min: 1, max: 5, decimalPlaces: 2 },
  NAV_ACC_RAD: { shortDesc: "Acceptance Radius", units: "m", min: 0.05, max: 200, decimalPlaces: 1 },
  NAV_LOITER_RAD: { shortDesc: "Loiter radius (fixed-wing)", units: "m", min: 25, max: 1000, decimalPlaces: 1 },
  NAV_DLL_ACT: {
    shortDesc: "Set GCS connection loss failsafe mode",
    min: 0,
    values: choices("Disabled", "Hold mode", "Return mode", "Land mode"),
  },
  MIS_TAKEOFF_ALT: { shortDesc: "Default take-off altitude", units: "m", min: 0, decimalPlaces: 1 },
  RTL_RETURN_ALT: { shortDesc: "Return mode return altitude", units: "m", min: 0, decimalPlaces: 1 },
  RTL_DESCEND_ALT: { shortDesc: "Return mode loiter altitude", units: "m", min: 0, decimalPlaces: 1 },
  RTL_LAND_DELAY: { shortDesc: "Return mode delay", units: "s", min: -1, decimalPlaces: 1 },
  RTL_CONE_ANG: { shortDesc: "Half-angle of the return mode altitude cone", units: "deg", min: 0, max: 90 },
  GF_ACTION: {
    shortDesc: "Geofence violation action",
    min: 0,
    max: 5,
    values: choices("None", "Warning", "Hold mode", "Return mode", "Terminate", "Land mode"),
  },
  GF_MAX_HOR_DIST: { shortDesc: "Max horizontal distance from Home", units: "m", min: 0, max: 10_000 },
  GF_MAX_VER_DIST: { shortDesc: "Max vertical distance from Home", units: "m", min: 0, max: 10_000 },
  FW_AIRSPD_TRIM: { shortDesc: "Trim (Cruise) Airspeed", units: "m/s", min: 0.5, decimalPlaces: 1 },
  FW_AIRSPD_MIN: { shortDesc: "Minimum Airspeed (CAS)", units: "m/s", min: 0.5, decimalPlaces: 1 },
  FW_AIRSPD_MAX: { shortDesc: "Maximum Airspeed (CAS)", units: "m/s", min: 0.5, decimalPlaces: 1 },
  COM_DISARM_LAND: { shortDesc: "Time-out for auto disarm after landing", units: "s", decimalPlaces: 2 },
  COM_DISARM_PRFLT: { shortDesc: "Time-out for auto disarm if not taking off", units: "s", decimalPlaces: 2 },
  COM_RC_IN_MODE: {
    shortDesc: "RC control input mode",
    min: 0,
    max: 4,
    values: choices(
      "RC Transmitter only",
      "Joystick only",
      "RC and Joystick with fallback",
      "RC or Joystick keep first",
      "Stick input disabled",
    ),
  },
  COM_ARM_ODID: {
    shortDesc: "Enable Drone ID system detection and health check",
    values: choices("Disabled", "Warning only", "Enforce Open Drone ID system presence"),
  },
  BAT1_N_CELLS: { shortDesc: "Number of cells for battery 1", min: 1, rebootRequired: true },
  BAT1_CAPACITY: {
    shortDesc: "Battery 1 capacity",
    units: "mAh",
    min: -1,
    max: 100_000,
    decimalPlaces: 0,
    rebootRequired: true,
  },
  BAT_LOW_THR: { shortDesc: "Low threshold", units: "norm", min: 0.12, max: 0.5, decimalPlaces: 2 },
  BAT_CRIT_THR: { shortDesc: "Critical threshold", units: "norm", min: 0.05, max: 0.5, decimalPlaces: 2 },
  MAV_SYS_ID: { shortDesc: "MAVLink system ID", min: 1, max: 250, rebootRequired: true },
  SYS_AUTOSTART: { shortDesc: "Auto-start script index", min: 0, max: 9_999_999, rebootRequired: true },
  EKF2_GPS_CTRL: {
    shortDesc: "GNSS sensor aiding",
    min: 0,
    max: 15,
    bitmask: ["Lon/lat", "Altitude", "3D velocity", "Dual antenna heading"].map((description, index) => ({
      index,
      description,
    })),
  },
};

const NUMBERED = /^(.*?)(\d+)(.*)$/;

/** Generated description for a parameter without one: only its name is known. */
function plainFacts(name: string): Facts {
  const words = name.split("_").slice(1).join(" ").toLowerCase();
  const [, , number] = NUMBERED.exec(name) ?? [];
  return { shortDesc: number === undefined ? `Setting: ${words}` : `Setting ${number}: ${words}` };
}

/** The parameter file of MAVLink's component metadata: https://mavlink.io/en/services/component_metadata.html */
export function paramMetadataJson(definitions: readonly ParamDefinition[]): string {
  const parameters = definitions.map(({ name, type, value, group }) => ({
    name,
    type: type === PARAM_TYPE.real32 ? "Float" : "Int32",
    default: Number(value.toPrecision(7)),
    group,
    category: "Standard",
    ...(KNOWN[name] ?? plainFacts(name)),
    ...(isVolatile(name) ? { volatile: true } : {}),
  }));
  return JSON.stringify({ version: 1, parameters });
}
