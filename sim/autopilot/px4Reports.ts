import { sendText, update, type Draft } from "./autopilotState.js";
import { sentEvent, withEvent, type Px4Event } from "./px4Events.js";

/** Sends an event and keeps it in the log for REQUEST_EVENT. */
export function sendEvent(draft: Draft, event: Px4Event): void {
  const { events, sensed } = draft.state;
  const sent = sentEvent(event, events.nextSequence, Math.round(sensed.nowMs));
  update(draft, { events: withEvent(events, sent) });
  draft.effects.push({ kind: "event", event: sent });
}

/** PX4 reports most things twice: a text ending in a tab (which tells stations to show only one of the two), and an event. */
export function sendTextAndEvent(draft: Draft, severity: number, text: string, event: Px4Event): void {
  sendText(draft, severity, `${text}\t`);
  sendEvent(draft, event);
}
