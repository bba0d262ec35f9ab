import { expireTexts, EMPTY_JOINER, joinPiece, type JoinedText } from "./textJoiner.js";
import type { VehicleEvent } from "./events.js";
import type { VehicleState, VehicleText } from "./vehicleState.js";

const TEXTS_KEPT = 200;
/** All reasons are said in one burst (ArduPilot again every 30 s): one burst is the present list. */
const REASON_BURST_US = 5_000_000;
/** ArduPilot's two, then PX4's two (HealthAndArmingChecks and Commander::arm). */
const REASON = /^(?:PreArm: |Arm: |Preflight Fail: |Arming denied)/;

type TextEvent = Extract<VehicleEvent, { kind: "text" }>;

export const withoutPrearmReasons = (state: VehicleState): VehicleState =>
  state.prearmReasons.length === 0 ? state : { ...state, prearmReasons: [] };

/** Adds a text, joining the pieces of long ones. A piece that never came shows as "…". */
export function foldText(state: VehicleState, event: TextEvent): VehicleState {
  const { chunk, componentId, severity, text, unixTimeUs, receivedAtMonoMs } = event;
  const reported = { componentId, severity, unixTimeUs, receivedAtMonoMs };
  if (!chunk) return addJoined(state, { ...reported, text });
  const [textJoiner, whole] = joinPiece(state.textJoiner ?? EMPTY_JOINER, { ...reported, ...chunk, byteString: text });
  return whole.reduce(addJoined, { ...state, textJoiner });
}

/** Texts whose last pieces have not come in time are told as far as they came. */
export function withExpiredTexts(state: VehicleState, nowMonoMs: number): VehicleState {
  if (!state.textJoiner || state.textJoiner.pending.length === 0) return state;
  const [textJoiner, due] = expireTexts(state.textJoiner, nowMonoMs);
  return due.length === 0 ? state : due.reduce(addJoined, { ...state, textJoiner });
}

/** PX4 ends a text that it also says as an event with a tab (its events interface): no part of the words. */
function addJoined(state: VehicleState, reported: JoinedText): VehicleState {
  const { componentId, severity, unixTimeUs, receivedAtMonoMs } = reported;
  const isAlsoEvent = reported.text.endsWith("\t");
  const text = isAlsoEvent ? reported.text.slice(0, -1) : reported.text;
  return addText(state, {
    ...{ unixTimeUs, receivedAtMonoMs, severity, text },
    ...(componentId !== state.componentId && { componentId }),
    ...(isAlsoEvent && { isAlsoEvent }),
  });
}

export function addText(state: VehicleState, reported: VehicleText): VehicleState {
  const texts = [...state.texts, reported].slice(-TEXTS_KEPT);
  // What a companion or a camera says is no reason of the autopilot's.
  const isReason = reported.componentId === undefined && REASON.test(reported.text);
  if (!isReason || state.heartbeat?.value.isArmed === true) return { ...state, texts };
  const burst = texts.filter((one) => isReasonText(one) && reported.unixTimeUs - one.unixTimeUs <= REASON_BURST_US);
  return { ...state, texts, prearmReasons: [...new Set(burst.map(({ text }) => text))] };
}

const isReasonText = ({ componentId, text }: VehicleText): boolean => componentId === undefined && REASON.test(text);

/** What `after` has and `before` had not, oldest first. */
export function newTexts(before: readonly VehicleText[], after: readonly VehicleText[]): readonly VehicleText[] {
  if (after === before) return [];
  const known = new Set(before);
  return after.filter((text) => !known.has(text));
}
