/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
/**
 * How a plan made here begins and ends for an aircraft on a wing: a take-off with somewhere to go, and the landing pattern that
 * both autopilots accept (PX4 refuses a mission without one, ArduPilot would circle over home). Into the wind where it is
 * known, else away from home towards the area.
 */
import { destination, initialBearingDeg } from "../geo/geodesic.js";
import { wrap360 } from "../geo/angles.js";
import type { Position } from "../geo/position.js";
import type { Wind } from "./aircraft.js";
import { FIXED_WING_LANDING, VTOL_LANDING, landingItems, landingPatternJson } from "./formats/landingPattern.js";
import type { LandingPattern } from "./formats/landingPattern.js";
import { CMD } from "./missionCommands.js";
import type { MissionItem, OpaqueItem, PlannedHome } from "./plan.js";
import { vehicleClassOf, type VehicleClass } from "./vehicleClass.js";

/** Climb angle of a fixed-wing take-off; both autopilots take it as a minimum. */
const CLIMB_DEG = 12;
const CLIMB_OUT_M = 250;
const APPROACH_HEIGHT_M = 40;
const CIRCLE_RADIUS_M = 75;
/** 4 degrees from the approach height; PX4 takes 5 as delivered (FW_LND_ANG). */
const GLIDE_M = 575;
/** Room to slow down and change to hovering: QGroundControl's own distance. */
const TRANSITION_M = 300;

type Ends = {
  readonly home: PlannedHome;
  readonly mavType: number;
  readonly heightAboveHomeM: number;
  readonly wind: Wind;
  /** Somewhere in the area. */
  readonly towards: Position;
};

const headingOf = ({ home, wind, towards }: Ends): number =>
  wind.speedMps > 0 ? wrap360(wind.fromDeg) : initialBearingDeg(home.position, towards);

export function takeOffFor(ends: Ends): MissionItem {
  const kind = vehicleClassOf(ends.mavType);
  const isPlane = kind === "plane";
  return {
    command: kind === "vtol" ? CMD.vtolTakeOff : CMD.takeOff,
    params: [isPlane ? CLIMB_DEG : 0, 0, 0, undefined],
    position: isPlane ? destination(ends.home.position, headingOf(ends), CLIMB_OUT_M) : ends.home.position,
    altitude: { datum: "home", valueM: ends.heightAboveHomeM },
    autoContinue: true,
  };
}

/** The landing at home; undefined for what comes down by hovering, which returns. */
export function landingFor(ends: Ends, id: string): OpaqueItem | undefined {
  const kind = vehicleClassOf(ends.mavType);
  if (kind !== "plane" && kind !== "vtol") return undefined;
  const pattern = patternFor(ends, kind);
  const complexItemType = kind === "vtol" ? VTOL_LANDING : FIXED_WING_LANDING;
  return { kind: "opaque", id, complexItemType, rawJson: landingPatternJson(pattern), items: landingItems(pattern) };
}

/** Down in a circle, off along its tangent, in a straight line to home. */
function patternFor(ends: Ends, kind: VehicleClass): LandingPattern {
  const headingDeg = headingOf(ends);
  const straightM = kind === "vtol" ? TRANSITION_M : GLIDE_M;
  const tangent = destination(ends.home.position, wrap360(headingDeg + 180), straightM);
  return {
    isVtol: kind === "vtol",
    // Clockwise, the circle lies to the right of the way that leaves it.
    approach: {
      position: destination(tangent, wrap360(headingDeg + 90), CIRCLE_RADIUS_M),
      altitude: { datum: "home", valueM: Math.min(APPROACH_HEIGHT_M, ends.heightAboveHomeM) },
    },
    landing: { position: ends.home.position, altitude: { datum: "home", valueM: 0 } },
    circleRadiusM: CIRCLE_RADIUS_M,
    airSpeedMps: undefined,
    stopsPhotos: false,
    stopsVideo: false,
  };
}
