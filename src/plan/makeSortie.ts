import { err, ok } from "../core/result.js";
import type { Result } from "../core/result.js";
import type { Wind } from "./aircraft.js";
import type { AreaFailure } from "./areaFailure.js";
import { thinnedArea } from "./areaPlane.js";
import { estimateFlight } from "./energy.js";
import type { FlightEstimate } from "./energy.js";
import { LEGAL_HEIGHT_M } from "./limits.js";
import { CMD } from "./missionCommands.js";
import type { AnyPattern, PatternRequest, Sweep } from "./patterns/pattern.js";
import { DEFAULT_PATTERN } from "./patterns/registry.js";
import { missionItemsOf } from "./plan.js";
import type { MissionItem, Plan, PlanItem, SweepSettings } from "./plan.js";
import { seaBelowHomeM } from "./searchHeight.js";
import { itemsOfSweep } from "./sweepItems.js";
import * as sensing from "./sweepWidth.js";
import { NEEDED_PIXELS } from "./sweepWidth.js";
import { landingFor, takeOffFor } from "./wingEnds.js";
import type { SeenObject } from "./sweepWidth.js";

/** A request for a search plan; settings not given in `override` are calculated from the object that must be seen. */
export type SortieRequest = PatternRequest & {
  readonly name: string;
  /** The default pattern when absent. */
  readonly pattern?: AnyPattern;
  /** The aircraft's speeds and energy are assumed: they are not stored in the plan, and battery and wind are not judged. */
  readonly isAircraftAssumed?: boolean | undefined;
  readonly wind: Wind;
  readonly isTraining: boolean;
};

/** Warnings for the planner. Pixel counts are across the object at the picture's centre. */
export type SortieWarning =
  | { readonly kind: "boats-yes-people-no"; readonly personPx: number; readonly neededPx: number }
  | { readonly kind: "object-too-small"; readonly see: SeenObject; readonly px: number; readonly neededPx: number }
  | { readonly kind: "pod-not-reached"; readonly pod: number; readonly podWanted: number }
  | { readonly kind: "ways-outside"; readonly count: number }
  | { readonly kind: "energy"; readonly worstReturnFraction: number; readonly reserveFraction: number }
  | { readonly kind: "wind"; readonly windMps: number; readonly maxWindMps: number }
  /** The height is above the legal limit over the sea, because home is higher than the sea. */
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
  /** Above the lower of sea level and home: the height from which pixel sizes and the swath are calculated. */
  readonly heightAboveSurfaceM: number;
  readonly sweepWidthM: number;
  readonly swathM: number;
  readonly coverageFactor: number;
  readonly pod: number;
  /** Part of the area covered by the swath, 0 to 1. */
  readonly coverageFraction: number;
  readonly areaM2: number;
};

export type Sortie = {
  readonly plan: Plan;
  readonly figures: SortieFigures;
  readonly warnings: readonly SortieWarning[];
};

/** Item id of the sweep in plans made here; edits refer to it. */
export const SWEEP_ID = "sweep-1";

/** A complete plan: take-off, speed, gimbal, sweep, return. Under 2 ms, so that it can run at every step of a drag. */
export function planFromArea(asked: SortieRequest): Result<Sortie, AreaFailure> {
  // Corners that make no difference to a sweep are dropped from the plan too: other stations draw a handle on each.
  const request = { ...asked, area: thinnedArea(asked.area) };
  const pattern = request.pattern ?? DEFAULT_PATTERN;
  const settings = pattern.defaults(request);
  const sweep = pattern.generate(request.area, settings, request.home.position);
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

function planOf(request: SortieRequest, settings: SweepSettings, items: readonly MissionItem[]): Plan {
  const { aircraft, home, pattern } = request;
  const patternId = (pattern ?? DEFAULT_PATTERN).id;
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
      // Param 1: 1 = ground speed; param 3: -1 = throttle unchanged.
      simple("speed", command(CMD.changeSpeed, [1, settings.groundSpeedMps, -1, 0])),
      simple("gimbal", command(CMD.mountControl, [-aircraft.camera.depressionDeg, 0, 0, 0])),
      { kind: "sweep", id: SWEEP_ID, patternId, area: request.area, settings, items },
      landingFor(ends, "landing") ?? simple("return", command(CMD.returnToLaunch, [0, 0, 0, 0])),
    ],
    fenceJson: undefined,
    rallyJson: undefined,
    ...(request.isAircraftAssumed === true ? {} : { aircraft }),
    isTraining: request.isTraining,
  };
}

type Reckoned = {
  readonly figures: SortieFigures;
  readonly flight: FlightEstimate;
  readonly transitsOutsideArea: number;
};

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
  return { figures, flight, transitsOutsideArea: sweep.transitsOutsideArea };
}

function warningsOf(
  request: SortieRequest,
  { figures, flight, transitsOutsideArea }: Reckoned,
): readonly SortieWarning[] {
  const { aircraft, podWanted, wind } = request;
  const { pod, heightAboveSurfaceM } = figures;
  const warnings: SortieWarning[] = [...pixelWarnings(request, heightAboveSurfaceM)];
  if (pod < podWanted - 0.005) warnings.push({ kind: "pod-not-reached", pod, podWanted });
  if (transitsOutsideArea > 0) warnings.push({ kind: "ways-outside", count: transitsOutsideArea });
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
