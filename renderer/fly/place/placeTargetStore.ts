import type { FlightQuestion, PlaceQuestion, VehicleCommand } from "../../../src/vehicle/commands.js";
import { commandQuestions } from "../../../src/vehicle/selectors/commandQuestions.js";
import { isFlyingMission } from "../../../src/vehicle/selectors/mission.js";
import { type PlaceReckoning, reckonPlace } from "../../../src/vehicle/selectors/placeDanger.js";
import type { VehicleId } from "../../../src/vehicle/vehicleState.js";
import { Latest } from "../../bridge/latest.js";
import type { StationStore } from "../../bridge/stationStore.js";
import { commandOf, type PlaceTarget } from "./placeTarget.js";

/** The place picked for an aircraft on this screen. Where aircraft fly to is the station's knowledge. */
export type PlaceTargetStore = {
  /** Shown, and not sent. */
  readonly previewed: Latest<PlaceTarget | undefined>;
  /**
   * Computed with the same function and facts by which the station refuses; undefined while the aircraft reports no
   * position.
   */
  readonly preview: (placeTarget: PlaceTarget) => PlacePreview | undefined;
  /** What a person must confirm, by the same rule as the station's. */
  readonly questions: (vehicleId: VehicleId | undefined, command: VehicleCommand) => readonly Question[];
};

type Question = FlightQuestion | PlaceQuestion;

type PlacePreview = Omit<PlaceReckoning, "asks"> & {
  readonly asks: readonly Question[];
  /**
   * It is flying its mission now. Shown as information only: leaving the mission is the purpose of flying to a place.
   */
  readonly leavesMission: boolean;
};

export function createPlaceTargetStore(station: StationStore): PlaceTargetStore {
  const { fences, guidedTargets } = station.services;
  const previewed = new Latest<PlaceTarget | undefined>(undefined);
  // It belongs to the aircraft that was the target when it was picked.
  station.target.onChange(() => {
    const shown = previewed.get();
    if (shown && shown.vehicleId !== station.target.get()) previewed.set(undefined);
  });
  const factsOf = (vehicleId: VehicleId | undefined) => {
    const vehicle = station.vehicles.get().find(({ id }) => id === vehicleId);
    if (!vehicle) return undefined;
    return { vehicle, fence: fences.get().get(vehicle.id), guidedTarget: guidedTargets.get().get(vehicle.id) };
  };
  const questions: PlaceTargetStore["questions"] = (vehicleId, command) => {
    const facts = factsOf(vehicleId);
    return facts ? commandQuestions(command, facts) : [];
  };
  return {
    previewed,
    questions,
    preview: (placeTarget) => {
      const facts = factsOf(placeTarget.vehicleId);
      const command = commandOf(placeTarget);
      const reckoned = facts && reckonPlace(command, facts);
      if (!reckoned) return undefined;
      const asks = questions(placeTarget.vehicleId, command);
      return { ...reckoned, asks, leavesMission: isFlyingMission(facts.vehicle) };
    },
  };
}
