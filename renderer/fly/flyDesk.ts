import type { Position } from "../../src/geo/position.js";
import type { Contact } from "../../src/track/contact.js";
import type { VehicleCommand } from "../../src/vehicle/commands.js";
import type { VehicleId, VehicleState } from "../../src/vehicle/vehicleState.js";
import type { StationFailure } from "../../src/contract/failures.js";
import { Latest } from "../bridge/latest.js";
import type { StationStore } from "../bridge/stationStore.js";
import { isVehicleLost } from "../panels/freshness.js";
import type { CameraMode } from "../scene/sceneTypes.js";
import { type ThermalPalette, THERMAL_PALETTES } from "../scene/thermalPalette.js";
import { TrailRecord } from "../scene/trailRecord.js";
import type { SceneFocus } from "../scene/useSceneFrame.js";
import { type FlyFacts, mayCommand } from "./flyRules.js";
import { createPayloadDesk, type PayloadDesk } from "./payloadDesk.js";

export type FailedCommand = {
  readonly command: VehicleCommand;
  readonly failure: StationFailure;
  readonly atMonoMs: number;
};

/** "look" points the gimbal, the others send the aircraft. */
type PlaceUse = "go-to" | "orbit" | "look";
type SideTab = "ready" | "commands" | "payload" | "fleet";

/** Wide enough for any fixed wing of this size, near enough to keep a boat in the picture. */
const FIRST_ORBIT_RADIUS_M = 80;

/** What the Fly screen knows beside the station. One a page, so that leaving for Plan and coming back loses nothing. */
export type FlyDesk = PayloadDesk & {
  readonly vehicle: Latest<VehicleState | undefined>;
  readonly focus: Latest<SceneFocus | undefined>;
  readonly home: Latest<Position | undefined>;
  readonly trail: TrailRecord;
  /** Where the scene's metres begin: home, or the first position heard. */
  readonly origin: Latest<Position | undefined>;
  /** Item being flown, counted from 0 in the plan. */
  readonly currentItem: Latest<number | undefined>;
  readonly selectedContact: Latest<string | undefined>;
  readonly lookedAt: Latest<ReadonlySet<string>>;
  readonly camera: Latest<CameraMode>;
  readonly palette: Latest<ThermalPalette>;
  readonly isSwapped: Latest<boolean>;
  readonly isLeftOpen: Latest<boolean>;
  readonly isRightOpen: Latest<boolean>;
  /** What the next click on the coast means; undefined: it picks a contact, as always. */
  readonly placeFor: Latest<PlaceUse | undefined>;
  readonly orbitRadiusM: Latest<number>;
  readonly sideTab: Latest<SideTab>;
  /** The vehicles a fleet command goes to; chosen by hand, and only by hand. */
  readonly fleetChoice: Latest<ReadonlySet<VehicleId>>;
  readonly failed: Latest<FailedCommand | undefined>;
  readonly facts: () => FlyFacts;
  readonly send: (command: VehicleCommand) => void;
  readonly selectContact: (contactId: string) => void;
  readonly stepContact: (by: 1 | -1) => void;
  readonly nextPalette: () => void;
};

const desks = new WeakMap<StationStore, FlyDesk>();

export function flyDeskOf(station: StationStore): FlyDesk {
  const known = desks.get(station);
  if (known) return known;
  const made = createFlyDesk(station);
  desks.set(station, made);
  return made;
}

type Derived = Pick<FlyDesk, "vehicle" | "focus" | "home" | "trail" | "origin" | "currentItem">;

function deriveVehicle(station: StationStore): Derived {
  const derived: Derived = {
    vehicle: new Latest<VehicleState | undefined>(undefined),
    focus: new Latest<SceneFocus | undefined>(undefined),
    home: new Latest<Position | undefined>(undefined),
    trail: new TrailRecord(),
    origin: new Latest<Position | undefined>(undefined),
    currentItem: new Latest<number | undefined>(undefined),
  };
  const refresh = (): void => {
    const vehicle = station.vehicles.get().find(({ id }) => id === station.target.get());
    for (const { id, position } of station.vehicles.get()) if (position) derived.trail.add(id, position.value);
    derived.vehicle.set(vehicle);
    derived.focus.set(vehicle?.position?.value);
    derived.home.set(vehicle?.home?.value.position);
    derived.currentItem.set(currentItemOf(vehicle));
    derived.origin.set(derived.origin.get() ?? beginningOf(vehicle, station));
  };
  refresh();
  for (const stream of [station.vehicles, station.target, station.planOnScreen]) stream.onChange(refresh);
  return derived;
}

/** The first place known; kept from then on, so that the scene's metres stay where they are. */
const beginningOf = (vehicle: VehicleState | undefined, station: StationStore): Position | undefined =>
  vehicle?.home?.value.position ??
  vehicle?.position?.value.position ??
  station.planOnScreen.get()?.plannedHome?.position;

/** ArduPilot keeps home as item 0, so its item n is the plan's n - 1; PX4 counts as the plan does. */
function currentItemOf(vehicle: VehicleState | undefined): number | undefined {
  const seq = vehicle?.mission?.value.currentSeq;
  if (vehicle === undefined || seq === undefined || vehicle.heartbeat?.value.isArmed !== true) return undefined;
  return vehicle.autopilot === "ardupilot" ? Math.max(0, seq - 1) : seq;
}

function createFlyDesk(station: StationStore): FlyDesk {
  const derived = deriveVehicle(station);
  const selectedContact = new Latest<string | undefined>(undefined);
  const lookedAt = new Latest<ReadonlySet<string>>(new Set());
  const palette = new Latest<ThermalPalette>("white-hot");
  const placeFor = new Latest<PlaceUse | undefined>(undefined);
  const failed = new Latest<FailedCommand | undefined>(undefined);

  const facts = (): FlyFacts => {
    const target = station.target.get();
    const reports = [...station.commandStatuses.get().values()];
    return {
      connection: station.connection.get(),
      vehicle: derived.vehicle.get(),
      isLost: isVehicleLost(derived.vehicle.get(), station.clock.stationMonoMsNow()),
      aircraftPlan: target === undefined ? undefined : station.aircraftPlan.get().get(target),
      abilities: target === undefined ? undefined : station.services.abilities.get().get(target),
      pending: new Set(
        reports
          .filter(({ vehicleId, status }) => vehicleId === target && status.phase === "pending")
          .map(({ command }) => command.kind),
      ),
    };
  };
  const send = (command: VehicleCommand): void => {
    const vehicleId = station.target.get();
    // The state may have changed between the press and now: a hold lasts a second.
    if (vehicleId === undefined || mayCommand(facts(), command.kind) !== true) return;
    failed.set(undefined);
    void station.request({ kind: "command", vehicleId, command }).then((reply) => {
      if (!reply.ok) failed.set({ command, failure: reply.error, atMonoMs: station.clock.stationMonoMsNow() });
    });
  };
  const selectContact = (contactId: string): void => {
    selectedContact.set(contactId);
    lookedAt.set(new Set([...lookedAt.get(), contactId]));
  };
  return {
    ...derived,
    selectedContact,
    lookedAt,
    palette,
    placeFor,
    failed,
    facts,
    send,
    ...createPayloadDesk(station, derived.vehicle),
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

/** How the screen is arranged, and what was chosen on it by hand. */
const freshView = () => ({
  camera: new Latest<CameraMode>("follow"),
  isSwapped: new Latest(false),
  isLeftOpen: new Latest(true),
  isRightOpen: new Latest(true),
  orbitRadiusM: new Latest(FIRST_ORBIT_RADIUS_M),
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
