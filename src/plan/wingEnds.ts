/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
/**
 * Take-off and landing of plans made here for fixed wings and VTOLs: a take-off with a position to climb towards, and a landing
 * pattern that both autopilots accept (PX4 refuses a mission without a landing, ArduPilot would circle over home). Into the
 * wind where it is known, otherwise away from home towards the area.
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

/** Climb angle of a fixed-wing take-off; both autopilots treat it as a minimum pitch. */
const CLIMB_DEG = 12;
const CLIMB_OUT_M = 250;
const APPROACH_HEIGHT_M = 40;
const CIRCLE_RADIUS_M = 75;
/** Glide of 4 degrees from the approach height; PX4 by default accepts up to 5 (FW_LND_ANG). */
const GLIDE_M = 575;
/** Room to slow down and change to hovering, QGroundControl's default. */
const TRANSITION_M = 300;

type Ends = {
  readonly home: PlannedHome;
  readonly mavType: number;
  readonly heightAboveHomeM: number;
  readonly wind: Wind;
  /** Any position in the area. */
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

/** The landing at home; undefined for a copter, which returns and descends vertically. */
export function landingFor(ends: Ends, id: string): OpaqueItem | undefined {
  const kind = vehicleClassOf(ends.mavType);
  if (kind !== "plane" && kind !== "vtol") return undefined;
  const pattern = patternFor(ends, kind);
  const complexItemType = kind === "vtol" ? VTOL_LANDING : FIXED_WING_LANDING;
  return { kind: "opaque", id, complexItemType, rawJson: landingPatternJson(pattern), items: landingItems(pattern) };
}

/** Descend in the loiter circle, leave it on its tangent, then straight to home. */
function patternFor(ends: Ends, kind: VehicleClass): LandingPattern {
  const headingDeg = headingOf(ends);
  const straightM = kind === "vtol" ? TRANSITION_M : GLIDE_M;
  const tangent = destination(ends.home.position, wrap360(headingDeg + 180), straightM);
  return {
    isVtol: kind === "vtol",
    // The circle is clockwise, so its centre is to the right of the track that leaves it.
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
