/** The rows of the fleet panel: one per aircraft, with its worst problem. Pure. */
import type { VehiclePaths } from "../../../src/contract/linkMessages.js";
import { isArmed } from "../../../src/vehicle/selectors/airborne.js";
import type { AircraftPlan } from "../../../src/vehicle/transfers.js";
import type { VehicleId, VehicleState } from "../../../src/vehicle/vehicleState.js";
import { isVehicleLost } from "../../panels/freshness.js";
import { vehicleName } from "../../panels/vehicleIdentity.js";
import type { TextKey, TextName } from "../../app/dictionary.js";

type Health = "good" | "caution" | "danger";

export type FleetRow = {
  readonly id: VehicleId;
  readonly systemId: number;
  readonly name: string;
  readonly health: Health;
  /** Its worst problem; undefined when there is none. */
  readonly worst: TextKey | undefined;
  readonly modeName: string;
  readonly isArmed: boolean;
  readonly batteryFraction: number | undefined;
  readonly heightAboveHomeM: number | undefined;
  readonly linkName: string;
  readonly lossFraction: number | undefined;
  readonly isPlanVerified: boolean;
};

type FleetFacts = {
  readonly vehicles: readonly VehicleState[];
  readonly paths: readonly VehiclePaths[];
  readonly plans: ReadonlyMap<VehicleId, AircraftPlan>;
  readonly nowMonoMs: number;
};

const BATTERY_LOW = 0.3;
const BATTERY_CRITICAL = 0.2;
const LOSSY = 0.2;
/** GPS_FIX_TYPE */
const FIX_3D = 3;

type Finding = readonly [Health, TextName<"fly.fleet.">];
type Facts = { readonly vehicle: VehicleState; readonly lossFraction: number; readonly nowMonoMs: number };

const batteryOf = ({ battery }: VehicleState): number => battery?.value.remainingFraction ?? 1;
const isArmedNow = (vehicle: VehicleState): boolean => isArmed(vehicle) === true;

/** Possible problems, worst first; the first that applies is shown. */
const FINDINGS: readonly (readonly [...Finding, (facts: Facts) => boolean])[] = [
  ["danger", "lost", ({ vehicle, nowMonoMs }) => isVehicleLost(vehicle, nowMonoMs)],
  ["danger", "battery", ({ vehicle }) => batteryOf(vehicle) < BATTERY_CRITICAL],
  ["danger", "fence", ({ vehicle }) => vehicle.fence?.value.isBreached === true],
  ["caution", "battery", ({ vehicle }) => batteryOf(vehicle) < BATTERY_LOW],
  ["caution", "link", ({ lossFraction }) => lossFraction > LOSSY],
  ["caution", "highLatency", ({ vehicle }) => vehicle.isHighLatency],
  ["caution", "gps", ({ vehicle }) => (vehicle.gps?.value.fixType ?? 0) < FIX_3D],
  ["caution", "notReady", ({ vehicle }) => !isArmedNow(vehicle) && vehicle.health?.value.prearmOk === false],
];

export function fleetRows({ vehicles, paths, plans, nowMonoMs }: FleetFacts): readonly FleetRow[] {
  return vehicles.map((vehicle) => {
    const ownPaths = paths.find(({ vehicleId }) => vehicleId === vehicle.id)?.paths ?? [];
    const active = ownPaths.find(({ state }) => state === "active");
    const facts: Facts = { vehicle, lossFraction: active?.lossFraction ?? 0, nowMonoMs };
    const worst = FINDINGS.find(([, , isSo]) => isSo(facts));
    return {
      ...figuresOf(vehicle),
      health: worst?.[0] ?? "good",
      worst: worst && `fly.fleet.${worst[1]}`,
      linkName: active?.linkName ?? vehicle.linkName,
      lossFraction: active?.lossFraction,
      isPlanVerified: plans.get(vehicle.id)?.kind === "verified",
    };
  });
}

const figuresOf = (vehicle: VehicleState) => ({
  id: vehicle.id,
  systemId: vehicle.systemId,
  name: vehicleName(vehicle),
  modeName: vehicle.heartbeat?.value.modeName ?? "––",
  isArmed: isArmedNow(vehicle),
  batteryFraction: vehicle.battery?.value.remainingFraction,
  heightAboveHomeM: vehicle.position?.value.altitudeAboveHomeM,
});
