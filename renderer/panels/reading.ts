/** What an instrument shows: number, unit, label and age. Pure. */
import { geodesicDistanceM } from "../../src/geo/geodesic.js";
import type { VehiclePath } from "../../src/contract/linkMessages.js";
import { type Freshness, freshnessOf, vehicleFreshness } from "../../src/vehicle/selectors/freshness.js";
import { countOfItemsAboard, currentPlanItem } from "../../src/vehicle/selectors/mission.js";
import type { Stamped, VehicleState } from "../../src/vehicle/vehicleState.js";
import type { Format, Quantity } from "../app/format.js";

export type Reading = Quantity & {
  readonly freshness: Freshness;
  /** Seconds since it was received; undefined when it never was. */
  readonly ageS: number | undefined;
  /** Whether the value itself calls for attention (caution) or action (danger), apart from its age. */
  readonly tone: "plain" | "caution" | "danger";
};

const NEVER: Reading = { text: "––", unit: "", freshness: "lost", ageS: undefined, tone: "plain" };

export type ReadingInput = {
  readonly vehicle: VehicleState | undefined;
  readonly nowMonoMs: number;
  readonly format: Format;
};

function reading<T>(
  stamped: Stamped<T> | undefined,
  input: ReadingInput,
  show: (value: T) => Quantity | undefined,
): Reading {
  if (!stamped) return NEVER;
  const quantity = show(stamped.value);
  if (!quantity) return NEVER;
  const ageS = Math.max(0, (input.nowMonoMs - stamped.receivedAtMonoMs) / 1000);
  const freshness = freshnessOf(stamped.receivedAtMonoMs, input.nowMonoMs, input.vehicle?.isHighLatency);
  return { ...quantity, freshness, ageS, tone: "plain" };
}

export const heightAboveHome = (input: ReadingInput): Reading =>
  reading(input.vehicle?.position, input, (value) => input.format.lengthOf(value.altitudeAboveHomeM));

export const heightAmsl = (input: ReadingInput): Reading =>
  reading(input.vehicle?.position, input, (value) => input.format.lengthOf(value.altitudeAmslM));

export const groundSpeed = (input: ReadingInput): Reading =>
  reading(input.vehicle?.velocity, input, (value) => input.format.speedOf(value.groundSpeedMps));

export const course = (input: ReadingInput): Reading =>
  reading(input.vehicle?.velocity, input, (value) =>
    value.courseDeg === undefined ? undefined : { text: input.format.bearingText(value.courseDeg), unit: "" },
  );

export const trueHeading = (input: ReadingInput): Reading =>
  reading(input.vehicle?.attitude, input, (value) => ({ text: input.format.bearingText(value.headingDeg), unit: "" }));

export const climbRate = (input: ReadingInput): Reading =>
  reading(input.vehicle?.airData, input, (value) => {
    const quantity = input.format.speedOf(value.climbRateMps);
    return value.climbRateMps >= 0.05 ? { ...quantity, text: `+${quantity.text}` } : quantity;
  });

// At a third a patrol should think of returning; at a fifth it must be returning.
const BATTERY_CAUTION = 0.33;
const BATTERY_DANGER = 0.2;

export function battery(input: ReadingInput): Reading {
  const fraction = input.vehicle?.battery?.value.remainingFraction;
  const shown = reading(input.vehicle?.battery, input, (value) => {
    if (value.remainingFraction !== undefined)
      return { text: input.format.numberText(value.remainingFraction * 100), unit: "%" };
    return value.voltageV === undefined ? undefined : { text: input.format.numberText(value.voltageV, 1), unit: "V" };
  });
  if (fraction === undefined) return shown;
  return { ...shown, tone: fraction < BATTERY_DANGER ? "danger" : fraction < BATTERY_CAUTION ? "caution" : "plain" };
}

// Without a 3D fix no position-controlled flight is safe.
const FIX_3D = 3;
const FEW_SATELLITES = 8;

/** Short name of a GPS_FIX_TYPE. */
function fixName(fixType: number): string {
  if (fixType >= 5) return "RTK";
  if (fixType >= FIX_3D) return "3D";
  return fixType === 2 ? "2D" : "✕";
}

export function gps(input: ReadingInput): Reading {
  const state = input.vehicle?.gps?.value;
  const shown = reading(input.vehicle?.gps, input, (value) => ({
    text: fixName(value.fixType),
    unit: value.satellitesVisible === undefined ? "" : `${value.satellitesVisible} sat`,
  }));
  if (!state) return shown;
  if (state.fixType < FIX_3D) return { ...shown, tone: "danger" };
  return { ...shown, tone: (state.satellitesVisible ?? FEW_SATELLITES) < FEW_SATELLITES ? "caution" : "plain" };
}

/** The current mission item, counted from 1; none while it is at the home item. */
export function missionLeg(input: ReadingInput): Reading {
  const { vehicle } = input;
  const item = vehicle && currentPlanItem(vehicle);
  const count = vehicle && countOfItemsAboard(vehicle);
  return reading(vehicle?.mission, input, () =>
    item === undefined ? undefined : { text: `${item + 1}${count === undefined ? "" : ` / ${count}`}`, unit: "" },
  );
}

/** Distance home, and the time it takes at `returnSpeedMps`. */
export function toHome(input: ReadingInput, returnSpeedMps: number): Reading {
  const home = input.vehicle?.home?.value.position;
  return reading(input.vehicle?.position, input, (value) => {
    if (!home) return undefined;
    const wayM = geodesicDistanceM(value.position, home);
    return { text: input.format.spanText(wayM / Math.max(1, returnSpeedMps)), unit: input.format.wayText(wayM) };
  });
}

const LOSSY = 0.2;

/**
 * The link that carries commands to the vehicle: round trip time or loss, with the age of the last message received
 * over it.
 */
export function linkHealth(input: ReadingInput, paths: readonly VehiclePath[]): Reading {
  const { vehicle, nowMonoMs, format } = input;
  const active = paths.find(({ state }) => state === "active") ?? paths[0];
  if (!vehicle || !active) return NEVER;
  const isLossy = active.lossFraction > LOSSY;
  const quantity =
    isLossy || active.roundTripMs === undefined
      ? { text: `−${format.numberText(active.lossFraction * 100)}`, unit: "%" }
      : { text: format.numberText(active.roundTripMs), unit: "ms" };
  const freshness = vehicleFreshness(vehicle, nowMonoMs);
  const ageS = Math.max(0, (nowMonoMs - vehicle.lastReceivedMonoMs) / 1000);
  return { ...quantity, freshness, ageS, tone: isLossy ? "caution" : "plain" };
}
