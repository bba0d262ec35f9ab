import type { Clock } from "../../core/clock.js";
import { linkTroubleOf } from "../../contract/linkTrouble.js";
import type { LinkPortState } from "../../io/linkPort.js";
import type { StationBus } from "../bus.js";
import type { LinkSession } from "./linkSession.js";

/** Lost again within this time of the last trouble: the link flaps. */
const FLAPPING_WITHIN_MS = 60_000;
/** So many losses in that manner are one notice with a count. */
const FLAPS_MIN = 3;
/** Heard for this long without another loss: it flaps no longer. */
const STEADY_AFTER_MS = 30_000;

type Trouble = {
  readonly kind: "failed" | "lost" | "silent";
  readonly because: string;
  readonly sinceMonoMs: number;
};

/** What the system said of it, as facts that the screens have words for. */
export function reasonOf(published: string): Readonly<Record<"because" | "operation" | "code", string>> {
  const { trouble, operation, code } = linkTroubleOf(published);
  return { because: `link:${trouble}`, operation, code };
}

/**
 * Says aloud what happens to one link: a wire that was there and is gone is danger, one that never opened a caution. The
 * same trouble is said once, however often it is tried again. It is back when something is *heard*: a socket that connects
 * is no link yet. One that comes and goes is one notice, with a count.
 */
export class LinkWatch {
  readonly #bus: StationBus;
  readonly #clock: Clock;
  #trouble: Trouble | undefined;
  #lostAtMonoMs: number | undefined;
  #countOfLosses = 0;
  /** The next count that is said: each twice the last, so that hours of flapping are a few lines. */
  #publishedAtCount = FLAPS_MIN;

  constructor(bus: StationBus, clock: Clock) {
    this.#bus = bus;
    this.#clock = clock;
  }

  onState(link: { readonly name: string; readonly uri: string }, state: LinkPortState): void {
    if (state.kind === "opening" || state.kind === "open") return;
    // Another reason for the same trouble is on the link's line: it is no news.
    if (this.#trouble?.kind === state.kind) return;
    this.#onTrouble(link, { kind: state.kind, because: state.because, sinceMonoMs: this.#clock.monoMs() });
    this.#bus.log(`vigie: ${link.uri}: ${state.because}`);
  }

  /** A wire on which nothing comes any more, or again; `isToldOtherwise` where a lost vehicle says it louder. */
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
    // Another word for the same trouble is no further loss.
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
