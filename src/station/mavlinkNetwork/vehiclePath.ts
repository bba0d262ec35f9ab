import type { VehiclePath as ShownPath } from "../../contract/linkMessages.js";
import type { LinkCounters } from "../../mavlink/counters.js";
import type { MavlinkFrame } from "../../mavlink/frame.js";
import { SequenceWatch } from "../../mavlink/sequence.js";
import type { LinkSession } from "./linkSession.js";
import { LinkIdentity } from "./linkIdentity.js";
import { RateMeter } from "./rateMeter.js";

/** Two and a half missed heartbeats: commands then take another path. */
const SILENT_AFTER_MS = 2500;
/**
 * A satellite link delivers a message every few seconds to minutes: https://mavlink.io/en/services/high_latency.html
 */
const SILENT_AFTER_HIGH_LATENCY_MS = 120_000;
/** No heartbeat for this long while HIGH_LATENCY2 arrives: the vehicle has switched to high-latency mode. */
const NO_HEARTBEAT_MS = 10_000;

/** One path to a vehicle: a link and an address on it. */
export class VehiclePath {
  readonly link: LinkSession;
  readonly from: string;
  readonly systemId: number;
  evidence = new LinkIdentity();
  /** The autopilot sent more than heartbeats here: it streams, or answered. */
  hasSentMore = false;
  readonly #counters: LinkCounters = {
    messages: 0,
    lost: 0,
    duplicates: 0,
    badChecksums: 0,
    unknownIds: 0,
    garbageBytes: 0,
  };
  readonly #sequence = new SequenceWatch(this.#counters);
  readonly #lostMeter = new RateMeter(10_000);
  readonly #receivedMeter = new RateMeter(10_000);
  receivedAtMonoMs = Number.NEGATIVE_INFINITY;
  isHighLatency = false;
  /** Since when its identity differs from the active path's. */
  differsSinceMonoMs: number | undefined;
  #heartbeatAtMonoMs = Number.NEGATIVE_INFINITY;
  /** Received again after a gap, without position and boot time so far. */
  #isReturning = false;

  constructor(link: LinkSession, from: string, systemId: number) {
    this.link = link;
    this.from = from;
    this.systemId = systemId;
  }

  /**
   * Call before a frame is applied: true for the first frames after a gap whose content cannot be of the vehicle known
   * here. Without a gap two senders are told apart by their alternation (`SysIdConflictDetector`).
   */
  isContradictedBy(frame: MavlinkFrame, nowMonoMs: number): boolean {
    if (!this.isAlive(nowMonoMs)) this.#isReturning = true;
    if (!this.#isReturning) return false;
    if (this.evidence.isContradictedBy(frame, nowMonoMs)) return true;
    // This message has both position and time since boot.
    if (frame.name === "GLOBAL_POSITION_INT") this.#isReturning = false;
    return false;
  }

  /** Every frame of the vehicle on this path, including copies of what another path delivered first. */
  onFrame(frame: MavlinkFrame, isAutopilot: boolean, nowMonoMs: number): void {
    this.#counters.messages++;
    this.#sequence.onFrame(frame.systemId, frame.componentId, frame.seq);
    if (!isAutopilot) return;
    this.receivedAtMonoMs = nowMonoMs;
    if (frame.name !== undefined && frame.name !== "HEARTBEAT") this.hasSentMore = true;
    if (frame.name === "HEARTBEAT") {
      this.#heartbeatAtMonoMs = nowMonoMs;
      this.isHighLatency = false;
    } else if (frame.name === "HIGH_LATENCY2" && nowMonoMs - this.#heartbeatAtMonoMs > NO_HEARTBEAT_MS) {
      this.isHighLatency = true;
    }
    this.evidence.onFrame(frame, nowMonoMs);
  }

  /** What was received until now was from a component that is not the autopilot. */
  forgetEvidence(): void {
    this.evidence = new LinkIdentity();
    this.hasSentMore = false;
  }

  isAlive(nowMonoMs: number): boolean {
    const { kind } = this.link.portState();
    if (kind === "lost" || kind === "failed") return false;
    const silentAfterMs = this.isHighLatency ? SILENT_AFTER_HIGH_LATENCY_MS : SILENT_AFTER_MS;
    return nowMonoMs - this.receivedAtMonoMs < silentAfterMs;
  }

  roundTripMs(): number | undefined {
    return this.link.roundTripMs(this.from, this.systemId);
  }

  lossFraction(nowMonoMs: number): number {
    const lost = this.#lostMeter.grownBy(this.#counters.lost, nowMonoMs).count;
    const received = this.#receivedMeter.grownBy(this.#counters.messages, nowMonoMs).count;
    return lost + received > 0 ? Math.max(0, lost / (lost + received)) : 0;
  }

  shown(isActive: boolean, nowMonoMs: number): ShownPath {
    return {
      linkName: this.link.name,
      state: !this.isAlive(nowMonoMs) ? "silent" : isActive ? "active" : "standby",
      lossFraction: this.lossFraction(nowMonoMs),
      roundTripMs: this.roundTripMs(),
      isHighLatency: this.isHighLatency,
    };
  }
}
