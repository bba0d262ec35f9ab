/**
 * Geolocation: pixel → ray → sea or ground, giving a position and its covariance, which is propagated from the errors of pose,
 * pixel and ground height.
 */
import { RAD_PER_DEG } from "../geo/angles.js";
import type { GroundHeight, GroundModel } from "../geo/ground/ground.js";
import { localFrameAt, type LocalFrame } from "../geo/localFrame.js";
import type { EnuPoint, Position } from "../geo/position.js";
import type { Slope } from "../geo/terrain/terrain.js";
import type { FramePose } from "../video/framePose.js";
import { cameraAxes, rayAt, type Angles, type CameraAxes, type Vector3 } from "./cameraAxes.js";
import type { Covariance2 } from "./contact.js";
import { addCovariance, NO_COVARIANCE, spread } from "./covariance.js";
import type { PoseErrors } from "./poseErrors.js";
import { TRACKER } from "./trackerNumbers.js";

export type GroundFix = {
  readonly position: Position;
  readonly ground: GroundHeight;
  readonly slantRangeM: number;
  /** Shift of the position if the object seen is one metre above the ground: towards the camera. */
  readonly perMetreUp: GroundStep;
  /** Error from the pose: common to everything in the frame and slow to change, so averaging over frames does not reduce it. */
  readonly bias: Covariance2;
  /** Independent error of this detection in this frame. */
  readonly noise: Covariance2;
  /** Ground metres for one pixel to the right and for one pixel down. */
  readonly perPixel: { readonly right: GroundStep; readonly down: GroundStep };
};
export type GroundStep = { readonly eastM: number; readonly northM: number };

export type FrameGeometry = {
  readonly pose: FramePose;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly ground: GroundModel;
  readonly errors: PoseErrors;
  /** Camera velocity, from the previous poses; zero when unknown. */
  readonly velocity: GroundStep;
};

export type Geolocator = {
  readonly axes: CameraAxes;
  /** Undefined when the pixel looks at or above the horizon, or so little below it that the error would be unbounded. */
  readonly locate: (xPx: number, yPx: number) => GroundFix | undefined;
};

/** Step of the numerical derivatives. */
const STEP_DEG = 0.01;

export function createGeolocator(geometry: FrameGeometry): Geolocator {
  const { pose, widthPx, heightPx, ground, errors } = geometry;
  const frame = localFrameAt(pose.sensor.position);
  const axes = cameraAxes(pose);
  const turned = turnedAxes(pose, errors);
  const tanPerPxX = (2 * Math.tan((pose.hfovDeg / 2) * RAD_PER_DEG)) / widthPx;
  const tanPerPxY = (2 * Math.tan((pose.vfovDeg / 2) * RAD_PER_DEG)) / heightPx;

  const locate = (xPx: number, yPx: number): GroundFix | undefined => {
    const rightTan = (xPx - widthPx / 2) * tanPerPxX;
    const downTan = (yPx - heightPx / 2) * tanPerPxY;
    const ray = rayAt(axes, rightTan, downTan);
    const hit = intersect(frame, pose.sensor.altitudeAmslM, ray, ground);
    if (!hit) return undefined;
    // Effect of each error source on the point, on a plane through the hit that slopes as the ground does there.
    const dropM = hit.point.upM - pose.sensor.altitudeAmslM;
    const slope = slopeUnder(ray, hit.ground);
    const dropUnderSensorM = dropM - slope.eastRatio * hit.point.eastM - slope.northRatio * hit.point.northM;
    // Both reaches are bounded alike: the difference of a bounded one and the true point would be no derivative.
    const reachOf = (other: Vector3): GroundStep => {
      const reach = dropUnderSensorM / closing(other, slope);
      return { eastM: reach * other.eastM, northM: reach * other.northM };
    };
    const reached = reachOf(ray);
    const movedBy = (other: Vector3): GroundStep => {
      const moved = reachOf(other);
      return { eastM: moved.eastM - reached.eastM, northM: moved.northM - reached.northM };
    };
    const right = movedBy(rayAt(axes, rightTan + tanPerPxX, downTan));
    const down = movedBy(rayAt(axes, rightTan, downTan + tanPerPxY));
    const perMetre = closing(ray, slope);
    const perMetreUp = { eastM: ray.eastM / perMetre, northM: ray.northM / perMetre };
    const sigmaUpM = Math.hypot(errors.sensorVerticalM, hit.ground.sigmaM);
    const sources: GroundStep[] = [
      { eastM: errors.sensorHorizontalM, northM: 0 },
      { eastM: 0, northM: errors.sensorHorizontalM },
      { eastM: perMetreUp.eastM * sigmaUpM, northM: perMetreUp.northM * sigmaUpM },
      { eastM: geometry.velocity.eastM * errors.clockS, northM: geometry.velocity.northM * errors.clockS },
      ...turned.map(({ axes: other, sigmas }) => times(movedBy(rayAt(other, rightTan, downTan)), sigmas)),
    ];
    return {
      position: hit.position,
      ground: hit.ground,
      slantRangeM: Math.hypot(hit.point.eastM, hit.point.northM, dropM),
      perMetreUp,
      bias: sources.map((s) => spread(s.eastM, s.northM)).reduce(addCovariance, NO_COVARIANCE),
      noise: [right, down]
        .map((step) => times(step, errors.pixelPx))
        .map((s) => spread(s.eastM, s.northM))
        .reduce(addCovariance, NO_COVARIANCE),
      perPixel: { right, down },
    };
  };
  return { axes, locate };
}

/** A ray whose descent the slope takes away by more than this: its error would be four times that on level ground. */
const GRAZING_PART = 0.25;
const LEVEL: Slope = { eastRatio: 0, northRatio: 0 };

/**
 * Ground that falls away under the ray as steeply as the ray itself, as behind the edge of a cliff, tells nothing of where an
 * error would put the point: it is taken for level.
 */
function slopeUnder({ eastM, northM, upM }: Vector3, { slope }: GroundHeight): Slope {
  if (!slope) return LEVEL;
  const closingRatio = slope.eastRatio * eastM + slope.northRatio * northM - upM;
  return closingRatio < -upM * GRAZING_PART ? LEVEL : slope;
}

/**
 * How much nearer to the sloping ground a ray comes along its length; negative. A ray that grazes a slope which falls away
 * from it has an error without bound: it is taken for one at the flattest angle that is believed.
 */
function closing({ eastM, northM, upM }: Vector3, { eastRatio, northRatio }: Slope): number {
  const flattest = -TRACKER.flattestSlope * Math.hypot(eastM, northM, upM);
  return Math.min(flattest, upM - eastRatio * eastM - northRatio * northM);
}

const times = (step: GroundStep, factor: number): GroundStep => ({
  eastM: step.eastM * factor,
  northM: step.northM * factor,
});

type TurnedAxes = { readonly axes: CameraAxes; readonly sigmas: number };

/** The camera axes with each angle changed by one step, and how many such steps its one sigma is. */
function turnedAxes({ platform, gimbal }: Angles, errors: PoseErrors): readonly TurnedAxes[] {
  const of = (angles: Angles, sigmaDeg: number): TurnedAxes => ({
    axes: cameraAxes(angles),
    sigmas: sigmaDeg / STEP_DEG,
  });
  return [
    of({ platform: { ...platform, headingDeg: platform.headingDeg + STEP_DEG }, gimbal }, errors.headingDeg),
    of({ platform: { ...platform, pitchDeg: platform.pitchDeg + STEP_DEG }, gimbal }, errors.attitudeDeg),
    of({ platform: { ...platform, rollDeg: platform.rollDeg + STEP_DEG }, gimbal }, errors.attitudeDeg),
    of({ platform, gimbal: { ...gimbal, azimuthDeg: gimbal.azimuthDeg + STEP_DEG } }, errors.gimbalDeg),
    of({ platform, gimbal: { ...gimbal, elevationDeg: gimbal.elevationDeg + STEP_DEG } }, errors.gimbalDeg),
    of({ platform, gimbal: { ...gimbal, rollDeg: gimbal.rollDeg + STEP_DEG } }, errors.gimbalDeg),
  ];
}

/** Far away a step is at least this part of the range, less than what one pixel covers there on flat ground. */
const STEP_PER_RANGE = 0.005;

type Hit = { readonly point: EnuPoint; readonly position: Position; readonly ground: GroundHeight };

/**
 * Where the ray first meets the ground, on the curved earth. Over terrain it is followed in steps over which even the
 * steepest rise cannot reach it, so that no ridge in front is missed. Elsewhere Newton iteration on the height above ground
 * converges in two or three rounds; where it does not (a flat ray), the ray is sampled and the crossing found by bisection.
 */
function intersect(frame: LocalFrame, sensorUpM: number, ray: Vector3, ground: GroundModel): Hit | undefined {
  const norm = Math.hypot(ray.eastM, ray.northM, ray.upM);
  const slope = ray.upM / norm;
  if (slope > -TRACKER.flattestSlope) return undefined;
  const at: At = (rangeM) => {
    const point = {
      eastM: (ray.eastM / norm) * rangeM,
      northM: (ray.northM / norm) * rangeM,
      upM: sensorUpM + slope * rangeM,
    };
    const { position, heightM } = frame.toPosition(point);
    const under = ground.heightAt(position);
    return { point, position, ground: under, clearanceM: heightM - under.heightAmslM };
  };
  const start = at(0);
  if (start.clearanceM <= 0) return undefined;
  if (ground.roughness) {
    const { steepestRatio, resolutionM } = ground.roughness;
    const closingRatio = -slope + Math.sqrt(1 - slope * slope) * steepestRatio;
    return follow(at, ({ clearanceM, ground: { slope: terrainSlope } }, rangeM) => {
      const leastM = Math.max(resolutionM / 2, rangeM * STEP_PER_RANGE);
      // Off the files' ground it may begin at any moment, with a cliff.
      return terrainSlope ? Math.max(leastM, clearanceM / closingRatio) : leastM;
    });
  }
  let rangeM = start.clearanceM / -slope;
  for (let i = 0; i < 8 && rangeM > 0 && rangeM <= TRACKER.slantMaxM; i++) {
    const hit = at(rangeM);
    if (Math.abs(hit.clearanceM) < 0.01) return hit;
    rangeM += hit.clearanceM / -slope;
  }
  return walk(at);
}

type At = (rangeM: number) => Hit & { readonly clearanceM: number };

function follow(at: At, stepM: (from: ReturnType<At>, rangeM: number) => number): Hit | undefined {
  let aboveM = 0;
  let above = at(0);
  while (aboveM < TRACKER.slantMaxM) {
    const nextM = Math.min(TRACKER.slantMaxM, aboveM + stepM(above, aboveM));
    const next = at(nextM);
    if (next.clearanceM <= 0) return crossing(at, aboveM, nextM);
    [aboveM, above] = [nextM, next];
  }
  return undefined;
}

function walk(at: At): Hit | undefined {
  const STEPS = 400;
  for (let i = 1; i <= STEPS; i++) {
    // Finer steps near the camera, where a pixel covers less ground.
    const farM = TRACKER.slantMaxM * (i / STEPS) ** 2;
    if (at(farM).clearanceM <= 0) return crossing(at, TRACKER.slantMaxM * ((i - 1) / STEPS) ** 2, farM);
  }
  return undefined;
}

/** Between a range above the ground and one under it. */
function crossing(at: At, aboveM: number, underM: number): Hit {
  let [nearM, farM] = [aboveM, underM];
  for (let round = 0; round < 30; round++) {
    const middleM = (nearM + farM) / 2;
    if (at(middleM).clearanceM > 0) nearM = middleM;
    else farM = middleM;
  }
  return at(farM);
}
