import type { VehicleEvent } from "./events.js";
import type { PendingText, VehicleState, VehicleText } from "./vehicleState.js";

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
  if (!event.chunk) return addText(flushed(state, undefined), wholeText(event));
  const base = flushed(state, event.chunk.id);
  const begun = base.pendingText;
  const isNext = (begun?.nextIndex ?? 0) === event.chunk.index;
  if (begun && event.chunk.index < begun.nextIndex) return base; // heard twice
  const joined: PendingText = {
    id: event.chunk.id,
    nextIndex: event.chunk.index + 1,
    severity: event.severity,
    text: `${begun?.text ?? ""}${isNext ? "" : "…"}${event.text}`,
    unixTimeUs: begun?.unixTimeUs ?? event.unixTimeUs,
  };
  return event.chunk.isLast ? addText({ ...base, pendingText: undefined }, joined) : { ...base, pendingText: joined };
}

const wholeText = ({ unixTimeUs, severity, text }: TextEvent): VehicleText => ({ unixTimeUs, severity, text });

/** A new text ends an unfinished one: what came of it is kept. */
function flushed(state: VehicleState, nextId: number | undefined): VehicleState {
  const { pendingText } = state;
  if (!pendingText || pendingText.id === nextId) return state;
  return addText({ ...state, pendingText: undefined }, { ...pendingText, text: `${pendingText.text}…` });
}

function addText(state: VehicleState, { unixTimeUs, severity, text }: VehicleText): VehicleState {
  const texts = [...state.texts, { unixTimeUs, severity, text }].slice(-TEXTS_KEPT);
  if (!REASON.test(text) || state.heartbeat?.value.isArmed === true) return { ...state, texts };
  const burst = texts.filter((said) => REASON.test(said.text) && unixTimeUs - said.unixTimeUs <= REASON_BURST_US);
  return { ...state, texts, prearmReasons: [...new Set(burst.map((said) => said.text))] };
}
