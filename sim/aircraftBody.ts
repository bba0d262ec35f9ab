import type { Rng } from "../src/core/rng.js";
import { DEG_PER_RAD, RAD_PER_DEG, wrap360 } from "../src/geo/angles.js";
import type { LocalFrame } from "../src/geo/localFrame.js";
import { TRAINING_PACK, batteryAt, stepBattery, type BatteryState } from "./airframe/battery.js";
import { encoderAngles, stepGimbal, type GimbalDemand, type GimbalState } from "./airframe/gimbal.js";
import { batteryLoad, stepAirframe } from "./airframe/airframe.js";
import { isFallenOver, restingAt, type AirframeState, type Attitude, type Demand } from "./airframe/airframeState.js";
import { firstNavigationError, stepNavigationError, type NavigationError } from "./airframe/navigation.js";
import { stepWind, stillAir, windAt, type WindSample, type WindState } from "./airframe/wind.js";
import type { Sensed } from "./autopilot/autopilotState.js";
import type { Point } from "./autopilot/guidance.js";
import type { CameraPose } from "./camera/cameraPort.js";
import type { Flavour } from "./flavour.js";
import type { Scenario } from "./scenario.js";

/** Physics at 200 Hz, in simulated time. */
export const PHYSICS_STEP_MS = 5;

/** The physical state of the aircraft, and the error of its navigation estimate. */
export type Body = {
  readonly airframe: AirframeState;
  readonly wind: WindState;
  /** The wind at its position. */
  readonly air: WindSample;
  readonly battery: BatteryState;
  readonly error: NavigationError;
  readonly gimbal: GimbalState;
};

export function estimatedAttitude({ rollRad, pitchRad, yawNedRad }: Attitude, error: NavigationError): Attitude {
  return {
    rollRad: rollRad + error.rollDeg * RAD_PER_DEG,
    pitchRad: pitchRad + error.pitchDeg * RAD_PER_DEG,
    yawNedRad: yawNedRad + error.headingDeg * RAD_PER_DEG,
  };
}

/** The autopilot's sensor input: the true state plus the navigation error. */
export function sensedBy({ airframe, error, battery, air }: Body, nowMs: number): Sensed {
  return {
    nowMs,
    motion: {
      eastM: airframe.eastM + error.eastM,
      northM: airframe.northM + error.northM,
      upM: airframe.upM + error.upM,
      eastMps: airframe.eastMps,
      northMps: airframe.northMps,
      climbRateMps: airframe.climbRateMps,
    },
    headingDeg: wrap360(airframe.attitude.yawNedRad * DEG_PER_RAD + error.headingDeg),
    isOnGround: airframe.isOnGround,
    touchdownMps: airframe.touchdownMps,
    isFallenOver: airframe.isOnGround && isFallenOver(airframe),
    airSpeedMps: Math.hypot(airframe.eastMps - air.eastMps, airframe.northMps - air.northMps),
    lift: airframe.lift,
    battery: { voltageV: battery.voltageV, usedMah: battery.usedMah },
  };
}

function poseOf(place: Point, attitude: Attitude, scenario: Scenario, frame: LocalFrame) {
  const { position } = frame.toPosition({ eastM: place.eastM, northM: place.northM, upM: 0 });
  return {
    ...position,
    altitudeAmslM: scenario.home.altitudeAmslM + place.upM,
    headingDeg: wrap360(attitude.yawNedRad * DEG_PER_RAD),
    pitchDeg: attitude.pitchRad * DEG_PER_RAD,
    rollDeg: attitude.rollRad * DEG_PER_RAD,
  };
}

/** True and estimated camera pose: the gimbal's encoders are exact, the airframe's estimated pose is not. */
export function posesOf(body: Body, sensed: Sensed, scenario: Scenario, frame: LocalFrame) {
  const { airframe, error, gimbal } = body;
  const true_ = poseOf(airframe, airframe.attitude, scenario, frame);
  const encoders = encoderAngles(gimbal, {
    yawDeg: true_.headingDeg,
    pitchDeg: true_.pitchDeg,
    rollDeg: true_.rollDeg,
  });
  const gimbalAngles = {
    gimbalAzimuthDeg: wrap360(encoders.yawDeg),
    gimbalElevationDeg: encoders.pitchDeg,
    gimbalRollDeg: encoders.rollDeg,
  };
  const believed = poseOf(sensed.motion, estimatedAttitude(airframe.attitude, error), scenario, frame);
  const truth: CameraPose = { ...true_, ...gimbalAngles };
  const estimate: CameraPose = { ...believed, ...gimbalAngles };
  return { truth, estimate };
}

type BodyOptions = {
  readonly scenario: Scenario;
  readonly batteryFraction: number;
  readonly groundAboveHomeM: number;
  readonly kind: Flavour["airframe"];
  /** Where it stands, metres from the scenario's home. */
  readonly start: { readonly eastM: number; readonly northM: number };
};

/** At rest on the ground, heading north; a plane into the wind, ready for take-off. */
export function firstBody(options: BodyOptions, rng: Rng): Body {
  const { kind, scenario, groundAboveHomeM, start } = options;
  const resting = kind === "plane" ? restingAt(scenario.wind.fromDeg, "wing") : restingAt(0);
  return {
    airframe: { ...resting, ...start, upM: groundAboveHomeM },
    wind: stillAir,
    air: windAt(stillAir, scenario.wind, 0),
    battery: batteryAt(options.batteryFraction, TRAINING_PACK),
    error: firstNavigationError(scenario.navigation, rng),
    gimbal: { pitchDeg: 0, yawOffsetDeg: 0 },
  };
}

type BodyInputs = {
  readonly demand: Demand;
  readonly gimbal: GimbalDemand;
  readonly scenario: Scenario;
  readonly groundAboveHomeM: number;
  readonly kind: Flavour["airframe"];
};

/** One physics step. */
export function stepBody(body: Body, inputs: BodyInputs, rng: Rng): Body {
  const { scenario, groundAboveHomeM } = inputs;
  const dtS = PHYSICS_STEP_MS / 1000;
  const wind = stepWind(body.wind, scenario.wind, dtS, rng);
  const air = windAt(wind, scenario.wind, body.airframe.upM - groundAboveHomeM);
  const airframe = stepAirframe(inputs.kind, body.airframe, inputs.demand, { wind: air, groundAboveHomeM, dtS });
  return {
    airframe,
    wind,
    air,
    battery: stepBattery(body.battery, TRAINING_PACK, batteryLoad(airframe), dtS),
    error: stepNavigationError(body.error, scenario.navigation, dtS, rng),
    gimbal: stepGimbal(body.gimbal, inputs.gimbal, airframe.attitude.yawNedRad * DEG_PER_RAD, dtS),
  };
}
