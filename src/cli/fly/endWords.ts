/** How a flight ended: texts that claim exactly what was observed and no more. */
import type { Notice } from "../../contract/messages.js";
import { assertNever } from "../../core/result.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { LOST_FOR_MS, type MissionReached, type WatchedEnd } from "./missionWatch.js";
import type { Known } from "./stationClient.js";

/**
 * ArduPilot's "Crash: Disarming", PX4's failure detector: the aircraft is then disarmed on the ground, but did not
 * land.
 */
const CRASH_TEXT = /\bcrash|\bimpact|failure detect/i;
const ERROR_SEVERITY_MAX = 3;
/** A fall that was followed by this much normal flight is not how the flight ended. */
const FALL_COUNTS_US = 30_000_000;
/** Closer than this to the plan's end it came down where the plan ends. */
const THERE_M = 100;

const length = (lengthM: number): string =>
  lengthM < 1000 ? `${lengthM.toFixed(0)} m` : `${(lengthM / 1000).toFixed(1)} km`;

/** The text for a flight whose landing was not observed. */
export function unlandedWords(end: Exclude<WatchedEnd, { readonly kind: "landed" }>): string {
  switch (end.kind) {
    case "lost":
      return `the vehicle was lost for ${LOST_FOR_MS / 1000} s; its own failsafe has it`;
    case "never-took-off":
      return "the aircraft never took off: it was disarmed again on the ground";
    case "landing-not-seen":
      return `the aircraft was not heard for ${end.silentS.toFixed(0)} s and is disarmed now: it was not seen landing`;
    case "not-on-the-ground":
      return `the aircraft was disarmed and is not known to have landed: ${lastSeenWords(end)}`;
    default:
      return assertNever(end);
  }
}

function lastSeenWords(end: Extract<WatchedEnd, { readonly kind: "not-on-the-ground" }>): string {
  const { heightM, speedMps, reportsFlying } = end;
  const height = heightM === undefined ? "at no known height" : `${heightM.toFixed(0)} m above its take-off`;
  const motion = speedMps === undefined ? "" : `, moving at ${speedMps.toFixed(0)} m/s`;
  return `${height}${motion}, ${reportsFlying ? "in the air by its own word" : "without a word of standing on the ground"}`;
}

type LandedWords = { readonly words: string; readonly isAsPlanned: boolean };

/** `isCalledOff`: the mission was called off, so it need not have been flown to its end. */
export function landedWords(reached: MissionReached, isCalledOff: boolean): LandedWords {
  const { item, countOfItems, isWhole, fromPlanEndM } = reached;
  const isThere = fromPlanEndM !== undefined && fromPlanEndM <= THERE_M;
  const where = fromPlanEndM === undefined || isThere ? "" : `, ${length(fromPlanEndM)} from where the plan ends`;
  if (isWhole || isCalledOff) return { words: `landed and disarmed${where}`, isAsPlanned: true };
  const at = item === undefined ? "" : ` at item ${item + 1} of ${countOfItems}`;
  return { words: `landed and disarmed${at}: the mission was not flown to its end${where}`, isAsPlanned: false };
}

/**
 * Evidence against a normal landing, from the aircraft's texts or the station's alarms since `sinceUs` (Unix time);
 * undefined where there is none.
 */
export function crashWords(known: Known, vehicle: VehicleState | undefined, sinceUs: number): string | undefined {
  if (!vehicle) return undefined;
  const text = vehicle.texts.find(
    (printed) =>
      printed.unixTimeUs >= sinceUs &&
      printed.severity <= ERROR_SEVERITY_MAX &&
      CRASH_TEXT.test(printed.text) &&
      (printed.componentId ?? vehicle.componentId) === vehicle.componentId,
  )?.text;
  if (text !== undefined) return `"${text}"`;
  const isOurs = ({ facts, unixTimeUs }: Notice): boolean => facts["vehicleId"] === vehicle.id && unixTimeUs >= sinceUs;
  const alarms = known.notices.filter(isOurs);
  if (alarms.some(({ key }) => key === "flight-ground-impact")) return "it hit the ground";
  const fall = alarms.findLast(({ key }) => key === "flight-fall");
  if (!fall || known.stationUnixUs - fall.unixTimeUs > FALL_COUNTS_US) return undefined;
  return `it fell at ${fall.facts["descentMps"] ?? "?"} m/s just before`;
}
