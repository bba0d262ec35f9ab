import { nearPlaceText } from "../../src/contract/placeTexts.js";
import { nearestPlace } from "../../src/geo/places/nearestPlace.js";
import type { Place } from "../../src/geo/places/place.js";
import type { Contact } from "../../src/track/contact.js";
import type { Format } from "../app/format.js";
import type { Translate } from "../app/text.js";

export const CONTACT_OLD_AFTER_S = 60;

export const contactAgeS = (contact: Contact, nowUnixUs: number): number =>
  Math.max(0, (nowUnixUs - contact.lastSeenUnixUs) / 1e6);

/** "Boat 7.8 m"; for people no size is shown. */
export function contactTitle(t: Translate, format: Format, contact: Contact): string {
  const name = t(`object.${contact.class}`);
  return contact.class === "person" ? name : `${name} ${format.lengthText(contact.lengthM, 1)}`;
}

/** "C-14 boat 7.8 m ±3 m", for the label in the scene. */
export const contactLabel = (t: Translate, format: Format, contact: Contact): string =>
  `${contact.id} ${contactTitle(t, format, contact)} ±${format.lengthText(contact.ce95M)}`;

/** "±3 m · W 0.9 m/s · at the waterline": error, motion, where. */
export function contactFacts(t: Translate, format: Format, contact: Contact): string {
  const motion =
    contact.groundSpeedMps === undefined
      ? t("panels.contact.still")
      : `${contact.courseDeg === undefined ? "" : `${format.bearingText(contact.courseDeg)} `}${format.speedText(contact.groundSpeedMps)}`;
  const where = contact.surface === "unknown" ? [] : [t(`panels.surface.${contact.surface}`)];
  return [`±${format.lengthText(contact.ce95M)}`, motion, ...where].join(" · ");
}

/** "1.4 km north-west of Wissant"; undefined where no place is near. */
export function contactNearPlace(
  t: Translate,
  format: Format,
  contact: Contact,
  places: readonly Place[],
): string | undefined {
  const near = nearestPlace(places, contact.position);
  return near && nearPlaceText(t, near, { language: format.language, unit: format.wayUnit });
}
