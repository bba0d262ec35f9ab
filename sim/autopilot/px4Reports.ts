import { sendText, update, type Draft } from "./autopilotState.js";
import { sentEvent, withEvent, type Px4Event } from "./px4Events.js";

/** Sends an event; the log keeps it for whoever missed it. */
export function sendEvent(draft: Draft, event: Px4Event): void {
  const { events, sensed } = draft.state;
  const sent = sentEvent(event, events.nextSequence, Math.round(sensed.nowMs));
  update(draft, { events: withEvent(events, sent) });
  draft.effects.push({ kind: "event", event: sent });
}

/** PX4 says most things twice: a text that ends in a tab (an event says the same: show one of them), and the event. */
export function sendTextAndEvent(draft: Draft, severity: number, text: string, event: Px4Event): void {
  sendText(draft, severity, `${text}\t`);
  sendEvent(draft, event);
}
