import { egm96ToEllipsoid } from "egm96-universal";
import { wrap180, wrap360 } from "../../src/geo/angles.js";
import { localFrameAt, type LocalFrame } from "../../src/geo/localFrame.js";
import type { EnuPoint } from "../../src/geo/position.js";
import type { Scenario } from "../scenario.js";
import { groundOf } from "../world/ground.js";
import type { CameraPose, Exposure } from "./cameraPort.js";
import { groundAt } from "./groundRay.js";
import { byteItem, encodeKlv, type KlvItem, signedItem, textItem, timeItem, unsignedItem } from "./klv.js";
import { vfovDegOf, viewOf, type View } from "./projection.js";

const ST0601_VERSION = 19;
const ALTITUDE_M = [-900, 19000] as const;
const TURN_DEG = [0, 360] as const;
const FOV_DEG = [0, 180] as const;

/** Encodes the KLV of each frame: the estimated pose, and values derived from it. */
export function openPoseKlv(scenario: Scenario): (exposure: Exposure) => Uint8Array {
  const ground = groundOf(scenario);
  const frame = localFrameAt(scenario.home);
  const hit = (view: View, xPx: number, yPx: number): EnuPoint | undefined => groundAt(ground, view, xPx, yPx);
  return (exposure) => {
    const view = viewOf(exposure.estimate, scenario.camera, frame);
    const centre = hit(view, view.widthPx / 2, view.heightPx / 2);
    const corners = [
      hit(view, 0, 0),
      hit(view, view.widthPx, 0),
      hit(view, view.widthPx, view.heightPx),
      hit(view, 0, view.heightPx),
    ];
    return encodeKlv([
      timeItem(exposure.unixTimeUs),
      textItem(3, scenario.name),
      ...poseItems(exposure.estimate, scenario),
      ...(centre ? centreItems(view, centre, frame) : []),
      // All four or none: a corner above the horizon has no ground position.
      ...(corners.every((corner) => corner !== undefined) ? cornerItems(corners, frame) : []),
      byteItem(65, ST0601_VERSION),
    ]);
  };
}

function poseItems(pose: CameraPose, { camera }: Scenario): KlvItem[] {
  const ellipsoidM = egm96ToEllipsoid(pose.latitudeDeg, pose.longitudeDeg, pose.altitudeAmslM);
  return [
    unsignedItem(5, 2, wrap360(pose.headingDeg), TURN_DEG),
    signedItem(6, 2, pose.pitchDeg, 20),
    signedItem(7, 2, pose.rollDeg, 50),
    textItem(10, "VIGIE SIM"),
    textItem(11, "THERMAL SIM"),
    signedItem(13, 4, pose.latitudeDeg, 90),
    signedItem(14, 4, pose.longitudeDeg, 180),
    unsignedItem(15, 2, pose.altitudeAmslM, ALTITUDE_M),
    unsignedItem(16, 2, camera.hfovDeg, FOV_DEG),
    unsignedItem(17, 2, vfovDegOf(camera), FOV_DEG),
    unsignedItem(18, 4, wrap360(pose.gimbalAzimuthDeg), TURN_DEG),
    signedItem(19, 4, wrap180(pose.gimbalElevationDeg), 180),
    unsignedItem(20, 4, wrap360(pose.gimbalRollDeg), TURN_DEG),
    unsignedItem(75, 2, ellipsoidM, ALTITUDE_M),
    signedItem(90, 4, pose.pitchDeg, 90),
    signedItem(91, 4, pose.rollDeg, 90),
  ];
}

function centreItems(view: View, centre: EnuPoint, frame: LocalFrame): KlvItem[] {
  const { position } = frame.toPosition({ ...centre, upM: 0 });
  const { eastM, northM, upM } = view.at;
  const slantM = Math.hypot(centre.eastM - eastM, centre.northM - northM, centre.upM - upM);
  return [
    unsignedItem(21, 4, slantM, [0, 5_000_000]),
    unsignedItem(22, 2, (slantM * view.widthPx) / view.focalPx, [0, 10_000]),
    signedItem(23, 4, position.latitudeDeg, 90),
    signedItem(24, 4, position.longitudeDeg, 180),
    unsignedItem(25, 2, centre.upM, ALTITUDE_M),
  ];
}

/** Tags 82 to 89: upper left, upper right, lower right, lower left; latitude then longitude. */
function cornerItems(corners: readonly (EnuPoint | undefined)[], frame: LocalFrame): KlvItem[] {
  return corners.flatMap((corner, i) => {
    if (!corner) return [];
    const { position } = frame.toPosition({ ...corner, upM: 0 });
    return [signedItem(82 + 2 * i, 4, position.latitudeDeg, 90), signedItem(83 + 2 * i, 4, position.longitudeDeg, 180)];
  });
}
