/** Texts for planning failures and findings, in English. The screens have their own, in two languages. */
import { assertNever } from "../core/result.js";
import type { AreaFailure } from "../plan/areaFailure.js";
import type { FlightEstimate, HeightBasis } from "../plan/energy.js";
import type { FindingKind, PlanFinding } from "../plan/findings/finding.js";
import type { SortieWarning } from "../plan/makeSortie.js";

const metres = (valueM: number): string => `${valueM.toFixed(valueM < 100 ? 1 : 0)} m`;
const percent = (fraction: number): string => `${(fraction * 100).toFixed(0)} %`;
const mps = (valueMps: number): string => `${valueMps.toFixed(1)} m/s`;

/** For people, corners and edges are counted from 1. */
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

/** One line for a warning about a planned search. */
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

const BASIS_WORDS: Readonly<Record<HeightBasis, string>> = {
  "as-planned": "",
  "flat-assumed": "; flat ground assumed",
  terrain: "; over the terrain",
  "terrain-in-part": "; over the terrain in part, level where no file knows it",
};

/** Distance, time and energy, and what they take the ground for. */
export function flightLine(flight: Pick<FlightEstimate, "distanceM" | "timeS" | "energyFraction" | "basis">): string {
  const minutes = Math.floor(Math.round(flight.timeS) / 60);
  const seconds = (Math.round(flight.timeS) % 60).toString().padStart(2, "0");
  const kilometres = (flight.distanceM / 1000).toFixed(2);
  return `${kilometres} km, ${minutes}:${seconds} min, ${percent(flight.energyFraction)} of the battery${BASIS_WORDS[flight.basis]}`;
}

const number = (finding: PlanFinding, fact: string): number => Number(finding.facts[fact] ?? Number.NaN);
const word = (finding: PlanFinding, fact: string): string => String(finding.facts[fact] ?? "?");
const degrees = (finding: PlanFinding, fact: string): string => `${number(finding, fact).toFixed(1)} degrees`;

/** Complex items under the names that QGroundControl shows. */
const PART_NAMES: Readonly<Record<string, string>> = {
  StructureScan: "structure scan",
  CorridorScan: "corridor scan",
  survey: "survey",
  sweep: "sweep over an area",
  fwLandingPattern: "fixed-wing landing pattern",
  vtolLandingPattern: "VTOL landing pattern",
};

/** The name that is printed for a part of a plan. */
export const partName = (complexItemType: string): string =>
  (Object.hasOwn(PART_NAMES, complexItemType) ? PART_NAMES[complexItemType] : undefined) ??
  `complex item "${complexItemType}"`;

/** Where the worst place is, and how high the ground is there. */
const groundThere = (f: PlanFinding): string => {
  const place = [number(f, "latitudeDeg"), number(f, "longitudeDeg")].map((deg) => deg.toFixed(5)).join(", ");
  return `the ground, which is ${metres(number(f, "groundAmslM"))} above sea level at ${place}`;
};

const FINDING_LINES: Readonly<Record<FindingKind, (finding: PlanFinding) => string>> = {
  "no-items": () => "there is nothing in the plan to fly",
  "no-take-off": () => "the plan does not begin with a take-off",
  "no-return": () => "the plan neither returns nor lands",
  "no-landing": () =>
    "the plan does not end in a landing: a fixed wing or VTOL would circle until its battery is empty",
  "return-without-landing": () =>
    "the plan ends with a return: this aircraft circles over home until somebody lands it",
  "never-ends": () => "the plan repeats itself without end, and what comes after is never reached",
  "repeats-too-often": () =>
    "its jumps repeat too often to be computed: way, time and battery are those of a part of it",
  "landing-approach-low": () => "the landing is higher than its approach",
  "landing-approach-steep": (f) =>
    `the landing approach is ${degrees(f, "slopeDeg")} steep; as delivered the autopilot takes ${degrees(f, "limitDeg")}`,
  "landing-inside-circle": (f) =>
    `the landing point lies inside the approach circle of ${metres(number(f, "radiusM"))}`,
  "landing-start-misplaced": () => "a start of landing must come once, with a landing and no return after it",
  "no-home": () => "the plan has no home: heights, distances and energy cannot be checked",
  "too-many-items": (f) => `${word(f, "items")} items; aircraft take about ${word(f, "limit")}`,
  "area-invalid": (f) => `${word(f, "itemId")}: the area is no proper polygon (${word(f, "because")})`,
  "not-flyable-item": (f) =>
    `a ${partName(word(f, "type"))} stores nothing that can be flown from here: this plan cannot be sent`,
  "place-without-height": () => "an item has a place but no height",
  "no-place": (f) =>
    `command ${word(f, "command")} has no place: ArduPilot takes where it is then, PX4 would fly to 0° N 0° E`,
  "param-missing": (f) =>
    `command ${word(f, "command")} needs its param ${word(f, "param")}: "not given" would be taken for 0`,
  "frame-not-understood": () => "PX4 takes no heights above the ground in a mission",
  "too-low": (f) =>
    `an item is ${metres(number(f, "heightAboveHomeM"))} above home; ${metres(number(f, "limitM"))} is the least`,
  "too-high": (f) =>
    `${metres(number(f, "heightAboveHomeM"))} above the surface; the legal limit is ${metres(number(f, "limitM"))}`,
  "mixed-datums": (f) => `heights are measured from different zeros: ${word(f, "datums")}`,
  "below-ground": (f) => `the way passes ${metres(number(f, "depthM"))} below ${groundThere(f)}`,
  "into-terrain": (f) =>
    `the way may touch the ground: ${metres(number(f, "clearanceM"))} above ${groundThere(f)}, known to ${metres(number(f, "plusMinusM"))}`,
  "near-terrain": (f) =>
    `the way passes ${metres(number(f, "clearanceM"))} above ${groundThere(f)}; trees and masts are in no file of bare ground`,
  "too-high-above-ground": (f) =>
    `${metres(number(f, "heightAboveGroundM"))} from the nearest ground; the legal limit is ${metres(number(f, "limitM"))}`,
  "home-height-differs": (f) =>
    `the plan's home is at ${metres(number(f, "plannedAmslM"))} above sea level, the ground there at ${metres(number(f, "groundAmslM"))}: heights above home count from the ground`,
  "terrain-unknown": (f) => `no file of heights covers ${metres(number(f, "lengthM"))} of the way`,
  "outside-fence": (f) => `flown outside the plan's own fence, ${metres(number(f, "lengthM"))} of the way`,
  "fence-unclear": (f) =>
    `${word(f, "items")} ways lie outside one of the fence's areas: allowed by PX4, a breach for ArduPilot`,
  "far-from-home": (f) => `an item is ${metres(number(f, "distanceM"))} from home`,
  "long-hop": (f) => `the way there is ${metres(number(f, "lengthM"))} long`,
  "speed-too-high": (f) => `${mps(number(f, "speedMps"))} asked for; the aircraft makes ${mps(number(f, "limitMps"))}`,
  "wind-too-strong": (f) =>
    `wind ${mps(number(f, "windMps"))}: the aircraft is for ${mps(number(f, "limitMps"))} at most`,
  "energy-reserve": (f) =>
    `turning home at the worst moment leaves ${percent(number(f, "leftFraction"))} of the battery (${word(f, "aircraft")}); the reserve is ${percent(number(f, "reserveFraction"))}`,
  "energy-unknown": () => "battery and speed are unchecked: there are no figures for this kind of aircraft",
  "not-an-aircraft": () => "the plan is for a vehicle that does not fly: heights and energy are not checked",
  "land-and-sea": (f) =>
    `${word(f, "onLand")} items over land, ${word(f, "atSea")} over the sea, ${word(f, "unknown")} outside the map`,
  training: () => "a training plan: a real aircraft gets it only with a reason (--override)",
};

/** Begins with "item 3: " where the finding is about one item. */
export const findingLine = (finding: PlanFinding): string => {
  const line = FINDING_LINES[finding.kind](finding);
  return finding.seq === undefined ? line : `item ${finding.seq}: ${line}`;
};
