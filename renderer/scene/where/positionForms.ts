/** A position in every form that people send each other, each as the search field reads it back. Pure. */
import { gridReferenceOf } from "../../../src/geo/gridReference.js";
import type { Position } from "../../../src/geo/position.js";
import type { Language } from "../../app/dictionary.js";
import { makeFormat } from "../../app/format.js";

type PositionForm = { readonly form: "deg" | "dm" | "dms" | "mgrs"; readonly text: string };

/** MGRS is missing in the polar caps, which it does not cover. */
export function positionForms(position: Position, language: Language): readonly PositionForm[] {
  const inForm = (positions: "deg" | "dm"): string =>
    makeFormat(language, { lengths: "m", speeds: "mps", positions }).positionText(position);
  const grid = gridReferenceOf(position);
  return [
    { form: "deg", text: inForm("deg") },
    { form: "dm", text: inForm("dm") },
    { form: "dms", text: withSeconds(position, language) },
    ...(grid === undefined ? [] : [{ form: "mgrs", text: grid } as const]),
  ];
}

const NBSP = "\u00a0";
/** A tenth of a second is three metres; it takes hundredths to tell one metre from the next. */
const PER_SECOND = 100;

function withSeconds({ latitudeDeg, longitudeDeg }: Position, language: Language): string {
  const west = language === "fr" ? "O" : "W";
  const north = seconds(latitudeDeg, 2, language) + NBSP + (latitudeDeg < 0 ? "S" : "N");
  const east = seconds(longitudeDeg, 3, language) + NBSP + (longitudeDeg < 0 ? west : "E");
  return north + NBSP + NBSP + east;
}

function seconds(valueDeg: number, widthOfDegrees: number, language: Language): string {
  // Rounded as one whole number, so that 59.999" becomes the next minute.
  const whole = Math.round(Math.abs(valueDeg) * 3600 * PER_SECOND);
  const secondsText = ((whole / PER_SECOND) % 60).toFixed(2).padStart(5, "0");
  const minutes = Math.floor(whole / (60 * PER_SECOND)) % 60;
  const degrees = Math.floor(whole / (3600 * PER_SECOND));
  const mark = language === "fr" ? "," : ".";
  return `${String(degrees).padStart(widthOfDegrees, "0")}°${NBSP}${String(minutes).padStart(2, "0")}'${NBSP}${secondsText.replace(".", mark)}"`;
}

/** With plain spaces, as other programs want it. */
export const forCopying = (text: string): string => text.replaceAll(/\u00a0+/g, " ");
