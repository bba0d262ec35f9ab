import { err, ok } from "../core/result.js";
import type { Result } from "../core/result.js";
import type { Position } from "../geo/position.js";
import type { Aircraft, Wind } from "./aircraft.js";
import type { AreaFailure } from "./areaFailure.js";
import { thinnedArea } from "./areaPlane.js";
import { estimateFlight } from "./energy.js";
import type { FlightEstimate } from "./energy.js";
import { LEGAL_HEIGHT_M } from "./limits.js";
import { CMD } from "./missionCommands.js";
import { longAxisHeadingDeg, parallelSweep, widthAcrossM } from "./patterns/parallelSweep.js";
import type { Sweep } from "./patterns/parallelSweep.js";
import { missionItemsOf } from "./plan.js";
import type { MissionItem, Plan, PlanItem, PlannedHome, SweepSettings } from "./plan.js";
import { itemsOfSweep } from "./sweepItems.js";
import * as sensing from "./sweepWidth.js";
import { NEEDED_PIXELS } from "./sweepWidth.js";
import { landingFor, takeOffFor } from "./wingEnds.js";
import type { SeenObject } from "./sweepWidth.js";

/** What a planner asks for; everything left out of `override` follows from what must be seen. */
export type SortieRequest = {
  readonly name: string;
  readonly area: readonly Position[];
  readonly home: PlannedHome;
  readonly aircraft: Aircraft;
  /** Its speeds and energy are a guess: the plan does not carry them, and nothing is said of battery and wind. */
  readonly isAircraftAssumed?: boolean | undefined;
  readonly see: SeenObject;
  /** Wanted probability of detection, 0 < x < 1. */
  readonly podWanted: number;
  readonly wind: Wind;
  readonly isTraining: boolean;
  readonly override: SortieOverride;
};
export type SortieOverride = {
  readonly heightAboveHomeM?: number;
  readonly trackSpacingM?: number;
  readonly legHeadingDeg?: number;
  readonly groundSpeedMps?: number;
  readonly turnaroundM?: number;
};

/** What a planner must know besides the figures. Pixels are across the object in the middle of the picture. */
export type SortieWarning =
  | { readonly kind: "boats-yes-people-no"; readonly personPx: number; readonly neededPx: number }
  | { readonly kind: "object-too-small"; readonly see: SeenObject; readonly px: number; readonly neededPx: number }
  | { readonly kind: "pod-not-reached"; readonly pod: number; readonly podWanted: number }
  | { readonly kind: "ways-outside"; readonly count: number }
  | { readonly kind: "energy"; readonly worstReturnFraction: number; readonly reserveFraction: number }
  | { readonly kind: "wind"; readonly windMps: number; readonly maxWindMps: number }
  /** Above the legal limit over the sea, where home stands higher. */
  | { readonly kind: "height-limited"; readonly heightAboveSurfaceM: number; readonly limitM: number };

export type SortieFigures = {
  readonly items: number;
  readonly legs: number;
  readonly distanceM: number;
  readonly timeS: number;
  readonly energyFraction: number;
  readonly worstReturnFraction: number;
  readonly trackSpacingM: number;
  readonly heightAboveHomeM: number;
  /** Above the lower of sea level and home: what pixel sizes and the swath are reckoned from. */
  readonly heightAboveSurfaceM: number;
  readonly sweepWidthM: number;
  readonly swathM: number;
  readonly coverageFactor: number;
  readonly pod: number;
  /** Part of the area that comes into the picture's swath. */
  readonly coverageFraction: number;
  readonly areaM2: number;
};

export type Sortie = {
  readonly plan: Plan;
  readonly figures: SortieFigures;
  readonly warnings: readonly SortieWarning[];
};

/** The sweep's item in the plans made here; edits name it. */
export const SWEEP_ID = "sweep-1";

// Room below the legal limit for the barometer's error, and a floor that keeps clear of masts and dunes.
const HEIGHT_MOST_M = 110;
const HEIGHT_LEAST_M = 20;

/** Area and wishes to a complete plan: take-off, speed, gimbal, sweep, return. Fast enough for every step of a drag (under 2 ms). */
export function planFromArea(asked: SortieRequest): Result<Sortie, AreaFailure> {
  // What no sweep can tell apart is left out of the plan too: other stations draw every corner as a handle.
  const request = { ...asked, area: thinnedArea(asked.area) };
  const settings = settingsFor(request);
  const sweep = parallelSweep(request.area, settings, request.home.position);
  if (!sweep.ok) return sweep;
  const badHeight = settings.height.valueM;
  if (!(badHeight >= 1 && badHeight <= 10_000))
    return err({ kind: "bad-setting", setting: "height", value: badHeight });
  if (!(settings.groundSpeedMps >= 0.5 && settings.groundSpeedMps <= 100)) {
    return err({ kind: "bad-setting", setting: "groundSpeedMps", value: settings.groundSpeedMps });
  }
  const plan = planOf(request, settings, itemsOfSweep(sweep.value, settings.height));
  const figures = figuresOf(request, plan, settings, sweep.value);
  return ok({ plan, figures: figures.figures, warnings: warningsOf(request, figures) });
}

/** Height, spacing, heading and speed that follow from the wishes; also what an inspector shows as defaults. */
function settingsFor(request: SortieRequest): SweepSettings {
  const { override, aircraft, see, home, area } = request;
  const heightM = override.heightAboveHomeM ?? heightFor(see, aircraft, home);
  const legHeadingDeg = halfCircle(override.legHeadingDeg ?? longAxisHeadingDeg(area));
  return {
    legHeadingDeg,
    trackSpacingM: override.trackSpacingM ?? spacingFor(request, heightM, legHeadingDeg),
    height: { datum: "home", valueM: heightM },
    groundSpeedMps: override.groundSpeedMps ?? aircraft.cruiseSpeedMps,
    turnaroundM: override.turnaroundM ?? 0,
  };
}

const halfCircle = (angleDeg: number): number => ((angleDeg % 180) + 180) % 180;

/** As high as the object allows (fewer legs), rounded down to 5 m, under the legal limit over the sea too. */
function heightFor(see: SeenObject, { camera }: Aircraft, home: PlannedHome): number {
  const aboveSeaM = Math.min(sensing.greatestHeightM(see, camera), HEIGHT_MOST_M);
  return Math.max(HEIGHT_LEAST_M, Math.floor((aboveSeaM - seaBelowHomeM(home)) / 5) * 5);
}

// The cliffs of this coast reach 134 m; a home higher than that stands inland, and the ground below the flight is as high.
const CLIFFS_MOST_M = 150;

const seaBelowHomeM = ({ altitudeAmslM }: PlannedHome): number =>
  altitudeAmslM > CLIFFS_MOST_M ? 0 : Math.max(0, altitudeAmslM);

/**
 * The widest spacing that gives the wanted detection without gaps, then narrowed so that a whole number of legs fills the
 * area: the first and the last then run exactly half a spacing inside.
 */
function spacingFor(
  { aircraft, see, podWanted, area, home }: SortieRequest,
  heightM: number,
  legHeadingDeg: number,
): number {
  const surfaceM = heightM + seaBelowHomeM(home);
  const widthM = sensing.sweepWidthM(see, aircraft.camera, surfaceM) || sensing.swathM(aircraft.camera, surfaceM) * 0.5;
  const widestM = Math.max(1, widthM / Math.max(1, sensing.coverageFactorFor(Math.min(0.999, podWanted))));
  const acrossM = widthAcrossM(area, legHeadingDeg);
  return acrossM === undefined ? widestM : Math.max(0.5, acrossM / Math.ceil(acrossM / widestM - 1e-9));
}

function planOf(request: SortieRequest, settings: SweepSettings, items: readonly MissionItem[]): Plan {
  const { aircraft, home } = request;
  const command = (number: number, params: MissionItem["params"]): MissionItem => ({
    command: number,
    params,
    autoContinue: true,
  });
  const simple = (id: string, item: MissionItem): PlanItem => ({ kind: "simple", id, item });
  const ends = {
    home,
    mavType: aircraft.vehicleType,
    heightAboveHomeM: settings.height.valueM,
    wind: request.wind,
    towards: request.area[0] ?? home.position,
  };
  return {
    name: request.name,
    vehicleType: aircraft.vehicleType,
    firmwareType: aircraft.firmwareType,
    cruiseSpeedMps: aircraft.cruiseSpeedMps,
    hoverSpeedMps: settings.groundSpeedMps,
    plannedHome: home,
    items: [
      simple("take-off", takeOffFor(ends)),
      // Param 1: 1 = over ground; param 3: -1 = leave the throttle alone.
      simple("speed", command(CMD.changeSpeed, [1, settings.groundSpeedMps, -1, 0])),
      simple("gimbal", command(CMD.mountControl, [-aircraft.camera.depressionDeg, 0, 0, 0])),
      { kind: "sweep", id: SWEEP_ID, area: request.area, settings, items },
      landingFor(ends, "landing") ?? simple("return", command(CMD.returnToLaunch, [0, 0, 0, 0])),
    ],
    fenceJson: undefined,
    rallyJson: undefined,
    ...(request.isAircraftAssumed === true ? {} : { aircraft }),
    isTraining: request.isTraining,
  };
}

type Reckoned = { readonly figures: SortieFigures; readonly flight: FlightEstimate; readonly waysOutside: number };

function figuresOf(request: SortieRequest, plan: Plan, settings: SweepSettings, sweep: Sweep): Reckoned {
  const { aircraft, wind, see } = request;
  const surfaceM = settings.height.valueM + seaBelowHomeM(request.home);
  const flight = estimateFlight(plan, aircraft, wind);
  const sweepWidthM = sensing.sweepWidthM(see, aircraft.camera, surfaceM);
  const swathM = sensing.swathM(aircraft.camera, surfaceM);
  const coverageFactor = sweepWidthM / settings.trackSpacingM;
  const figures: SortieFigures = {
    items: missionItemsOf(plan).length,
    legs: sweep.legs.length,
    distanceM: flight.distanceM,
    timeS: flight.timeS,
    energyFraction: flight.energyFraction,
    worstReturnFraction: flight.worstReturnFraction,
    trackSpacingM: settings.trackSpacingM,
    heightAboveHomeM: settings.height.valueM,
    heightAboveSurfaceM: surfaceM,
    sweepWidthM,
    swathM,
    coverageFactor,
    pod: sensing.probabilityOfDetection(coverageFactor),
    coverageFraction: sweep.coveredFraction(swathM),
    areaM2: sweep.areaM2,
  };
  return { figures, flight, waysOutside: sweep.waysOutside };
}

function warningsOf(request: SortieRequest, { figures, flight, waysOutside }: Reckoned): readonly SortieWarning[] {
  const { aircraft, podWanted, wind } = request;
  const { pod, heightAboveSurfaceM } = figures;
  const warnings: SortieWarning[] = [...pixelWarnings(request, heightAboveSurfaceM)];
  if (pod < podWanted - 0.005) warnings.push({ kind: "pod-not-reached", pod, podWanted });
  if (waysOutside > 0) warnings.push({ kind: "ways-outside", count: waysOutside });
  const { worstReturnFraction } = flight;
  const isKnown = request.isAircraftAssumed !== true;
  if (isKnown && worstReturnFraction < aircraft.reserveFraction) {
    warnings.push({ kind: "energy", worstReturnFraction, reserveFraction: aircraft.reserveFraction });
  }
  if (isKnown && (wind.speedMps > aircraft.maxWindMps || !flight.isFlyable)) {
    warnings.push({ kind: "wind", windMps: wind.speedMps, maxWindMps: aircraft.maxWindMps });
  }
  if (heightAboveSurfaceM > LEGAL_HEIGHT_M) {
    warnings.push({ kind: "height-limited", heightAboveSurfaceM, limitM: LEGAL_HEIGHT_M });
  }
  return warnings;
}

function pixelWarnings({ see, aircraft }: SortieRequest, surfaceM: number): readonly SortieWarning[] {
  const px = (object: SeenObject): number => sensing.pixelsOn(object, aircraft.camera, surfaceM);
  const isSeen = (object: SeenObject): boolean => sensing.sweepWidthM(object, aircraft.camera, surfaceM) > 0;
  if (isSeen("boat") && !isSeen("person")) {
    return [{ kind: "boats-yes-people-no", personPx: px("person"), neededPx: NEEDED_PIXELS.person.neededPx }];
  }
  if (isSeen(see)) return [];
  return [{ kind: "object-too-small", see, px: px(see), neededPx: NEEDED_PIXELS[see].neededPx }];
}
