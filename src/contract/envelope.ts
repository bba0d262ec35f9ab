/**
 * Every message that the station publishes travels in an envelope. `seq` counts the station's messages to all screens,
 * so that any two can be put in order; `topic` and `key` say which part of the station's state a message replaces.
 *
 * The guarantee that screens and the command line rely on: **all state that a reply depends on is published before the
 * reply.** The station publishes every change of state that it knows of, and only then the reply. A client that holds a
 * reply therefore also holds the state of that moment, and never decides on an older one.
 *
 * Telemetry and contacts are sent as changes to what every screen already holds (`telemetryChanges.ts`,
 * `contactChanges.ts`), and the reader makes whole messages of them again.
 */
import type { Contact } from "../track/contact.js";
import { contactChanges, withContactChanges, type ContactChanges } from "./contactChanges.js";
import type { ToUi } from "./messages.js";
import {
  telemetryChanges,
  withTelemetryChanges,
  type TelemetryBatch,
  type TelemetryChanges,
} from "./telemetryChanges.js";

export type WireBody = ToUi | TelemetryChanges | ContactChanges;

export type Envelope = {
  /** A new id after every start of the station: sequence numbers of two runs must never be compared. */
  readonly stationId: string;
  /** Starts at 1; strictly increasing within one run of the station. */
  readonly seq: number;
  readonly topic: WireBody["kind"];
  /** Which one within the topic: a vehicle, command, camera or contact id; "" where the topic has only one. */
  readonly key: string;
  readonly body: WireBody;
};

/** The envelope's `key` for a message. */
function keyOf(body: WireBody): string {
  if ("commandId" in body) return body.commandId;
  if ("vehicleId" in body) return body.vehicleId;
  if ("cameraId" in body) return body.cameraId;
  if (body.kind === "contact-picture") return body.contactId;
  if (body.kind === "notice") return body.notice.id;
  return body.kind === "reply" ? String(body.requestId) : "";
}

/** The station's side: wraps and numbers what it publishes. */
type Publisher = {
  /** The envelope to send to every screen. */
  readonly publish: (message: ToUi) => Envelope;
  /** To one screen: a reply, or a part of the snapshot for a screen that joins. Contacts are then sent whole. */
  readonly publishToOne: (message: ToUi) => Envelope;
  /**
   * The telemetry published last, whole, for a screen that joins: the changes that follow are changes to it. Undefined
   * before the first batch.
   */
  readonly snapshot: () => Envelope | undefined;
};

export function createPublisher(stationId: string): Publisher {
  let seq = 0;
  let telemetry: TelemetryBatch | undefined;
  let contacts: readonly Contact[] | undefined;
  const wrap = (body: WireBody): Envelope => ({ stationId, seq: ++seq, topic: body.kind, key: keyOf(body), body });
  const contactsBody = (next: readonly Contact[]): WireBody => {
    const before = contacts;
    contacts = next;
    return before && next.length > 0 ? contactChanges(before, next) : { kind: "contacts", contacts: next };
  };
  const telemetryBody = (next: TelemetryBatch): WireBody => {
    const before = telemetry;
    telemetry = next;
    return before ? telemetryChanges(before, next) : next;
  };
  const publishedBody = (message: ToUi): WireBody => {
    if (message.kind === "contacts") return contactsBody(message.contacts);
    return message.kind === "telemetry-batch" ? telemetryBody(message) : message;
  };
  return {
    publish: (message) => wrap(publishedBody(message)),
    publishToOne: wrap,
    snapshot: () => telemetry && wrap(telemetry),
  };
}

/**
 * A screen's side: makes whole messages of changes and drops stale envelopes. Returns undefined for an envelope whose
 * `seq` is not above the last one read, and for changes to telemetry that was never received. An envelope with another
 * `stationId` resets the reader.
 */
export function createEnvelopeReader(): (envelope: Envelope) => ToUi | undefined {
  let last: { readonly stationId: string; readonly seq: number } | undefined;
  let telemetry: TelemetryBatch | undefined;
  let contacts: readonly Contact[] = [];
  return ({ stationId, seq, body }) => {
    if (last?.stationId === stationId && seq <= last.seq) return undefined;
    if (last?.stationId !== stationId) [telemetry, contacts] = [undefined, []];
    last = { stationId, seq };
    if (body.kind === "telemetry-changes") {
      telemetry &&= withTelemetryChanges(telemetry, body);
      return telemetry;
    }
    if (body.kind === "contact-changes") {
      contacts = withContactChanges(contacts, body);
      return { kind: "contacts", contacts };
    }
    if (body.kind === "telemetry-batch") telemetry = body;
    if (body.kind === "contacts") contacts = body.contacts;
    return body;
  };
}

/** The station is a process of the same build: an envelope of the right shape is trusted without checking its body. */
export function isEnvelope(value: unknown): value is Envelope {
  if (typeof value !== "object" || value === null) return false;
  const { stationId, seq, body } = value as Partial<Record<keyof Envelope, unknown>>;
  const hasKind = typeof body === "object" && body !== null && "kind" in body && typeof body.kind === "string";
  return typeof stationId === "string" && typeof seq === "number" && hasKind;
}
