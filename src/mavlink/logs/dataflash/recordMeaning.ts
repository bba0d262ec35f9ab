import { wrap360 } from "../../../geo/angles.js";
import type { Position } from "../../../geo/position.js";
import type { VehicleEventBody } from "../../../vehicle/events.js";
import { identityFrom } from "../../identity.js";
import { modeNameOf, modeNumberOf } from "../../dialects/modeNames.js";
import type { Velocity } from "../../../vehicle/vehicleState.js";
import { placeFrom, velocityFrom } from "../logReadings.js";
import type { LogWriter } from "../logWalk.js";
import { errorText } from "./errorNames.js";
import { instanceOf, ORIGIN_HOME, type GpsSource } from "./preamble.js";
import type { LogRecord } from "./recordFormat.js";

/**
 * Values of earlier records that are needed to interpret the next ones. Replaced, never changed, so that checkpoints
 * can share it.
 */
export type LogMemory = {
  readonly customMode: number | undefined;
  readonly isArmed: boolean;
  readonly homeAmslM: number | undefined;
  /** From the last GPS fix: the position estimate is logged without a ground speed. */
  readonly groundSpeedMps: number | undefined;
  readonly courseDeg: number | undefined;
  readonly downMps: number | undefined;
  readonly airSpeedMps: number | undefined;
};

export const FRESH_MEMORY: LogMemory = {
  customMode: undefined,
  isArmed: false,
  homeAmslM: undefined,
  groundSpeedMps: undefined,
  courseDeg: undefined,
  downMps: undefined,
  airSpeedMps: undefined,
};

type Context = {
  readonly memory: LogMemory;
  readonly writer: LogWriter;
  readonly hasEstimate: boolean;
  readonly gps: GpsSource;
};
type Meaning = { readonly memory: LogMemory; readonly events: readonly VehicleEventBody[] };
type Reader = (record: LogRecord, context: Context) => Meaning;

const MAV_STATE_STANDBY = 3;
const MAV_STATE_ACTIVE = 4;
const SEVERITY_ERROR = 3;
const SEVERITY_NOTICE = 5;
const SEVERITY_INFO = 6;

// Of several batteries and estimator cores the first one is used.
const isFirst = (record: LogRecord): boolean => instanceOf(record) === 0;

const nothing = ({ memory }: Context): Meaning => ({ memory, events: [] });

function heartbeat(context: Context, change: Partial<LogMemory>): Meaning {
  const memory = { ...context.memory, ...change };
  const { customMode, isArmed } = memory;
  if (customMode === undefined) return { memory, events: [] };
  const identity = identityFrom(context.writer.mavAutopilot, context.writer.mavType);
  const modeName = modeNameOf(identity.autopilot, identity.airframe, customMode, identity.mavType);
  const systemStatus = isArmed ? MAV_STATE_ACTIVE : MAV_STATE_STANDBY;
  return {
    memory,
    events: [{ kind: "heartbeat", identity, heartbeat: { customMode, modeName, isArmed, systemStatus } }],
  };
}

/** A number, or in text logs of old boards a name. */
function modeNumberIn(record: LogRecord, { mavAutopilot, mavType }: LogWriter): number | undefined {
  const number = record.stored("ModeNum") ?? record.stored("Mode");
  const name = record.text("Mode");
  return number ?? (name === undefined ? undefined : modeNumberOf(identityFrom(mavAutopilot, mavType), name));
}

const EV_ARMED = 10;
const EV_DISARMED = 11;

function onEvent(record: LogRecord, context: Context): Meaning {
  const id = record.stored("Id");
  if (id === EV_ARMED) return heartbeat(context, { isArmed: true });
  return id === EV_DISARMED ? heartbeat(context, { isArmed: false }) : nothing(context);
}

function onAttitude(record: LogRecord, context: Context): Meaning {
  const rollDeg = record.number("Roll");
  const pitchDeg = record.number("Pitch");
  const turnDeg = record.number("Yaw");
  if (rollDeg === undefined || pitchDeg === undefined || turnDeg === undefined) return nothing(context);
  const attitude = { rollDeg, pitchDeg, headingDeg: wrap360(turnDeg) };
  return { memory: context.memory, events: [{ kind: "attitude", attitude }] };
}

const placeOf = (record: LogRecord): Position | undefined => placeFrom(record.number("Lat"), record.number("Lng"));

function onGps(record: LogRecord, context: Context): Meaning {
  const { recordName, instance } = context.gps;
  if (record.format.name !== recordName || instanceOf(record) !== instance) return nothing(context);
  const memory: LogMemory = {
    ...context.memory,
    groundSpeedMps: record.number("Spd") ?? context.memory.groundSpeedMps,
    courseDeg: record.number("GCrs") ?? context.memory.courseDeg,
    downMps: record.number("VZ") ?? context.memory.downMps,
  };
  const fixType = record.stored("Status") ?? 0;
  const gps: VehicleEventBody = {
    kind: "gps",
    gps: {
      fixType,
      satellitesVisible: record.stored("NSats") ?? record.stored("NSat"),
      horizontalAccuracyM: undefined,
      hdop: record.number("HDop"),
    },
  };
  const altitudeAmslM = record.number("Alt");
  if (context.hasEstimate || altitudeAmslM === undefined || fixType < 2) return { memory, events: [gps] };
  // Without home's height there is no height above home: the first fix, which is on the ground, is used as home.
  const homeAmslM = memory.homeAmslM ?? altitudeAmslM;
  const moved = positionOf(record, { ...memory, homeAmslM }, altitudeAmslM, altitudeAmslM - homeAmslM);
  return { memory: { ...memory, homeAmslM }, events: [gps, ...moved] };
}

function onEstimate(record: LogRecord, context: Context): Meaning {
  const { memory } = context;
  const altitudeAmslM = record.number("Alt");
  if (altitudeAmslM === undefined) return nothing(context);
  const aboveHomeM = record.number("RelHomeAlt") ?? record.number("RelAlt");
  const altitudeAboveHomeM = aboveHomeM ?? altitudeAmslM - (memory.homeAmslM ?? altitudeAmslM);
  return { memory, events: positionOf(record, memory, altitudeAmslM, altitudeAboveHomeM) };
}

function positionOf(
  record: LogRecord,
  memory: LogMemory,
  altitudeAmslM: number,
  altitudeAboveHomeM: number,
): readonly VehicleEventBody[] {
  const position = placeOf(record);
  if (!position) return [];
  const velocity = velocityOf(memory);
  return [{ kind: "position", position: { position, altitudeAmslM, altitudeAboveHomeM }, velocity }];
}

/** Undefined before the first GPS fix. */
function velocityOf({ groundSpeedMps, courseDeg, downMps }: LogMemory): Velocity | undefined {
  if (groundSpeedMps === undefined || courseDeg === undefined || downMps === undefined) return undefined;
  const turnRad = (courseDeg * Math.PI) / 180;
  return velocityFrom(groundSpeedMps * Math.cos(turnRad), groundSpeedMps * Math.sin(turnRad), downMps);
}

function onOrigin(record: LogRecord, context: Context): Meaning {
  const position = placeOf(record);
  const altitudeAmslM = record.number("Alt");
  const isHome = record.stored("Type") === ORIGIN_HOME;
  if (!isHome || !position || altitudeAmslM === undefined) return nothing(context);
  return {
    memory: { ...context.memory, homeAmslM: altitudeAmslM },
    events: [{ kind: "home", home: { position, altitudeAmslM } }],
  };
}

function onBattery(record: LogRecord, context: Context): Meaning {
  if (!isFirst(record)) return nothing(context);
  const percent = record.number("RemPct");
  const battery = {
    voltageV: record.number("Volt"),
    currentA: record.number("Curr"),
    remainingFraction: percent === undefined || percent < 0 || percent > 100 ? undefined : percent / 100,
    timeRemainingS: undefined,
  };
  return { memory: context.memory, events: [{ kind: "battery", isSummary: true, battery }] };
}

/**
 * Copter writes "Reached command #3", Plane "Reached waypoint #3 dist 12m": the log has no record for a reached item.
 */
const REACHED = /^Reached (?:command|waypoint) #(\d+)/;

function onText(record: LogRecord, context: Context): Meaning {
  const reported = record.text("Message") ?? "";
  if (reported === "") return nothing(context);
  const words: VehicleEventBody = { kind: "text", severity: SEVERITY_INFO, text: reported, chunk: undefined };
  const reached = REACHED.exec(reported)?.[1];
  const events: VehicleEventBody[] =
    reached === undefined ? [words] : [words, { kind: "mission-reached", seq: Number(reached) }];
  return { memory: context.memory, events };
}

function onError(record: LogRecord, context: Context): Meaning {
  const subsystem = record.stored("Subsys");
  const code = record.stored("ECode");
  if (subsystem === undefined || code === undefined) return nothing(context);
  const severity = code === 0 ? SEVERITY_NOTICE : SEVERITY_ERROR;
  return {
    memory: context.memory,
    events: [{ kind: "text", severity, text: errorText(subsystem, code), chunk: undefined }],
  };
}

function onAirSpeed(record: LogRecord, context: Context): Meaning {
  const airSpeedMps = isFirst(record) ? record.number("Airspeed") : undefined;
  return { memory: airSpeedMps === undefined ? context.memory : { ...context.memory, airSpeedMps }, events: [] };
}

/** Only an aircraft with an airspeed has air data; a copter's climb rate is in its velocity. */
function onControl(record: LogRecord, context: Context): Meaning {
  const airSpeedMps = record.number("As") ?? context.memory.airSpeedMps;
  const throttle = record.number("ThO");
  const { downMps } = context.memory;
  if (airSpeedMps === undefined || throttle === undefined || downMps === undefined) return nothing(context);
  // Plane logs percent, Copter a fraction.
  const throttleFraction = Math.abs(throttle) > 1.5 ? throttle / 100 : throttle;
  const airData = { airSpeedMps, climbRateMps: -downMps, throttleFraction };
  return { memory: context.memory, events: [{ kind: "air-data", airData }] };
}

function onMissionStep(record: LogRecord, context: Context): Meaning {
  const currentSeq = record.stored("CNum");
  if (currentSeq === undefined) return nothing(context);
  const mission = { currentSeq, countOfItems: record.stored("CTot") };
  return { memory: context.memory, events: [{ kind: "mission-progress", mission }] };
}

const READERS: Readonly<Record<string, Reader>> = {
  MODE: (record, context) => heartbeat(context, { customMode: modeNumberIn(record, context.writer) }),
  ARM: (record, context) => heartbeat(context, { isArmed: (record.stored("ArmState") ?? 0) !== 0 }),
  EV: onEvent,
  ATT: onAttitude,
  GPS: onGps,
  GPS2: onGps,
  POS: onEstimate,
  ORGN: onOrigin,
  BAT: onBattery,
  CURR: onBattery,
  MSG: onText,
  ERR: onError,
  ARSP: onAirSpeed,
  CTUN: onControl,
  MISE: onMissionStep,
};
const readerOf = new Map(Object.entries(READERS));

/** The events of a record for the vehicle that wrote the log, and the values to remember from it. */
export const meaningOf: Reader = (record, context) =>
  readerOf.get(record.format.name)?.(record, context) ?? nothing(context);
