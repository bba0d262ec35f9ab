/** The tide of a planned flight, from its start to its end. */
import type { Position } from "../../../src/geo/position.js";
import type { KnownTide, Tide, TideTurn } from "../../../src/geo/tide/tideModel.js";
import { Latest } from "../../bridge/latest.js";

type FlightTurn = TideTurn & {
  readonly kind: "high" | "low";
  /** Between start and end: the sea turns under the flight. */
  readonly isInFlight: boolean;
};

export type FlightTide =
  /** No place, or no time yet. */
  | { readonly kind: "no-place" }
  | { readonly kind: "waiting" }
  | { readonly kind: "no-answer" }
  /** Out of reach of every port. */
  | { readonly kind: "unknown" }
  | {
      readonly kind: "known";
      readonly start: KnownTide;
      /** Undefined while it is not known how long the flight takes. */
      readonly end: KnownTide | undefined;
      /** The next of each after the start, the earlier one first. */
      readonly turns: readonly FlightTurn[];
    };

export type FlightTideAsked = {
  readonly place: Position;
  readonly startUnixMs: number;
  readonly endUnixMs: number | undefined;
};

type TideAt = (position: Position, unixTimeMs: number) => Promise<Tide | undefined>;

const MINUTE_MS = 60_000;
/** In it the tide moves 9 cm at most: what is shown may be so far from the start that is asked for. */
const NEAR_MS = 3 * MINUTE_MS;

/** Asks for one flight at a time, and again when it is another minute or kilometre. Call `tick` every second and on a change. */
export class FlightTideWatch {
  readonly shown = new Latest<FlightTide>({ kind: "waiting" });
  readonly #tideAt: TideAt;
  /** "no-place" while the plan is nowhere; undefined while the station's time is not known. */
  readonly #wanted: () => FlightTideAsked | "no-place" | undefined;
  #isAsking = false;
  #answered: { readonly key: string; readonly asked: FlightTideAsked } | undefined;

  constructor(tideAt: TideAt, wanted: () => FlightTideAsked | "no-place" | undefined) {
    this.#tideAt = tideAt;
    this.#wanted = wanted;
  }

  tick(): void {
    const wanted = this.#wanted();
    if (wanted === undefined || wanted === "no-place") {
      this.#answered = undefined;
      this.#show({ kind: wanted ?? "waiting" });
      return;
    }
    if (this.#answered?.key === keyOf(wanted)) return;
    // What is shown is another hour's: no figure is better than that one.
    if (!this.#answered || !isNear(this.#answered.asked, wanted)) this.#show({ kind: "waiting" });
    if (!this.#isAsking) void this.#ask(wanted);
  }

  async #ask(asked: FlightTideAsked): Promise<void> {
    this.#isAsking = true;
    const { place, startUnixMs, endUnixMs } = asked;
    const start = await this.#tideAt(place, startUnixMs);
    const end = endUnixMs === undefined ? undefined : await this.#tideAt(place, endUnixMs);
    this.#isAsking = false;
    const isComplete = start !== undefined && (end !== undefined || endUnixMs === undefined);
    const now = this.#wanted();
    if (now === undefined || now === "no-place" || !isNear(asked, now)) {
      this.tick();
      return;
    }
    // Without an answer the same is asked for again at the next tick.
    this.#answered = isComplete ? { key: keyOf(asked), asked } : undefined;
    this.#show(isComplete ? flightTideOf(start, end, endUnixMs) : { kind: "no-answer" });
  }

  #show(next: FlightTide): void {
    if (next.kind === "known" || next.kind !== this.shown.get().kind) this.shown.set(next);
  }
}

const keyOf = ({ place, startUnixMs, endUnixMs }: FlightTideAsked): string =>
  [
    Math.floor(startUnixMs / MINUTE_MS),
    endUnixMs === undefined ? "" : Math.floor(endUnixMs / MINUTE_MS),
    place.latitudeDeg.toFixed(2),
    place.longitudeDeg.toFixed(2),
  ].join(" ");

const isNear = (one: FlightTideAsked, other: FlightTideAsked): boolean =>
  Math.abs(one.startUnixMs - other.startUnixMs) <= NEAR_MS &&
  (one.endUnixMs === undefined) === (other.endUnixMs === undefined) &&
  Math.abs((one.endUnixMs ?? 0) - (other.endUnixMs ?? 0)) <= NEAR_MS &&
  Math.abs(one.place.latitudeDeg - other.place.latitudeDeg) <= 0.01 &&
  Math.abs(one.place.longitudeDeg - other.place.longitudeDeg) <= 0.01;

/** `endUnixMs`: of the flight; a turn at that instant is in it. */
export function flightTideOf(start: Tide, end: Tide | undefined, endUnixMs: number | undefined): FlightTide {
  if (start.kind === "unknown") return { kind: "unknown" };
  const isInFlight = ({ unixTimeMs }: TideTurn): boolean => endUnixMs !== undefined && unixTimeMs <= endUnixMs;
  const turns = [
    { ...start.nextHigh, kind: "high", isInFlight: isInFlight(start.nextHigh) } as const,
    { ...start.nextLow, kind: "low", isInFlight: isInFlight(start.nextLow) } as const,
  ].sort((a, b) => a.unixTimeMs - b.unixTimeMs);
  return { kind: "known", start, end: end?.kind === "known" ? end : undefined, turns };
}
