/** Bounds memory in a flood of invented system ids; nobody flies this many from one laptop. */
const VEHICLES_MAX = 64;
/** Limit, per source address, of vehicles that have only sent heartbeats. */
const HEARTBEAT_ONLY_PER_SOURCE_MAX = 16;
/** A real vehicle has answered our requests by then. */
const ANSWERED_AFTER_MS = 5000;
/** A vehicle that only ever sent heartbeats is forgotten after this silence. */
const HEARTBEAT_ONLY_EXPIRES_MS = 60_000;
/** A vehicle that sent more, but was never commanded, may be replaced after this silence. */
const UNUSED_EXPIRES_MS = 600_000;
/** Vehicles that only send heartbeats are admitted at this rate, so that a flood cannot keep the station busy. */
const ADMIT_EVERY_MS = 250;

/** What the admission rules need to know of one vehicle. */
export type AdmissionCandidate<Id> = {
  readonly id: Id;
  /** Link and address it was first received on. */
  readonly source: string;
  readonly sinceMonoMs: number;
  readonly receivedAtMonoMs: number;
  /** It has sent more than heartbeats. */
  readonly hasSentMore: boolean;
  /** Somebody has sent it a command or a plan: it is never forgotten. */
  readonly isEngaged: boolean;
};

type Newcomer = { readonly source: string; readonly hasSentMore: boolean };

type Admission<Id> =
  { readonly kind: "admit" } | { readonly kind: "replace"; readonly id: Id } | { readonly kind: "refuse" };

const ADMIT = { kind: "admit" } as const;
const REFUSE = { kind: "refuse" } as const;

/**
 * Decides which vehicles are kept when there are too many. Those that only send heartbeats are replaced first; those
 * that somebody commanded never.
 */
export class VehicleAdmission {
  #admittedAtMonoMs = Number.NEGATIVE_INFINITY;

  decide<Id>(newcomer: Newcomer, candidates: readonly AdmissionCandidate<Id>[], nowMonoMs: number): Admission<Id> {
    const ofSource = candidates.filter(({ source, hasSentMore }) => source === newcomer.source && !hasSentMore);
    if (!newcomer.hasSentMore && ofSource.length >= HEARTBEAT_ONLY_PER_SOURCE_MAX)
      return this.#replace(
        ofSource.filter((candidate) => hasNotAnswered(candidate, nowMonoMs)),
        nowMonoMs,
      );
    if (candidates.length < VEHICLES_MAX) return ADMIT;
    const heartbeatOnly = candidates.filter((candidate) => hasNotAnswered(candidate, nowMonoMs));
    if (heartbeatOnly.length > 0 && newcomer.hasSentMore)
      return { kind: "replace", id: longestSilent(heartbeatOnly).id };
    if (heartbeatOnly.length > 0) return this.#replace(heartbeatOnly, nowMonoMs);
    const unused = candidates.filter(
      ({ isEngaged, receivedAtMonoMs }) => !isEngaged && nowMonoMs - receivedAtMonoMs > UNUSED_EXPIRES_MS,
    );
    return unused.length > 0 ? { kind: "replace", id: longestSilent(unused).id } : REFUSE;
  }

  #replace<Id>(heartbeatOnly: readonly AdmissionCandidate<Id>[], nowMonoMs: number): Admission<Id> {
    if (heartbeatOnly.length === 0 || nowMonoMs - this.#admittedAtMonoMs < ADMIT_EVERY_MS) return REFUSE;
    this.#admittedAtMonoMs = nowMonoMs;
    return { kind: "replace", id: longestSilent(heartbeatOnly).id };
  }
}

/** Vehicles to forget: they sent only heartbeats, and then nothing more. */
export const expiredVehicles = <Id>(candidates: readonly AdmissionCandidate<Id>[], nowMonoMs: number): readonly Id[] =>
  candidates
    .filter(
      ({ hasSentMore, isEngaged, receivedAtMonoMs }) =>
        !hasSentMore && !isEngaged && nowMonoMs - receivedAtMonoMs > HEARTBEAT_ONLY_EXPIRES_MS,
    )
    .map(({ id }) => id);

const hasNotAnswered = (
  { hasSentMore, isEngaged, sinceMonoMs }: AdmissionCandidate<unknown>,
  nowMonoMs: number,
): boolean => !hasSentMore && !isEngaged && nowMonoMs - sinceMonoMs > ANSWERED_AFTER_MS;

const longestSilent = <Id>(candidates: readonly AdmissionCandidate<Id>[]): AdmissionCandidate<Id> =>
  candidates.reduce((oldest, candidate) => (candidate.receivedAtMonoMs < oldest.receivedAtMonoMs ? candidate : oldest));
