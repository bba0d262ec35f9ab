/** Which contact stands for which actor. */
import { RAD_PER_DEG } from "../../src/geo/angles.js";
import { localFrameAt } from "../../src/geo/localFrame.js";
import { hasLeftBetween, placeAt, type Actor } from "./truth.js";

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

/** Beyond this a contact is not about that actor. Larger than any error we accept, smaller than a beach. */
const GATE_M = 10;
/** A contact of another class counts as so much further away: where two actors stand close, each gets its own kind. */
const CLASS_PENALTY_M = 3;

type Place = { readonly eastM: number; readonly northM: number };

/** `offset`: from the contact to where the actor was when the contact was last seen. */
export type Pair = {
  readonly actor: Actor;
  readonly contact: ScoredContact;
  readonly offset: Place;
  readonly errorM: number;
};

export function pairsWithinGate(actors: readonly Actor[], contacts: readonly ScoredContact[]): readonly Pair[] {
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

/** Both may stand for the actor: one after the other, and it was out of the picture between them. */
function areTwoMeetings(actor: Actor, one: ScoredContact, other: ScoredContact): boolean {
  const [first, second] = one.firstSeenUs <= other.firstSeenUs ? [one, other] : [other, one];
  return first.lastSeenUs < second.firstSeenUs && hasLeftBetween(actor, first.lastSeenUs, second.firstSeenUs);
}

/**
 * Nearest pairs first; a contact of the actor's own class goes before another. Each contact stands for one actor. An actor
 * may have several contacts where it left the picture between them, never two at once or two within one stay.
 */
export function assign(pairs: readonly Pair[]): readonly Pair[] {
  const cost = (pair: Pair) => pair.errorM + (pair.actor.class === pair.contact.class ? 0 : CLASS_PENALTY_M);
  const chosen: Pair[] = [];
  for (const pair of [...pairs].sort((a, b) => cost(a) - cost(b))) {
    const isTaken = chosen.some(
      (other) =>
        other.contact === pair.contact ||
        (other.actor === pair.actor && !areTwoMeetings(pair.actor, other.contact, pair.contact)),
    );
    if (!isTaken) chosen.push(pair);
  }
  return chosen;
}

/** Whether a place `offset` from the contact lies in its 95 % ellipse; the orientation is that of the long axis, from north. */
export function isInside({ ellipse95 }: ScoredContact, offset: Place): boolean {
  const { semiMajorM, semiMinorM, orientationDeg } = ellipse95;
  const angleRad = orientationDeg * RAD_PER_DEG;
  const alongM = offset.eastM * Math.sin(angleRad) + offset.northM * Math.cos(angleRad);
  const acrossM = offset.eastM * Math.cos(angleRad) - offset.northM * Math.sin(angleRad);
  return (alongM / semiMajorM) ** 2 + (acrossM / semiMinorM) ** 2 <= 1;
}
