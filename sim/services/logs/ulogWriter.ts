import { PARAM_TYPE, type ParamDefinition } from "../params/definitions.js";
import type { StoredFlight } from "./storedFlight.js";

/** PX4's log file, ULog version 1: https://docs.px4.io/main/en/dev_log/ulog_file_format.html */
type FieldType = "uint64_t" | "int32_t" | "uint8_t" | "float" | "double" | "bool";
type Topic = { readonly name: string; readonly fields: readonly (readonly [FieldType, string, number?])[] };

const BYTES: Readonly<Record<FieldType, number>> = {
  ...{ uint64_t: 8, int32_t: 4, uint8_t: 1, float: 4, double: 8, bool: 1 },
};

const TOPICS = {
  status: {
    name: "vehicle_status",
    fields: [
      ["uint64_t", "timestamp"],
      ["uint64_t", "armed_time"],
      ["uint64_t", "takeoff_time"],
      ["uint8_t", "arming_state"],
      ["uint8_t", "nav_state"],
      ["uint8_t", "vehicle_type"],
      ["bool", "failsafe"],
      ["uint8_t", "system_type"],
      ["uint8_t", "system_id"],
    ],
  },
  home: {
    name: "home_position",
    fields: [
      ["uint64_t", "timestamp"],
      ["double", "lat"],
      ["double", "lon"],
      ["float", "alt"],
      ["bool", "valid_alt"],
      ["bool", "valid_hpos"],
    ],
  },
  global: {
    name: "vehicle_global_position",
    fields: [
      ["uint64_t", "timestamp"],
      ["uint64_t", "timestamp_sample"],
      ["double", "lat"],
      ["double", "lon"],
      ["float", "alt"],
      ["float", "alt_ellipsoid"],
      ["float", "eph"],
      ["float", "epv"],
    ],
  },
  local: {
    name: "vehicle_local_position",
    fields: [
      ["uint64_t", "timestamp"],
      ["uint64_t", "timestamp_sample"],
      ["float", "z"],
      ["float", "vx"],
      ["float", "vy"],
      ["float", "vz"],
      ["float", "heading"],
      ["bool", "v_xy_valid"],
      ["bool", "v_z_valid"],
    ],
  },
  attitude: {
    name: "vehicle_attitude",
    fields: [
      ["uint64_t", "timestamp"],
      ["uint64_t", "timestamp_sample"],
      ["float", "q", 4],
    ],
  },
  gps: {
    name: "vehicle_gps_position",
    fields: [
      ["uint64_t", "timestamp"],
      ["uint64_t", "time_utc_usec"],
      ["double", "latitude_deg"],
      ["double", "longitude_deg"],
      ["double", "altitude_msl_m"],
      ["float", "eph"],
      ["float", "hdop"],
      ["float", "vel_m_s"],
      ["uint8_t", "fix_type"],
      ["uint8_t", "satellites_used"],
    ],
  },
  battery: {
    name: "battery_status",
    fields: [
      ["uint64_t", "timestamp"],
      ["float", "voltage_v"],
      ["float", "current_a"],
      ["float", "remaining"],
      ["uint8_t", "cell_count"],
    ],
  },
} as const satisfies Readonly<Record<string, Topic>>;
type TopicKey = keyof typeof TOPICS;
const TOPIC_KEYS = Object.keys(TOPICS) as readonly TopicKey[];

/** A ULog message: size, type, body. */
function message(type: string, ...parts: readonly (Uint8Array | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "utf8") : part)));
  const head = Buffer.alloc(3);
  head.writeUInt16LE(body.length, 0);
  head.write(type, 2, "latin1");
  return Buffer.concat([head, body]);
}

function fieldBytes(type: FieldType, value: number | bigint): Buffer {
  const bytes = Buffer.alloc(BYTES[type]);
  if (type === "uint64_t") bytes.writeBigUInt64LE(BigInt(value));
  else if (type === "int32_t") bytes.writeInt32LE(Number(value));
  else if (type === "float") bytes.writeFloatLE(Number(value));
  else if (type === "double") bytes.writeDoubleLE(Number(value));
  else bytes.writeUInt8(Number(value));
  return bytes;
}

function formatOf({ name, fields }: Topic): string {
  const words = fields.map(([type, field, count]) => `${type}${count === undefined ? "" : `[${count}]`} ${field};`);
  return `${name}:${words.join("")}`;
}

/** A data message: `values` in field order, arrays flattened. */
function data(key: TopicKey, values: readonly (number | bigint)[]): Buffer {
  const topic: Topic = TOPICS[key];
  const types = topic.fields.flatMap(([type, , count = 1]) => Array.from({ length: count }, () => type));
  const id = Buffer.alloc(2);
  id.writeUInt16LE(TOPIC_KEYS.indexOf(key));
  return message("D", id, ...types.map((type, i) => fieldBytes(type, values[i] ?? 0)));
}

const keyed = (type: string, key: string, value: Uint8Array): Buffer =>
  message(type, Uint8Array.of(key.length), key, value);
const info = (name: string, text: string): Buffer => keyed("I", `char[${text.length}] ${name}`, Buffer.from(text));

function definitions(params: readonly ParamDefinition[]): readonly Buffer[] {
  return [
    message("B", Buffer.alloc(40)),
    info("sys_name", "PX4"),
    info("ver_hw", "VIGIE_SIM"),
    info("ver_sw_release_str", "v1.15.0"),
    ...TOPIC_KEYS.map((key) => message("F", formatOf(TOPICS[key]))),
    ...params.map(({ name, type, value }) =>
      type === PARAM_TYPE.real32
        ? keyed("P", `float ${name}`, fieldBytes("float", value))
        : keyed("P", `int32_t ${name}`, fieldBytes("int32_t", value)),
    ),
  ];
}

function added(key: TopicKey): Buffer {
  const ids = Buffer.alloc(3);
  ids.writeUInt16LE(TOPIC_KEYS.indexOf(key), 1);
  return message("A", ids, TOPICS[key].name);
}

function text(sinceBootUs: number, words: string): Buffer {
  const head = Buffer.alloc(9);
  head.write("6", 0, "latin1");
  head.writeBigUInt64LE(BigInt(sinceBootUs), 1);
  return message("L", head, words);
}

type Sample = StoredFlight["samples"][number];

/** Quaternion (w, x, y, z) of yaw, then pitch, then roll. */
function quaternionOf({ rollDeg, pitchDeg, headingDeg }: Sample): readonly number[] {
  const [r, p, y] = [rollDeg, pitchDeg, headingDeg].map((deg) => (deg * Math.PI) / 360) as [number, number, number];
  const [cr, sr, cp, sp, cy, sy] = [Math.cos(r), Math.sin(r), Math.cos(p), Math.sin(p), Math.cos(y), Math.sin(y)];
  return [
    cr * cp * cy + sr * sp * sy,
    sr * cp * cy - cr * sp * sy,
    cr * sp * cy + sr * cp * sy,
    cr * cp * sy - sr * sp * cy,
  ];
}

const NAV_STATE = { takeOff: 17, mission: 3, returning: 5 } as const;

function sampleRecords(sample: Sample, fraction: number, mavType: number): readonly Buffer[] {
  const { sinceBootUs: at, latitudeDeg, longitudeDeg, altitudeAmslM, northMps, eastMps, climbRateMps } = sample;
  const time = BigInt(at);
  const state = fraction < 1 / 3 ? NAV_STATE.takeOff : fraction < 2 / 3 ? NAV_STATE.mission : NAV_STATE.returning;
  const headingRad = (((sample.headingDeg + 180) % 360) - 180) * (Math.PI / 180);
  const groundSpeedMps = Math.hypot(northMps, eastMps);
  return [
    data("status", [time, time, time, fraction < 1 ? 2 : 1, state, mavType === 2 ? 1 : 2, 0, mavType, 1]),
    data("global", [time, time, latitudeDeg, longitudeDeg, altitudeAmslM, altitudeAmslM + 45, 0.5, 0.8]),
    data("local", [time, time, -sample.aboveHomeM, northMps, eastMps, -climbRateMps, headingRad, 1, 1]),
    data("attitude", [time, time, ...quaternionOf(sample)]),
    data("gps", [time, sample.unixUs, latitudeDeg, longitudeDeg, altitudeAmslM, 0.6, 0.8, groundSpeedMps, 3, 14]),
    data("battery", [time, sample.voltageV, sample.currentA, sample.remainingFraction, 6]),
  ];
}

type UlogOptions = {
  readonly flight: StoredFlight;
  readonly params: readonly ParamDefinition[];
  /** MAV_TYPE. */
  readonly mavType: number;
};

function homeRecord({ sinceBootUs, latitudeDeg, longitudeDeg }: Sample, homeAmslM: number): Buffer {
  return data("home", [BigInt(sinceBootUs), latitudeDeg, longitudeDeg, homeAmslM, 1, 1]);
}

/** The complete log; deterministic. */
export function ulogFile({ flight, params, mavType }: UlogOptions): Uint8Array {
  const { samples } = flight;
  const start = samples[0]?.sinceBootUs ?? 0;
  const head = Buffer.alloc(16);
  head.set([0x55, 0x4c, 0x6f, 0x67, 0x01, 0x12, 0x35, 0x01]);
  head.writeBigUInt64LE(BigInt(start), 8);
  const last = Math.max(1, samples.length - 1);
  return Buffer.concat([
    head,
    ...definitions(params),
    ...TOPIC_KEYS.map(added),
    ...samples.slice(0, 1).map((first) => homeRecord(first, flight.homeAmslM)),
    text(start, "[commander] Armed by external command"),
    ...samples.flatMap((sample, i) => sampleRecords(sample, i / last, mavType)),
    text(samples.at(-1)?.sinceBootUs ?? start, "[commander] Landing detected"),
  ]);
}
