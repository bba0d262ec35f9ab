import type { Gimbal, Payload, PayloadCommand } from "./payload.js";

/** Why a payload command is not allowed; nothing was sent. */
type PayloadDenialReason =
  | { readonly kind: "no-such-device"; readonly id: string }
  | { readonly kind: "not-in-control"; readonly controllerSystemId: number | undefined }
  | { readonly kind: "beyond-limits"; readonly minDeg: number; readonly maxDeg: number }
  | { readonly kind: "not-by-this-device" };

/** One degree: limits are sent in radians as float32, and a mechanical stop is not that exact. */
const SLACK_DEG = 1;

/**
 * Undefined when the command may be sent. A gimbal that another station controls is not moved, and none is moved beyond
 * its reported limits.
 */
export function payloadDenialReason(payload: Payload, command: PayloadCommand): PayloadDenialReason | undefined {
  if ("gimbalId" in command) {
    const gimbal = payload.gimbals.find(({ id }) => id === command.gimbalId);
    return gimbal ? gimbalDenialReason(gimbal, command) : { kind: "no-such-device", id: command.gimbalId };
  }
  if ("cameraId" in command) return cameraDenialReason(payload, command);
  return undefined;
}

type GimbalCommand = Extract<PayloadCommand, { readonly gimbalId: string }>;

function gimbalDenialReason(gimbal: Gimbal, command: GimbalCommand): PayloadDenialReason | undefined {
  const isTaken = gimbal.control === "other-station";
  const notOurs: PayloadDenialReason = { kind: "not-in-control", controllerSystemId: gimbal.controllerSystemId };
  if (command.kind === "gimbal-release") return undefined;
  if (command.kind === "gimbal-acquire") return isTaken && !command.isTakeover ? notOurs : undefined;
  if (isTaken) return notOurs;
  if (command.kind !== "gimbal-angles") return undefined;
  const pitch = beyond(command.pitchDeg, gimbal.pitchMinDeg, gimbal.pitchMaxDeg);
  // Yaw limits are relative to the vehicle; to reach an absolute direction beyond them the vehicle can turn.
  return (
    pitch ?? (command.frame === "vehicle" ? beyond(command.yawDeg, gimbal.yawMinDeg, gimbal.yawMaxDeg) : undefined)
  );
}

function beyond(
  angleDeg: number,
  minDeg: number | undefined,
  maxDeg: number | undefined,
): PayloadDenialReason | undefined {
  if (minDeg === undefined || maxDeg === undefined || maxDeg <= minDeg) return undefined;
  const isWithin = angleDeg >= minDeg - SLACK_DEG && angleDeg <= maxDeg + SLACK_DEG;
  return isWithin ? undefined : { kind: "beyond-limits", minDeg, maxDeg };
}

type CameraCommand = Extract<PayloadCommand, { readonly cameraId: string }>;

function cameraDenialReason(payload: Payload, command: CameraCommand): PayloadDenialReason | undefined {
  const camera = payload.cameras.find(({ id }) => id === command.cameraId);
  if (!camera) return { kind: "no-such-device", id: command.cameraId };
  const { can } = camera;
  const may: Readonly<Record<CameraCommand["kind"], boolean>> = {
    "camera-mode": can.hasModes,
    "camera-image": can.capturesImages,
    "camera-record": can.capturesVideo,
    "camera-zoom": can.zooms,
    "camera-focus": can.focuses,
    "camera-stream": camera.streams.length > 0,
  };
  return may[command.kind] ? undefined : { kind: "not-by-this-device" };
}
