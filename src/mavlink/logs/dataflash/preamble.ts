import { unixUsFromGps } from "../gpsTime.js";
import type { LogWriter } from "../logWalk.js";
import { placeFrom } from "../logReadings.js";
import type { LogRecord, RecordSource } from "./recordFormat.js";

/**
 * What must be known before the first record can be interpreted: which vehicle wrote the log, and when its clock
 * started.
 */
export type Preamble = {
  readonly writer: LogWriter;
  /** UTC microseconds when the autopilot booted; undefined when it never had a fix. */
  readonly bootUnixUs: number | undefined;
  /** The first timestamp in the log: records before it (formats, without a timestamp) get this time. */
  readonly firstSinceBootUs: number;
  /** The log has position estimates with a valid position: then raw GPS fixes are not used for the track. */
  readonly hasEstimate: boolean;
  /** The receiver whose fixes are used: the first one that had a fix. */
  readonly gps: GpsSource;
  readonly hasPosition: boolean;
  /** The log has home's position, or heights above it. */
  readonly hasHome: boolean;
};

/** Older logs have a record name for each receiver, newer ones an instance number. */
export type GpsSource = { readonly recordName: string; readonly instance: number };

const MAV_AUTOPILOT_ARDUPILOT = 3;
const FIX_2D = 2;
const FIX_3D = 3;
export const ORIGIN_HOME = 1;

/** Which of several receivers, batteries or estimator cores a record belongs to; 0 is the first. */
export const instanceOf = (record: LogRecord): number =>
  record.stored("I") ?? record.stored("Inst") ?? record.stored("Instance") ?? record.stored("C") ?? 0;

// MAV_TYPE of each firmware, by the name in its first message.
const TYPE_OF_FIRMWARE: readonly (readonly [RegExp, number])[] = [
  [/^ArduPlane\b/, 1],
  [/^(?:ArduCopter|APM:Copter)\b/, 2],
  [/^Blimp\b/, 7],
  [/^(?:ArduRover|Rover)\b/, 10],
  [/^ArduSub\b/, 12],
  [/^AntennaTracker\b/, 5],
];
// FRAME_CLASS of ArduCopter to MAV_TYPE (AP_MotorsMatrix, get_frame_mav_type).
const TYPE_OF_FRAME_CLASS: Readonly<Record<number, number>> = {
  1: 2,
  2: 13,
  3: 14,
  4: 14,
  5: 13,
  6: 4,
  7: 15,
  8: 3,
  9: 3,
  11: 4,
  12: 29,
  13: 4,
};
/** After this many records without a parameter the list of parameters is over. */
const PARAMS_OVER_AFTER = 5000;
const COPTER = 2;
const PLANE = 1;

class PreambleReader {
  readonly #params = new Map<string, number>();
  #sinceParam = 0;
  #firmwareType: number | undefined;
  #bootUnixUs: number | undefined;
  #firstSinceBootUs: number | undefined;
  #hasEstimate = false;
  #hasHome = false;
  #gps: GpsSource | undefined;

  /** True when nothing more can come: all is known, and the list of parameters, which is written in one go, is over. */
  get isComplete(): boolean {
    const isReported = this.#firmwareType !== undefined && this.#bootUnixUs !== undefined && this.#hasEstimate;
    return isReported && this.#params.size > 0 && this.#sinceParam > PARAMS_OVER_AFTER;
  }

  onRecord(record: LogRecord): void {
    const { name } = record.format;
    this.#sinceParam++;
    this.#firstSinceBootUs ??= sinceBootUsOf(record);
    if (name === "PARM") this.#onParam(record);
    else if (name === "MSG") this.#onFirmware(record.text("Message"));
    else if (name === "VER") this.#onFirmware(record.text("FWS"));
    else if (name === "GPS" || name === "GPS2") this.#onGps(record);
    else if (name === "POS") this.#onEstimate(record);
    else if (name === "ORGN") this.#hasHome ||= record.stored("Type") === ORIGIN_HOME;
  }

  preamble(): Preamble {
    const systemId = this.#params.get("SYSID_THISMAV") ?? this.#params.get("MAV_SYSID") ?? 1;
    const writer = { systemId, componentId: 1, mavType: this.#mavType(), mavAutopilot: MAV_AUTOPILOT_ARDUPILOT };
    return {
      writer,
      bootUnixUs: this.#bootUnixUs,
      firstSinceBootUs: this.#firstSinceBootUs ?? 0,
      hasEstimate: this.#hasEstimate,
      gps: this.#gps ?? { recordName: "GPS", instance: 0 },
      hasPosition: this.#hasEstimate || this.#gps !== undefined,
      hasHome: this.#hasHome,
    };
  }

  #mavType(): number {
    const firmware = this.#firmwareType ?? 0;
    if (firmware === COPTER) return TYPE_OF_FRAME_CLASS[this.#params.get("FRAME_CLASS") ?? 0] ?? COPTER;
    const quadplane = this.#params.get("Q_ENABLE") ? this.#params.get("Q_MAV_TYPE") : undefined;
    return firmware === PLANE && quadplane ? quadplane : firmware;
  }

  #onParam(record: LogRecord): void {
    this.#sinceParam = 0;
    const name = record.text("Name");
    const value = record.number("Value");
    if (name !== undefined && value !== undefined) this.#params.set(name, value);
  }

  #onFirmware(text: string | undefined): void {
    if (text === undefined || this.#firmwareType !== undefined) return;
    this.#firmwareType = TYPE_OF_FIRMWARE.find(([pattern]) => pattern.test(text))?.[1];
  }

  #onEstimate(record: LogRecord): void {
    if (!placeFrom(record.number("Lat"), record.number("Lng"))) return;
    this.#hasEstimate = true;
    this.#hasHome ||= record.number("RelHomeAlt") !== undefined || record.number("RelAlt") !== undefined;
  }

  #onGps(record: LogRecord): void {
    if (hasReceiverPlace(record)) {
      const received = { recordName: record.format.name, instance: instanceOf(record) };
      if (!this.#gps || isBefore(received, this.#gps)) this.#gps = received;
    }
    if (this.#bootUnixUs !== undefined || (record.stored("Status") ?? 0) < FIX_3D) return;
    const week = record.stored("GWk") ?? record.stored("Week");
    const msOfWeek = record.stored("GMS") ?? record.stored("TimeMS");
    const sinceBootUs = sinceBootUsOf(record);
    if (!week || msOfWeek === undefined || sinceBootUs === undefined) return;
    this.#bootUnixUs = unixUsFromGps(week, msOfWeek) - sinceBootUs;
  }
}

const hasReceiverPlace = (record: LogRecord): boolean =>
  (record.stored("Status") ?? 0) >= FIX_2D && placeFrom(record.number("Lat"), record.number("Lng")) !== undefined;

/** "GPS" is before "GPS2", the first instance before the second. */
const isBefore = (a: GpsSource, b: GpsSource): boolean =>
  a.recordName === b.recordName ? a.instance < b.instance : a.recordName < b.recordName;

/** The record's timestamp, microseconds since the autopilot booted. Logs before 2015 have milliseconds. */
export function sinceBootUsOf(record: LogRecord): number | undefined {
  const us = record.stored("TimeUS");
  if (us !== undefined) return us;
  const ms = record.format.name.startsWith("GPS") ? record.stored("T") : record.stored("TimeMS");
  return ms === undefined ? undefined : ms * 1000;
}

/** Reads only as far as necessary, decoding only the few records it needs. */
export function readPreamble(scan: RecordSource): Preamble {
  const reader = new PreambleReader();
  for (let record = scan.next(); record && !reader.isComplete; record = scan.next()) reader.onRecord(record);
  return reader.preamble();
}
