import { z } from "zod";
import { err, ok, type Result } from "../core/result.js";
import { COAST_FILE_BYTES_MAX } from "../geo/coastLimits.js";
import { HALF_WIDTH_MAX_M, HEIGHTS_PER_SIDE_MAX } from "../geo/terrain/heightGrid.js";
import { ZOOM_MAX } from "../geo/tiles/webMercator.js";
import { commandOrder, finite, name, position } from "./commandSchema.js";
import type { FromUi } from "./messages.js";
import { packRequests } from "./packSchema.js";
import { serviceRequests } from "./serviceSchema.js";

/** Larger than any real plan, name or line: limits memory, and is no rule of the domain. */
const TEXT_MAX = 8 * 1024 * 1024;
const RECORDING_BYTES_MAX = 512 * 1024 * 1024;
const PART_BYTES_MAX = 8 * 1024 * 1024;
const REASON_MAX = 1000;
/** The constituents of the tide do not hold for centuries. */
const YEAR_2100_MS = Date.UTC(2100, 0);

const planText = z.string().max(TEXT_MAX);
const wind = z.strictObject({ fromDeg: finite.min(0).max(360), speedMps: finite.min(0).max(100) });
const vehicleId = name;
const recordingId = name;
const tileIndex = z
  .int()
  .min(0)
  .max(2 ** ZOOM_MAX - 1);
const tileAddress = { zoom: z.int().min(0).max(ZOOM_MAX), column: tileIndex, row: tileIndex };
const request = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("command"), vehicleId, ...commandOrder }),
  z.strictObject({
    kind: z.literal("upload-plan"),
    vehicleId,
    planText,
    overrideReason: z.string().trim().min(1).max(REASON_MAX).optional(),
  }),
  z.strictObject({ kind: z.literal("download-plan"), vehicleId }),
  z.strictObject({ kind: z.literal("get-plan-aboard"), vehicleId }),
  z.strictObject({ kind: z.literal("cancel-transfer"), vehicleId }),
  z.strictObject({ kind: z.literal("list-plans") }),
  z.strictObject({ kind: z.literal("load-plan"), name }),
  z.strictObject({ kind: z.literal("save-plan"), name, planText }),
  z.strictObject({ kind: z.literal("get-coast") }),
  z.strictObject({ kind: z.literal("get-places") }),
  z.strictObject({
    kind: z.literal("load-coast-line"),
    geojson: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= COAST_FILE_BYTES_MAX, "too large"),
  }),
  z.strictObject({
    kind: z.literal("get-heights"),
    middle: position,
    halfWidthM: finite.min(1).max(HALF_WIDTH_MAX_M),
    countPerSide: z.int().min(2).max(HEIGHTS_PER_SIDE_MAX),
  }),
  z.strictObject({ kind: z.literal("get-height"), position }),
  z.strictObject({
    kind: z.literal("check-over-ground"),
    planText,
    wind: wind.optional(),
    hasProfile: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal("get-ground-files") }),
  z.strictObject({ kind: z.literal("get-maps") }),
  z.strictObject({ kind: z.literal("get-map-tile"), mapId: name, ...tileAddress }),
  z.strictObject({ kind: z.literal("get-tide"), position, unixTimeMs: finite.min(0).max(YEAR_2100_MS).optional() }),
  z.strictObject({ kind: z.literal("list-recordings") }),
  z.strictObject({ kind: z.literal("open-recording"), path: z.string().min(1).max(4096) }),
  z.strictObject({
    kind: z.literal("open-recording-bytes"),
    name,
    bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= RECORDING_BYTES_MAX, "too large"),
  }),
  z.strictObject({
    kind: z.literal("open-recording-part"),
    uploadId: name,
    name,
    totalBytes: z.int().min(1).max(RECORDING_BYTES_MAX),
    offsetBytes: z.int().min(0).max(RECORDING_BYTES_MAX),
    bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= PART_BYTES_MAX, "too large"),
  }),
  z.strictObject({ kind: z.literal("recording-frame"), recordingId, unixTimeUs: finite.min(0) }),
  z.strictObject({ kind: z.literal("recording-state"), recordingId, unixTimeUs: finite.min(0) }),
  z.strictObject({ kind: z.literal("close-recording"), recordingId }),
  z.strictObject({ kind: z.literal("contact-viewed"), contactId: name }),
  ...serviceRequests,
  ...packRequests,
]);

const fromUi = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ui-alive") }),
  z.strictObject({ kind: z.literal("frame-shown"), cameraId: name, frameId: z.int().min(0) }),
  z.strictObject({ kind: z.literal("request"), requestId: z.int().min(0), request }),
]);

type InvalidMessage = {
  readonly kind: "invalid-message";
  /** Set when the message was recognisably a request: it then gets a refusal as its one reply. */
  readonly requestId: number | undefined;
  /** "request.command.altitudeAboveHomeM: expected number" */
  readonly problem: string;
};

/**
 * Validates what a screen sent. Strict: an unknown key means a newer screen or an attack, and both should be reported.
 */
export function validateFromUi(message: unknown): Result<FromUi, InvalidMessage> {
  const parsed = fromUi.safeParse(message);
  // The schema says the same as the type but cannot carry its brand (VehicleId): ids are looked up, never trusted.
  if (parsed.success) return ok(parsed.data as unknown as FromUi);
  const first = parsed.error.issues[0];
  const problem = first ? `${first.path.join(".")}: ${first.message}` : "not a message";
  return err({ kind: "invalid-message", requestId: requestIdOf(message), problem });
}

function requestIdOf(message: unknown): number | undefined {
  if (typeof message !== "object" || message === null || !("requestId" in message)) return undefined;
  const { requestId } = message;
  return typeof requestId === "number" && Number.isSafeInteger(requestId) && requestId >= 0 ? requestId : undefined;
}
