/**
 * Which cells a camera sees on real ground: those whose ground is in the picture, with nothing between it and the camera. Range and
 * pixels are those to the ground of the cell itself.
 */
import { localFrameAt, type LocalFrame } from "../geo/localFrame.js";
import type { EnuPoint } from "../geo/position.js";
import { rayAt, type CameraAxes, type Vector3 } from "../track/cameraAxes.js";
import type { CameraView } from "../track/cameraView.js";
import { CELL_BASIS, type CoverageGround } from "./cellGround.js";
import { CoverageMarks, groundPixelM } from "./coverageMarks.js";
import { COVERAGE_CELL_M, type CoveragePatch } from "./coverageTiles.js";
import { COVERAGE_RANGE_MAX_M, type Footprint, forEachCell, radiansAPixelOf } from "./footprintCells.js";
import { GroundInSight, type Sector } from "./groundInSight.js";

/** A camera in a grid's frame. */
type Picture = Omit<CameraView, "sensor"> & { readonly eye: EnuPoint };

/** Ground between the corners of a picture may lie deeper, and so further away. */
const BEYOND_CORNERS = 1.25;

/**
 * Undefined for a footprint without corners: a view above the horizon. Cells are counted from the frame's origin. No more than
 * `COVERAGE_RANGE_MAX_M` from the camera, as on level ground.
 */
export function cellsOverTerrain(
  footprint: Footprint,
  view: CameraView,
  ground: CoverageGround,
): CoveragePatch | undefined {
  if (footprint.corners.length < 3) return undefined;
  const picture = pictureIn(ground.frame, view);
  const corners = footprint.corners.map((corner) => ground.frame.toEnu(corner.position, corner.heightAmslM));
  const inSight = new GroundInSight(picture.eye, sectorOf(picture, corners), ground);
  const radiansAPixel = radiansAPixelOf(footprint);
  const marks = new CoverageMarks();
  forEachCell(inSight.outline(), (column, row) => {
    const eastM = (column + 0.5) * COVERAGE_CELL_M - picture.eye.eastM;
    const northM = (row + 0.5) * COVERAGE_CELL_M - picture.eye.northM;
    const rangeM = Math.sqrt(eastM * eastM + northM * northM);
    const ray = inSight.rayTo(eastM, northM, rangeM);
    if (ray === undefined) return;
    const upM = ground.cells.upM(column, row) - picture.eye.upM;
    if (!isInPicture(picture, eastM, northM, upM) || !inSight.isInSight(ray, rangeM, upM)) return;
    const isKnown = ground.cells.basis(column, row) === CELL_BASIS.known && inSight.isWayKnown(ray, rangeM);
    marks.mark(column, row, groundPixelM(eastM, northM, -upM, radiansAPixel), isKnown);
  });
  return marks.patch(ground.frame.origin);
}

/** The grid's frame may stand kilometres away: its north and its level are others than at the camera. */
function pictureIn(frame: LocalFrame, { sensor, axes, halfRightTan, halfDownTan }: CameraView): Picture {
  const atSensor = localFrameAt(sensor.position);
  const eye = frame.toEnu(sensor.position, sensor.altitudeAmslM);
  const turned = ({ eastM, northM, upM }: Vector3): Vector3 => {
    const end = atSensor.toPosition({ eastM, northM, upM: sensor.altitudeAmslM + upM });
    const there = frame.toEnu(end.position, end.heightM);
    return { eastM: there.eastM - eye.eastM, northM: there.northM - eye.northM, upM: there.upM - eye.upM };
  };
  const turnedAxes: CameraAxes = {
    forward: turned(axes.forward),
    right: turned(axes.right),
    down: turned(axes.down),
  };
  return { eye, axes: turnedAxes, halfRightTan, halfDownTan };
}

/** Metres along an axis; scalars, since it is asked for tens of thousands of cells a second. */
const along = (axis: Vector3, eastM: number, northM: number, upM: number): number =>
  axis.eastM * eastM + axis.northM * northM + axis.upM * upM;

function isInPicture(picture: Picture, eastM: number, northM: number, upM: number): boolean {
  const { axes, halfRightTan, halfDownTan } = picture;
  const depthM = along(axes.forward, eastM, northM, upM);
  return (
    depthM > 0 &&
    Math.abs(along(axes.right, eastM, northM, upM)) <= depthM * halfRightTan &&
    Math.abs(along(axes.down, eastM, northM, upM)) <= depthM * halfDownTan
  );
}

/** The directions in a picture none of whose corners looks above the horizon: its sides, its highest line and its reach. */
function sectorOf(picture: Picture, corners: readonly EnuPoint[]): Sector {
  const { axes, eye, halfRightTan, halfDownTan } = picture;
  const rays = [-1, 1].flatMap((right) => [-1, 1].map((down) => rayAt(axes, right * halfRightTan, down * halfDownTan)));
  const flattest = Math.max(...rays.map(({ eastM, northM, upM }) => upM / Math.hypot(eastM, northM)));
  const farthestM = Math.max(...corners.map(({ eastM, northM }) => Math.hypot(eastM - eye.eastM, northM - eye.northM)));
  const rangeM = Math.min(COVERAGE_RANGE_MAX_M, farthestM * BEYOND_CORNERS);
  const reach = { rangeMaxM: COVERAGE_RANGE_MAX_M, rangeM, topTan: flattest };
  if (isInPicture(picture, 0, 0, -1)) return { fromRad: 0, spanRad: 2 * Math.PI, ...reach };
  const middle = rays.reduce(
    (sum, { eastM, northM }) => {
      const lengthM = Math.hypot(eastM, northM);
      return { eastM: sum.eastM + eastM / lengthM, northM: sum.northM + northM / lengthM };
    },
    { eastM: 0, northM: 0 },
  );
  const middleRad = Math.atan2(middle.eastM, middle.northM);
  const offRad = rays.map(({ eastM, northM }) => {
    const crossM = eastM * middle.northM - northM * middle.eastM;
    return Math.atan2(crossM, eastM * middle.eastM + northM * middle.northM);
  });
  const fromRad = middleRad + Math.min(...offRad);
  return { fromRad, spanRad: Math.max(...offRad) - Math.min(...offRad), ...reach };
}
