/**
 * Telemetry is published as changes: a vehicle sends fifty messages a second and each replaces one or two members of its
 * state. The state is made by a pure fold, so an unchanged part is the same object, and comparing references finds what
 * changed. Publisher and reader each keep the last batch; a screen that joins gets it whole.
 */
import type { VehicleId, VehicleState, VehicleText } from "../vehicle/vehicleState.js";
import type { ToUi } from "./messages.js";

export type TelemetryBatch = Extract<ToUi, { readonly kind: "telemetry-batch" }>;

type Member = keyof VehicleState;

type VehicleChanges = {
  readonly vehicleId: VehicleId;
  readonly changed: Partial<VehicleState>;
  /** In place of `changed.texts` where texts were only added. */
  readonly texts?: TextsAdded;
  /** Members that are undefined now: JSON cannot say so in `changed`. */
  readonly removed?: readonly Member[];
};

/** An aircraft in trouble sends a text a second, and the list of its last 200 is longer than all the rest. */
type TextsAdded = { readonly countOfDropped: number; readonly added: readonly VehicleText[] };

export type TelemetryChanges = Pick<TelemetryBatch, "stationMonoMs" | "stationUnixUs"> & {
  readonly kind: "telemetry-changes";
  /** Those that the last batch did not have, whole. */
  readonly vehicles?: readonly VehicleState[];
  readonly changes: readonly VehicleChanges[];
  /** All vehicles, in their order: only where that differs from the last batch. */
  readonly vehicleIds?: readonly VehicleId[];
  /** Absent while they are the same object. */
  readonly links?: TelemetryBatch["links"];
  readonly paths?: TelemetryBatch["paths"];
};

/** The time of reception of the newest of these readings; undefined where none of the members is a reading. */
function newestReadingMonoMs(members: Partial<VehicleState>): number | undefined {
  let newestMonoMs: number | undefined;
  for (const member of Object.values(members)) {
    if (typeof member !== "object" || !("receivedAtMonoMs" in member)) continue;
    newestMonoMs = Math.max(newestMonoMs ?? member.receivedAtMonoMs, member.receivedAtMonoMs);
  }
  return newestMonoMs;
}

/** Undefined where the texts of before do not follow each other at the beginning of the new list. */
function textsAdded(before: readonly VehicleText[], after: readonly VehicleText[]): TextsAdded | undefined {
  const [oldest] = after;
  const countOfDropped = oldest === undefined ? -1 : before.indexOf(oldest);
  if (before === after || countOfDropped < 0) return undefined;
  const kept = before.slice(countOfDropped);
  return kept.every((text, i) => text === after[i]) ? { countOfDropped, added: after.slice(kept.length) } : undefined;
}

/** `lastReceivedMonoMs` is sent only where it does not follow from the readings: it changes with every message. */
function vehicleChanges(before: VehicleState, after: VehicleState): VehicleChanges | undefined {
  const texts = textsAdded(before.texts, after.texts);
  const isApart = (name: Member): boolean => name === "lastReceivedMonoMs" || (name === "texts" && texts !== undefined);
  const names = Object.keys({ ...before, ...after }) as Member[];
  const others = names.filter((name) => !isApart(name) && !Object.is(before[name], after[name]));
  const removed = others.filter((name) => after[name] === undefined);
  const set = others.filter((name) => after[name] !== undefined);
  const readings = Object.fromEntries(set.map((name) => [name, after[name]])) as Partial<VehicleState>;
  const { lastReceivedMonoMs } = after;
  const follows = lastReceivedMonoMs === (newestReadingMonoMs(readings) ?? before.lastReceivedMonoMs);
  if (others.length === 0 && follows && !texts) return undefined;
  const changed = follows ? readings : { ...readings, lastReceivedMonoMs };
  return { vehicleId: after.id, changed, ...(texts && { texts }), ...(removed.length > 0 && { removed }) };
}

function withVehicleChanges(before: VehicleState, { changed, texts, removed = [] }: VehicleChanges): VehicleState {
  const lastReceivedMonoMs = newestReadingMonoMs(changed) ?? before.lastReceivedMonoMs;
  const cleared = Object.fromEntries(removed.map((name) => [name, undefined]));
  const added = texts && { texts: [...before.texts.slice(texts.countOfDropped), ...texts.added] };
  return { ...before, lastReceivedMonoMs, ...changed, ...added, ...cleared };
}

const idsOf = ({ vehicles }: TelemetryBatch): readonly VehicleId[] => vehicles.map(({ id }) => id);
const isSameList = (a: readonly VehicleId[], b: readonly VehicleId[]): boolean =>
  a.length === b.length && a.every((id, i) => id === b[i]);
const byId = (vehicles: readonly VehicleState[]): ReadonlyMap<VehicleId, VehicleState> =>
  new Map(vehicles.map((vehicle) => [vehicle.id, vehicle]));

export function telemetryChanges(before: TelemetryBatch, after: TelemetryBatch): TelemetryChanges {
  const known = byId(before.vehicles);
  const vehicles = after.vehicles.filter(({ id }) => !known.has(id));
  const changes = after.vehicles.flatMap((vehicle) => {
    const last = known.get(vehicle.id);
    return (last && vehicleChanges(last, vehicle)) ?? [];
  });
  const vehicleIds = idsOf(after);
  return {
    kind: "telemetry-changes",
    stationMonoMs: after.stationMonoMs,
    stationUnixUs: after.stationUnixUs,
    changes,
    ...(vehicles.length > 0 && { vehicles }),
    ...(!isSameList(idsOf(before), vehicleIds) && { vehicleIds }),
    ...(before.links !== after.links && { links: after.links }),
    ...(before.paths !== after.paths && { paths: after.paths }),
  };
}

/** What did not change stays the same object. Changes of a vehicle that is not in `before` are dropped. */
export function withTelemetryChanges(before: TelemetryBatch, changes: TelemetryChanges): TelemetryBatch {
  const { stationMonoMs, stationUnixUs, links = before.links, paths = before.paths } = changes;
  const vehicles = vehiclesWith(before.vehicles, changes);
  return { kind: "telemetry-batch", stationMonoMs, stationUnixUs, vehicles, links, paths };
}

function vehiclesWith(before: readonly VehicleState[], received: TelemetryChanges): readonly VehicleState[] {
  const { vehicles = [], changes, vehicleIds } = received;
  if (changes.length === 0 && !vehicleIds) return before;
  const changesOf = new Map(changes.map((one) => [one.vehicleId, one]));
  const kept = before.map((vehicle) => {
    const one = changesOf.get(vehicle.id);
    return one ? withVehicleChanges(vehicle, one) : vehicle;
  });
  if (!vehicleIds) return kept;
  const all = byId([...kept, ...vehicles]);
  return vehicleIds.flatMap((id) => all.get(id) ?? []);
}
