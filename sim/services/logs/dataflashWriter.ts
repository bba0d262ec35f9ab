import type { ParamDefinition } from "../params/definitions.js";
import type { StoredFlight } from "./storedFlight.js";

/**
 * Writes a DataFlash log as ArduPilot does: every message begins with A3 95 and its type; FMT messages define the layout of the
 * others. https://ardupilot.org/dev/docs/code-overview-adding-a-new-log-message.html, libraries/AP_Logger/LogStructure.h
 */
type Field = number | bigint | string;
type Kind = { readonly type: number; readonly name: string; readonly format: string; readonly columns: string };

const FMT: Kind = { type: 128, name: "FMT", format: "BBnNZ", columns: "Type,Length,Name,Format,Columns" };
const KINDS = {
  PARM: { type: 32, name: "PARM", format: "QNff", columns: "TimeUS,Name,Value,Default" },
  MSG: { type: 33, name: "MSG", format: "QZ", columns: "TimeUS,Message" },
  MODE: { type: 34, name: "MODE", format: "QMBB", columns: "TimeUS,Mode,ModeNum,Rsn" },
  ARM: { type: 35, name: "ARM", format: "QBIBB", columns: "TimeUS,ArmState,ArmChecks,Forced,Method" },
  GPS: {
    type: 36,
    name: "GPS",
    format: "QBBIHBcLLeffffB",
    columns: "TimeUS,I,Status,GMS,GWk,NSats,HDop,Lat,Lng,Alt,Spd,GCrs,VZ,Yaw,U",
  },
  ATT: {
    type: 37,
    name: "ATT",
    format: "QffffffB",
    columns: "TimeUS,DesRoll,Roll,DesPitch,Pitch,DesYaw,Yaw,AEKF",
  },
  POS: { type: 38, name: "POS", format: "QLLfff", columns: "TimeUS,Lat,Lng,Alt,RelHomeAlt,RelOriginAlt" },
  BAT: {
    type: 39,
    name: "BAT",
    format: "QBfffffcfB",
    columns: "TimeUS,Inst,Volt,VoltR,Curr,CurrTot,EnrgTot,Temp,Res,RemPct",
  },
} as const satisfies Readonly<Record<string, Kind>>;

const TEXT_BYTES: Readonly<Record<string, number>> = { n: 4, N: 16, Z: 64 };
const NUMBER_BYTES: Readonly<Record<string, number>> = {
  ...{ B: 1, b: 1, M: 1, H: 2, h: 2, C: 2, c: 2, I: 4, i: 4, L: 4, E: 4, e: 4, f: 4, d: 8, Q: 8, q: 8 },
};
const HUNDREDTHS = "cCeE";

function writeNumber(bytes: Buffer, at: number, letter: string, value: number): void {
  const scaled = HUNDREDTHS.includes(letter) ? Math.round(value * 100) : value;
  if (letter === "f") bytes.writeFloatLE(scaled, at);
  else if (letter === "d") bytes.writeDoubleLE(scaled, at);
  else if ("BM".includes(letter)) bytes.writeUInt8(scaled, at);
  else if ("HC".includes(letter)) bytes.writeUInt16LE(scaled, at);
  else if ("hc".includes(letter)) bytes.writeInt16LE(scaled, at);
  else if ("IE".includes(letter)) bytes.writeUInt32LE(scaled, at);
  else bytes.writeInt32LE(scaled, at);
}

function lengthOf(format: string): number {
  return Array.from(format).reduce((sum, letter) => sum + (TEXT_BYTES[letter] ?? NUMBER_BYTES[letter] ?? 0), 3);
}

function message({ type, format }: Kind, fields: readonly Field[]): Buffer {
  const bytes = Buffer.alloc(lengthOf(format));
  bytes.set([0xa3, 0x95, type]);
  let at = 3;
  Array.from(format).forEach((letter, i) => {
    const value = fields[i] ?? 0;
    if (typeof value === "string") bytes.write(value, at, TEXT_BYTES[letter] ?? 0, "latin1");
    else if (typeof value === "bigint") bytes.writeBigUInt64LE(value, at);
    else writeNumber(bytes, at, letter, value);
    at += TEXT_BYTES[letter] ?? NUMBER_BYTES[letter] ?? 0;
  });
  return bytes;
}

const declaration = (kind: Kind): Buffer =>
  message(FMT, [kind.type, lengthOf(kind.format), kind.name, kind.format, kind.columns]);

/** GPS weeks count from 1980-01-06 without leap seconds: GPS time is 18 s ahead of UTC. */
function gpsTimeOf(unixUs: number): { readonly week: number; readonly ms: number } {
  const gpsMs = Math.floor(unixUs / 1000) - 315_964_800_000 + 18_000;
  const weekMs = 7 * 24 * 3600 * 1000;
  return { week: Math.floor(gpsMs / weekMs), ms: gpsMs % weekMs };
}

type Sample = StoredFlight["samples"][number];

function sampleMessages(sample: Sample, usedMah: number): readonly Buffer[] {
  const time = BigInt(sample.sinceBootUs);
  const { week, ms } = gpsTimeOf(sample.unixUs);
  const [latDegE7, lonDegE7] = [Math.round(sample.latitudeDeg * 1e7), Math.round(sample.longitudeDeg * 1e7)];
  const { rollDeg, pitchDeg, headingDeg, altitudeAmslM, aboveHomeM, northMps, eastMps, climbRateMps } = sample;
  const groundSpeedMps = Math.hypot(northMps, eastMps);
  const courseDeg = ((Math.atan2(eastMps, northMps) * 180) / Math.PI + 360) % 360;
  const place = [latDegE7, lonDegE7, altitudeAmslM];
  return [
    message(KINDS.GPS, [time, 0, 3, ms, week, 14, 0.8, ...place, groundSpeedMps, courseDeg, -climbRateMps, 0, 1]),
    message(KINDS.ATT, [time, rollDeg, rollDeg, pitchDeg, pitchDeg, headingDeg, headingDeg, 3]),
    message(KINDS.POS, [time, ...place, aboveHomeM, aboveHomeM]),
    message(KINDS.BAT, [
      ...[time, 0, sample.voltageV, sample.voltageV, sample.currentA, usedMah, usedMah * 0.024, 20, 0.01],
      Math.round(sample.remainingFraction * 100),
    ]),
  ];
}

type DataflashOptions = {
  readonly flight: StoredFlight;
  readonly firmware: string;
  readonly params: readonly ParamDefinition[];
  /** custom_mode numbers of the modes for take-off, mission and return. */
  readonly modes: readonly [number, number, number];
};

/** The complete log; deterministic. */
export function dataflashLog({ flight, firmware, params, modes }: DataflashOptions): Uint8Array {
  const { samples } = flight;
  const atOf = (fraction: number): bigint =>
    BigInt(samples[Math.floor(fraction * Math.max(0, samples.length - 1))]?.sinceBootUs ?? 0);
  const head = [
    ...[FMT, ...Object.values(KINDS)].map(declaration),
    message(KINDS.MSG, [1000n, firmware]),
    ...params.map(({ name, value }) => message(KINDS.PARM, [2000n, name, value, value])),
    message(KINDS.MODE, [atOf(0), modes[0], modes[0], 1]),
    message(KINDS.ARM, [atOf(0), 1, 0xffff, 0, 2]),
  ];
  let usedMah = 0;
  const third = Math.floor(samples.length / 3);
  const body = samples.flatMap((sample, i) => {
    usedMah += (sample.currentA * 1000) / 3600 / 5;
    const mode = i === third ? modes[1] : i === 2 * third ? modes[2] : undefined;
    const changed = mode === undefined ? [] : [message(KINDS.MODE, [BigInt(sample.sinceBootUs), mode, mode, 2])];
    return [...changed, ...sampleMessages(sample, usedMah)];
  });
  return Buffer.concat([...head, ...body, message(KINDS.ARM, [atOf(1), 0, 0xffff, 0, 2])]);
}
