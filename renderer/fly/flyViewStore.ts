import type { TextKey } from "../app/dictionary.js";
import type { Position } from "../../src/geo/position.js";
import type { Contact } from "../../src/track/contact.js";
import type { CommandOrder, VehicleCommand } from "../../src/vehicle/commands.js";
import { isArmed } from "../../src/vehicle/selectors/airborne.js";
import { currentPlanItem } from "../../src/vehicle/selectors/mission.js";
import { planAboardOf } from "../../src/vehicle/selectors/planAboard.js";
import type { VehicleId, VehicleState } from "../../src/vehicle/vehicleState.js";
import type { Plan } from "../../src/plan/plan.js";
import { orderOf } from "../bridge/commandOrder.js";
import { Latest } from "../bridge/latest.js";
import { planAboardNow } from "../bridge/planComparison.js";
import type { StationStore } from "../bridge/stationStore.js";
import { defineStore } from "../bridge/uiStores.js";
import { isVehicleLost } from "../panels/freshness.js";
import type { CameraMode } from "../scene/sceneTypes.js";
import { type ThermalPalette, THERMAL_PALETTES } from "../scene/thermalPalette.js";
import type { SceneFocus } from "../scene/useSceneFrame.js";
import { vehicleName } from "../panels/vehicleIdentity.js";
import { type CommandLine, type CommandOutcome, withLine, withOutcome, withReports } from "./commandLog.js";
import { type FlyFacts, mayCommand } from "./flyRules.js";
import { createPlaceTargetStore, type PlaceTargetStore } from "./place/placeTargetStore.js";
import { createPayloadStore, type PayloadStore } from "./payloadStore.js";

/** "look" points the gimbal, the others send the aircraft. */
type MapClickMode = "go-to" | "orbit" | "look";
type SideTab = "ready" | "commands" | "payload" | "fleet";

/** Large enough for any fixed wing of this size, small enough to keep a boat in the picture. */
const FIRST_ORBIT_RADIUS_M = 80;
/** Above people and masts, within sight of the pilot. */
const FIRST_TAKE_OFF_M = 20;

/** State of the Fly workspace that is not the station's. One per page, so that it survives a change of workspace. */
export type FlyViewStore = PayloadStore &
  PlaceTargetStore & {
    readonly vehicle: Latest<VehicleState | undefined>;
    readonly focus: Latest<SceneFocus | undefined>;
    readonly home: Latest<Position | undefined>;
    /** Home with its height. */
    readonly homeLevel: Latest<HomeLevel | undefined>;
    /** Origin of the scene's coordinates: home, or the first position received. */
    readonly origin: Latest<Position | undefined>;
    /** The verified plan on board of the target; undefined where this page does not have it. */
    readonly planAboard: Latest<Plan | undefined>;
    /** The plan on screen while no plan is known to be on board: drawn as a draft, never as the flown route. */
    readonly draftPlan: Latest<Plan | undefined>;
    /** Item being flown, counted from 0 in the plan on board. */
    readonly currentItem: Latest<number | undefined>;
    readonly selectedContact: Latest<string | undefined>;
    readonly camera: Latest<CameraMode>;
    readonly palette: Latest<ThermalPalette>;
    readonly isSwapped: Latest<boolean>;
    readonly isLeftOpen: Latest<boolean>;
    readonly isRightOpen: Latest<boolean>;
    /** What the next click on the map does; undefined: it selects a contact, or tells about the place. */
    readonly mapClickMode: Latest<MapClickMode | undefined>;
    /** The place on the map that a card tells about. */
    readonly pinnedPlace: Latest<Position | undefined>;
    readonly orbitRadiusM: Latest<number>;
    /** Take-off height above home, from the field beside the button. */
    readonly takeOffHeightM: Latest<number>;
    readonly sideTab: Latest<SideTab>;
    /** The vehicles a fleet command goes to; only the user changes it. */
    readonly fleetChoice: Latest<ReadonlySet<VehicleId>>;
    /** Commands given on this screen and their outcomes, newest last. */
    readonly lines: Latest<readonly CommandLine[]>;
    /** Facts of a vehicle, by default of the target. */
    readonly facts: (vehicleId?: VehicleId) => FlyFacts;
    /**
     * Sends to the vehicle that was named when the button was pressed, never to whatever is the target by now.
     * `isConfirmed`: the button was held.
     */
    readonly sendTo: (vehicleId: VehicleId | undefined, command: VehicleCommand, isConfirmed?: boolean) => void;
    /** Adds a line for a press that sent nothing. */
    readonly refuse: (vehicleId: VehicleId | undefined, command: VehicleCommand, because: TextKey) => void;
    readonly selectContact: (contactId: string) => void;
    readonly stepContact: (by: 1 | -1) => void;
    readonly nextPalette: () => void;
  };

export const flyViewStore = defineStore(({ station }) => createFlyViewStore(station));

type HomeLevel = { readonly position: Position; readonly altitudeAmslM: number };
type Derived = Pick<
  FlyViewStore,
  "vehicle" | "focus" | "home" | "homeLevel" | "origin" | "currentItem" | "planAboard" | "draftPlan"
>;

function deriveVehicle(station: StationStore): Derived {
  const derived: Derived = {
    vehicle: new Latest<VehicleState | undefined>(undefined),
    focus: new Latest<SceneFocus | undefined>(undefined),
    home: new Latest<Position | undefined>(undefined),
    homeLevel: new Latest<HomeLevel | undefined>(undefined),
    origin: new Latest<Position | undefined>(undefined),
    currentItem: new Latest<number | undefined>(undefined),
    planAboard: new Latest<Plan | undefined>(undefined),
    draftPlan: new Latest<Plan | undefined>(undefined),
  };
  const refreshPlans = (): void => {
    const target = station.target.get();
    const plan = station.planOnScreen.get();
    const aboard = target && station.plansAboard.get().get(target);
    const held = target && station.aircraftPlan.get().get(target);
    const known = planAboardNow(held, aboard, { plan, shown: station.shownPlan.get() });
    derived.planAboard.set(known);
    derived.draftPlan.set(known === undefined ? plan : undefined);
  };
  const refresh = (): void => {
    const vehicle = station.vehicles.get().find(({ id }) => id === station.target.get());
    derived.vehicle.set(vehicle);
    derived.focus.set(vehicle?.position?.value);
    derived.home.set(vehicle?.home?.value.position);
    derived.homeLevel.set(vehicle?.home?.value);
    derived.currentItem.set(currentItemOf(vehicle));
    derived.origin.set(derived.origin.get() ?? beginningOf(vehicle, station));
  };
  refresh();
  refreshPlans();
  for (const stream of [station.vehicles, station.target, station.planOnScreen]) stream.onChange(refresh);
  const planStreams = [
    station.target,
    station.planOnScreen,
    station.shownPlan,
    station.aircraftPlan,
    station.plansAboard,
  ];
  for (const stream of planStreams) stream.onChange(refreshPlans);
  return derived;
}

/** The first known place. It is kept from then on, so that the scene's origin does not move. */
const beginningOf = (vehicle: VehicleState | undefined, station: StationStore): Position | undefined =>
  vehicle?.home?.value.position ??
  vehicle?.position?.value.position ??
  station.planOnScreen.get()?.plannedHome?.position;

const currentItemOf = (vehicle: VehicleState | undefined): number | undefined =>
  vehicle && isArmed(vehicle) === true ? currentPlanItem(vehicle) : undefined;

/** The facts that decide which commands a vehicle may be given now. */
function factsOf(station: StationStore, vehicleId: VehicleId | undefined): FlyFacts {
  const vehicle = station.vehicles.get().find(({ id }) => id === vehicleId);
  const reports = station.commandReports.get();
  return {
    connection: station.connection.get(),
    vehicle,
    isLost: isVehicleLost(vehicle, station.clock.stationMonoMsNow()),
    planAboard: planAboardOf(
      vehicleId === undefined ? undefined : station.aircraftPlan.get().get(vehicleId),
      station.shownPlan.get(),
    ),
    abilities: vehicleId === undefined ? undefined : station.services.abilities.get().get(vehicleId),
    pending: new Set(
      reports
        .filter((report) => report.vehicleId === vehicleId && report.status.phase === "pending")
        .map(({ command }) => command.kind),
    ),
  };
}

type Sending = Pick<FlyViewStore, "lines" | "sendTo" | "refuse">;

/** Sends commands and adds a line for each: pending, then done or the reason. */
function createSending(station: StationStore): Sending {
  const lines = new Latest<readonly CommandLine[]>([]);
  type Asked = { readonly vehicleId: VehicleId | undefined; readonly order: CommandOrder };
  const add = ({ vehicleId, order }: Asked, outcome: CommandOutcome): void => {
    const vehicle = station.vehicles.get().find(({ id }) => id === vehicleId);
    lines.set(
      withLine(lines.get(), {
        lineId: order.commandId,
        vehicleId,
        vehicleName: vehicle ? vehicleName(vehicle) : "",
        command: order.command,
        askedUnixUs: station.clock.stationUnixUsNow(),
        outcome,
      }),
    );
  };
  const refuse: Sending["refuse"] = (vehicleId, command, because) =>
    add({ vehicleId, order: orderOf(command, false) }, { phase: "not-sent", because });
  const sendTo: Sending["sendTo"] = (vehicleId, command, isConfirmed = false) => {
    // The state may have changed since the press: a hold lasts a second.
    const may = mayCommand(factsOf(station, vehicleId), command.kind);
    if (may !== true || vehicleId === undefined) {
      refuse(vehicleId, command, may === true ? "fly.because.no-vehicle" : may.because);
      return;
    }
    const order = orderOf(command, isConfirmed);
    add({ vehicleId, order }, { phase: "pending" });
    void station.request({ kind: "command", vehicleId, ...order }).then((reply) => {
      if (reply.ok) return;
      // Only where the station could report nothing: it is gone, or knows no such vehicle.
      const atUnixUs = station.clock.stationUnixUsNow();
      lines.set(withOutcome(lines.get(), order.commandId, { phase: "failed", failure: reply.error, atUnixUs }));
    });
  };
  station.commandReports.onChange(() => {
    const vehicle = (vehicleId: VehicleId) => station.vehicles.get().find(({ id }) => id === vehicleId);
    lines.set(
      withReports(lines.get(), station.commandReports.get(), { unixUs: station.clock.stationUnixUsNow(), vehicle }),
    );
  });
  return { lines, sendTo, refuse };
}

function createFlyViewStore(station: StationStore): FlyViewStore {
  const derived = deriveVehicle(station);
  const selectedContact = new Latest<string | undefined>(undefined);
  const palette = new Latest<ThermalPalette>("white-hot");
  const mapClickMode = new Latest<MapClickMode | undefined>(undefined);
  const facts = (vehicleId = station.target.get()): FlyFacts => factsOf(station, vehicleId);
  // Another sortie begins: its contacts are numbered anew, and "C-1" is no longer what was selected.
  station.contacts.onChange(() => {
    if (station.contacts.get().length === 0) selectedContact.set(undefined);
  });
  const selectContact = (contactId: string): void => {
    selectedContact.set(contactId);
    // The station publishes the viewed contacts to every screen, this one included.
    if (!station.viewedContactIds.get().has(contactId)) void station.request({ kind: "contact-viewed", contactId });
  };
  return {
    ...derived,
    selectedContact,
    palette,
    mapClickMode,
    facts,
    ...createPlaceTargetStore(station),
    ...createSending(station),
    ...createPayloadStore(station, derived.vehicle),
    selectContact,
    ...freshView(),
    stepContact: (by) => {
      const id = neighbour(station.contacts.get(), selectedContact.get(), by);
      if (id !== undefined) selectContact(id);
    },
    nextPalette: () => {
      const at = THERMAL_PALETTES.indexOf(palette.get());
      palette.set(THERMAL_PALETTES[(at + 1) % THERMAL_PALETTES.length] ?? "white-hot");
    },
  };
}

/** The layout of the screen and the user's choices. */
const freshView = () => ({
  camera: new Latest<CameraMode>("follow"),
  isSwapped: new Latest(false),
  isLeftOpen: new Latest(true),
  isRightOpen: new Latest(true),
  pinnedPlace: new Latest<Position | undefined>(undefined),
  orbitRadiusM: new Latest(FIRST_ORBIT_RADIUS_M),
  takeOffHeightM: new Latest(FIRST_TAKE_OFF_M),
  sideTab: new Latest<SideTab>("ready"),
  fleetChoice: new Latest<ReadonlySet<VehicleId>>(new Set()),
});

/** The contact after or before the selected one, newest first, as the list shows them. */
function neighbour(contacts: readonly Contact[], selectedId: string | undefined, by: 1 | -1): string | undefined {
  const newestFirst = [...contacts].sort((a, b) => b.firstSeenUnixUs - a.firstSeenUnixUs);
  const at = newestFirst.findIndex(({ id }) => id === selectedId);
  const next = at < 0 ? 0 : Math.min(newestFirst.length - 1, Math.max(0, at + by));
  return newestFirst[next]?.id;
}
