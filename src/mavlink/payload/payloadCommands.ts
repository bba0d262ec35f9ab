/**
 * The commands of gimbals and cameras. https://mavlink.io/en/services/gimbal_v2.html, camera.html This only builds the
 * MAVLink messages: limits, and who has control of the gimbal, are checked by the caller.
 */
import { assertNever } from "../../core/result.js";
import type { Position } from "../../geo/position.js";
import { CMD } from "../../plan/missionCommands.js";
import type { PayloadCommand } from "../../vehicle/payload.js";
import { OLD_MOUNT_ID } from "../../vehicle/reducePayload.js";
import type { CommandStep } from "../protocols/command/commandStep.js";
import type { MavAddress } from "../protocols/mission/missionMessages.js";

/**
 * GIMBAL_MANAGER_FLAGS: roll and pitch are relative to the horizon; the yaw follows the vehicle's heading, or is
 * absolute (lock).
 */
const LEVEL = 4 | 8;
const YAW_WITH_NOSE = LEVEL | 32;
const YAW_IN_WORLD = LEVEL | 16 | 64;
const LEAVE = -1;
const GIVE_UP_IF_MINE = -3;
const UNUSED = Number.NaN;
const FRAME_AMSL = 0;
const MOUNT_MAVLINK_TARGETING = 2;
/** CAMERA_ZOOM_TYPE and SET_FOCUS_TYPE: 2 is a percentage of the range. */
const RANGE = 2;

/** Params 5 to 7 as plain numbers, not a position. */
type Tail = { readonly param5?: number; readonly param6?: number; readonly param7?: number };

function step(command: number, params: CommandStep["params"], { param5 = 0, param6 = 0, param7 = 0 }: Tail = {}) {
  return {
    command,
    params,
    place: { latitudeDeg: param5, longitudeDeg: param6 },
    z: param7,
    frame: 0,
    form: "long",
    isRetried: true,
    isOptional: false,
    isEffectEnough: false,
    evidence: { kind: "none" },
    effectTimeoutMs: 0,
  } as const satisfies CommandStep;
}

/** The steps to send, and the component of the vehicle they are addressed to. */
export type PayloadSteps = { readonly address: MavAddress; readonly steps: readonly CommandStep[] };

type GimbalCommand = Extract<PayloadCommand, { readonly gimbalId: string }>;
type CameraCommand = Extract<PayloadCommand, { readonly cameraId: string }>;

/** "1:154": component 1 manages gimbal device 154. An old mount is addressed at the autopilot. */
function gimbalAddress(gimbalId: string, vehicle: MavAddress): { readonly to: MavAddress; readonly deviceId: number } {
  if (gimbalId === OLD_MOUNT_ID) return { to: vehicle, deviceId: 0 };
  const [componentId, deviceId] = gimbalId.split(":").map(Number);
  return { to: { ...vehicle, componentId: componentId ?? vehicle.componentId }, deviceId: deviceId ?? 0 };
}

/** Points a gimbal at a position and keeps it there (region of interest). */
const roiSteps = (position: Position, heightAmslM: number, deviceId: number): readonly CommandStep[] => [
  {
    ...step(CMD.regionOfInterestLocation, [deviceId, 0, 0, 0]),
    place: position,
    z: heightAmslM,
    frame: FRAME_AMSL,
    // ArduPilot would read the height of a COMMAND_LONG as above home, and its float32 position is a metre off.
    form: "int",
  },
];

export function gimbalSteps(
  command: Exclude<GimbalCommand, { kind: "gimbal-contact" }>,
  vehicle: MavAddress,
  own: MavAddress,
): PayloadSteps {
  const { to, deviceId } = gimbalAddress(command.gimbalId, vehicle);
  const isOld = command.gimbalId === OLD_MOUNT_ID;
  const steps = isOld ? oldMountSteps(command) : managerSteps(command, deviceId, own);
  return { address: to, steps };
}

type Pointing = Exclude<GimbalCommand, { kind: "gimbal-contact" }>;

function managerSteps(command: Pointing, deviceId: number, own: MavAddress): readonly CommandStep[] {
  const forDevice = { param7: deviceId };
  switch (command.kind) {
    case "gimbal-acquire":
      return [step(CMD.gimbalConfigure, [own.systemId, own.componentId, LEAVE, LEAVE], forDevice)];
    case "gimbal-release": {
      const giveUp = GIVE_UP_IF_MINE;
      return [step(CMD.gimbalConfigure, [giveUp, giveUp, LEAVE, LEAVE], forDevice)];
    }
    case "gimbal-angles": {
      const flags = command.frame === "earth" ? YAW_IN_WORLD : YAW_WITH_NOSE;
      const params = [command.pitchDeg, command.yawDeg, UNUSED, UNUSED] as const;
      return [step(CMD.gimbalPitchYaw, params, { param5: flags, param7: deviceId })];
    }
    case "gimbal-rate": {
      const params = [UNUSED, UNUSED, command.pitchRateDegPerS, command.yawRateDegPerS] as const;
      return [step(CMD.gimbalPitchYaw, params, { param5: YAW_WITH_NOSE, param7: deviceId })];
    }
    case "gimbal-place":
      return roiSteps(command.position, command.heightAmslM, deviceId);
    case "gimbal-stop":
      return [step(CMD.regionOfInterestNone, [deviceId, 0, 0, 0])];
    default:
      return assertNever(command);
  }
}

/**
 * For mounts older than the gimbal manager protocol: only angles relative to the vehicle, no control ownership, no
 * rates.
 */
function oldMountSteps(command: Pointing): readonly CommandStep[] {
  switch (command.kind) {
    case "gimbal-angles":
      return command.frame === "vehicle"
        ? [step(CMD.mountControl, [command.pitchDeg, 0, command.yawDeg, 0], { param7: MOUNT_MAVLINK_TARGETING })]
        : [];
    case "gimbal-place":
      return roiSteps(command.position, command.heightAmslM, 0);
    case "gimbal-stop":
      return [step(CMD.regionOfInterestNone, [0, 0, 0, 0])];
    case "gimbal-acquire":
    case "gimbal-release":
    case "gimbal-rate":
      return [];
    default:
      return assertNever(command);
  }
}

/**
 * "100": a camera with a component id of its own; "1:2": the second camera attached to the autopilot, by its number.
 */
export function cameraSteps(command: CameraCommand, vehicle: MavAddress): PayloadSteps {
  const [componentId, cameraDeviceId] = command.cameraId.split(":").map(Number);
  const address = { ...vehicle, componentId: componentId ?? vehicle.componentId };
  return { address, steps: cameraStepsOf(command, cameraDeviceId ?? 0) };
}

function cameraStepsOf(command: CameraCommand, device: number): readonly CommandStep[] {
  switch (command.kind) {
    case "camera-mode":
      return [step(CMD.setCameraMode, [device, command.mode === "image" ? 0 : 1, 0, 0])];
    case "camera-image":
      return [step(CMD.imageStartCapture, [device, 0, 1, 0])];
    case "camera-record":
      return command.isOn
        ? [step(CMD.videoStartCapture, [0, 1, device, 0])]
        : [step(CMD.videoStopCapture, [0, device, 0, 0])];
    case "camera-zoom":
      return [step(CMD.setCameraZoom, [RANGE, command.percent, device, 0])];
    case "camera-focus":
      return [step(CMD.setCameraFocus, [RANGE, command.percent, device, 0])];
    case "camera-stream":
      return [step(command.isOn ? CMD.videoStartStreaming : CMD.videoStopStreaming, [command.streamId, device, 0, 0])];
    default:
      return assertNever(command);
  }
}
