import type { FleetUpdate } from "../../src/contract/fleetMessages.js";
import type { ToUi } from "../../src/contract/messages.js";
import type { LogDownload, ServiceUpdate } from "../../src/contract/serviceMessages.js";
import { assertNever } from "../../src/core/result.js";
import type { ChecklistState } from "../../src/vehicle/checklist.js";
import type { CommandAbilities } from "../../src/vehicle/commands.js";
import type { FleetWarning } from "../../src/vehicle/fleetWarnings.js";
import type { GuidedTarget } from "../../src/vehicle/guidedTarget.js";
import type { Param, ParamLoad } from "../../src/vehicle/params.js";
import type { Payload } from "../../src/vehicle/payload.js";
import type { TrafficTarget } from "../../src/vehicle/traffic.js";
import type { AircraftFence } from "../../src/vehicle/transfers.js";
import type { VehicleId } from "../../src/vehicle/vehicleState.js";
import { Latest } from "./latest.js";

type ByVehicle<T> = Latest<ReadonlyMap<VehicleId, T>>;

/** The latest state of each vehicle service. */
export type ServiceStreams = {
  readonly abilities: ByVehicle<CommandAbilities>;
  readonly fences: ByVehicle<AircraftFence>;
  /** Of the vehicles that fly to a place, where to. */
  readonly guidedTargets: ByVehicle<GuidedTarget>;
  readonly paramLoads: ByVehicle<ParamLoad>;
  /** By name, in the order they came. */
  readonly params: ByVehicle<ReadonlyMap<string, Param>>;
  readonly logDownloads: ByVehicle<LogDownload>;
  readonly payloads: ByVehicle<Payload>;
  readonly checklists: ByVehicle<ChecklistState>;
  readonly warnings: Latest<readonly FleetWarning[]>;
  readonly traffic: Latest<readonly TrafficTarget[]>;
};

const byVehicle = <T>(): ByVehicle<T> => new Latest<ReadonlyMap<VehicleId, T>>(new Map());

export const emptyServiceStreams = (): ServiceStreams => ({
  abilities: byVehicle<CommandAbilities>(),
  fences: byVehicle<AircraftFence>(),
  guidedTargets: byVehicle<GuidedTarget>(),
  paramLoads: byVehicle<ParamLoad>(),
  params: byVehicle<ReadonlyMap<string, Param>>(),
  logDownloads: byVehicle<LogDownload>(),
  payloads: byVehicle<Payload>(),
  checklists: byVehicle<ChecklistState>(),
  warnings: new Latest<readonly FleetWarning[]>([]),
  traffic: new Latest<readonly TrafficTarget[]>([]),
});

/** Called on a hello: the state of the previous station no longer holds. */
export function resetServices(streams: ServiceStreams): void {
  streams.abilities.set(new Map());
  streams.fences.set(new Map());
  streams.guidedTargets.set(new Map());
  streams.paramLoads.set(new Map());
  streams.params.set(new Map());
  streams.logDownloads.set(new Map());
  streams.payloads.set(new Map());
  streams.checklists.set(new Map());
  streams.warnings.set([]);
  streams.traffic.set([]);
}

const KINDS: ReadonlySet<ToUi["kind"]> = new Set<(ServiceUpdate | FleetUpdate)["kind"]>([
  "param-load",
  "params-changed",
  "log-download",
  "payload",
  "checklist",
  "fleet-warnings",
  "traffic",
  "abilities",
  "guided-target",
  "aircraft-fence",
]);
export const isServiceUpdate = (message: ToUi): message is ServiceUpdate | FleetUpdate => KINDS.has(message.kind);

function put<T>(stream: ByVehicle<T>, vehicleId: VehicleId, value: T): void {
  stream.set(new Map(stream.get()).set(vehicleId, value));
}

function putOrRemove<T>(stream: ByVehicle<T>, vehicleId: VehicleId, value: T | undefined): void {
  if (value !== undefined) put(stream, vehicleId, value);
  else if (stream.get().has(vehicleId)) stream.set(new Map([...stream.get()].filter(([id]) => id !== vehicleId)));
}

/** Replaces all parameters of a vehicle by the station's complete list. */
export function replaceParams(streams: ServiceStreams, vehicleId: VehicleId, params: readonly Param[]): void {
  put(streams.params, vehicleId, new Map(params.map((param) => [param.name, param])));
}

export function applyServiceUpdate(streams: ServiceStreams, message: ServiceUpdate | FleetUpdate): void {
  switch (message.kind) {
    case "param-load":
      put(streams.paramLoads, message.vehicleId, message.load);
      return;
    case "params-changed": {
      const known = new Map(streams.params.get().get(message.vehicleId));
      for (const param of message.params) known.set(param.name, param);
      put(streams.params, message.vehicleId, known);
      return;
    }
    case "log-download":
      put(streams.logDownloads, message.vehicleId, message.download);
      return;
    case "payload":
      put(streams.payloads, message.vehicleId, message.payload);
      return;
    case "checklist":
      put(streams.checklists, message.vehicleId, message.state);
      return;
    case "abilities":
      put(streams.abilities, message.vehicleId, message.abilities);
      return;
    case "guided-target":
      putOrRemove(streams.guidedTargets, message.vehicleId, message.target);
      return;
    case "aircraft-fence":
      put(streams.fences, message.vehicleId, message.fence);
      return;
    case "fleet-warnings":
      streams.warnings.set(message.warnings);
      return;
    case "traffic":
      streams.traffic.set(message.targets);
      return;
    default:
      assertNever(message);
  }
}
