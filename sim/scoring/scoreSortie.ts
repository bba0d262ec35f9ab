/**
 * Scores a sortie against what was true. Knows nothing of the station: it takes the simulator's truth lines and the
 * contacts that were reported, so anyone's station can be scored.
 */
import { assign, isInside, pairsWithinGate, type Pair, type ScoredContact } from "./pairing.js";
import { quantile } from "./quantile.js";
import { actorsFrom, longestStayS, type TruthLine, wholeSinceUs } from "./truth.js";

export type ActorScore = {
  readonly id: string;
  readonly class: string;
  readonly secondsInPicture: number;
  /** In order of appearance: more than one when it moved while out of the picture and was met again as something new. */
  readonly meetings: readonly Meeting[];
};

export type Meeting = {
  readonly contactId: string;
  readonly contactClass: string;
  readonly errorM: number;
  readonly isInEllipse: boolean;
  /**
   * From all of it being in the picture (before that nobody can say what it is) to the picture that made it a contact, and
   * to its report by the clock, however late. Undefined when an edge of it was enough.
   */
  readonly recognisedAfterS: number | undefined;
  readonly appearedAfterS: number | undefined;
  /** From the picture that made it a contact to its report, by the clock. */
  readonly reportDelayS: number;
};

export type Score = {
  /** Real things (person, boat, vehicle) that were in the picture for a second or more. */
  readonly actors: readonly ActorScore[];
  /** Contacts with nothing real within the gate. */
  readonly falseContacts: readonly string[];
  /** Contacts near something real that another contact stands for at the same time or during the same stay in the picture. */
  readonly duplicates: readonly string[];
  /** Contacts that stand for something real under the name of another class. */
  readonly wrongClass: readonly string[];
  /** By class: actors with a contact, whatever class the contact claims. 1 where there were none. */
  readonly foundFraction: Readonly<Record<string, number>>;
  readonly medianErrorM: number;
  readonly insideEllipseFraction: number;
  /** By the pictures' own times. */
  readonly recognisedWithinS95: number;
  /** By the wall clock, with the time the computer took: 95th percentiles, no late report left out. */
  readonly appearedWithinS95: number;
  readonly reportDelayS95: number;
};

const REAL: readonly string[] = ["person", "boat", "vehicle"];
const isDefined = <T>(value: T | undefined): value is T => value !== undefined;

/** Scores the contacts of one sortie; `truth` in any order. */
export function scoreSortie(truth: readonly TruthLine[], contacts: readonly ScoredContact[]): Score {
  const real = actorsFrom(truth).filter((actor) => REAL.includes(actor.class));
  const pairs = pairsWithinGate(real, contacts);
  const chosen = assign(pairs);
  const seen = real.filter((actor) => longestStayS(actor) >= 1);
  const actors = seen.map((actor): ActorScore => ({
    id: actor.id,
    class: actor.class,
    secondsInPicture: actor.lines.filter((line) => line.inFov).length,
    meetings: chosen
      .filter((pair) => pair.actor === actor)
      .sort((one, other) => one.contact.firstSeenUs - other.contact.firstSeenUs)
      .map(meetingOf),
  }));
  const unclaimed = contacts.filter((contact) => !chosen.some((pair) => pair.contact === contact));
  const isNearReal = (contact: ScoredContact) => pairs.some((pair) => pair.contact === contact);
  const found = (kind: string) => {
    const ofKind = actors.filter((actor) => actor.class === kind);
    return ofKind.length === 0 ? 1 : ofKind.filter((actor) => actor.meetings.length > 0).length / ofKind.length;
  };
  const meetings = actors.flatMap((actor) => actor.meetings);
  return {
    actors,
    falseContacts: unclaimed.filter((contact) => !isNearReal(contact)).map((contact) => contact.id),
    duplicates: unclaimed.filter(isNearReal).map((contact) => contact.id),
    wrongClass: actors.flatMap((actor) =>
      actor.meetings.filter(({ contactClass }) => contactClass !== actor.class).map(({ contactId }) => contactId),
    ),
    foundFraction: Object.fromEntries(REAL.map((kind) => [kind, found(kind)])),
    medianErrorM: quantile(
      meetings.map((meeting) => meeting.errorM),
      0.5,
    ),
    insideEllipseFraction: meetings.filter((meeting) => meeting.isInEllipse).length / Math.max(1, meetings.length),
    recognisedWithinS95: quantile(meetings.map((meeting) => meeting.recognisedAfterS).filter(isDefined), 0.95),
    appearedWithinS95: quantile(meetings.map((meeting) => meeting.appearedAfterS).filter(isDefined), 0.95),
    reportDelayS95: quantile(
      meetings.map((meeting) => meeting.reportDelayS),
      0.95,
    ),
  };
}

function meetingOf({ actor, contact, ...pair }: Pair): Meeting {
  // The stay in which it was recognised counts: a report that comes after the actor has left again is late, not missing.
  const sinceUs = wholeSinceUs(actor, contact.recognisedUs);
  return {
    contactId: contact.id,
    contactClass: contact.class,
    errorM: pair.errorM,
    isInEllipse: isInside(contact, pair.offset),
    recognisedAfterS: sinceUs === undefined ? undefined : (contact.recognisedUs - sinceUs) / 1e6,
    appearedAfterS: sinceUs === undefined ? undefined : (contact.appearedUs - sinceUs) / 1e6,
    reportDelayS: (contact.appearedUs - contact.recognisedUs) / 1e6,
  };
}
