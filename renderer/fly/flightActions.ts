/**
 * Pause and Return: available in every workspace, whatever has the focus, while anything is armed. They apply to the
 * aircraft whose row or strip shows the key.
 */
import type { VehicleCommand } from "../../src/vehicle/commands.js";
import { isArmed } from "../../src/vehicle/selectors/airborne.js";
import type { VehicleId, VehicleState } from "../../src/vehicle/vehicleState.js";
import type { Enabled } from "../app/actions.js";
import { shownWorkspace } from "../app/workspace.js";
import type { StationStore } from "../bridge/stationStore.js";
import type { UiStores } from "../bridge/uiStores.js";
import type { FlyAction } from "./actions.js";
import { flyViewStore } from "./flyViewStore.js";
import { isPaused, mayCommand } from "./flyRules.js";
import type { TextKey } from "../app/dictionary.js";

/** Vehicles whose last known state is armed; one that is lost while armed counts as armed. */
export const armedVehicles = (station: StationStore): readonly VehicleState[] =>
  station.vehicles.get().filter((vehicle) => isArmed(vehicle) === true);

/**
 * The vehicle that R and Space apply to: the target. Outside Fly, where only armed aircraft are shown, a disarmed
 * target is replaced by the only armed aircraft; with several armed ones the user must choose.
 */
export function keyVehicleId(stores: UiStores): VehicleId | undefined {
  const { station } = stores;
  const target = station.target.get();
  const armed = armedVehicles(station);
  if (isInFly(stores) || armed.length === 0 || armed.some(({ id }) => id === target)) return target;
  return armed.length === 1 ? armed[0]?.id : undefined;
}

/** Id of the hold button whose ring Space fills while a mission is paused. */
export const RESUME_ID = "resume";

const isInFly = (stores: UiStores): boolean => stores.get(shownWorkspace).get() === "fly";

export function flightActions(stores: UiStores): readonly FlyAction[] {
  const { station } = stores;
  const flyView = stores.get(flyViewStore);
  const isUrgent = (): boolean => armedVehicles(station).length > 0;
  const isEnabled = (command: VehicleCommand) => (): Enabled => {
    const vehicleId = keyVehicleId(stores);
    if (vehicleId === undefined && isUrgent()) return { because: "fly.because.choose-one" };
    return mayCommand(flyView.facts(vehicleId), command.kind);
  };
  const action = (command: VehicleCommand, labelKey: TextKey, shortcut: string): FlyAction => ({
    id: command.kind,
    labelKey,
    shortcut,
    command: command.kind,
    isUrgent,
    isEnabled: isEnabled(command),
    perform: () => flyView.sendTo(keyVehicleId(stores), command),
    onRefused: (because) => {
      if (isUrgent() || isInFly(stores)) flyView.refuse(keyVehicleId(stores), command, because);
    },
  });
  // Only Fly has the button whose ring the held space bar fills; a short press always pauses, whatever the state is
  // believed to be.
  const heldId = (): string | undefined =>
    isInFly(stores) && isPaused(flyView.facts()) && mayCommand(flyView.facts(), "resume") === true
      ? RESUME_ID
      : undefined;
  return [
    action({ kind: "return" }, "command.return", "R"),
    { ...action({ kind: "pause" }, "fly.pauseResume", "Space"), heldId },
  ];
}
