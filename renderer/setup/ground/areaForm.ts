/** The area that a person chooses on the Ground page, from what is typed. */
import { err, ok, type Result } from "../../../src/core/result.js";
import type { AreaAsked } from "../../../src/geo/pack/askedArea.js";
import { areaAround } from "../../../src/geo/pack/packArea.js";
import type { Place } from "../../../src/geo/places/place.js";
import { readPlaceOrPosition } from "../../../src/geo/places/placeOrPosition.js";
import type { PositionTextFailure } from "../../../src/geo/positionText.js";
import type { GeoBounds } from "../../../src/geo/tiles/geoBounds.js";

export const AREA_WAYS = ["stretch", "box", "shown"] as const;
type AreaWay = (typeof AREA_WAYS)[number];
type PlaceField = "from" | "to" | "corner" | "opposite";
export const FIELDS_OF = {
  stretch: ["from", "to"],
  box: ["corner", "opposite"],
  shown: [],
} as const satisfies Readonly<Record<AreaWay, readonly PlaceField[]>>;

export type AreaForm = Readonly<Record<PlaceField, string>> & {
  readonly way: AreaWay;
  /** How far the strip reaches from the coast line. */
  readonly landwardKm: number;
  readonly seawardKm: number;
};
export const EMPTY_FORM: AreaForm = {
  ...{ way: "stretch", from: "", to: "", corner: "", opposite: "" },
  ...{ landwardKm: 3, seawardKm: 8 },
};

export type FormProblem =
  | { readonly kind: "empty"; readonly field: PlaceField }
  | { readonly kind: "no-place"; readonly field: PlaceField; readonly why: PositionTextFailure }
  /** No map has been opened yet. */
  | { readonly kind: "nothing-shown" };

export function areaOfForm(
  form: AreaForm,
  places: readonly Place[],
  shown: GeoBounds | undefined,
): Result<AreaAsked, FormProblem> {
  if (form.way === "shown") return shown ? ok({ kind: "box", bounds: shown }) : err({ kind: "nothing-shown" });
  const [one, other] = FIELDS_OF[form.way];
  const [first, second] = [placeOf(form, one, places), placeOf(form, other, places)];
  if (!first.ok) return first;
  if (!second.ok) return second;
  if (form.way === "stretch") {
    const widths = { landwardM: form.landwardKm * 1000, seawardM: form.seawardKm * 1000 };
    return ok({ kind: "stretch", from: first.value, to: second.value, ...widths });
  }
  const points = [first.value, second.value].map(({ latitudeDeg, longitudeDeg }) => ({
    ...{ southDeg: latitudeDeg, northDeg: latitudeDeg, westDeg: longitudeDeg, eastDeg: longitudeDeg },
  }));
  return ok({ kind: "box", bounds: areaAround(points) });
}

function placeOf(form: AreaForm, field: PlaceField, places: readonly Place[]) {
  const typed = form[field].trim();
  if (typed === "") return err({ kind: "empty", field } as const);
  const read = readPlaceOrPosition(typed, places);
  return read.ok ? read : err({ kind: "no-place", field, why: read.error } as const);
}

/** What a pack of this area may be called: "Wissant - Calais 2026-12-01". */
export function suggestedName({ way, from, to }: AreaForm, unixMs: number): string {
  const date = new Date(unixMs).toISOString().slice(0, 10);
  const words = way === "stretch" ? `${from.trim()} - ${to.trim()}` : "";
  // What no file may be called is left to the person.
  const plain = /^[\p{L}\p{N} '-]{3,60}$/u.test(words) ? words : "pack";
  return `${plain} ${date}`;
}
