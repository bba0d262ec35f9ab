import type { Position } from "../../../src/geo/position.js";
import { isArmed } from "../../../src/vehicle/selectors/airborne.js";
import type { FlightQuestion, PlaceQuestion, VehicleCommand } from "../../../src/vehicle/commands.js";
import { flightQuestions } from "../../../src/vehicle/selectors/danger.js";
import { isFlyingMission } from "../../../src/vehicle/selectors/mission.js";
import { type PlaceReckoning, reckonPlace } from "../../../src/vehicle/selectors/placeDanger.js";
import type { VehicleId } from "../../../src/vehicle/vehicleState.js";
import { Latest } from "../../bridge/latest.js";
import type { StationStore } from "../../bridge/stationStore.js";
import { commandOf, type PlaceWish } from "./placeWish.js";

/** Places that aircraft are sent to: the ghost of one that is only thought of, and those that were sent. */
export type PlaceDesk = {
  readonly ghost: Latest<PlaceWish | undefined>;
  /** Under way since it was sent, by vehicle: until another command, mode or landing ends it. */
  readonly underWay: Latest<ReadonlyMap<VehicleId, UnderWay>>;
  /** By the reckoning, and the facts, by which the station refuses; undefined while the aircraft does not tell its place. */
  readonly preview: (wish: PlaceWish) => PlacePreview | undefined;
  /** Told of everything that is sent; gives what is to be sent in its place. */
  readonly sending: (vehicleId: VehicleId, command: VehicleCommand, isConfirmed: boolean) => Sending;
};

type PlacePreview = Omit<PlaceReckoning, "asks"> & {
  readonly asks: readonly (FlightQuestion | PlaceQuestion)[];
  /** It flies its mission now: said, and not held, since it is what a flight to a place is for. */
  readonly leavesMission: boolean;
};

type Sending = {
  readonly command: VehicleCommand;
  readonly isConfirmed: boolean;
  /** It failed. `isUnsent`: the aircraft never heard of it, and goes on with what it was told before. */
  readonly onFailed: (isUnsent: boolean) => void;
};
/** `isConfirmed`: a person held the button for this place, and need not hold it again for another height. */
type UnderWay = PlaceWish & { readonly isConfirmed: boolean };

/** What ends a flight to a place. A height or a speed of its own does not: it goes on to the place. */
const GOES_ON: ReadonlySet<VehicleCommand["kind"]> = new Set<VehicleCommand["kind"]>([
  "change-altitude",
  "change-speed",
  "enable-fence",
  "arm",
]);
const OTHER_MODE = /AUTO|MISSION|RTL|RETURN|LAND|STABILIZE|MANUAL|ACRO/i;

export function createPlaceDesk(station: StationStore): PlaceDesk {
  const ghost = new Latest<PlaceWish | undefined>(undefined);
  const underWay = new Latest<ReadonlyMap<VehicleId, UnderWay>>(new Map());
  const without = (vehicleId: VehicleId): void => {
    if (underWay.get().has(vehicleId)) underWay.set(new Map([...underWay.get()].filter(([id]) => id !== vehicleId)));
  };
  const put = (wish: UnderWay): void => underWay.set(new Map(underWay.get()).set(wish.vehicleId, wish));
  const send = (wish: UnderWay): Sending => {
    const before = underWay.get().get(wish.vehicleId);
    put(wish);
    const onFailed = (isUnsent: boolean): void => {
      if (underWay.get().get(wish.vehicleId) !== wish) return;
      if (isUnsent && before) put(before);
      else without(wish.vehicleId);
    };
    return { command: commandOf(wish), isConfirmed: wish.isConfirmed, onFailed };
  };
  const refresh = (): void => {
    for (const vehicle of station.vehicles.get()) {
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
      const fence = station.services.fences.get().get(wish.vehicleId);
      const command = commandOf(wish);
      const reckoned = reckonPlace(command, { vehicle, fence });
      if (!reckoned) return undefined;
      const asks = [...flightQuestions(command, vehicle), ...reckoned.asks];
      return { ...reckoned, asks, leavesMission: isFlyingMission(vehicle) };
    },
    sending: (vehicleId, command, isConfirmed) => {
      const known = underWay.get().get(vehicleId);
      if (known && command.kind === "change-altitude" && command.height.datum === "home") {
        // The place need not be held again, the height is asked of by itself.
        const vehicle = station.vehicles.get().find(({ id }) => id === vehicleId);
        const isHarmless = vehicle !== undefined && flightQuestions(command, vehicle).length === 0;
        const next = { ...known, heightAboveHomeM: command.height.valueM };
        return send({ ...next, isConfirmed: isConfirmed || (known.isConfirmed && isHarmless) });
      }
      const wish = wishOf(vehicleId, command);
      if (wish) return { ...send({ ...wish, isConfirmed }), command };
      if (!GOES_ON.has(command.kind)) without(vehicleId);
      return { command, isConfirmed, onFailed: () => undefined };
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
