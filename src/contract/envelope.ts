/**
 * Every message that the station publishes travels in an envelope. `seq` counts the station's messages to all screens,
 * so that any two can be put in order; `topic` and `key` say which part of the station's state a message replaces.
 *
 * The guarantee that screens and the command line rely on: **all state that a reply depends on is published before the
 * reply.** The station publishes every change of state that it knows of, and only then the reply. A client that holds a
 * reply therefore also holds the state of that moment, and never decides on an older one.
 *
 * A vehicle's texts and mode lists change rarely, its position thirty times a second: they are sent separately
 * (`vehicle-details`) and the reader joins them again. Contacts are sent as changes (`contactChanges.ts`).
 */
import type { Contact } from "../track/contact.js";
import type { VehicleId, VehicleState } from "../vehicle/vehicleState.js";
import { contactChanges, withContactChanges, type ContactChanges } from "./contactChanges.js";
import type { ToUi } from "./messages.js";

const DETAILS = ["texts", "prearmReasons", "modes", "offeredModes", "textJoiner", "armingChecks", "version"] as const;

/** The parts of a vehicle's state that are large and change rarely. */
type VehicleDetails = Pick<VehicleState, (typeof DETAILS)[number]>;
/** All other parts of the state: sent in every telemetry batch. */
type VehicleTelemetry = Omit<VehicleState, (typeof DETAILS)[number]>;

type Batch = Extract<ToUi, { readonly kind: "telemetry-batch" }>;
type WireBatch = Omit<Batch, "vehicles"> & { readonly vehicles: readonly VehicleTelemetry[] };
type WireDetails = {
  readonly kind: "vehicle-details";
  readonly vehicleId: VehicleId;
  readonly details: VehicleDetails;
};
export type WireBody = Exclude<ToUi, Batch> | WireBatch | WireDetails | ContactChanges;

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

function detailsOf(vehicle: VehicleState): VehicleDetails {
  const { texts, prearmReasons, modes, offeredModes, textJoiner, armingChecks, version } = vehicle;
  return { texts, prearmReasons, modes, offeredModes, textJoiner, armingChecks, version };
}

function telemetryOf(vehicle: VehicleState): VehicleTelemetry {
  const isOfTelemetry = ([name]: [string, unknown]): boolean => !DETAILS.some((detail) => detail === name);
  return Object.fromEntries(Object.entries(vehicle).filter(isOfTelemetry)) as VehicleTelemetry;
}

// The state is made by a pure fold: an unchanged part is the same object, so comparing references is enough.
const isSame = (a: VehicleDetails | undefined, b: VehicleDetails): boolean =>
  a !== undefined && DETAILS.every((name) => a[name] === b[name]);

/** The station's side: wraps and numbers what it publishes. */
type Publisher = {
  /** The envelopes to send to every screen, in this order. */
  readonly publish: (message: ToUi) => readonly Envelope[];
  /** To one screen: a reply, or the snapshot for a screen that joins. Contacts are then sent whole, not as changes. */
  readonly publishToOne: (message: ToUi) => readonly Envelope[];
  /** What a screen that joins late needs before its first telemetry batch. */
  readonly snapshot: (vehicles: readonly VehicleState[]) => readonly Envelope[];
};

export function createPublisher(stationId: string): Publisher {
  let seq = 0;
  let reported = new Map<VehicleId, VehicleDetails>();
  let contacts: readonly Contact[] | undefined;
  const wrap = (body: WireBody): Envelope => ({ stationId, seq: ++seq, topic: body.kind, key: keyOf(body), body });
  const contactsBody = (next: readonly Contact[]): WireBody => {
    const before = contacts;
    contacts = next;
    return before && next.length > 0 ? contactChanges(before, next) : { kind: "contacts", contacts: next };
  };
  const wrapDetails = (vehicle: VehicleState): Envelope =>
    wrap({ kind: "vehicle-details", vehicleId: vehicle.id, details: detailsOf(vehicle) });
  const publishToOne = (message: ToUi): readonly Envelope[] => {
    if (message.kind !== "telemetry-batch") return [wrap(message)];
    const changed = message.vehicles.filter((vehicle) => !isSame(reported.get(vehicle.id), vehicle));
    reported = new Map(message.vehicles.map((vehicle) => [vehicle.id, detailsOf(vehicle)]));
    return [...changed.map(wrapDetails), wrap({ ...message, vehicles: message.vehicles.map(telemetryOf) })];
  };
  return {
    publish: (message) =>
      message.kind === "contacts" ? [wrap(contactsBody(message.contacts))] : publishToOne(message),
    publishToOne,
    snapshot: (vehicles) => vehicles.map(wrapDetails),
  };
}

const NO_DETAILS: VehicleDetails = {
  texts: [],
  prearmReasons: [],
  modes: [],
  offeredModes: undefined,
  textJoiner: undefined,
  armingChecks: undefined,
  version: undefined,
};

/**
 * A screen's side: joins separate messages again and drops stale ones. Returns undefined for `vehicle-details` (kept
 * for the next telemetry batch) and for an envelope whose `seq` is not above the last one read. An envelope with
 * another `stationId` resets the reader.
 */
export function createEnvelopeReader(): (envelope: Envelope) => ToUi | undefined {
  let last: { readonly stationId: string; readonly seq: number } | undefined;
  const details = new Map<VehicleId, VehicleDetails>();
  let contacts: readonly Contact[] = [];
  return ({ stationId, seq, body }) => {
    if (last?.stationId === stationId && seq <= last.seq) return undefined;
    if (last?.stationId !== stationId) {
      details.clear();
      contacts = [];
    }
    last = { stationId, seq };
    if (body.kind === "vehicle-details") {
      details.set(body.vehicleId, { ...NO_DETAILS, ...body.details });
      return undefined;
    }
    if (body.kind === "contact-changes") {
      contacts = withContactChanges(contacts, body);
      return { kind: "contacts", contacts };
    }
    if (body.kind === "contacts") contacts = body.contacts;
    if (body.kind !== "telemetry-batch") return body;
    const vehicles = body.vehicles.map((vehicle) => ({ ...vehicle, ...(details.get(vehicle.id) ?? NO_DETAILS) }));
    return { ...body, vehicles };
  };
}

/** The station is a process of the same build: an envelope of the right shape is trusted without checking its body. */
export function isEnvelope(value: unknown): value is Envelope {
  if (typeof value !== "object" || value === null) return false;
  const { stationId, seq, body } = value as Partial<Record<keyof Envelope, unknown>>;
  const hasKind = typeof body === "object" && body !== null && "kind" in body && typeof body.kind === "string";
  return typeof stationId === "string" && typeof seq === "number" && hasKind;
}
