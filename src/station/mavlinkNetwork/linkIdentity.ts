import type { Position } from "../../geo/position.js";
import type { MavlinkFrame } from "../../mavlink/frame.js";
import { fieldsOf } from "../../mavlink/messageFields.js";
import { BootClock, type ClockPace, DELAY_MAX_MS, SAME_BOOT_WITHIN_MS } from "./bootClock.js";
import { nearbyDistanceM, SAME_PLACE_WITHIN_M, SysIdConflictDetector } from "./sysIdConflict.js";

/** A value older than this says nothing about the present. */
const FRESH_MS = 2500;
/** No aircraft of ours is faster: limits how far it can have moved between two positions. */
const FASTEST_MPS = 60;
/** MAV_MODE_FLAG_SAFETY_ARMED */
const ARMED_BIT = 128;

type Reading<T> = { readonly value: T; readonly atMonoMs: number };
type Kind = { readonly autopilot: number; readonly type: number };
type Mode = { readonly baseMode: number; readonly customMode: number };

export type IdentityComparison =
  | { readonly kind: "same" }
  /** `mayBeDelay`: a link that is late by seconds, or a simulator's fast clock, would look the same for a while. */
  | {
      readonly kind: "different";
      readonly because: "uid" | "position" | "kind" | "boot";
      readonly mayBeDelay: boolean;
    }
  | { readonly kind: "unknown" };

/** What identifies a vehicle: values that only it can know, and its kind. */
export type VehicleIdentity = {
  /** Serial number of its hardware, as text. */
  readonly uid: string | undefined;
  readonly kind: Kind | undefined;
  /** The station's time at which the vehicle's own clock was 0. */
  readonly boot: Reading<number> | undefined;
  readonly pace: ClockPace;
  readonly position: Reading<Position> | undefined;
  readonly mode: Reading<Mode> | undefined;
};

/** What was received on one path about the vehicle's identity. */
export class LinkIdentity implements VehicleIdentity {
  uid: string | undefined;
  kind: Kind | undefined;
  mode: Reading<Mode> | undefined;
  position: Reading<Position> | undefined;
  readonly #clock = new BootClock();
  readonly conflicts = new SysIdConflictDetector();

  get boot(): Reading<number> | undefined {
    return this.#clock.last;
  }

  get pace(): ClockPace {
    return this.#clock.pace;
  }

  /**
   * The frame cannot be of the vehicle known on this path: another kind or serial number, a boot time that is neither
   * the known one nor a restart since, or a position further away than it could have flown. A bare heartbeat
   * contradicts nothing.
   */
  isContradictedBy(frame: MavlinkFrame, nowMonoMs: number): boolean {
    const received = new LinkIdentity();
    received.onFrame(frame, nowMonoMs);
    return (
      agree(received.uid, this.uid, (a, b) => a === b) === false ||
      agree(received.kind, this.kind, (a, b) => a.type === b.type && a.autopilot === b.autopilot) === false ||
      (received.boot !== undefined && this.#clock.isContradictedBy(received.boot.value, nowMonoMs)) ||
      (this.pace === "real" && agree(received.position, this.position, areNear) === false)
    );
  }

  /** Call only for frames of the autopilot's component. */
  onFrame(frame: MavlinkFrame, nowMonoMs: number): void {
    const readBoot = BOOT_MESSAGES.has(frame.messageId);
    if (readBoot) this.#onBootTime(Number(frame.fields["time_boot_ms"] ?? 0), nowMonoMs);
    const heartbeat = fieldsOf(frame, "HEARTBEAT");
    if (heartbeat) {
      this.kind = { autopilot: heartbeat.autopilot, type: heartbeat.type };
      this.mode = {
        value: { baseMode: heartbeat.base_mode, customMode: heartbeat.custom_mode },
        atMonoMs: nowMonoMs,
      };
      this.conflicts.kind.sample(`${heartbeat.autopilot}/${heartbeat.type}`, nowMonoMs);
    }
    const place = fieldsOf(frame, "GLOBAL_POSITION_INT");
    if (place) this.#onPlace({ latitudeDeg: place.lat / 1e7, longitudeDeg: place.lon / 1e7 }, nowMonoMs);
    const version = fieldsOf(frame, "AUTOPILOT_VERSION");
    if (version) this.uid = uidOf(version.uid2, version.uid);
    if (frame.name === "HIGH_LATENCY2") {
      this.kind = { autopilot: Number(frame.fields["autopilot"]), type: Number(frame.fields["type"]) };
    }
  }

  #onBootTime(timeBootMs: number, nowMonoMs: number): void {
    if (timeBootMs === 0) return;
    const value = nowMonoMs - timeBootMs;
    this.#clock.onBoot(value, nowMonoMs);
    this.conflicts.boot.sample(value, nowMonoMs);
  }

  #onPlace(position: Position, nowMonoMs: number): void {
    // Near (0, 0) it has no fix yet.
    if (Math.abs(position.latitudeDeg) < 0.01 && Math.abs(position.longitudeDeg) < 0.01) return;
    this.position = { value: position, atMonoMs: nowMonoMs };
    this.conflicts.position.sample(position, nowMonoMs);
  }
}

/** SYSTEM_TIME, ATTITUDE, ATTITUDE_QUATERNION, LOCAL_POSITION_NED, GLOBAL_POSITION_INT: all carry the time since boot. */
const BOOT_MESSAGES: ReadonlySet<number> = new Set([2, 30, 31, 32, 33]);

function uidOf(uid2: readonly number[] | undefined, uid: bigint): string | undefined {
  const long = (uid2 ?? []).map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (/[1-9a-f]/.test(long)) return long;
  return uid === 0n ? undefined : uid.toString(16);
}

/**
 * Whether two paths lead to the same vehicle. A known serial number decides, unless the clocks contradict it (copied
 * firmware settings share it); without one, boot time and position together do. In doubt: unknown, never "same".
 */
export function compareIdentity(one: VehicleIdentity, other: VehicleIdentity, nowMonoMs: number): IdentityComparison {
  const uids = agree(one.uid, other.uid, (a, b) => a === b);
  if (uids === false) return differentBy("uid");
  const kinds = agree(one.kind, other.kind, (a, b) => a.type === b.type && a.autopilot === b.autopilot);
  if (kinds === false) return differentBy("kind");
  const boots = bootsAgree(one, other, nowMonoMs);
  const places = agree(one.position, other.position, areNear);
  if (boots === false) return differentByBoot(one, other);
  if (places === false) return differentBy("position");
  const isSame = kinds === true && boots === true && (uids === true || places === true);
  return isSame ? { kind: "same" } : { kind: "unknown" };
}

type Different = Extract<IdentityComparison, { kind: "different" }>;
const differentBy = (because: Different["because"], mayBeDelay = false): Different => ({
  kind: "different",
  because,
  mayBeDelay,
});

/** Seconds apart it may be the delay of a link, unless the two are further apart than anything flies in that time. */
function differentByBoot(one: VehicleIdentity, other: VehicleIdentity): Different {
  const areFar = agree(one.position, other.position, areNearWithDelay) === false;
  return areFar ? differentBy("position") : differentBy("boot", mayBeDelayed(one, other));
}

const mayBeDelayed = (one: VehicleIdentity, other: VehicleIdentity): boolean =>
  agree(one.boot, other.boot, (a, b) => Math.abs(a.value - b.value) <= DELAY_MAX_MS) === true;

/** Undefined where either value is unknown. */
const agree = <T>(one: T | undefined, other: T | undefined, isLike: (a: T, b: T) => boolean): boolean | undefined =>
  one === undefined || other === undefined ? undefined : isLike(one, other);

/**
 * Undefined where either boot time is unknown. A vehicle may restart, so an old boot time that differs is no
 * contradiction.
 */
function bootsAgree(one: VehicleIdentity, other: VehicleIdentity, nowMonoMs: number): boolean | undefined {
  if (!one.boot || !other.boot) return undefined;
  if (Math.abs(one.boot.value - other.boot.value) <= SAME_BOOT_WITHIN_MS) return true;
  return isFresh(one.boot, nowMonoMs) && isFresh(other.boot, nowMonoMs) ? false : undefined;
}

const areNearAfter =
  (delayMs: number) =>
  (one: Reading<Position>, other: Reading<Position>): boolean => {
    const betweenS = (Math.abs(one.atMonoMs - other.atMonoMs) + delayMs) / 1000;
    return nearbyDistanceM(one.value, other.value) <= SAME_PLACE_WITHIN_M + FASTEST_MPS * betweenS;
  };
const areNear = areNearAfter(0);
const areNearWithDelay = areNearAfter(DELAY_MAX_MS);

const isFresh = (reading: Reading<unknown>, nowMonoMs: number): boolean => nowMonoMs - reading.atMonoMs < FRESH_MS;

/**
 * Whether a sender at another address is the vehicle that fell silent. Only what that vehicle alone can know counts:
 * the same boot time, or a restart since it was last received, together with the expected position or its serial
 * number. Bare heartbeats show nothing and stay "unknown" for ever. Anybody can pretend a restart and know the
 * position: for an aircraft that was armed a restart is not believed without the serial number, since one that restarts
 * in the air does not stay where it was.
 */
export function compareToSilent(
  claim: VehicleIdentity,
  silent: VehicleIdentity,
  nowMonoMs: number,
): IdentityComparison {
  const comparison = compareIdentity(claim, silent, nowMonoMs);
  if (comparison.kind !== "unknown" || !claim.boot || !silent.boot) return comparison;
  const isSameBoot = Math.abs(claim.boot.value - silent.boot.value) <= SAME_BOOT_WITHIN_MS;
  if (isSameBoot) return comparison; // position or serial number has not arrived yet
  const hasRestarted = claim.boot.value >= silent.boot.atMonoMs - SAME_BOOT_WITHIN_MS;
  if (!hasRestarted) return differentBy("boot", mayBeDelayed(claim, silent));
  const uids = agree(claim.uid, silent.uid, (a, b) => a === b);
  // Nothing flies while it restarts: the position must be unchanged.
  const isThere = agree(claim.position, silent.position, isAtSamePlace);
  const wasArmed = ((silent.mode?.value.baseMode ?? 0) & ARMED_BIT) !== 0;
  return uids === true || (isThere === true && !wasArmed) ? { kind: "same" } : { kind: "unknown" };
}

const isAtSamePlace = (one: Reading<Position>, other: Reading<Position>): boolean =>
  nearbyDistanceM(one.value, other.value) <= SAME_PLACE_WITHIN_M;

/** The newest value of each kind from several paths of one vehicle. */
export function mergedIdentity(parts: readonly VehicleIdentity[]): VehicleIdentity {
  const newest = <T>(readings: readonly (Reading<T> | undefined)[]): Reading<T> | undefined =>
    readings.reduce(
      (best, reading) => (!best || (reading && reading.atMonoMs > best.atMonoMs) ? reading : best),
      undefined,
    );
  return {
    uid: parts.find(({ uid }) => uid !== undefined)?.uid,
    kind: parts.find(({ kind }) => kind !== undefined)?.kind,
    boot: newest(parts.map(({ boot }) => boot)),
    pace: (["real", "fast"] as const).find((pace) => parts.some((part) => part.pace === pace)) ?? "unknown",
    position: newest(parts.map(({ position }) => position)),
    mode: newest(parts.map(({ mode }) => mode)),
  };
}

/** Both reported a mode just now, and the modes differ: for up to a second that may be a mode change in progress. */
export function modesDiffer(one: LinkIdentity, other: LinkIdentity, nowMonoMs: number): boolean {
  if (!one.mode || !other.mode || !isFresh(one.mode, nowMonoMs) || !isFresh(other.mode, nowMonoMs)) return false;
  const [a, b] = [one.mode.value, other.mode.value];
  return a.baseMode !== b.baseMode || a.customMode !== b.customMode;
}
