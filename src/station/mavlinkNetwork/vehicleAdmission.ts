/** A flood of invented system ids must not grow without bound; nobody flies so many from one laptop. */
const VEHICLES_MAX = 64;
/** Of one address: so many may say that they are there and nothing else. */
const UNSPOKEN_PER_SOURCE_MAX = 16;
/** By then one that is real has answered our questions. */
const ANSWERED_AFTER_MS = 5000;
/** One that never said more than that it is there, and is silent this long, never was. */
const UNSPOKEN_FORGOTTEN_MS = 60_000;
/** One that spoke, but was never commanded, makes room after this silence. */
const UNUSED_FORGOTTEN_MS = 600_000;
/** A crowd that only sends heartbeats is met one by one, so that it cannot keep the station busy. */
const MEET_EVERY_MS = 250;

/** What the table knows of one vehicle. */
export type Place<Id> = {
  readonly id: Id;
  /** Link and address it was first heard on. */
  readonly source: string;
  readonly sinceMonoMs: number;
  readonly receivedAtMonoMs: number;
  /** It said more than heartbeats. */
  readonly hasSpoken: boolean;
  /** A person commanded it, or sent it a plan: it is never given up. */
  readonly isEngaged: boolean;
};

type Newcomer = { readonly source: string; readonly hasSpoken: boolean };

type Admission<Id> =
  { readonly kind: "admit" } | { readonly kind: "replace"; readonly id: Id } | { readonly kind: "refuse" };

const ADMIT = { kind: "admit" } as const;
const REFUSE = { kind: "refuse" } as const;

/**
 * Who gets a place among the vehicles when many say that they are one. Who only sends heartbeats makes room for others;
 * who carries a known vehicle never does.
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

/** Those that never were: heartbeats for a while, and then nothing. */
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
