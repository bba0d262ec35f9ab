/** MISB ST 0601 UAS Datalink Local Set: position, attitude and camera data for the picture of the same instant. */
import { err, ok, type Result } from "../core/result.js";
import { amslFromEllipsoidM } from "../geo/geoid.js";
import { findKey, klvChecksum, readBerLength, readLocalSet, type LocalItem } from "./klv.js";
import type { FramePose } from "./framePose.js";

const UAS_KEY = Uint8Array.of(0x06, 0x0e, 0x2b, 0x34, 0x02, 0x0b, 0x01, 0x01, 0x0e, 0x01, 0x03, 0x01, 0x01, 0, 0, 0);
const TAG_CHECKSUM = 1;

/** Undefined: not sent, wrong size, or marked by the sender as error or out of range. ST 0601 tags in brackets. */
type UasRecord = {
  /** [2] */
  readonly unixTimeUs: number | undefined;
  /** [3] */
  readonly missionId: string | undefined;
  /** [4] */
  readonly tailNumber: string | undefined;
  /** [10] */
  readonly platformName: string | undefined;
  /** [11] */
  readonly sensorName: string | undefined;
  /** [59] */
  readonly callSign: string | undefined;
  /** [5], 0 to 360 */
  readonly platformHeadingDeg: number | undefined;
  /** [90], else [6] */
  readonly platformPitchDeg: number | undefined;
  /** [91], else [7] */
  readonly platformRollDeg: number | undefined;
  /** [13] */
  readonly sensorLatitudeDeg: number | undefined;
  /** [14] */
  readonly sensorLongitudeDeg: number | undefined;
  /** [15] */
  readonly sensorAltitudeAmslM: number | undefined;
  /** [75] */
  readonly sensorAltitudeEllipsoidM: number | undefined;
  /** [16] */
  readonly hfovDeg: number | undefined;
  /** [17] */
  readonly vfovDeg: number | undefined;
  /** [18] */
  readonly relativeAzimuthDeg: number | undefined;
  /** [19] */
  readonly relativeElevationDeg: number | undefined;
  /** [20] */
  readonly relativeRollDeg: number | undefined;
  /** [21] */
  readonly slantRangeM: number | undefined;
  /** [22] */
  readonly targetWidthM: number | undefined;
  /** [23] */
  readonly centreLatitudeDeg: number | undefined;
  /** [24] */
  readonly centreLongitudeDeg: number | undefined;
  /** [25] */
  readonly centreElevationAmslM: number | undefined;
  /** [78] */
  readonly centreElevationEllipsoidM: number | undefined;
  /** [82-89] full, else [26-33] offsets from the centre: upper left, upper right, lower right, lower left. */
  readonly corners: readonly { readonly latitudeDeg: number; readonly longitudeDeg: number }[] | undefined;
  /** [65] */
  readonly version: number | undefined;
};

export type KlvFailure =
  | { readonly kind: "no-key" }
  | { readonly kind: "truncated"; readonly statedBytes: number | undefined; readonly haveBytes: number }
  | { readonly kind: "bad-item" }
  | { readonly kind: "no-checksum" }
  | { readonly kind: "bad-checksum"; readonly stated: number; readonly computed: number };

/** Decodes the first ST 0601 local set in `bytes`; anything before its key is skipped. */
export function decodeSt0601(bytes: Uint8Array): Result<UasRecord, KlvFailure> {
  const keyAt = findKey(bytes, UAS_KEY);
  if (keyAt < 0) return err({ kind: "no-key" });
  const length = readBerLength(bytes, keyAt + UAS_KEY.byteLength);
  const end = length && length.next + length.value;
  if (!length || end === undefined || end > bytes.byteLength) {
    return err({ kind: "truncated", statedBytes: length?.value, haveBytes: bytes.byteLength });
  }
  const items = readLocalSet(bytes, length.next, end);
  if (!items) return err({ kind: "bad-item" });
  const failure = checksumFailure(items, bytes.subarray(0, end), keyAt);
  return failure ? err(failure) : ok(recordFromItems(items));
}

function checksumFailure(items: readonly LocalItem[], bytes: Uint8Array, keyAt: number): KlvFailure | undefined {
  const checksum = items.find((item) => item.tag === TAG_CHECKSUM);
  if (checksum?.value.byteLength !== 2) return { kind: "no-checksum" };
  const stated = ((checksum.value[0] ?? 0) << 8) | (checksum.value[1] ?? 0);
  const computed = klvChecksum(bytes.subarray(keyAt, checksum.valueAt));
  return stated === computed ? undefined : { kind: "bad-checksum", stated, computed };
}

type Items = ReadonlyMap<number, Uint8Array>;

function recordFromItems(list: readonly LocalItem[]): UasRecord {
  const items: Items = new Map(list.map((item) => [item.tag, item.value]));
  const centreLatitudeDeg = signed(items, 23, 4, 90);
  const centreLongitudeDeg = signed(items, 24, 4, 180);
  return {
    unixTimeUs: timeUs(items),
    missionId: text(items, 3),
    tailNumber: text(items, 4),
    platformName: text(items, 10),
    sensorName: text(items, 11),
    callSign: text(items, 59),
    platformHeadingDeg: unsigned(items, 5, 2, [0, 360]),
    // Tags 6 and 7 are limited to ±20° and ±50°, which a banking aircraft exceeds, so the full-range tags come first.
    platformPitchDeg: signed(items, 90, 4, 90) ?? signed(items, 6, 2, 20),
    platformRollDeg: signed(items, 91, 4, 90) ?? signed(items, 7, 2, 50),
    sensorLatitudeDeg: signed(items, 13, 4, 90),
    sensorLongitudeDeg: signed(items, 14, 4, 180),
    sensorAltitudeAmslM: unsigned(items, 15, 2, [-900, 19000]),
    sensorAltitudeEllipsoidM: unsigned(items, 75, 2, [-900, 19000]),
    hfovDeg: unsigned(items, 16, 2, [0, 180]),
    vfovDeg: unsigned(items, 17, 2, [0, 180]),
    relativeAzimuthDeg: unsigned(items, 18, 4, [0, 360]),
    relativeElevationDeg: signed(items, 19, 4, 180),
    relativeRollDeg: unsigned(items, 20, 4, [0, 360]),
    slantRangeM: unsigned(items, 21, 4, [0, 5_000_000]),
    targetWidthM: unsigned(items, 22, 2, [0, 10_000]),
    centreLatitudeDeg,
    centreLongitudeDeg,
    centreElevationAmslM: unsigned(items, 25, 2, [-900, 19000]),
    centreElevationEllipsoidM: unsigned(items, 78, 2, [-900, 19000]),
    corners: fullCorners(items) ?? offsetCorners(items, centreLatitudeDeg, centreLongitudeDeg),
    version: unsigned(items, 65, 1, [0, 255]),
  };
}

/** A big-endian unsigned integer of exactly `size` bytes. */
function rawUnsigned(items: Items, tag: number, size: number): number | undefined {
  const value = items.get(tag);
  if (value?.byteLength !== size) return undefined;
  return value.reduce((sum, byte) => sum * 256 + byte, 0);
}

function unsigned(items: Items, tag: number, size: number, [low, high]: readonly [number, number]): number | undefined {
  const raw = rawUnsigned(items, tag, size);
  return raw === undefined ? undefined : low + ((high - low) * raw) / (2 ** (8 * size) - 1);
}

/** Scaled to ±`range`; the most negative code means "out of range" or "error" in the standard. */
function signed(items: Items, tag: number, size: number, range: number): number | undefined {
  const raw = rawUnsigned(items, tag, size);
  const half = 2 ** (8 * size - 1);
  if (raw === undefined || raw === half) return undefined;
  return ((raw > half ? raw - 2 * half : raw) * range) / (half - 1);
}

/** 64-bit microseconds; beyond 2^53 (the year 2255) it is garbage. */
function timeUs(items: Items): number | undefined {
  const raw = rawUnsigned(items, 2, 8);
  return raw === undefined || raw > Number.MAX_SAFE_INTEGER ? undefined : raw;
}

function text(items: Items, tag: number): string | undefined {
  const value = items.get(tag);
  return value && String.fromCharCode(...value.subarray(0, 127));
}

const CORNER_INDICES = [0, 1, 2, 3] as const;

function fullCorners(items: Items): UasRecord["corners"] {
  return wholeCorners((corner) => ({
    latitudeDeg: signed(items, 82 + 2 * corner, 4, 90),
    longitudeDeg: signed(items, 83 + 2 * corner, 4, 180),
  }));
}

function offsetCorners(items: Items, centreLatDeg: number | undefined, centreLonDeg: number | undefined) {
  const plus = (centreDeg: number | undefined, offsetDeg: number | undefined): number | undefined =>
    centreDeg === undefined || offsetDeg === undefined ? undefined : centreDeg + offsetDeg;
  return wholeCorners((corner) => ({
    latitudeDeg: plus(centreLatDeg, signed(items, 26 + 2 * corner, 2, 0.075)),
    longitudeDeg: plus(centreLonDeg, signed(items, 27 + 2 * corner, 2, 0.075)),
  }));
}

function wholeCorners(
  at: (corner: number) => { latitudeDeg: number | undefined; longitudeDeg: number | undefined },
): UasRecord["corners"] {
  const corners = CORNER_INDICES.map(at).flatMap(({ latitudeDeg, longitudeDeg }) =>
    latitudeDeg === undefined || longitudeDeg === undefined ? [] : [{ latitudeDeg, longitudeDeg }],
  );
  return corners.length === 4 ? corners : undefined;
}

export type PoseFailure = { readonly kind: "incomplete"; readonly missing: readonly string[] };

/** The pose of a frame; an error when a value it needs was not sent or marked as an error. Nothing is guessed. */
export function framePoseFrom(record: UasRecord): Result<FramePose, PoseFailure> {
  const { sensorLatitudeDeg: latDeg, sensorLongitudeDeg: lonDeg } = record;
  const position =
    latDeg === undefined || lonDeg === undefined ? undefined : { latitudeDeg: latDeg, longitudeDeg: lonDeg };
  const ellipsoidM = record.sensorAltitudeEllipsoidM;
  const fromEllipsoidM = position && ellipsoidM !== undefined ? amslFromEllipsoidM(position, ellipsoidM) : undefined;
  const needed = {
    time: record.unixTimeUs,
    position,
    height: record.sensorAltitudeAmslM ?? fromEllipsoidM,
    headingDeg: record.platformHeadingDeg,
    pitch: record.platformPitchDeg,
    roll: record.platformRollDeg,
    azimuth: record.relativeAzimuthDeg,
    elevation: record.relativeElevationDeg,
    sensorRoll: record.relativeRollDeg,
    hfov: record.hfovDeg,
    vfov: record.vfovDeg,
  };
  if (!isWhole(needed)) {
    const missing = Object.entries(needed).flatMap(([name, value]) => (value === undefined ? [name] : []));
    return err({ kind: "incomplete", missing });
  }
  return ok({
    unixTimeUs: needed.time,
    sensor: { position: needed.position, altitudeAmslM: needed.height },
    platform: { headingDeg: needed.headingDeg, pitchDeg: needed.pitch, rollDeg: needed.roll },
    gimbal: { azimuthDeg: needed.azimuth, elevationDeg: needed.elevation, rollDeg: needed.sensorRoll },
    hfovDeg: needed.hfov,
    vfovDeg: needed.vfov,
  });
}

type Whole<T> = { [K in keyof T]: Exclude<T[K], undefined> };

function isWhole<T extends object>(value: T): value is T & Whole<T> {
  return Object.values(value).every((part) => part !== undefined);
}
