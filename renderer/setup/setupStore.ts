/** State of the Setup workspace. Kept for the life of the page, so that it survives a change of workspace. */
import type { LogEntry } from "../../src/contract/serviceMessages.js";
import type { VehicleId } from "../../src/vehicle/vehicleState.js";
import { Latest } from "../bridge/latest.js";
import { defineStore } from "../bridge/uiStores.js";
import { createParamStore, type ParamStore } from "./params/paramStore.js";

export type SetupPage = "links" | "ground" | "signing" | "params" | "logs" | "checklist";
export const SETUP_PAGES: readonly { readonly id: SetupPage; readonly shortcut: string }[] = [
  { id: "links", shortcut: "L" },
  { id: "ground", shortcut: "G" },
  { id: "signing", shortcut: "K" },
  { id: "params", shortcut: "P" },
  { id: "logs", shortcut: "O" },
  { id: "checklist", shortcut: "C" },
];

export type SetupStore = {
  readonly page: Latest<SetupPage>;
  /** The aircraft shown in Setup instead of the target; does not affect commands of Fly. */
  readonly chosen: Latest<VehicleId | undefined>;
  /** The log lists as last received, by vehicle. */
  readonly logs: Latest<ReadonlyMap<VehicleId, readonly LogEntry[]>>;
  readonly params: ParamStore;
};

export const setupStore = defineStore(({ station }): SetupStore => ({
  page: new Latest<SetupPage>("links"),
  chosen: new Latest<VehicleId | undefined>(undefined),
  logs: new Latest<ReadonlyMap<VehicleId, readonly LogEntry[]>>(new Map()),
  params: createParamStore(station),
}));
