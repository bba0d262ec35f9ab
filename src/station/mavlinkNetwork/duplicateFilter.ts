import type { MavlinkFrame } from "../../mavlink/frame.js";
import { contentHashOf } from "./copyDetector.js";
import type { VehiclePath } from "./vehiclePath.js";

/**
 * The same content over another link within this time is a copy: each channel of an autopilot has its own sequence
 * numbers.
 */
const COPY_WITHIN_MS = 1500;
/**
 * While the active path has delivered this message within this time, the same message from another path is a copy or
 * older.
 */
const COVERED_FOR_MS = 2500;
const ENTRIES_MAX = 512;

/**
 * Messages that are streamed or repeated without being requested: while the active path delivers them, those of other
 * paths are ignored. All other messages (acknowledgements, texts, items, parameters) count from whichever path delivers
 * them first.
 */
const TELEMETRY: ReadonlySet<number> = new Set([
  0, 1, 2, 24, 27, 29, 30, 31, 32, 33, 34, 35, 36, 42, 62, 65, 74, 83, 85, 87, 105, 109, 111, 116, 125, 129, 132, 136,
  137, 141, 147, 152, 162, 163, 164, 165, 166, 168, 172, 173, 178, 182, 193, 225, 226, 230, 231, 234, 235, 241, 242,
  245, 262, 263, 281, 284, 285, 291, 299, 340, 395, 410, 411, 436, 11030, 11031, 11032,
]);

const HIGH_LATENCY2 = 235;

type Received = { readonly path: VehiclePath; readonly atMonoMs: number };

/** Merges the frames of several paths into one stream, so that nothing is applied, acknowledged or counted twice. */
export class DuplicateFilter {
  /** By component and message id: when the active path last delivered it. */
  readonly #covered = new Map<number, number>();
  readonly #received = new Map<number, Received>();

  isFirstCopy(frame: MavlinkFrame, path: VehiclePath, active: VehiclePath | undefined, nowMonoMs: number): boolean {
    // A satellite's HIGH_LATENCY2 must not switch a vehicle that is also on a normal link to high-latency mode.
    if (frame.messageId === HIGH_LATENCY2 && path !== active && active?.isAlive(nowMonoMs) === true) return false;
    const topic = frame.messageId * 256 + frame.componentId;
    if (TELEMETRY.has(frame.messageId)) {
      if (path === active) {
        this.#covered.set(topic, nowMonoMs);
        return true;
      }
      return nowMonoMs - (this.#covered.get(topic) ?? Number.NEGATIVE_INFINITY) > COVERED_FOR_MS;
    }
    const key = contentHashOf(frame) * 256 + frame.componentId;
    const received = this.#received.get(key);
    if (received && received.path !== path && nowMonoMs - received.atMonoMs < COPY_WITHIN_MS) return false;
    this.#received.delete(key);
    if (this.#received.size >= ENTRIES_MAX) this.#received.clear();
    this.#received.set(key, { path, atMonoMs: nowMonoMs });
    return true;
  }
}
