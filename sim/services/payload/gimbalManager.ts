import { RESULT } from "../../commandNumbers.js";
import type { AircraftControls, AircraftView } from "../../aircraftView.js";
import type { GimbalDemand } from "../../airframe/gimbal.js";
import type { Point } from "../../autopilot/guidance.js";
import { DEG_PER_RAD, RAD_PER_DEG, wrap180, wrap360 } from "../../../src/geo/angles.js";
import {
  dispatch,
  type ReceivedMessage,
  type WireHandlers,
  type WireMessage,
  type WireSender,
} from "../../wire/mavlinkCodec.js";
import { isAddressedTo } from "../addressing.js";
import { replyToMessageRequest, commandAck, commandIn, type ReceivedCommand, type Requestable } from "../commands.js";
import type { Service } from "../service.js";
import { roiPlace } from "./roi.js";

/** https://mavlink.io/en/services/gimbal_v2.html: GIMBAL_MANAGER_FLAGS and the capabilities of this gimbal. */
const FLAG = {
  retract: 1,
  neutral: 2,
  rollLock: 4,
  pitchLock: 8,
  yawLock: 16,
  vehicleFrame: 32,
  earthFrame: 64,
} as const;
const CAP = {
  retract: 1,
  neutral: 2,
  pitch: 32 | 128,
  yawAxis: 256 | 512 | 1024 | 2048 | 4096,
  pointGlobal: 131_072,
} as const;
const CAPABILITIES = CAP.retract | CAP.neutral | CAP.pitch | CAP.yawAxis | CAP.pointGlobal;
/** The limits of the simulated gimbal (`airframe/gimbal.ts`). */
const LIMITS = { lowestPitchDeg: -90, highestPitchDeg: 20, rateDegps: 60 } as const;
const DEVICE_ID = 1;
const STATUS_EVERY_MS = 5000;
const NEUTRAL: GimbalDemand = { pitchDeg: -75, pointing: { from: "nose", angleDeg: 0 } };

const COMMAND = {
  roiLocation: 195,
  roiNone: 197,
  roi: 201,
  mountControl: 205,
  pitchYaw: 1000,
  configure: 1001,
} as const;
const MANUAL_TURN_DEGPS = 30;

const NOBODY: WireSender = { systemId: 0, componentId: 0 };
const isSame = (a: WireSender, b: WireSender): boolean => a.systemId === b.systemId && a.componentId === b.componentId;

/** Demanded angles and rates; NaN leaves a value unchanged. */
type GimbalRequest = {
  readonly flags: number;
  readonly pitchDeg: number;
  readonly yawDeg: number;
  readonly pitchDegps: number;
  readonly yawDegps: number;
};
type GimbalRates = { readonly pitchDegps: number; readonly yawDegps: number; readonly demand: GimbalDemand };

type Manager = {
  primary: WireSender;
  secondary: WireSender;
  flags: number;
  rates: GimbalRates | undefined;
  isWatching: boolean;
  sentAtMs: number;
};

const clampPitch = (deg: number): number => Math.min(LIMITS.highestPitchDeg, Math.max(LIMITS.lowestPitchDeg, deg));
const clampRate = (degps: number): number => Math.min(LIMITS.rateDegps, Math.max(-LIMITS.rateDegps, degps));

/** Yaw is from north in the earth frame, and with yaw lock when no frame is given. */
function frameOf(flags: number): "north" | "nose" {
  if ((flags & FLAG.vehicleFrame) !== 0) return (flags & FLAG.yawLock) !== 0 ? "north" : "nose";
  return (flags & (FLAG.earthFrame | FLAG.yawLock)) !== 0 ? "north" : "nose";
}

/** The present gimbal angles as a demand in the given frame. */
function present(view: AircraftView, from: "north" | "nose"): GimbalDemand {
  const { pitchDeg, yawOffsetDeg } = view.gimbal();
  const { headingDeg } = view.autopilot().sensed;
  return {
    pitchDeg,
    pointing: { from, angleDeg: from === "nose" ? yawOffsetDeg : wrap360(headingDeg + yawOffsetDeg) },
  };
}

function demandFrom(view: AircraftView, { flags, pitchDeg, yawDeg }: GimbalRequest): GimbalDemand {
  if ((flags & (FLAG.retract | FLAG.neutral)) !== 0) return NEUTRAL;
  const from = frameOf(flags);
  const now = present(view, from);
  const { headingDeg } = view.autopilot().sensed;
  // Yaw lock with an angle relative to the vehicle: converted to the direction from north it has now.
  const isTurned = from === "north" && (flags & FLAG.vehicleFrame) !== 0;
  const angleDeg = isTurned ? wrap360(headingDeg + yawDeg) : yawDeg;
  return {
    pitchDeg: Number.isNaN(pitchDeg) ? now.pitchDeg : clampPitch(pitchDeg),
    pointing: { from, angleDeg: Number.isNaN(yawDeg) ? now.pointing.angleDeg : angleDeg },
  };
}

type Controls = Pick<AircraftControls, "pointGimbal" | "pointGimbalAt">;

function follow(manager: Manager, request: GimbalRequest, view: AircraftView, controls: Controls): void {
  const { flags, pitchDeg, yawDeg, pitchDegps, yawDegps } = request;
  manager.flags = flags & ~(FLAG.retract | FLAG.neutral);
  manager.isWatching = false;
  const isTurning = (Number.isNaN(pitchDeg) && pitchDegps !== 0) || (Number.isNaN(yawDeg) && yawDegps !== 0);
  const rate = (angle: number, degps: number): number =>
    Number.isNaN(angle) && !Number.isNaN(degps) ? clampRate(degps) : 0;
  const demand = demandFrom(view, request);
  manager.rates = isTurning
    ? { pitchDegps: rate(pitchDeg, pitchDegps), yawDegps: rate(yawDeg, yawDegps), demand }
    : undefined;
  controls.pointGimbalAt(undefined);
  controls.pointGimbal(demand);
}

/** Moves the demand, not the gimbal's measured angle: the gimbal's lag then does not reduce the rate. */
function integrateRates(manager: Manager, controls: Controls, dtS: number): void {
  const { rates: turning } = manager;
  if (!turning) return;
  const { pitchDeg, pointing } = turning.demand;
  const demand: GimbalDemand = {
    pitchDeg: clampPitch(pitchDeg + turning.pitchDegps * dtS),
    pointing: { from: pointing.from, angleDeg: wrap180(pointing.angleDeg + turning.yawDegps * dtS) },
  };
  manager.rates = { ...turning, demand };
  controls.pointGimbal(demand);
}

/** Yaw and pitch, degrees, of an attitude quaternion (w, x, y, z); NaN stays NaN. */
function anglesOf([w = NaN, x = NaN, y = NaN, z = NaN]: readonly number[]) {
  const pitchDeg = Math.asin(Math.min(1, Math.max(-1, 2 * (w * y - z * x)))) * DEG_PER_RAD;
  const yawDeg = Math.atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z)) * DEG_PER_RAD;
  return { pitchDeg, yawDeg };
}

/** DO_GIMBAL_MANAGER_CONFIGURE: -1 unchanged, -2 the sender, -3 releases the sender's control, otherwise the given id. */
function controlAfter(given: readonly [number, number], before: WireSender, asker: WireSender): WireSender {
  const [system, component] = given;
  if (system === -1) return before;
  if (system === -2) return asker;
  if (system === -3) return isSame(before, asker) ? NOBODY : before;
  return { systemId: system, componentId: component };
}

function informationOf(nowMs: number): WireMessage {
  return {
    name: "GIMBAL_MANAGER_INFORMATION",
    fields: {
      timeBootMs: Math.round(nowMs),
      capFlags: CAPABILITIES,
      rollMin: 0,
      rollMax: 0,
      pitchMin: LIMITS.lowestPitchDeg * RAD_PER_DEG,
      pitchMax: LIMITS.highestPitchDeg * RAD_PER_DEG,
      yawMin: -Math.PI,
      yawMax: Math.PI,
      gimbalDeviceId: DEVICE_ID,
    },
  };
}

function statusOf({ primary, secondary, flags }: Manager, nowMs: number): WireMessage {
  return {
    name: "GIMBAL_MANAGER_STATUS",
    fields: {
      timeBootMs: Math.round(nowMs),
      flags,
      gimbalDeviceId: DEVICE_ID,
      primaryControlSysid: primary.systemId,
      primaryControlCompid: primary.componentId,
      secondaryControlSysid: secondary.systemId,
      secondaryControlCompid: secondary.componentId,
    },
  };
}

/** Gimbal control by messages instead of commands; rates in degrees per second. */
const GIMBAL_REQUESTS: WireHandlers<GimbalRequest> = {
  GIMBAL_MANAGER_SET_PITCHYAW: ({ flags, pitch, yaw: yawRad, pitchRate, yawRate }) => ({
    flags,
    pitchDeg: pitch * DEG_PER_RAD,
    yawDeg: yawRad * DEG_PER_RAD,
    pitchDegps: pitchRate * DEG_PER_RAD,
    yawDegps: yawRate * DEG_PER_RAD,
  }),
  GIMBAL_MANAGER_SET_ATTITUDE: ({ flags, q, angularVelocityY, angularVelocityZ }) => ({
    flags,
    ...anglesOf(q),
    pitchDegps: angularVelocityY * DEG_PER_RAD,
    yawDegps: angularVelocityZ * DEG_PER_RAD,
  }),
  GIMBAL_MANAGER_SET_MANUAL_CONTROL: ({ flags, pitchRate, yawRate }) => ({
    flags,
    pitchDeg: NaN,
    yawDeg: NaN,
    pitchDegps: pitchRate * MANUAL_TURN_DEGPS,
    yawDegps: yawRate * MANUAL_TURN_DEGPS,
  }),
};

type Context = { readonly manager: Manager; readonly view: AircraftView; readonly controls: Controls };

/** PX4 accepts demands only from whoever has control; ArduPilot from anyone. */
function mayControl({ manager, view }: Context, from: WireSender): boolean {
  return view.flavour.autopilot === "ardupilot" || isSame(manager.primary, from) || isSame(manager.secondary, from);
}

function pointAt({ manager, controls }: Context, place: Point | undefined): void {
  manager.rates = undefined;
  manager.isWatching = place !== undefined;
  controls.pointGimbalAt(place);
}

function onRoi(context: Context, command: ReceivedCommand): number {
  const place = roiPlace(command, context.view);
  if (place === "bad") return RESULT.denied;
  pointAt(context, place);
  if (place === undefined) context.controls.pointGimbal(NEUTRAL);
  return RESULT.accepted;
}

function onCommand(context: Context, command: ReceivedCommand): number | undefined {
  const { manager } = context;
  const { params, from } = command;
  switch (command.command) {
    case COMMAND.configure:
      manager.primary = controlAfter([params[0], params[1]], manager.primary, from);
      manager.secondary = controlAfter([params[2], params[3]], manager.secondary, from);
      return RESULT.accepted;
    case COMMAND.pitchYaw: {
      if (!mayControl(context, from)) return RESULT.denied;
      const [pitchDeg, yawDeg, pitchDegps, yawDegps, flags] = params;
      follow(manager, { flags, pitchDeg, yawDeg, pitchDegps, yawDegps }, context.view, context.controls);
      return RESULT.accepted;
    }
    case COMMAND.roiLocation:
    case COMMAND.roiNone:
    case COMMAND.roi:
      return onRoi(context, command);
    default:
      return undefined;
  }
}

/**
 * The autopilot's gimbal manager: who controls the gimbal, and its target (angles, a rate, or a position). DO_MOUNT_CONTROL is handled
 * by the autopilot and replaces the target set here.
 */
export function createGimbalManager(view: AircraftView, controls: Controls): Service {
  const manager: Manager = {
    ...{ primary: NOBODY, secondary: NOBODY, flags: FLAG.rollLock | FLAG.pitchLock },
    ...{ rates: undefined, isWatching: false, sentAtMs: -Infinity },
  };
  const context: Context = { manager, view, controls };
  const requestable: Requestable = {
    280: () => [informationOf(view.nowMs())],
    281: () => [statusOf(manager, view.nowMs())],
  };
  let lastMs: number | undefined;

  const handleCommand = (command: ReceivedCommand, nowMs: number): readonly WireMessage[] | undefined => {
    if (command.command === COMMAND.mountControl && (manager.isWatching || manager.rates)) pointAt(context, undefined);
    const before = statusOf(manager, 0);
    const result = onCommand(context, command);
    if (result === undefined) return replyToMessageRequest(command, requestable);
    const isChanged = JSON.stringify(before) !== JSON.stringify(statusOf(manager, 0));
    return [commandAck(command, result), ...(isChanged ? [statusOf(manager, nowMs)] : [])];
  };
  return {
    receive: (message: ReceivedMessage, nowMs) => {
      const command = commandIn(message, view.systemId);
      if (command) return handleCommand(command, nowMs);
      const request = isAddressedTo(message.fields, view.systemId) ? dispatch(GIMBAL_REQUESTS, message) : undefined;
      if (!request) return undefined;
      if (mayControl(context, message.from)) follow(manager, request, view, controls);
      return [];
    },
    tick: (nowMs) => {
      integrateRates(manager, controls, (nowMs - (lastMs ?? nowMs)) / 1000);
      lastMs = nowMs;
      if (nowMs - manager.sentAtMs < STATUS_EVERY_MS * view.speedup) return [];
      manager.sentAtMs = nowMs;
      return [statusOf(manager, nowMs)];
    },
  };
}
