/**
 * Scores a sortie against what was true. Knows nothing of the station: it takes the simulator's truth lines and the
 * contacts that were reported, so anyone's station can be scored.
 */
import { RAD_PER_DEG } from "../../src/geo/angles.js";
import { localFrameAt } from "../../src/geo/localFrame.js";

/** One line of `--truth` (DESIGN.md 7), with the moment the actor last entered the picture. */
export type TruthLine = {
  readonly unixTimeUs: number;
  readonly id: string;
  readonly class: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly lengthM: number;
  readonly inFov: boolean;
  /** Since when its middle, and all of it, has been in the picture; absent while it is not. */
  readonly inFovSinceUs?: number;
  readonly wholeSinceUs?: number;
};

export type ScoredContact = {
  readonly id: string;
  readonly class: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly firstSeenUs: number;
  readonly lastSeenUs: number;
  /** Wall clock at which the station first reported it. */
  readonly appearedUs: number;
  /** When the picture was taken that made it a contact: how soon it is recognised, whatever the computer's load. */
  readonly recognisedUs: number;
  readonly ellipse95: { readonly semiMajorM: number; readonly semiMinorM: number; readonly orientationDeg: number };
};

type ActorScore = {
  readonly id: string;
  readonly class: string;
  readonly secondsInPicture: number;
  /** In order of appearance: more than one when it moved while out of the picture and was met again as something new. */
  readonly meetings: readonly Meeting[];
};

type Meeting = {
  readonly contactId: string;
  readonly contactClass: string;
  readonly errorM: number;
  readonly isInEllipse: boolean;
  readonly recognisedAfterS: number | undefined;
  readonly appearedAfterS: number | undefined;
};

type Score = {
  /** Real things (person, boat, vehicle) that were in the picture for a second or more. */
  readonly actors: readonly ActorScore[];
  /** Contacts with nothing real within the gate. */
  readonly falseContacts: readonly string[];
  /** Contacts near something real that another contact stands for at the same time. */
  readonly duplicates: readonly string[];
  readonly foundFraction: Readonly<Record<string, number>>;
  readonly medianErrorM: number;
  readonly insideEllipseFraction: number;
  /** By the pictures' own times. */
  readonly recognisedWithinS95: number;
  /** By the wall clock: with the time the computer took. */
  readonly appearedWithinS95: number;
};

const REAL: readonly string[] = ["person", "boat", "vehicle"];
/** Beyond this a contact is not about that actor. Larger than any error we accept, smaller than a beach. */
const GATE_M = 10;
/** Lines of one actor are this far apart. */
const LINE_US = 1_000_000;

type Place = { readonly eastM: number; readonly northM: number };
type Actor = { readonly id: string; readonly class: string; readonly lines: readonly TruthLine[] };

function actorsFrom(truth: readonly TruthLine[]): readonly Actor[] {
  const byId = new Map<string, TruthLine[]>();
  for (const line of truth) byId.set(line.id, [...(byId.get(line.id) ?? []), line]);
  return [...byId].map(([id, lines]) => ({
    id,
    class: lines[0]?.class ?? "unknown",
    lines: lines.sort((a, b) => a.unixTimeUs - b.unixTimeUs),
  }));
}

/** Longest unbroken stay in the picture, counted from the lines (one a second). */
function longestStayS(actor: Actor): number {
  let longestS = 0;
  let sinceUs: number | undefined;
  for (const line of actor.lines) {
    sinceUs = line.inFov ? (sinceUs ?? line.inFovSinceUs ?? line.unixTimeUs) : undefined;
    if (sinceUs !== undefined) longestS = Math.max(longestS, (line.unixTimeUs - sinceUs) / 1e6);
  }
  return longestS;
}

/** Where the actor was at that time, between its two nearest lines. */
function placeAt(
  actor: Actor,
  unixTimeUs: number,
): { readonly latitudeDeg: number; readonly longitudeDeg: number } | undefined {
  const after = actor.lines.findIndex((line) => line.unixTimeUs >= unixTimeUs);
  const b = actor.lines[after === -1 ? actor.lines.length - 1 : after];
  const a = actor.lines[Math.max(0, (after === -1 ? actor.lines.length : after) - 1)];
  if (!a || !b) return undefined;
  const spanUs = b.unixTimeUs - a.unixTimeUs;
  const t = spanUs > 0 ? Math.min(1, Math.max(0, (unixTimeUs - a.unixTimeUs) / spanUs)) : 0;
  return {
    latitudeDeg: a.latitudeDeg + t * (b.latitudeDeg - a.latitudeDeg),
    longitudeDeg: a.longitudeDeg + t * (b.longitudeDeg - a.longitudeDeg),
  };
}

type Pair = { readonly actor: Actor; readonly contact: ScoredContact; readonly offset: Place; readonly errorM: number };

function pairsWithinGate(actors: readonly Actor[], contacts: readonly ScoredContact[]): readonly Pair[] {
  return contacts.flatMap((contact) => {
    const frame = localFrameAt(contact);
    return actors.flatMap((actor) => {
      const place = placeAt(actor, contact.lastSeenUs);
      if (!place) return [];
      const { eastM, northM } = frame.toEnu(place, 0);
      const errorM = Math.hypot(eastM, northM);
      return errorM <= GATE_M ? [{ actor, contact, offset: { eastM, northM }, errorM }] : [];
    });
  });
}

const overlaps = (a: ScoredContact, b: ScoredContact): boolean =>
  a.firstSeenUs <= b.lastSeenUs && b.firstSeenUs <= a.lastSeenUs;

/**
 * Nearest pairs first; a contact of the actor's own class goes before another. Each contact stands for one actor; an
 * actor may have several, one after the other, never two at once.
 */
function assign(pairs: readonly Pair[]): readonly Pair[] {
  const CLASS_PENALTY_M = 3;
  const cost = (pair: Pair) => pair.errorM + (pair.actor.class === pair.contact.class ? 0 : CLASS_PENALTY_M);
  const chosen: Pair[] = [];
  for (const pair of [...pairs].sort((a, b) => cost(a) - cost(b))) {
    const isTaken = chosen.some(
      (other) =>
        other.contact === pair.contact || (other.actor === pair.actor && overlaps(other.contact, pair.contact)),
    );
    if (!isTaken) chosen.push(pair);
  }
  return chosen;
}

function isInside({ offset, contact }: Pair): boolean {
  const { semiMajorM, semiMinorM, orientationDeg } = contact.ellipse95;
  const angleRad = orientationDeg * RAD_PER_DEG;
  const alongM = offset.eastM * Math.sin(angleRad) + offset.northM * Math.cos(angleRad);
  const acrossM = offset.eastM * Math.cos(angleRad) - offset.northM * Math.sin(angleRad);
  return (alongM / semiMajorM) ** 2 + (acrossM / semiMinorM) ** 2 <= 1;
}

/**
 * From all of it being in the picture (before that nobody can say what it is) to being reported, of the visit during which
 * it was reported. Undefined when an edge was enough, or it had left again.
 */
function secondsInPicture(actor: Actor, untilUs: number): number | undefined {
  // The newest that fits: it may have left the picture and come back within the second that lines are apart.
  const visit = actor.lines.findLast(
    ({ wholeSinceUs, unixTimeUs }) =>
      wholeSinceUs !== undefined && wholeSinceUs <= untilUs && unixTimeUs >= untilUs - LINE_US,
  );
  return visit?.wholeSinceUs === undefined ? undefined : (untilUs - visit.wholeSinceUs) / 1e6;
}

/** Linear between the ranks (Hyndman and Fan 1996, type 7, as numpy and R do by default); NaN for no values. */
export function quantile(values: readonly number[], fraction: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (sorted.length - 1) * fraction;
  const below = sorted[Math.floor(rank)] ?? Number.NaN;
  const above = sorted[Math.ceil(rank)] ?? Number.NaN;
  return below + (rank - Math.floor(rank)) * (above - below);
}

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
    foundFraction: Object.fromEntries(REAL.map((kind) => [kind, found(kind)])),
    medianErrorM: quantile(
      meetings.map((meeting) => meeting.errorM),
      0.5,
    ),
    insideEllipseFraction: meetings.filter((meeting) => meeting.isInEllipse).length / Math.max(1, meetings.length),
    recognisedWithinS95: quantile(meetings.map((meeting) => meeting.recognisedAfterS).filter(isDefined), 0.95),
    appearedWithinS95: quantile(meetings.map((meeting) => meeting.appearedAfterS).filter(isDefined), 0.95),
  };
}

const meetingOf = (pair: Pair): Meeting => ({
  contactId: pair.contact.id,
  contactClass: pair.contact.class,
  errorM: pair.errorM,
  isInEllipse: isInside(pair),
  recognisedAfterS: secondsInPicture(pair.actor, pair.contact.recognisedUs),
  appearedAfterS: secondsInPicture(pair.actor, pair.contact.appearedUs),
});

/** The table a person reads: a line an actor, then the totals. */
export function scoreTable(score: Score): string {
  const cell = (value: string | number | boolean | undefined, width: number) => String(value ?? "-").padEnd(width);
  const fixed = (value: number | undefined) => (value === undefined ? "-" : value.toFixed(2));
  const row = (actor: ActorScore, meeting: Meeting | undefined, isFirst: boolean): string =>
    [
      cell(isFirst ? actor.id : "  again", 14),
      cell(actor.class, 9),
      cell(isFirst ? actor.secondsInPicture : "", 9),
      cell(meeting?.contactId, 9),
      cell(meeting?.contactClass, 9),
      cell(fixed(meeting?.errorM), 9),
      cell(meeting?.isInEllipse, 9),
      cell(fixed(meeting?.recognisedAfterS), 9),
      cell(fixed(meeting?.appearedAfterS), 9),
    ].join("");
  const rows = score.actors.flatMap((actor) =>
    actor.meetings.length === 0
      ? [row(actor, undefined, true)]
      : actor.meetings.map((meeting, index) => row(actor, meeting, index === 0)),
  );
  const percent = (fraction: number | undefined) => `${((fraction ?? 0) * 100).toFixed(0)} %`;
  return [
    "actor         class    seconds  contact  as       error m  in 95 %  picture  clock s",
    ...rows,
    `found: boats ${percent(score.foundFraction["boat"])}, vehicles ${percent(score.foundFraction["vehicle"])}, people ${percent(score.foundFraction["person"])}`,
    `false contacts ${score.falseContacts.length} (${score.falseContacts.join(" ")}), duplicates ${score.duplicates.length} (${score.duplicates.join(" ")})`,
    `median error ${score.medianErrorM.toFixed(2)} m, inside the 95 % ellipse ${percent(score.insideEllipseFraction)}, recognised within ${score.recognisedWithinS95.toFixed(2)} s of pictures, ${score.appearedWithinS95.toFixed(2)} s by the clock (95th percentile)`,
  ].join("\n");
}
