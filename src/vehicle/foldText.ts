import { expireTexts, EMPTY_JOINER, joinPiece, type JoinedText } from "./textJoiner.js";
import type { VehicleEvent } from "./events.js";
import type { VehicleState, VehicleText } from "./vehicleState.js";

const TEXTS_KEPT = 200;
/** All reasons come in one burst, which ArduPilot repeats every 30 s: a new burst replaces the list. */
const REASON_BURST_US = 5_000_000;
/** The prefixes of ArduPilot (two), then those of PX4 (two; HealthAndArmingChecks and Commander::arm). */
const REASON = /^(?:PreArm: |Arm: |Preflight Fail: |Arming denied)/;

type TextEvent = Extract<VehicleEvent, { kind: "text" }>;

export const withoutPrearmReasons = (state: VehicleState): VehicleState =>
  state.prearmReasons.length === 0 ? state : { ...state, prearmReasons: [] };

/** Adds a text and joins the chunks of long ones. A lost chunk is shown as "…". */
export function foldText(state: VehicleState, event: TextEvent): VehicleState {
  const { chunk, componentId, severity, text, unixTimeUs, receivedAtMonoMs } = event;
  const reported = { componentId, severity, unixTimeUs, receivedAtMonoMs };
  if (!chunk) return addJoined(state, { ...reported, text });
  const [textJoiner, whole] = joinPiece(state.textJoiner ?? EMPTY_JOINER, { ...reported, ...chunk, byteString: text });
  return whole.reduce(addJoined, { ...state, textJoiner });
}

/** Adds the texts whose last chunks did not come in time, as far as they were received. */
export function withExpiredTexts(state: VehicleState, nowMonoMs: number): VehicleState {
  if (!state.textJoiner || state.textJoiner.pending.length === 0) return state;
  const [textJoiner, due] = expireTexts(state.textJoiner, nowMonoMs);
  return due.length === 0 ? state : due.reduce(addJoined, { ...state, textJoiner });
}

/** PX4 appends a tab to a text that it also sends as an event (events interface); the tab is not part of the text. */
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
  // A text of another component (companion computer, camera) is no reason of the autopilot.
  const isReason = reported.componentId === undefined && REASON.test(reported.text);
  if (!isReason || state.heartbeat?.value.isArmed === true) return { ...state, texts };
  const burst = texts.filter((one) => isReasonText(one) && reported.unixTimeUs - one.unixTimeUs <= REASON_BURST_US);
  return { ...state, texts, prearmReasons: [...new Set(burst.map(({ text }) => text))] };
}

const isReasonText = ({ componentId, text }: VehicleText): boolean => componentId === undefined && REASON.test(text);

/** The texts in `after` that were not in `before`, oldest first. */
export function newTexts(before: readonly VehicleText[], after: readonly VehicleText[]): readonly VehicleText[] {
  if (after === before) return [];
  const known = new Set(before);
  return after.filter((text) => !known.has(text));
}
