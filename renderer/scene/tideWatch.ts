import type { Position } from "../../src/geo/position.js";
import type { KnownTide, Tide } from "../../src/geo/tide/tideModel.js";
import { waterlineShift } from "../../src/geo/tide/waterlineShift.js";
import { Latest } from "../bridge/latest.js";

/** Where the scene gets the tide from, and the time it is shown for: the station's now, or that of a replay. */
export type SceneTide = {
  readonly tideAt: (position: Position, unixTimeMs: number) => Promise<Tide | undefined>;
  /** A simulated sea has no tide: its edge is the coast's line, and boats afloat must not be drawn on dry sand. */
  readonly isSeaSimulated: boolean;
  /** Undefined while the time is not known. */
  readonly unixMsNow: () => number | undefined;
  /** A place of its own; without one it is what the camera follows, else the scene's origin. */
  readonly placeNow?: () => Position | undefined;
};

export type ShownTide = {
  /** Undefined where it is not known. */
  readonly tide: KnownTide | undefined;
  /** Seconds between the tide's instant and the time shown, in whole minutes; 0 while it is fresh. */
  readonly ageS: number;
};

/**
 * How far to seaward of the coast's line the sea's edge is drawn, with one sigma: on a beach of the assumed slope everywhere.
 * Undefined without a tide, and at or above the line's own level: no sea is drawn over land.
 */
export function drawnShift(
  shown: ShownTide | undefined,
): { readonly seawardM: number; readonly sigmaM: number } | undefined {
  const shift = shown?.tide && waterlineShift(shown.tide);
  return shift && shift.seawardM > 0 ? shift : undefined;
}

const MINUTE_MS = 60_000;
/** It is asked for every minute, in which it moves 3 cm at most. */
const FRESH_MS = 3 * MINUTE_MS;
/** In that time it moves up to a metre. */
const FORGOTTEN_AFTER_MS = 30 * MINUTE_MS;
const UNKNOWN: ShownTide = { tide: undefined, ageS: 0 };

/** Asks for the tide once a minute of the time shown, and when the place has moved by a kilometre. Call `tick` every second. */
export class TideWatch {
  /** Undefined until something is known of it. */
  readonly shown = new Latest<ShownTide | undefined>(undefined);
  readonly #source: SceneTide;
  readonly #placeNow: () => Position | undefined;
  #answer: Tide | undefined;
  #askedKey = "";
  #isAsking = false;

  constructor(source: SceneTide, placeNow: () => Position | undefined) {
    this.#source = source;
    this.#placeNow = placeNow;
  }

  tick(): void {
    const nowMs = this.#source.unixMsNow();
    const place = this.#placeNow();
    if (nowMs === undefined || !place) return;
    const { latitudeDeg, longitudeDeg } = place;
    const key = `${Math.floor(nowMs / MINUTE_MS)} ${latitudeDeg.toFixed(2)} ${longitudeDeg.toFixed(2)}`;
    if (key !== this.#askedKey && !this.#isAsking) void this.#ask(place, nowMs, key);
    this.#show(nowMs);
  }

  async #ask(place: Position, nowMs: number, key: string): Promise<void> {
    this.#isAsking = true;
    this.#askedKey = key;
    const answer = await this.#source.tideAt(place, nowMs);
    this.#isAsking = false;
    // Without an answer what is known gets older, and looks older.
    this.#answer = answer ?? this.#answer;
    this.#show(this.#source.unixMsNow() ?? nowMs);
  }

  #show(nowMs: number): void {
    if (!this.#answer) return;
    const next = shownAt(this.#answer, nowMs);
    const shown = this.shown.get();
    if (shown?.tide !== next.tide || shown?.ageS !== next.ageS) this.shown.set(next);
  }
}

function shownAt(tide: Tide, nowMs: number): ShownTide {
  if (tide.kind === "unknown") return UNKNOWN;
  const offMs = Math.abs(nowMs - tide.unixTimeMs);
  if (offMs > FORGOTTEN_AFTER_MS) return UNKNOWN;
  return { tide, ageS: offMs > FRESH_MS ? Math.floor(offMs / MINUTE_MS) * 60 : 0 };
}
