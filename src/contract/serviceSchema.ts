import { z } from "zod";
import { commandOrder, finite, name, position } from "./commandSchema.js";

const REASON_MAX = 1000;
const PARAMS_MAX = 20_000;
const FILE_TEXT_MAX = 8 * 1024 * 1024;
const VEHICLES_MAX = 64;

const vehicleId = name;
const gimbalId = name;
const cameraId = name;
const percent = finite.min(0).max(100);
const paramName = z.string().min(1).max(16);
const namedValue = z.strictObject({ name: paramName, value: finite });

const operator = z.strictObject({
  operatorId: z.string().max(20),
  description: z.string().max(23),
  position,
  altitudeAmslM: finite.min(-1000).max(31_767).optional(),
});

const payloadCommand = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("gimbal-acquire"), gimbalId, isTakeover: z.boolean() }),
  z.strictObject({ kind: z.literal("gimbal-release"), gimbalId }),
  z.strictObject({
    kind: z.literal("gimbal-angles"),
    gimbalId,
    pitchDeg: finite.min(-180).max(180),
    yawDeg: finite.min(-360).max(360),
    frame: z.enum(["vehicle", "earth"]),
  }),
  z.strictObject({
    kind: z.literal("gimbal-rate"),
    gimbalId,
    pitchRateDegPerS: finite.min(-180).max(180),
    yawRateDegPerS: finite.min(-180).max(180),
  }),
  z.strictObject({ kind: z.literal("gimbal-place"), gimbalId, position, heightAmslM: finite.min(-500).max(20_000) }),
  z.strictObject({ kind: z.literal("gimbal-contact"), gimbalId, contactId: name }),
  z.strictObject({ kind: z.literal("gimbal-stop"), gimbalId }),
  z.strictObject({ kind: z.literal("camera-mode"), cameraId, mode: z.enum(["image", "video"]) }),
  z.strictObject({ kind: z.literal("camera-image"), cameraId }),
  z.strictObject({ kind: z.literal("camera-record"), cameraId, isOn: z.boolean() }),
  z.strictObject({ kind: z.literal("camera-zoom"), cameraId, percent }),
  z.strictObject({ kind: z.literal("camera-focus"), cameraId, percent }),
  z.strictObject({
    kind: z.literal("camera-stream"),
    cameraId,
    streamId: z.int().min(0).max(255),
    isOn: z.boolean(),
  }),
  z.strictObject({ kind: z.literal("remote-id-operator"), operator: operator.optional() }),
]);

/** A checklist, as screens send it and as its file stores it. */
export const checklist = z.strictObject({
  isBlocking: z.boolean(),
  items: z
    .array(
      z.strictObject({
        id: name,
        text: z.string().max(REASON_MAX),
        automatic: z
          .enum([
            "link-live",
            "position-fixed",
            "battery-charged",
            "plan-verified",
            "fence-enabled",
            "autopilot-ready",
            "recording",
          ])
          .optional(),
      }),
    )
    .max(200),
});

/** Requests about links, a vehicle's services, and the fleet. */
export const serviceRequests = [
  z.strictObject({ kind: z.literal("load-params"), vehicleId, isFresh: z.boolean() }),
  z.strictObject({ kind: z.literal("cancel-params"), vehicleId }),
  z.strictObject({ kind: z.literal("get-params"), vehicleId }),
  z.strictObject({
    kind: z.literal("set-param"),
    vehicleId,
    name: paramName,
    value: finite,
    isForced: z.boolean(),
    isConfirmed: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal("set-params"),
    vehicleId,
    values: z.array(namedValue).max(PARAMS_MAX),
    isConfirmed: z.boolean(),
  }),
  z.strictObject({ kind: z.literal("read-param-file"), vehicleId, text: z.string().max(FILE_TEXT_MAX) }),
  z.strictObject({ kind: z.literal("write-param-file"), vehicleId, format: z.enum(["param", "params"]) }),
  z.strictObject({ kind: z.literal("list-logs"), vehicleId }),
  z.strictObject({ kind: z.literal("download-log"), vehicleId, logId: name }),
  z.strictObject({ kind: z.literal("cancel-log"), vehicleId }),
  z.strictObject({ kind: z.literal("payload-command"), vehicleId, command: payloadCommand }),
  z.strictObject({ kind: z.literal("save-checklist"), vehicleId, checklist }),
  z.strictObject({ kind: z.literal("tick"), vehicleId, itemId: name, isDone: z.boolean() }),
  z.strictObject({ kind: z.literal("add-link"), uri: name, role: z.enum(["vehicle", "output"]) }),
  z.strictObject({ kind: z.literal("remove-link"), linkName: name }),
  z.strictObject({ kind: z.literal("list-serial-ports") }),
  z.strictObject({ kind: z.literal("list-signing-keys") }),
  z.strictObject({ kind: z.literal("add-signing-key"), keyName: name, passphrase: name.optional() }),
  z.strictObject({ kind: z.literal("remove-signing-key"), keyName: name }),
  z.strictObject({
    kind: z.literal("set-link-signing"),
    linkName: name,
    policy: z.enum(["off", "sign", "require"]),
    keyName: name.optional(),
  }),
  z.strictObject({ kind: z.literal("setup-vehicle-signing"), vehicleId, keyName: name.optional() }),
  z.strictObject({ kind: z.literal("join-vehicles"), vehicleId, otherId: vehicleId }),
  z.strictObject({ kind: z.literal("high-latency"), vehicleId, isOn: z.boolean() }),
  z.strictObject({
    kind: z.literal("fleet-command"),
    vehicleIds: z.array(vehicleId).min(1).max(VEHICLES_MAX),
    ...commandOrder,
  }),
  z.strictObject({ kind: z.literal("propose-hand-over"), fromId: vehicleId, toId: vehicleId }),
] as const;
