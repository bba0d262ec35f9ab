/** State of the parameter page: the view, pending and finished writes, undo steps. */
import type { StationFailure } from "../../../src/contract/failures.js";
import type { NamedValue } from "../../../src/vehicle/params.js";
import type { VehicleId } from "../../../src/vehicle/vehicleState.js";
import { Latest } from "../../bridge/latest.js";
import { replaceParams } from "../../bridge/serviceStreams.js";
import type { StationStore } from "../../bridge/stationStore.js";
import type { ParamView } from "./paramFilter.js";
import { isSameValue } from "./paramValue.js";

export type WriteState =
  | { readonly kind: "pending"; readonly value: number }
  | { readonly kind: "done"; readonly value: number; readonly unixTimeUs: number }
  | { readonly kind: "failed"; readonly value: number; readonly failure: StationFailure };

type UndoStep = NamedValue & { readonly vehicleId: VehicleId };

/** The other side of a comparison; `label` is a file's or an aircraft's name. */
export type Compared = { readonly label: string; readonly values: readonly NamedValue[] };

export type ParamStore = {
  readonly view: Latest<ParamView>;
  readonly selected: Latest<string | undefined>;
  /** By `writeKey`. */
  readonly writes: Latest<ReadonlyMap<string, WriteState>>;
  /** Values before each successful write, newest last. */
  readonly undoSteps: Latest<readonly UndoStep[]>;
  readonly compared: Latest<ReadonlyMap<VehicleId, Compared>>;
  readonly compare: (vehicleId: VehicleId, compared: Compared | undefined) => void;
  /** Requests the station's values; sends nothing to the aircraft. */
  readonly refresh: (vehicleId: VehicleId) => Promise<void>;
  readonly write: (vehicleId: VehicleId, wanted: NamedValue, how: HowToWrite) => Promise<void>;
  readonly undo: (vehicleId: VehicleId, isHeld: boolean) => Promise<void>;
};

export const writeKey = (vehicleId: VehicleId, name: string): string => `${vehicleId} ${name}`;

/** See `set-param` in the contract. */
type HowToWrite = { readonly isForced: boolean; readonly isConfirmed: boolean };

const UNDO_KEPT = 50;

export function createParamStore(station: StationStore): ParamStore {
  const writes = new Latest<ReadonlyMap<string, WriteState>>(new Map());
  const undoSteps = new Latest<readonly UndoStep[]>([]);
  const compared = new Latest<ReadonlyMap<VehicleId, Compared>>(new Map());

  const valueOf = (vehicleId: VehicleId, name: string): number | undefined =>
    station.services.params.get().get(vehicleId)?.get(name)?.value;
  const refresh = async (vehicleId: VehicleId): Promise<void> => {
    const reply = await station.request({ kind: "get-params", vehicleId });
    if (reply.ok && reply.value.kind === "params") replaceParams(station.services, vehicleId, reply.value.params);
  };
  /** Resolves to true when the autopilot confirmed the value. */
  const send = async (vehicleId: VehicleId, { name, value }: NamedValue, how: HowToWrite): Promise<boolean> => {
    const setState = (state: WriteState): void =>
      writes.set(new Map(writes.get()).set(writeKey(vehicleId, name), state));
    setState({ kind: "pending", value });
    const reply = await station.request({ kind: "set-param", vehicleId, name, value, ...how });
    if (reply.ok) setState({ kind: "done", value, unixTimeUs: station.clock.stationUnixUsNow() });
    else setState({ kind: "failed", value, failure: reply.error });
    return reply.ok;
  };
  return {
    view: new Latest<ParamView>({ search: "", group: undefined, filter: "all" }),
    selected: new Latest<string | undefined>(undefined),
    writes,
    undoSteps,
    compared,
    compare: (vehicleId, next) => {
      const all = new Map(compared.get());
      if (next) all.set(vehicleId, next);
      else all.delete(vehicleId);
      compared.set(all);
    },
    refresh,
    write: async (vehicleId, wanted, how) => {
      const before = valueOf(vehicleId, wanted.name);
      const isTaken = await send(vehicleId, wanted, how);
      if (!isTaken || before === undefined || isSameValue(before, wanted.value)) return;
      undoSteps.set([...undoSteps.get(), { vehicleId, name: wanted.name, value: before }].slice(-UNDO_KEPT));
    },
    undo: async (vehicleId, isHeld) => {
      const step = undoSteps.get().findLast((item) => item.vehicleId === vehicleId);
      if (!step) return;
      // Forced: the aircraft had this value before, so its range does not matter.
      const isTaken = await send(vehicleId, step, { isForced: true, isConfirmed: isHeld });
      if (isTaken) undoSteps.set(undoSteps.get().filter((item) => item !== step));
    },
  };
}
