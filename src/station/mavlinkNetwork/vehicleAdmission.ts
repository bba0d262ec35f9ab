/** Bounds memory in a flood of invented system ids; nobody flies this many from one laptop. */
const VEHICLES_MAX = 64;
/** Limit, per source address, of vehicles that have only sent heartbeats. */
const UNSPOKEN_PER_SOURCE_MAX = 16;
/** A real vehicle has answered our requests by then. */
const ANSWERED_AFTER_MS = 5000;
/** A vehicle that only ever sent heartbeats is forgotten after this silence. */
const UNSPOKEN_FORGOTTEN_MS = 60_000;
/** A vehicle that sent more, but was never commanded, may be replaced after this silence. */
const UNUSED_FORGOTTEN_MS = 600_000;
/** Vehicles that only send heartbeats are admitted at this rate, so that a flood cannot keep the station busy. */
const MEET_EVERY_MS = 250;

/** What the admission rules need to know of one vehicle. */
export type Place<Id> = {
  readonly id: Id;
  /** Link and address it was first received on. */
  readonly source: string;
  readonly sinceMonoMs: number;
  readonly receivedAtMonoMs: number;
  /** It has sent more than heartbeats. */
  readonly hasSpoken: boolean;
  /** Somebody has sent it a command or a plan: it is never forgotten. */
  readonly isEngaged: boolean;
};

type Newcomer = { readonly source: string; readonly hasSpoken: boolean };

type Admission<Id> =
  { readonly kind: "admit" } | { readonly kind: "replace"; readonly id: Id } | { readonly kind: "refuse" };

const ADMIT = { kind: "admit" } as const;
const REFUSE = { kind: "refuse" } as const;

/**
 * Decides which vehicles are kept when there are too many. Those that only send heartbeats are replaced first; those
 * that somebody commanded never.
 */
export class VehicleAdmission {
  #metAtMonoMs = Number.NEGATIVE_INFINITY;

  decide<Id>(newcomer: Newcomer, places: readonly Place<Id>[], nowMonoMs: number): Admission<Id> {
    const ofSource = places.filter(({ source, hasSpoken }) => source === newcomer.source && !hasSpoken);
    if (!newcomer.hasSpoken && ofSource.length >= UNSPOKEN_PER_SOURCE_MAX)
      return this.#replace(
        ofSource.filter((place) => hasNotAnswered(place, nowMonoMs)),
        nowMonoMs,
      );
    if (places.length < VEHICLES_MAX) return ADMIT;
    const mute = places.filter((place) => hasNotAnswered(place, nowMonoMs));
    if (mute.length > 0 && newcomer.hasSpoken) return { kind: "replace", id: longestSilent(mute).id };
    if (mute.length > 0) return this.#replace(mute, nowMonoMs);
    const unused = places.filter(
      ({ isEngaged, receivedAtMonoMs }) => !isEngaged && nowMonoMs - receivedAtMonoMs > UNUSED_FORGOTTEN_MS,
    );
    return unused.length > 0 ? { kind: "replace", id: longestSilent(unused).id } : REFUSE;
  }

  #replace<Id>(mute: readonly Place<Id>[], nowMonoMs: number): Admission<Id> {
    if (mute.length === 0 || nowMonoMs - this.#metAtMonoMs < MEET_EVERY_MS) return REFUSE;
    this.#metAtMonoMs = nowMonoMs;
    return { kind: "replace", id: longestSilent(mute).id };
  }
}

/** Vehicles to forget: they sent only heartbeats, and then nothing more. */
export const forgottenPlaces = <Id>(places: readonly Place<Id>[], nowMonoMs: number): readonly Id[] =>
  places
    .filter(
      ({ hasSpoken, isEngaged, receivedAtMonoMs }) =>
        !hasSpoken && !isEngaged && nowMonoMs - receivedAtMonoMs > UNSPOKEN_FORGOTTEN_MS,
    )
    .map(({ id }) => id);

const hasNotAnswered = ({ hasSpoken, isEngaged, sinceMonoMs }: Place<unknown>, nowMonoMs: number): boolean =>
  !hasSpoken && !isEngaged && nowMonoMs - sinceMonoMs > ANSWERED_AFTER_MS;

const longestSilent = <Id>(places: readonly Place<Id>[]): Place<Id> =>
  places.reduce((oldest, place) => (place.receivedAtMonoMs < oldest.receivedAtMonoMs ? place : oldest));
