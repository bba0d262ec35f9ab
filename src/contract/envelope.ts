/**
 * Everything the station publishes goes out in an envelope. `seq` counts what this station has published, to whichever
 * screen, so that two messages can be put in order; `topic` and `key` say what of the station's state a message replaces.
 *
 * The order that screens and the command line rest on: **what a reply rests on was published before the reply.** The
 * station publishes every change of state that it knows of, and only then the reply. So whoever holds a reply also holds
 * the state as it was then, and never decides on an older one.
 *
 * Texts and mode lists of a vehicle change now and then, its position thirty times a second: they travel apart
 * (`vehicle-details`) and are put together again by the reader. So are contacts (`contactChanges.ts`).
 */
import type { Contact } from "../track/contact.js";
import type { VehicleId, VehicleState } from "../vehicle/vehicleState.js";
import { contactChanges, withContactChanges, type ContactChanges } from "./contactChanges.js";
import type { ToUi } from "./messages.js";

const DETAILS = ["texts", "prearmReasons", "modes", "offeredModes", "textJoiner", "armingChecks", "version"] as const;

/** What of a vehicle's state changes seldom and weighs much. */
type VehicleDetails = Pick<VehicleState, (typeof DETAILS)[number]>;
/** The rest. */
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
  /** Another one after every start of the station: numbers of two stations are never compared. */
  readonly stationId: string;
  /** From 1, strictly growing within a station. */
  readonly seq: number;
  readonly topic: WireBody["kind"];
  /** What of the topic: a vehicle, a command, a camera, a contact; "" where there is only one. */
  readonly key: string;
  readonly body: WireBody;
};

/** What of its topic a message is about. */
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

// A state is a fold: what did not change is the same object.
const isSame = (a: VehicleDetails | undefined, b: VehicleDetails): boolean =>
  a !== undefined && DETAILS.every((name) => a[name] === b[name]);

/** The station's end: numbers what it publishes. */
type Publisher = {
  /** In this order; to every screen. */
  readonly publish: (message: ToUi) => readonly Envelope[];
  /** To one screen: a reply, or the whole of what the others were sent before it joined. Contacts are not told by changes. */
  readonly publishToOne: (message: ToUi) => readonly Envelope[];
  /** What a screen that joins late must hold before its first batch. */
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
 * A screen's end: puts messages together again and never goes back in time. Undefined for what says nothing by itself and
 * for what is older than something read before. Another station's first message begins anew.
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

/** The station is a process of the same build: its messages are trusted once they have the envelope's form. */
export function isEnvelope(value: unknown): value is Envelope {
  if (typeof value !== "object" || value === null) return false;
  const { stationId, seq, body } = value as Partial<Record<keyof Envelope, unknown>>;
  const hasKind = typeof body === "object" && body !== null && "kind" in body && typeof body.kind === "string";
  return typeof stationId === "string" && typeof seq === "number" && hasKind;
}
