import type { Clock } from "../../core/clock.js";
import { linkTroubleOf } from "../../contract/linkTrouble.js";
import type { LinkPortState } from "../../io/linkPort.js";
import type { StationBus } from "../bus.js";
import type { LinkSession } from "./linkSession.js";

/** Lost again within this time of the last trouble: the link is flapping. */
const FLAPPING_WITHIN_MS = 60_000;
/** This many such losses become one notice with a count. */
const FLAPS_MIN = 3;
/** Received for this long without another loss: the link is stable again. */
const STEADY_AFTER_MS = 30_000;

type Trouble = {
  readonly kind: "failed" | "lost" | "silent";
  readonly because: string;
  readonly sinceMonoMs: number;
};

/** The system's error as facts, for which the screens have texts. */
export function reasonOf(published: string): Readonly<Record<"because" | "operation" | "code", string>> {
  const { trouble, operation, code } = linkTroubleOf(published);
  return { because: `link:${trouble}`, operation, code };
}

/**
 * Publishes notices about one link: danger when a working link is gone, caution when it could never be opened. The same
 * trouble is reported once, however often it is retried. The link is back only when something is *received*: a
 * connected socket alone is not enough. A flapping link is one notice with a count.
 */
export class LinkWatch {
  readonly #bus: StationBus;
  readonly #clock: Clock;
  #trouble: Trouble | undefined;
  #lostAtMonoMs: number | undefined;
  #countOfLosses = 0;
  /** The next count that is published: it doubles each time, so that hours of flapping are a few lines. */
  #publishedAtCount = FLAPS_MIN;

  constructor(bus: StationBus, clock: Clock) {
    this.#bus = bus;
    this.#clock = clock;
  }

  onState(link: { readonly name: string; readonly uri: string }, state: LinkPortState): void {
    if (state.kind === "opening" || state.kind === "open") return;
    // Only the reason changed; it is shown on the link's line and needs no new notice.
    if (this.#trouble?.kind === state.kind) return;
    this.#onTrouble(link, { kind: state.kind, because: state.because, sinceMonoMs: this.#clock.monoMs() });
    this.#bus.log(`vigie: ${link.uri}: ${state.because}`);
  }

  /**
   * Detects that a link falls silent, or is back; no notice of its own where a notice about the lost vehicle says so
   * already.
   */
  onTick(link: LinkSession, isLossPublished: boolean): void {
    const nowMonoMs = this.#clock.monoMs();
    const { state, because = "", lastReceivedMonoMs } = link.status();
    if (state === "open") {
      if (this.#trouble && (lastReceivedMonoMs ?? 0) > this.#trouble.sinceMonoMs) this.#onReceived(link, nowMonoMs);
      else if (!this.#trouble) this.#onSteady(link, nowMonoMs);
      return;
    }
    if (link.portState().kind !== "open" || state !== "lost" || this.#trouble || isLossPublished) return;
    this.#onTrouble(link, { kind: "silent", because, sinceMonoMs: nowMonoMs });
  }

  #onTrouble(link: { readonly name: string; readonly uri: string }, trouble: Trouble): void {
    const { kind, because, sinceMonoMs } = trouble;
    // A different reason for the same trouble does not count as a further loss.
    const isFurther = this.#trouble === undefined;
    this.#trouble = trouble;
    if (isFurther && kind !== "failed") this.#count(sinceMonoMs);
    if (this.#countOfLosses >= FLAPS_MIN) {
      this.#publishFlapping(link, because);
      return;
    }
    const facts = { link: link.name, uri: link.uri, ...reasonOf(because) };
    const [severity, key] =
      kind === "failed" ? (["caution", "link-failed"] as const) : (["danger", "link-lost"] as const);
    this.#bus.notice({ id: `link:${link.name}`, severity, key, facts });
  }

  #count(nowMonoMs: number): void {
    const isSoon = this.#lostAtMonoMs !== undefined && nowMonoMs - this.#lostAtMonoMs < FLAPPING_WITHIN_MS;
    if (!isSoon) this.#publishedAtCount = FLAPS_MIN;
    this.#countOfLosses = isSoon ? this.#countOfLosses + 1 : 1;
    this.#lostAtMonoMs = nowMonoMs;
  }

  #publishFlapping(link: { readonly name: string }, because: string): void {
    if (this.#countOfLosses < this.#publishedAtCount) return;
    this.#publishedAtCount *= 2;
    const facts = { link: link.name, count: this.#countOfLosses, ...reasonOf(because) };
    this.#bus.notice({ id: `link:${link.name}`, severity: "danger", key: "link-flaps", facts });
  }

  #onReceived(link: LinkSession, nowMonoMs: number): void {
    this.#trouble = undefined;
    if (this.#countOfLosses < FLAPS_MIN) this.#publishRestored(link);
    else this.#onSteady(link, nowMonoMs);
  }

  #onSteady(link: LinkSession, nowMonoMs: number): void {
    if (this.#lostAtMonoMs === undefined || nowMonoMs - this.#lostAtMonoMs < STEADY_AFTER_MS) return;
    const wasFlapping = this.#countOfLosses >= FLAPS_MIN;
    this.#countOfLosses = 0;
    this.#lostAtMonoMs = undefined;
    if (wasFlapping) this.#publishRestored(link);
  }

  #publishRestored(link: LinkSession): void {
    this.#bus.notice({ id: `link:${link.name}`, severity: "info", key: "link-back", facts: { link: link.name } });
  }
}
