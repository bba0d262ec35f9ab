/**
 * Turns events (MAVLink's events interface) into texts of the vehicle, and collects the reports of its arming checks.
 * https://mavlink.io/en/services/events.html
 */
import type { EventDescription, ReceivedVehicleEvent, VehicleEvent } from "./events.js";
import { receiveEvent, receiveNewest } from "./eventSequence.js";
import { addText } from "./foldText.js";
import type { ArmingCheck, ArmingChecks, TextEventPart, VehicleState, VehicleText } from "./vehicleState.js";

/** MAV_SEVERITY ends at 7; higher levels are not for users. */
const SEVERITY_DEBUG = 7;
/** Failed checks of this severity (error) or worse keep the vehicle from arming; a warning does not. */
const BLOCKING_SEVERITY = 3;
const NO_CHECKS: ArmingChecks = { checks: [], modeGroups: {}, unfinished: undefined };

type Received = Extract<VehicleEvent, { kind: "event" }>;

/** Id and arguments: the same event sent again has the same key. */
const eventKeyOf = ({ eventId, arguments: bytes }: ReceivedVehicleEvent): string =>
  `${eventId.toString(16)}:${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;

export function foldEvent(state: VehicleState, received: Received): VehicleState {
  const { componentId, event, description } = received;
  const { after, isNew } = receiveEvent(state.eventSequences?.[componentId], event);
  if (!isNew) return state;
  const next = { ...state, eventSequences: { ...state.eventSequences, [componentId]: after } };
  const reported = componentId === state.componentId && description ? withReport(next, event, description) : next;
  return event.severity > SEVERITY_DEBUG ? reported : withEventText(reported, state, received);
}

export function foldEventSequence(
  state: VehicleState,
  { componentId, sequence, isReset }: Extract<VehicleEvent, { kind: "event-sequence" }>,
): VehicleState {
  const before = state.eventSequences?.[componentId];
  const after = receiveNewest(before, { sequence, isReset });
  return after === before ? state : { ...state, eventSequences: { ...state.eventSequences, [componentId]: after } };
}

/** Adds descriptions to events that were shown without one. */
export function foldDescriptions(
  state: VehicleState,
  { descriptions }: Extract<VehicleEvent, { kind: "events-described" }>,
): VehicleState {
  return { ...state, texts: state.texts.map((text) => withDescription(text, descriptions)) };
}

/** Unchanged when the text is no event, has a description already, or none is known. */
export function withDescription(text: VehicleText, descriptions: ReadonlyMap<string, EventDescription>): VehicleText {
  const description = text.event && text.event.name === undefined ? descriptions.get(text.event.key) : undefined;
  return description && text.event ? { ...text, ...withText(text.event, description) } : text;
}

const undescribedText = (eventId: number): string =>
  `event 0x${eventId.toString(16).padStart(8, "0")} (no description yet)`;

function withEventText(state: VehicleState, before: VehicleState, received: Received): VehicleState {
  const { event, description, componentId, unixTimeUs, receivedAtMonoMs } = received;
  const key = eventKeyOf(event);
  // The whole report is sent again with every change: only the checks that are new in it are added as texts.
  const isOldCheck =
    description?.role.kind === "check" && before.armingChecks?.checks.some((check) => check.key === key) === true;
  if (isOldCheck) return state;
  const bare: TextEventPart = { id: event.eventId, key, name: undefined, detail: undefined, isCheck: false };
  const words = description ? withText(bare, description) : { text: undescribedText(event.eventId), event: bare };
  const reported: VehicleText = {
    ...{ unixTimeUs, receivedAtMonoMs, severity: event.severity },
    ...words,
    ...(componentId !== state.componentId && { componentId }),
  };
  // A repeated event without a description adds nothing: the existing text moves to the end.
  const isSameWithoutText = (text: VehicleText): boolean => text.event?.key === key && text.event.name === undefined;
  const texts = description ? state.texts : state.texts.filter((text) => !isSameWithoutText(text));
  return addText({ ...state, texts }, reported);
}

function withText(part: TextEventPart, description: EventDescription): Pick<VehicleText, "text" | "event"> {
  const { name, text, detail, role } = description;
  return {
    text,
    event: {
      ...{ id: part.id, key: part.key, name, detail, isCheck: role.kind === "check" },
      ...(role.kind === "refusal" && { refusedModeGroup: role.modeGroup ?? "any" }),
    },
  };
}

function withReport(state: VehicleState, event: ReceivedVehicleEvent, description: EventDescription): VehicleState {
  const { role, text, detail } = description;
  const known = state.armingChecks ?? NO_CHECKS;
  switch (role.kind) {
    case "report-begins": {
      const unfinished = role.chunkIndex === 0 ? [] : (known.unfinished ?? known.checks);
      return { ...state, armingChecks: { ...known, modeGroups: role.modeGroups, unfinished } };
    }
    case "check": {
      if (!known.unfinished) return state;
      const { severity } = event;
      const check: ArmingCheck = { key: eventKeyOf(event), severity, text, detail, modeBits: role.modeBits };
      return { ...state, armingChecks: { ...known, unfinished: [...known.unfinished, check] } };
    }
    case "report-ends": {
      if (!known.unfinished) return state;
      return withCheckReasons({
        ...state,
        armingChecks: { ...known, checks: known.unfinished, unfinished: undefined },
      });
    }
    case "plain":
    case "refusal":
      return state;
  }
}

/** Sets the reasons that keep the vehicle from arming in its current mode. */
function withCheckReasons(state: VehicleState): VehicleState {
  if (state.heartbeat?.value.isArmed !== false) return state;
  const group = state.armingChecks?.modeGroups[state.heartbeat.value.customMode];
  const reasons = blockingChecks(state, group).map(({ text }) => text);
  const prearmReasons = [...new Set(reasons)];
  return prearmReasons.join("\n") === state.prearmReasons.join("\n") ? state : { ...state, prearmReasons };
}

/** The failed checks that concern a mode group; all of them where the group is not known. */
export const blockingChecks = (
  { armingChecks }: Pick<VehicleState, "armingChecks">,
  modeGroup: number | undefined,
): readonly ArmingCheck[] =>
  (armingChecks?.checks ?? []).filter(
    ({ severity, modeBits }) =>
      severity <= BLOCKING_SEVERITY && (modeGroup === undefined || ((modeBits >>> modeGroup) & 1) === 1),
  );
