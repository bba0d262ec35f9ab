/** What planning has to say, in English. The screens have their own words, in two languages. */
import { assertNever } from "../core/result.js";
import type { AreaFailure } from "../plan/areaFailure.js";
import type { Finding } from "../plan/checks.js";
import type { SortieWarning } from "../plan/makeSortie.js";

const metres = (valueM: number): string => `${valueM.toFixed(valueM < 100 ? 1 : 0)} m`;
const percent = (fraction: number): string => `${(fraction * 100).toFixed(0)} %`;
const mps = (valueMps: number): string => `${valueMps.toFixed(1)} m/s`;

/** Corners and edges count from 1 for people. */
export function areaFailureLine(failure: AreaFailure): string {
  switch (failure.kind) {
    case "too-few-corners":
      return `the area has ${failure.corners} corners; 3 are needed`;
    case "bad-corner":
      return `corner ${failure.corner + 1} of the area is not a place on earth that can be flown`;
    case "self-crossing":
      return `the area crosses itself: edge ${failure.firstEdge + 1} meets edge ${failure.secondEdge + 1}`;
    case "no-surface":
      return "the area has no surface";
    case "too-large":
      return `the area is ${metres(failure.extentM)} across; ${metres(failure.limitM)} is the most`;
    case "bad-setting":
      return `${failure.setting} cannot be ${failure.value}`;
    case "too-many-legs":
      return `${failure.legs} legs would be needed; ${failure.limit} is the most. Use a wider spacing or a smaller area`;
    default:
      return assertNever(failure);
  }
}

export function warningLine(warning: SortieWarning): string {
  switch (warning.kind) {
    case "boats-yes-people-no":
      return `boats yes, people no: a person is ${warning.personPx.toFixed(1)} pixels from this height, ${warning.neededPx} are needed`;
    case "object-too-small":
      return `a ${warning.see} is ${warning.px.toFixed(1)} pixels from this height, ${warning.neededPx} are needed: nothing is claimed`;
    case "pod-not-reached":
      return `probability of detection ${percent(warning.pod)}, wanted ${percent(warning.podWanted)}`;
    case "ways-outside":
      return `${warning.count} ways between legs leave the area because of a notch`;
    case "energy":
      return `turning home at the worst moment leaves ${percent(warning.worstReturnFraction)} of the battery; the reserve is ${percent(warning.reserveFraction)}`;
    case "wind":
      return `wind ${mps(warning.windMps)}: the aircraft is for ${mps(warning.maxWindMps)} at most`;
    case "height-limited":
      return `${metres(warning.heightAboveSurfaceM)} above the sea: the legal limit is ${metres(warning.limitM)}`;
    default:
      return assertNever(warning);
  }
}

const number = (finding: Finding, fact: string): number => Number(finding.facts[fact] ?? Number.NaN);
const word = (finding: Finding, fact: string): string => String(finding.facts[fact] ?? "?");

const FINDING_LINES: Readonly<Record<Finding["id"], (finding: Finding) => string>> = {
  "no-items": () => "there is nothing in the plan to fly",
  "no-take-off": () => "the plan does not begin with a take-off",
  "no-return": () => "the plan neither returns nor lands",
  "no-home": () => "the plan has no home: heights, distances and energy cannot be checked",
  "too-many-items": (f) => `${word(f, "items")} items; aircraft take about ${word(f, "limit")}`,
  "area-invalid": (f) => `${word(f, "itemId")}: the area is no proper polygon (${word(f, "because")})`,
  "not-flyable-item": (f) =>
    `${word(f, "itemId")}: a ${word(f, "type")} without stored items cannot be flown from here`,
  "too-low": (f) =>
    `an item is ${metres(number(f, "heightAboveHomeM"))} above home; ${metres(number(f, "limitM"))} is the least`,
  "too-high": (f) =>
    `${metres(number(f, "heightAboveHomeM"))} above the surface; the legal limit is ${metres(number(f, "limitM"))}`,
  "mixed-datums": (f) => `heights are measured from different zeros: ${word(f, "datums")}`,
  "far-from-home": (f) => `an item is ${metres(number(f, "distanceM"))} from home`,
  "long-hop": (f) => `the hop to item ${number(f, "itemIndex") + 1} is ${metres(number(f, "lengthM"))} long`,
  "speed-too-high": (f) => `${mps(number(f, "speedMps"))} asked for; the aircraft makes ${mps(number(f, "limitMps"))}`,
  "wind-too-strong": (f) =>
    `wind ${mps(number(f, "windMps"))}: the aircraft is for ${mps(number(f, "limitMps"))} at most`,
  "energy-reserve": (f) =>
    `turning home at the worst moment leaves ${percent(number(f, "leftFraction"))} of the battery; the reserve is ${percent(number(f, "reserveFraction"))}`,
  "land-and-sea": (f) =>
    `${word(f, "onLand")} items over land, ${word(f, "atSea")} over the sea, ${word(f, "unknown")} outside the map`,
  training: () => "a training plan: a real aircraft gets it only with a reason (--override)",
};

export const findingLine = (finding: Finding): string => FINDING_LINES[finding.id](finding);
