import { homeOf, limitsOf, type AutopilotState } from "./autopilotState.js";
import { cornerSpeedMps, stoppingPoint, type Point, type Task } from "./guidance.js";
import { isNavigation, type StoredItem } from "./missionItem.js";
import { NAV } from "./navCommands.js";
import { circleAround } from "./returning.js";
import { settingsOf } from "./settings.js";

/** Converts a stored item to metres from the navigation origin; latitude and longitude 0 mean the present position. */
export type Locate = (item: StoredItem, state: AutopilotState) => Point;

function nextNavigation(items: readonly StoredItem[], afterSeq: number): StoredItem | undefined {
  return items.slice(afterSeq + 1).find((item) => isNavigation(item.command));
}

type LegEnds = { readonly seq: number; readonly from: Point; readonly to: Point };

/** Rotors: 0 for a hold, a loiter or the last item; otherwise as fast as the corner allows. */
function arrivalMps(state: AutopilotState, { seq, from, to }: LegEnds, locate: Locate): number {
  const item = state.mission.items[seq];
  const after = nextNavigation(state.mission.items, seq);
  const mayRollOn = item?.command === NAV.waypoint && !(item.params[0] > 0) && after?.command === NAV.waypoint;
  if (!mayRollOn) return 0;
  return cornerSpeedMps(from, to, locate(after, state), limitsOf(state).groundSpeedMps);
}

/** A take-off on rotors; ArduPilot's QuadPlane flies a plain NAV_TAKEOFF that way too. */
function takeOffTask(state: AutopilotState, to: Point): Task {
  const { motion, headingDeg } = state.sensed;
  // A wing starts its run where it stands; rotors climb where they come to a stop.
  const at = state.lift === "wing" ? motion : stoppingPoint(motion);
  return { kind: "take-off", at: { ...at, upM: to.upM }, courseDeg: headingDeg };
}

/** Signed radius of a loiter item: param3 (param2 of LOITER_TO_ALT); a value up to 1 m gives only the direction. */
function loiterRadiusM(state: AutopilotState, item: StoredItem): number {
  const given = item.command === NAV.loiterToAltitude ? item.params[1] : item.params[2];
  const { circleRadiusM, wing } = settingsOf(state.flavour, state.params);
  const usual = state.lift === "wing" ? wing.loiterRadiusM : circleRadiusM;
  const isOnlySense = state.lift === "wing" ? Math.abs(given) <= 1 : Math.abs(given) < 1;
  if (Number.isNaN(given)) return usual;
  return isOnlySense ? usual * (given < 0 ? -1 : 1) : given;
}

/** Start of a leg: the end of the last one, so that the line between them is flown; else the present position. */
function legStart(state: AutopilotState): Point {
  const { task, guidance, sensed, lift } = state;
  const here = lift === "wing" ? sensed.motion : stoppingPoint(sensed.motion);
  return task?.kind === "leg" && guidance?.hasArrived === true ? task.to : here;
}

/** A loiter begun as a leg on rotors becomes a circle once the wing carries. */
export const shouldCircle = ({ lift, task }: AutopilotState, { command }: StoredItem): boolean =>
  lift === "wing" && task?.kind === "leg" && LOITERS.includes(command);

const LOITERS: readonly number[] = [NAV.loiterUnlimited, NAV.loiterTurns, NAV.loiterTime, NAV.loiterToAltitude];

function wingTask(state: AutopilotState, item: StoredItem, to: Point): Task {
  const from = legStart(state);
  if (LOITERS.includes(item.command)) return circleAround(to, loiterRadiusM(state, item));
  // A VTOL flies to the position and descends on rotors; a plain plane glides to it.
  if (item.command === NAV.land && state.flavour.airframe === "plane") {
    return { kind: "glide", from, to: { ...to, upM: Math.min(to.upM, homeOf(state).upM) } };
  }
  const isLanding = item.command === NAV.land || item.command === NAV.vtolLand;
  return { kind: "leg", from, to: isLanding ? { ...to, upM: from.upM } : to, cornerMps: 0 };
}

function hoverTask(state: AutopilotState, seq: number, item: StoredItem, locate: Locate): Task {
  const here = stoppingPoint(state.sensed.motion);
  const to = locate(item, state);
  const from = legStart(state);
  switch (item.command) {
    case NAV.loiterTurns:
      return circleAround(to, loiterRadiusM(state, item));
    case NAV.land:
    case NAV.vtolLand:
      return { kind: "leg", from, to: { ...to, upM: here.upM }, cornerMps: 0 };
    default:
      return { kind: "leg", from, to, cornerMps: arrivalMps(state, { seq, from, to }, locate) };
  }
}

/** A wait without a position: rotors hover, a wing circles. */
function waitHere(state: AutopilotState): Task {
  const { motion } = state.sensed;
  if (state.lift === "wing") return circleAround(motion, settingsOf(state.flavour, state.params).wing.loiterRadiusM);
  const here = stoppingPoint(motion);
  return { kind: "leg", from: here, to: here, cornerMps: 0 };
}

/** The task for a NAV item in the present flight state. */
export function taskFor(state: AutopilotState, seq: number, item: StoredItem, locate: Locate): Task {
  if (item.command === NAV.delay) return waitHere(state);
  const to = locate(item, state);
  if (item.command === NAV.takeoff || item.command === NAV.vtolTakeoff) return takeOffTask(state, to);
  return state.lift === "wing" ? wingTask(state, item, to) : hoverTask(state, seq, item, locate);
}
