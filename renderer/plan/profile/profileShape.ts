/** What the height profile draws, in a box of 1000 by 100 with y downwards. Pure. */
import type { KnownTide } from "../../../src/geo/tide/tideModel.js";
import { ONE_SIDED_95 } from "../../../src/plan/overGround.js";
import type { LowMark, PlanProfile, ProfilePlace } from "../../../src/plan/profile.js";

export const BOX = { width: 1000, height: 100 };

/** From one place to another along the way, as parts of its length (0 to 1). */
type Stretch = { readonly from: number; readonly to: number };
type ProfileShape = {
  /** The way; broken where its height is not known. */
  readonly way: string;
  readonly land: string;
  readonly sea: string;
  /** Between the lowest and the highest that the ground may be. */
  readonly band: string;
  readonly unknown: readonly Stretch[];
  readonly low: readonly (Stretch & { readonly mark: LowMark })[];
  /** Heights of the box's lower and upper edge. */
  readonly bottomAmslM: number;
  readonly topAmslM: number;
};

type Level = Pick<KnownTide, "heightAmslM" | "sigma">;

/** Where the sea is at that tide; without one at mean sea level with the error that the station gave it. */
export function atTide(places: readonly ProfilePlace[], tide: Level | undefined): readonly ProfilePlace[] {
  if (!tide) return places;
  const plusMinusM = ONE_SIDED_95 * tide.sigma.amslM;
  const sea = {
    ...{ isSea: true, heightAmslM: tide.heightAmslM },
    ...{ lowestAmslM: tide.heightAmslM - plusMinusM, highestAmslM: tide.heightAmslM + plusMinusM },
  };
  return places.map((place) => (place.ground?.isSea === true ? { ...place, ground: sea } : place));
}

export function shapeOf(profile: PlanProfile): ProfileShape {
  const { lengthM, places } = profile;
  const heights = places.flatMap(({ wayAmslM, ground }) => [
    ...(wayAmslM === undefined ? [] : [wayAmslM]),
    ...(ground ? [ground.lowestAmslM, ground.highestAmslM] : []),
  ]);
  const lowestM = Math.min(0, ...heights);
  // At least 20 m: level ground must not look like mountains.
  const spanM = Math.max(20, Math.max(0, ...heights) - lowestM);
  const [bottomAmslM, topAmslM] = [lowestM - spanM * 0.04, lowestM + spanM * 1.08];
  const x = ({ alongM }: ProfilePlace): number => (lengthM > 0 ? alongM / lengthM : 0) * BOX.width;
  const y = (amslM: number): number => BOX.height * (1 - (amslM - bottomAmslM) / (topAmslM - bottomAmslM));
  const at = (place: ProfilePlace, amslM: number): string => `${x(place).toFixed(1)},${y(amslM).toFixed(1)}`;
  const area = (run: readonly ProfilePlace[], top: Of, bottom: Of): string => {
    const over = run.map((place) => at(place, top(place)));
    const back = [...run].reverse().map((place) => at(place, bottom(place)));
    return `M${[...over, ...back].join("L")}Z`;
  };
  const onLand = runsOf(places, ({ ground }) => ground !== undefined && !ground.isSea);
  const onSea = runsOf(places, ({ ground }) => ground?.isSea === true);
  const ways = runsOf(places, ({ wayAmslM }) => wayAmslM !== undefined);
  const groundM: Of = ({ ground }) => ground?.heightAmslM ?? 0;
  return {
    ...{ bottomAmslM, topAmslM },
    way: ways.map((run) => `M${run.map((place) => at(place, place.wayAmslM ?? 0)).join("L")}`).join(""),
    land: onLand.map((run) => area(run, groundM, () => bottomAmslM)).join(""),
    sea: onSea.map((run) => area(run, groundM, () => bottomAmslM)).join(""),
    band: [...onLand, ...onSea]
      .map((run) =>
        area(
          run,
          ({ ground }) => ground?.highestAmslM ?? 0,
          ({ ground }) => ground?.lowestAmslM ?? 0,
        ),
      )
      .join(""),
    // Up to the next place that is known, and low halfway to the next that is not: one place alone can be seen.
    unknown: stretchesOf(profile, 1, ({ ground }) => ground === undefined),
    low: (["near-terrain", "into-terrain", "below-ground"] as const).flatMap((mark) =>
      stretchesOf(profile, 0.5, (place) => place.mark === mark).map((stretch) => ({ ...stretch, mark })),
    ),
  };
}

type Of = (place: ProfilePlace) => number;

/** Neighbours that are all so. */
function runsOf(places: readonly ProfilePlace[], isSo: (place: ProfilePlace) => boolean): readonly ProfilePlace[][] {
  const runs: ProfilePlace[][] = [];
  let isOpen = false;
  for (const place of places) {
    const last = runs.at(-1);
    if (isSo(place) && isOpen && last) last.push(place);
    else if (isSo(place)) runs.push([place]);
    isOpen = isSo(place);
  }
  return runs;
}

/** `reach`: how far towards the neighbours that are not so, as a part of the way to them. */
function stretchesOf(
  { lengthM, places }: PlanProfile,
  reach: number,
  isSo: (place: ProfilePlace) => boolean,
): readonly Stretch[] {
  const stretches: Stretch[] = [];
  const part = (alongM: number): number => (lengthM > 0 ? alongM / lengthM : 0);
  let from: number | undefined;
  places.forEach((place, i) => {
    const before = places[i - 1] ?? place;
    const gapM = place.alongM - before.alongM;
    if (isSo(place)) from ??= part(place.alongM - reach * gapM);
    else if (from !== undefined) {
      stretches.push({ from, to: part(before.alongM + reach * gapM) });
      from = undefined;
    }
  });
  if (from !== undefined) stretches.push({ from, to: 1 });
  return stretches;
}

/** Index of the place nearest to a part (0 to 1) of the way; undefined without places. */
export function placeNear({ lengthM, places }: PlanProfile, part: number): number | undefined {
  const alongM = part * lengthM;
  let best: number | undefined;
  let bestM = Number.POSITIVE_INFINITY;
  places.forEach((place, i) => {
    const offM = Math.abs(place.alongM - alongM);
    if (offM < bestM) [best, bestM] = [i, offM];
  });
  return best;
}
