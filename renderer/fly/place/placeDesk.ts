import type { Position } from "../../../src/geo/position.js";
import { fenceOfSection } from "../../../src/plan/formats/fenceSection.js";
import { isArmed } from "../../../src/vehicle/selectors/airborne.js";
import type { VehicleCommand } from "../../../src/vehicle/commands.js";
import type { VehicleId } from "../../../src/vehicle/vehicleState.js";
import { Latest } from "../../bridge/latest.js";
import type { StationStore } from "../../bridge/stationStore.js";
import { DrainMeter } from "./drainMeter.js";
import { commandOf, type PlacePreview, type PlaceWish, previewOf } from "./placePreview.js";

/** Places that aircraft are sent to: the ghost of one that is only thought of, and those that were sent. */
export type PlaceDesk = {
  readonly ghost: Latest<PlaceWish | undefined>;
  /** Under way since it was sent, by vehicle: until another command, mode or landing ends it. */
  readonly underWay: Latest<ReadonlyMap<VehicleId, PlaceWish>>;
  readonly preview: (wish: PlaceWish) => PlacePreview | undefined;
  /** Told of everything that is sent; gives what is to be sent in its place. */
  readonly sending: (vehicleId: VehicleId, command: VehicleCommand) => VehicleCommand;
};

/** What ends a flight to a place. A height or a speed of its own does not: it goes on to the place. */
const GOES_ON: ReadonlySet<VehicleCommand["kind"]> = new Set<VehicleCommand["kind"]>([
  "change-altitude",
  "change-speed",
  "enable-fence",
  "arm",
]);
const OTHER_MODE = /AUTO|MISSION|RTL|RETURN|LAND|STABILIZE|MANUAL|ACRO/i;
const USUAL_SPEED_MPS = 10;

export function createPlaceDesk(station: StationStore): PlaceDesk {
  const ghost = new Latest<PlaceWish | undefined>(undefined);
  const underWay = new Latest<ReadonlyMap<VehicleId, PlaceWish>>(new Map());
  const drains = new DrainMeter();
  const without = (vehicleId: VehicleId): void => {
    if (underWay.get().has(vehicleId)) underWay.set(new Map([...underWay.get()].filter(([id]) => id !== vehicleId)));
  };
  const refresh = (): void => {
    for (const vehicle of station.vehicles.get()) {
      drains.learn(vehicle);
      const modeName = vehicle.heartbeat?.value.modeName ?? "";
      if (isArmed(vehicle) !== true || OTHER_MODE.test(modeName)) without(vehicle.id);
    }
    // The place was picked for the aircraft that was named then.
    const shown = ghost.get();
    if (shown && shown.vehicleId !== station.target.get()) ghost.set(undefined);
  };
  for (const stream of [station.vehicles, station.target]) stream.onChange(refresh);
  return {
    ghost,
    underWay,
    preview: (wish) => {
      const vehicle = station.vehicles.get().find(({ id }) => id === wish.vehicleId);
      if (!vehicle) return undefined;
      const plan = station.planOnScreen.get();
      const fence = fenceOfSection(plan?.fenceJson);
      const speedMps = plan?.hoverSpeedMps ?? USUAL_SPEED_MPS;
      return previewOf(wish, { vehicle, fence, speedMps, drainPerS: drains.perS(wish.vehicleId) });
    },
    sending: (vehicleId, command) => {
      const known = underWay.get().get(vehicleId);
      if (known && command.kind === "change-altitude" && command.height.datum === "home") {
        const next = { ...known, heightAboveHomeM: command.height.valueM };
        underWay.set(new Map(underWay.get()).set(vehicleId, next));
        return commandOf(next);
      }
      const wish = wishOf(vehicleId, command);
      if (wish) underWay.set(new Map(underWay.get()).set(vehicleId, wish));
      else if (!GOES_ON.has(command.kind)) without(vehicleId);
      return command;
    },
  };
}

function wishOf(vehicleId: VehicleId, command: VehicleCommand): PlaceWish | undefined {
  const at = (use: PlaceWish["use"], position: Position, heightAboveHomeM: number, radiusM: number): PlaceWish => ({
    ...{ use, vehicleId, position },
    ...{ heightAboveHomeM, radiusM },
  });
  if (command.kind === "go-to") return at("go-to", command.position, command.height.valueM, 0);
  if (command.kind === "orbit") return at("orbit", command.centre, command.height.valueM, command.radiusM);
  return undefined;
}
