import type { Position } from "../../../src/geo/position.js";
import { isArmed } from "../../../src/vehicle/selectors/airborne.js";
import type { FlightQuestion, PlaceQuestion, VehicleCommand } from "../../../src/vehicle/commands.js";
import { flightQuestions } from "../../../src/vehicle/selectors/danger.js";
import { isFlyingMission } from "../../../src/vehicle/selectors/mission.js";
import { type PlaceReckoning, reckonPlace } from "../../../src/vehicle/selectors/placeDanger.js";
import type { VehicleId } from "../../../src/vehicle/vehicleState.js";
import { Latest } from "../../bridge/latest.js";
import type { StationStore } from "../../bridge/stationStore.js";
import { commandOf, type PlaceTarget } from "./placeTarget.js";

/** Places picked for aircraft: the previewed one ("ghost") and those already sent. */
export type PlaceTargetStore = {
  readonly ghost: Latest<PlaceTarget | undefined>;
  /** Targets being flown to, by vehicle, until another command, mode or landing ends the flight. */
  readonly sentTargets: Latest<ReadonlyMap<VehicleId, SentPlaceTarget>>;
  /**
   * Computed with the same function and facts by which the station refuses; undefined while the aircraft reports no
   * position.
   */
  readonly preview: (placeTarget: PlaceTarget) => PlacePreview | undefined;
  /** Called with every command before sending; returns the command to send instead. */
  readonly prepareSend: (vehicleId: VehicleId, command: VehicleCommand, isConfirmed: boolean) => Sending;
};

type PlacePreview = Omit<PlaceReckoning, "asks"> & {
  readonly asks: readonly (FlightQuestion | PlaceQuestion)[];
  /**
   * It is flying its mission now. Shown as information only: leaving the mission is the purpose of flying to a place.
   */
  readonly leavesMission: boolean;
};

type Sending = {
  readonly command: VehicleCommand;
  readonly isConfirmed: boolean;
  /** Called on failure. `isUnsent`: nothing reached the aircraft, so it continues towards its previous target. */
  readonly onFailed: (isUnsent: boolean) => void;
};
/** `isConfirmed`: the user held the button for this place and need not hold it again for another height. */
type SentPlaceTarget = PlaceTarget & { readonly isConfirmed: boolean };

/** Commands that do not end a flight to a place. */
const KEEPS_TARGET: ReadonlySet<VehicleCommand["kind"]> = new Set<VehicleCommand["kind"]>([
  "change-altitude",
  "change-speed",
  "enable-fence",
  "arm",
]);
const OTHER_MODE = /AUTO|MISSION|RTL|RETURN|LAND|STABILIZE|MANUAL|ACRO/i;

export function createPlaceTargetStore(station: StationStore): PlaceTargetStore {
  const ghost = new Latest<PlaceTarget | undefined>(undefined);
  const sentTargets = new Latest<ReadonlyMap<VehicleId, SentPlaceTarget>>(new Map());
  const without = (vehicleId: VehicleId): void => {
    if (sentTargets.get().has(vehicleId))
      sentTargets.set(new Map([...sentTargets.get()].filter(([id]) => id !== vehicleId)));
  };
  const put = (placeTarget: SentPlaceTarget): void =>
    sentTargets.set(new Map(sentTargets.get()).set(placeTarget.vehicleId, placeTarget));
  const send = (placeTarget: SentPlaceTarget): Sending => {
    const before = sentTargets.get().get(placeTarget.vehicleId);
    put(placeTarget);
    const onFailed = (isUnsent: boolean): void => {
      if (sentTargets.get().get(placeTarget.vehicleId) !== placeTarget) return;
      if (isUnsent && before) put(before);
      else without(placeTarget.vehicleId);
    };
    return { command: commandOf(placeTarget), isConfirmed: placeTarget.isConfirmed, onFailed };
  };
  const refresh = (): void => {
    for (const vehicle of station.vehicles.get()) {
      const modeName = vehicle.heartbeat?.value.modeName ?? "";
      if (isArmed(vehicle) !== true || OTHER_MODE.test(modeName)) without(vehicle.id);
    }
    // The ghost belongs to the aircraft that was the target when it was picked.
    const shown = ghost.get();
    if (shown && shown.vehicleId !== station.target.get()) ghost.set(undefined);
  };
  for (const stream of [station.vehicles, station.target]) stream.onChange(refresh);
  return {
    ghost,
    sentTargets,
    preview: (placeTarget) => {
      const vehicle = station.vehicles.get().find(({ id }) => id === placeTarget.vehicleId);
      if (!vehicle) return undefined;
      const fence = station.services.fences.get().get(placeTarget.vehicleId);
      const command = commandOf(placeTarget);
      const reckoned = reckonPlace(command, { vehicle, fence });
      if (!reckoned) return undefined;
      const asks = [...flightQuestions(command, vehicle), ...reckoned.asks];
      return { ...reckoned, asks, leavesMission: isFlyingMission(vehicle) };
    },
    prepareSend: (vehicleId, command, isConfirmed) => {
      const known = sentTargets.get().get(vehicleId);
      if (known && command.kind === "change-altitude" && command.height.datum === "home") {
        // The place was confirmed already; only the new height may need a confirmation.
        const vehicle = station.vehicles.get().find(({ id }) => id === vehicleId);
        const isHarmless = vehicle !== undefined && flightQuestions(command, vehicle).length === 0;
        const next = { ...known, heightAboveHomeM: command.height.valueM };
        return send({ ...next, isConfirmed: isConfirmed || (known.isConfirmed && isHarmless) });
      }
      const placeTarget = placeTargetOf(vehicleId, command);
      if (placeTarget) return { ...send({ ...placeTarget, isConfirmed }), command };
      if (!KEEPS_TARGET.has(command.kind)) without(vehicleId);
      return { command, isConfirmed, onFailed: () => undefined };
    },
  };
}

function placeTargetOf(vehicleId: VehicleId, command: VehicleCommand): PlaceTarget | undefined {
  const at = (use: PlaceTarget["use"], position: Position, heightAboveHomeM: number, radiusM: number): PlaceTarget => ({
    ...{ use, vehicleId, position },
    ...{ heightAboveHomeM, radiusM },
  });
  if (command.kind === "go-to") return at("go-to", command.position, command.height.valueM, 0);
  if (command.kind === "orbit") return at("orbit", command.centre, command.height.valueM, command.radiusM);
  return undefined;
}
