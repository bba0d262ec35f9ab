/** State of the Setup workspace. Kept for the life of the page, so that it survives a change of workspace. */
import type { StationFailure } from "../../src/contract/failures.js";
import type { PackReply } from "../../src/contract/packMessages.js";
import type { AreaAsked } from "../../src/geo/pack/askedArea.js";
import type { LogEntry } from "../../src/contract/serviceMessages.js";
import type { VehicleId } from "../../src/vehicle/vehicleState.js";
import { Latest } from "../bridge/latest.js";
import { defineStore } from "../bridge/uiStores.js";
import { type AreaForm, EMPTY_FORM } from "./ground/areaForm.js";
import { PackSending } from "./ground/packSending.js";
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

/** An area whose needs the station has told. */
export type ListedArea = Omit<Extract<PackReply, { readonly kind: "area-needs" }>, "kind"> & {
  readonly area: AreaAsked;
  /** Of its pieces, those that are to go into a pack. */
  readonly chosenIds: ReadonlySet<string>;
};
type MadePack = { readonly file: string | undefined; readonly failure: StationFailure | undefined };

/** The Ground page's area and packs. */
type GroundStore = {
  readonly form: Latest<AreaForm>;
  readonly listed: Latest<ListedArea | undefined>;
  readonly sending: PackSending;
  /** How the last pack that was made here ended. */
  readonly made: Latest<MadePack | undefined>;
};

export type SetupStore = {
  readonly page: Latest<SetupPage>;
  /** The aircraft shown in Setup instead of the target; does not affect commands of Fly. */
  readonly chosen: Latest<VehicleId | undefined>;
  /** The log lists as last received, by vehicle. */
  readonly logs: Latest<ReadonlyMap<VehicleId, readonly LogEntry[]>>;
  readonly params: ParamStore;
  readonly ground: GroundStore;
};

export const setupStore = defineStore(({ station }): SetupStore => ({
  page: new Latest<SetupPage>("links"),
  chosen: new Latest<VehicleId | undefined>(undefined),
  logs: new Latest<ReadonlyMap<VehicleId, readonly LogEntry[]>>(new Map()),
  params: createParamStore(station),
  ground: {
    form: new Latest<AreaForm>(EMPTY_FORM),
    listed: new Latest<ListedArea | undefined>(undefined),
    sending: new PackSending(station),
    made: new Latest<MadePack | undefined>(undefined),
  },
}));
