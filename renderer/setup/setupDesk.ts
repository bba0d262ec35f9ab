/** What Setup shows, kept per station so that it outlives a look at another workspace. */
import type { LogEntry } from "../../src/contract/serviceMessages.js";
import type { VehicleId } from "../../src/vehicle/vehicleState.js";
import { Latest } from "../bridge/latest.js";
import type { StationStore } from "../bridge/stationStore.js";
import { createParamDesk, type ParamDesk } from "./params/paramDesk.js";

export type SetupPage = "links" | "signing" | "params" | "logs" | "checklist";
export const SETUP_PAGES: readonly { readonly id: SetupPage; readonly shortcut: string }[] = [
  { id: "links", shortcut: "L" },
  { id: "signing", shortcut: "K" },
  { id: "params", shortcut: "P" },
  { id: "logs", shortcut: "O" },
  { id: "checklist", shortcut: "C" },
];

export type SetupDesk = {
  readonly page: Latest<SetupPage>;
  /** An aircraft looked at instead of the target; commands of Fly are not touched by it. */
  readonly chosen: Latest<VehicleId | undefined>;
  /** As last listed, by vehicle. */
  readonly logs: Latest<ReadonlyMap<VehicleId, readonly LogEntry[]>>;
  readonly params: ParamDesk;
};

const desks = new WeakMap<StationStore, SetupDesk>();

export function setupDeskOf(station: StationStore): SetupDesk {
  const known = desks.get(station);
  if (known) return known;
  const made: SetupDesk = {
    page: new Latest<SetupPage>("links"),
    chosen: new Latest<VehicleId | undefined>(undefined),
    logs: new Latest<ReadonlyMap<VehicleId, readonly LogEntry[]>>(new Map()),
    params: createParamDesk(station),
  };
  desks.set(station, made);
  return made;
}
