import { DEG_PER_RAD, wrap360 } from "../../../geo/angles.js";
import { localFrameAt } from "../../../geo/localFrame.js";
import type { Position } from "../../../geo/position.js";
import type { VehicleEventBody } from "../../../vehicle/events.js";
import type { Velocity } from "../../../vehicle/vehicleState.js";
import { modeNameOf } from "../../dialects/modeNames.js";
import { identityFrom } from "../../identity.js";
import { placeFrom, velocityFrom } from "../logReadings.js";
import type { LogWriter } from "../logWalk.js";
import { customModeOf } from "./navStates.js";
import type { TopicReader } from "./topicLayout.js";

/**
 * Values of earlier messages that are needed to interpret the next ones. Replaced, never changed, so that checkpoints
 * can share it.
 */
export type TopicMemory = {
  readonly homeAmslM: number | undefined;
  readonly velocity: Velocity | undefined;
  /** Height above the estimator's origin: used as height above home until home is known. */
  readonly aboveOriginM: number | undefined;
  /** The first altitude in the log: used as home's in logs that have neither home nor an origin. */
  readonly firstAmslM: number | undefined;
  readonly reachedSeq: number;
};

export const FRESH_MEMORY: TopicMemory = {
  homeAmslM: undefined,
  velocity: undefined,
  aboveOriginM: undefined,
  firstAmslM: undefined,
  reachedSeq: -1,
};

/** Which of PX4's topics the track comes from, best first. */
export type TrackTopic = "vehicle_global_position" | "vehicle_local_position" | "gps";
type Context = { readonly memory: TopicMemory; readonly writer: LogWriter; readonly trackTopic: TrackTopic };
type Meaning = { readonly memory: TopicMemory; readonly events: readonly VehicleEventBody[] };
type Reader = (topic: TopicReader, context: Context) => Meaning;

const ARMING_STATE_ARMED = 2;
const MAV_STATE_STANDBY = 3;
const MAV_STATE_ACTIVE = 4;

const nothing = ({ memory }: Context): Meaning => ({ memory, events: [] });
const only = ({ memory }: Context, ...events: readonly VehicleEventBody[]): Meaning => ({ memory, events });

function onStatus(topic: TopicReader, context: Context): Meaning {
  const navState = topic.firstOf("nav_state", "main_state");
  const armingState = topic.number("arming_state");
  if (navState === undefined || armingState === undefined) return nothing(context);
  const identity = identityFrom(context.writer.mavAutopilot, context.writer.mavType);
  const customMode = customModeOf(navState);
  const isArmed = armingState === ARMING_STATE_ARMED;
  const modeName = modeNameOf(identity.autopilot, identity.airframe, customMode, identity.mavType);
  const systemStatus = isArmed ? MAV_STATE_ACTIVE : MAV_STATE_STANDBY;
  return only(context, { kind: "heartbeat", identity, heartbeat: { customMode, modeName, isArmed, systemStatus } });
}

function onAttitude(topic: TopicReader, context: Context): Meaning {
  const [w, x, y, z] = topic.numbers("q");
  if (w === undefined || x === undefined || y === undefined || z === undefined) return nothing(context);
  if (!Number.isFinite(w + x + y + z) || w * w + x * x + y * y + z * z < 0.5) return nothing(context);
  const attitude = {
    rollDeg: Math.atan2(2 * (w * x + y * z), 1 - 2 * (x * x + y * y)) * DEG_PER_RAD,
    pitchDeg: Math.asin(Math.max(-1, Math.min(1, 2 * (w * y - z * x)))) * DEG_PER_RAD,
    headingDeg: wrap360(Math.atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z)) * DEG_PER_RAD),
  };
  return only(context, { kind: "attitude", attitude });
}

function velocityOf(topic: TopicReader, names: readonly [string, string, string]): Velocity | undefined {
  const [northMps, eastMps, downMps] = names.map((name) => topic.number(name));
  if (northMps === undefined || eastMps === undefined || downMps === undefined) return undefined;
  return velocityFrom(northMps, eastMps, downMps);
}

function moved(
  position: Position,
  altitudeAmslM: number,
  before: TopicMemory,
  ...also: readonly VehicleEventBody[]
): Meaning {
  const memory = { ...before, firstAmslM: before.firstAmslM ?? altitudeAmslM };
  const { homeAmslM, aboveOriginM, firstAmslM, velocity } = memory;
  const aboveHomeM = homeAmslM === undefined ? aboveOriginM : altitudeAmslM - homeAmslM;
  const altitudeAboveHomeM = aboveHomeM ?? altitudeAmslM - firstAmslM;
  const fix: VehicleEventBody = {
    kind: "position",
    position: { position, altitudeAmslM, altitudeAboveHomeM },
    velocity,
  };
  return { memory, events: [...also, fix] };
}

/** PX4 has validity flags; older versions leave unknown values at 0 or NaN instead. */
const isMarkedInvalid = (topic: TopicReader, name: string): boolean => topic.number(name) === 0;

const globalPlace = (topic: TopicReader): Position | undefined =>
  isMarkedInvalid(topic, "lat_lon_valid") ? undefined : placeFrom(topic.number("lat"), topic.number("lon"));

export const hasGlobalPlace = (topic: TopicReader): boolean =>
  globalPlace(topic) !== undefined && topic.number("alt") !== undefined;

function onGlobalPosition(topic: TopicReader, context: Context): Meaning {
  const position = globalPlace(topic);
  const altitudeAmslM = topic.number("alt");
  if (context.trackTopic !== "vehicle_global_position" || !position || altitudeAmslM === undefined)
    return nothing(context);
  // Before 1.9 the velocity was part of this topic.
  const velocity = velocityOf(topic, ["vel_n", "vel_e", "vel_d"]) ?? context.memory.velocity;
  return moved(position, altitudeAmslM, { ...context.memory, velocity });
}

const localOrigin = (topic: TopicReader): Position | undefined =>
  isMarkedInvalid(topic, "xy_global") ? undefined : placeFrom(topic.number("ref_lat"), topic.number("ref_lon"));

export const hasLocalPlace = (topic: TopicReader): boolean =>
  localOrigin(topic) !== undefined && ["x", "y", "z", "ref_alt"].every((name) => topic.number(name) !== undefined);

function onLocalPosition(topic: TopicReader, context: Context): Meaning {
  const downM = topic.number("z");
  const velocity = velocityOf(topic, ["vx", "vy", "vz"]) ?? context.memory.velocity;
  const memory = { ...context.memory, velocity, aboveOriginM: downM === undefined ? undefined : -downM };
  if (context.trackTopic !== "vehicle_local_position") return { memory, events: [] };
  const origin = localOrigin(topic);
  const originAmslM = topic.number("ref_alt");
  const northM = topic.number("x");
  const eastM = topic.number("y");
  const isKnown = origin && originAmslM !== undefined && downM !== undefined;
  if (!isKnown || northM === undefined || eastM === undefined) return { memory, events: [] };
  const { position } = localFrameAt(origin).toPosition({ eastM, northM, upM: 0 });
  return moved(position, originAmslM - downM, memory);
}

const scaled = (value: number | undefined, factor: number): number | undefined =>
  value === undefined ? undefined : value * factor;

const FIX_2D = 2;

/** PX4 1.14 renamed the fields and changed them to degrees and metres. */
function receiverPlace(topic: TopicReader): { position: Position | undefined; altitudeAmslM: number | undefined } {
  if ((topic.number("fix_type") ?? 0) < FIX_2D) return { position: undefined, altitudeAmslM: undefined };
  return {
    position: placeFrom(
      topic.number("latitude_deg") ?? scaled(topic.number("lat"), 1e-7),
      topic.number("longitude_deg") ?? scaled(topic.number("lon"), 1e-7),
    ),
    altitudeAmslM: topic.number("altitude_msl_m") ?? scaled(topic.number("alt"), 1e-3),
  };
}

export function hasReceiverPlace(topic: TopicReader): boolean {
  const { position, altitudeAmslM } = receiverPlace(topic);
  return position !== undefined && altitudeAmslM !== undefined;
}

function onGps(topic: TopicReader, context: Context): Meaning {
  const fixType = topic.number("fix_type") ?? 0;
  const gps: VehicleEventBody = {
    kind: "gps",
    gps: {
      fixType,
      satellitesVisible: topic.number("satellites_used"),
      horizontalAccuracyM: topic.number("eph"),
      hdop: topic.number("hdop"),
    },
  };
  const { position, altitudeAmslM } = receiverPlace(topic);
  if (context.trackTopic !== "gps" || !position || altitudeAmslM === undefined) return only(context, gps);
  const velocity = velocityOf(topic, ["vel_n_m_s", "vel_e_m_s", "vel_d_m_s"]) ?? context.memory.velocity;
  return moved(position, altitudeAmslM, { ...context.memory, velocity }, gps);
}

function onHome(topic: TopicReader, context: Context): Meaning {
  const position = placeFrom(topic.number("lat"), topic.number("lon"));
  const altitudeAmslM = topic.number("alt");
  if (!position || altitudeAmslM === undefined) return nothing(context);
  const memory = { ...context.memory, homeAmslM: altitudeAmslM };
  return { memory, events: [{ kind: "home", home: { position, altitudeAmslM } }] };
}

/** PX4 uses -1 for "unknown" in current and remaining charge. */
const notNegative = (value: number | undefined): number | undefined =>
  value === undefined || value < 0 ? undefined : value;

function onBattery(topic: TopicReader, context: Context): Meaning {
  const battery = {
    voltageV: topic.firstOf("voltage_v", "voltage_filtered_v"),
    currentA: notNegative(topic.firstOf("current_a", "current_filtered_a")),
    remainingFraction: notNegative(topic.number("remaining")),
    timeRemainingS: notNegative(topic.number("time_remaining_s")),
  };
  return only(context, { kind: "battery", isSummary: false, battery });
}

function onMissionResult(topic: TopicReader, context: Context): Meaning {
  const reachedSeq = topic.number("seq_reached") ?? -1;
  const currentSeq = topic.number("seq_current");
  const events: VehicleEventBody[] = [];
  if (reachedSeq >= 0 && reachedSeq !== context.memory.reachedSeq)
    events.push({ kind: "mission-reached", seq: reachedSeq });
  if (currentSeq !== undefined) {
    const countOfItems = topic.number("seq_total");
    events.push({ kind: "mission-progress", mission: { currentSeq, countOfItems } });
  }
  return { memory: { ...context.memory, reachedSeq }, events };
}

const readerOf: ReadonlyMap<string, Reader> = new Map([
  ["vehicle_status", onStatus],
  ["vehicle_attitude", onAttitude],
  ["vehicle_global_position", onGlobalPosition],
  ["vehicle_local_position", onLocalPosition],
  ["vehicle_gps_position", onGps],
  ["sensor_gps", onGps],
  ["home_position", onHome],
  ["battery_status", onBattery],
  ["mission_result", onMissionResult],
]);

/** The events of a topic's first instance for the vehicle, and the values to remember from it. */
export const meaningOf: Reader = (topic, context) => readerOf.get(topic.name)?.(topic, context) ?? nothing(context);
