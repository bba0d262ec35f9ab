import { heartbeatSourceOf } from "../../mavlink/decode.js";
import type { MavlinkFrame } from "../../mavlink/frame.js";
import { vehicleRank, type VehicleRank } from "../../mavlink/vehicleHeartbeat.js";
import { IdentityRequests } from "./identityRequests.js";
import type { LinkSession } from "./linkSession.js";
import { compareIdentity, compareToSilent, type IdentityComparison } from "./linkIdentity.js";
import { SAME_BOOT_WITHIN_MS } from "./bootClock.js";
import { VehiclePath } from "./vehiclePath.js";
import type { VehicleLinks } from "./vehicleLinks.js";

/** A source still unidentified after this is shown as a vehicle of its own, and nothing is sent to it. */
const SHOWN_AFTER_MS = 5000;
/**
 * Boot times that are seconds apart prove another vehicle only when they stay so: a modem that has just connected
 * delivers seconds of old frames at once, which make the boot appear later than it was.
 */
const DIFFERS_FOR_MS = 3000;
const AGREES_FOR_MS = 1500;
const JUMPS_MAX = 1;
const SOURCES_MAX = 256;

/** A sender on a link, by system id: `key` is unique over all links. */
export type MavlinkSource = { readonly key: string; readonly link: LinkSession; readonly from: string };

/** A known vehicle with that system id. */
type KnownVehicle = { readonly componentId: number; readonly links: VehicleLinks };

/** A path that is not yet attributed to a vehicle, and the requests sent on it to find out. */
export class UnidentifiedPath {
  readonly path: VehiclePath;
  readonly componentId: number;
  readonly sinceMonoMs: number;
  /** Proven not to be this vehicle, and never merged with it again. */
  readonly barred: VehicleLinks | undefined;
  readonly #requests = new IdentityRequests();
  #hasDiffered = false;
  #lastBootMs: number | undefined;
  #countOfJumps = 0;
  /** Since when it has differed from every known vehicle, by a clock that keeps pace. */
  #differsSinceMonoMs: number | undefined;
  #agreesSinceMonoMs: number | undefined;

  constructor(path: VehiclePath, componentId: number, sinceMonoMs: number, barred?: VehicleLinks) {
    this.path = path;
    this.componentId = componentId;
    this.sinceMonoMs = sinceMonoMs;
    this.barred = barred;
  }

  /** Requests its identity: the only messages sent there. */
  ask(nowMonoMs: number): void {
    const { link, from, systemId, evidence } = this.path;
    const to = { systemId, componentId: this.componentId };
    for (const message of this.#requests.due(evidence, to, nowMonoMs)) link.send(message, from);
  }

  judge<Known extends KnownVehicle>(sameSysId: readonly Known[], nowMonoMs: number): Judgement<Known> {
    if (this.#hasJumped(sameSysId)) return { kind: "different" };
    let isOpen = this.path.evidence.kind === undefined;
    let mayBeDelay = false;
    for (const known of sameSysId) {
      if (known.links === this.barred) continue;
      const comparison = this.#compareTo(known, nowMonoMs);
      if (comparison.kind === "same") return this.#isSureOf(known, nowMonoMs) ? { kind: "same", known } : UNKNOWN;
      if (comparison.kind === "unknown") isOpen = true;
      else if (comparison.mayBeDelay) mayBeDelay = true;
    }
    this.#agreesSinceMonoMs = undefined;
    if (isOpen) return UNKNOWN;
    return mayBeDelay ? this.#judgeDelayed(nowMonoMs) : { kind: "different" };
  }

  #judgeDelayed(nowMonoMs: number): { readonly kind: "different" | "unknown" } {
    // Only a clock that is known to keep ours' pace proves anything by seconds.
    if (this.path.evidence.pace !== "real") {
      this.#hasDiffered = true;
      return UNKNOWN;
    }
    this.#differsSinceMonoMs ??= nowMonoMs;
    return nowMonoMs - this.#differsSinceMonoMs >= DIFFERS_FOR_MS ? { kind: "different" } : UNKNOWN;
  }

  /** A stall moves the boot time once, and its end lets it drift back; one that jumps about is being guessed. */
  #hasJumped(sameSysId: readonly KnownVehicle[]): boolean {
    const bootMs = this.path.evidence.boot?.value;
    const movedMs = Math.abs((bootMs ?? 0) - (this.#lastBootMs ?? bootMs ?? 0));
    this.#lastBootMs = bootMs;
    if (movedMs > SAME_BOOT_WITHIN_MS) this.#countOfJumps++;
    return this.#countOfJumps > JUMPS_MAX && sameSysId.every(({ links }) => links.identity().pace === "real");
  }

  /**
   * Once its boot time has differed, a source must agree for a while: one that tries many boot times hits the right one
   * for a moment. Two fast clocks agree by moments only.
   */
  #isSureOf({ links }: KnownVehicle, nowMonoMs: number): boolean {
    this.#agreesSinceMonoMs ??= nowMonoMs;
    const hasDiffered = this.#hasDiffered || this.#differsSinceMonoMs !== undefined;
    const areFast = this.path.evidence.pace === "fast" && links.identity().pace === "fast";
    return !hasDiffered || areFast || nowMonoMs - this.#agreesSinceMonoMs >= AGREES_FOR_MS;
  }

  #compareTo({ componentId, links }: KnownVehicle, nowMonoMs: number): IdentityComparison {
    if (componentId !== this.componentId) return { kind: "different", because: "kind", mayBeDelay: false };
    const judge = links.isAlive(nowMonoMs) ? compareIdentity : compareToSilent;
    return judge(this.path.evidence, links.identity(), nowMonoMs);
  }
}

type Judgement<Known> =
  { readonly kind: "same"; readonly known: Known } | { readonly kind: "different" } | { readonly kind: "unknown" };

const UNKNOWN = { kind: "unknown" } as const;

type Verdict<Known> =
  | { readonly kind: "same"; readonly known: Known; readonly path: VehiclePath }
  /** `isProven`: it was shown to be none of the others; otherwise its identity is still unknown. */
  | { readonly kind: "new"; readonly unidentified: UnidentifiedPath; readonly isProven: boolean }
  | { readonly kind: "undecided" };

/**
 * Sources with the system id of a known vehicle, on another link or from another address: the same vehicle over a
 * second path, another vehicle, or an impostor. None of their frames reaches a vehicle's state before that is decided.
 */
export class UnidentifiedSources {
  readonly #paths = new Map<string, UnidentifiedPath>();

  /** `sameSysId`: the vehicles with that system id, at least one. */
  onFrame<Known extends KnownVehicle>(
    source: MavlinkSource,
    frame: MavlinkFrame,
    sameSysId: readonly Known[],
    nowMonoMs: number,
  ): Verdict<Known> {
    const unidentified = this.#paths.get(source.key) ?? this.#begin(source, frame, nowMonoMs);
    if (!unidentified || frame.componentId !== unidentified.componentId) return { kind: "undecided" };
    unidentified.path.onFrame(frame, true, nowMonoMs);
    const judgement = unidentified.judge(sameSysId, nowMonoMs);
    if (judgement.kind === "same") {
      this.#paths.delete(source.key);
      return { kind: "same", known: judgement.known, path: unidentified.path };
    }
    const isProven = judgement.kind === "different";
    if (isProven || nowMonoMs - unidentified.sinceMonoMs >= SHOWN_AFTER_MS) {
      this.#paths.delete(source.key);
      return { kind: "new", unidentified, isProven };
    }
    unidentified.ask(nowMonoMs);
    return { kind: "undecided" };
  }

  /**
   * A vehicle's path that proved to be another vehicle's: it is judged anew, but never merged with that vehicle again.
   */
  expel(key: string, path: VehiclePath, componentId: number, barred: VehicleLinks): void {
    this.#paths.set(key, new UnidentifiedPath(path, componentId, Number.NEGATIVE_INFINITY, barred));
  }

  forget(link: LinkSession): void {
    for (const [key, { path }] of this.#paths) if (path.link === link) this.#paths.delete(key);
  }

  /** Only an autopilot's heartbeat starts an identification; cameras and computers belong to their autopilot. */
  #begin(source: MavlinkSource, frame: MavlinkFrame, nowMonoMs: number): UnidentifiedPath | undefined {
    if (rankOf(frame) === 0) return undefined;
    if (this.#paths.size >= SOURCES_MAX) this.#forgetSilent(nowMonoMs);
    const path = new VehiclePath(source.link, source.from, frame.systemId);
    const made = new UnidentifiedPath(path, frame.componentId, nowMonoMs);
    this.#paths.set(source.key, made);
    return made;
  }

  /** Bounds memory in a flood of system ids: drops the sources silent for longest, at least one. */
  #forgetSilent(nowMonoMs: number): void {
    let oldest: [string, UnidentifiedPath] | undefined;
    for (const entry of this.#paths) {
      const { receivedAtMonoMs } = entry[1].path;
      if (nowMonoMs - receivedAtMonoMs > SHOWN_AFTER_MS) this.#paths.delete(entry[0]);
      else if (!oldest || receivedAtMonoMs < oldest[1].path.receivedAtMonoMs) oldest = entry;
    }
    if (this.#paths.size >= SOURCES_MAX && oldest) this.#paths.delete(oldest[0]);
  }
}

/** How certainly a heartbeat's component is the autopilot; 0 for every other frame. */
export function rankOf(frame: MavlinkFrame): VehicleRank {
  const source = heartbeatSourceOf(frame);
  return source ? vehicleRank(source) : 0;
}
