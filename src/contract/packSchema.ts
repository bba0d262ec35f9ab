import { z } from "zod";
import { PACK_BYTES_MAX } from "../geo/pack/packManifest.js";
import { finite, name, position } from "./commandSchema.js";

const PART_BYTES_MAX = 8 * 1024 * 1024;
const PIECES_MAX = 500;
const WIDTH_MAX_M = 50_000;

const bounds = z.strictObject({
  southDeg: finite.min(-90).max(90),
  westDeg: finite.min(-180).max(180),
  northDeg: finite.min(-90).max(90),
  eastDeg: finite.min(-180).max(180),
});
const widthM = finite.min(0).max(WIDTH_MAX_M);
const area = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("box"), bounds }),
  z.strictObject({ kind: z.literal("stretch"), from: position, to: position, landwardM: widthM, seawardM: widthM }),
]);

/** Requests about area packs. */
export const packRequests = [
  z.strictObject({ kind: z.literal("get-area-needs"), area }),
  z.strictObject({ kind: z.literal("make-pack"), name, area, pieceIds: z.array(name).max(PIECES_MAX) }),
  z.strictObject({
    kind: z.literal("put-pack-part"),
    uploadId: name,
    totalBytes: z.int().min(1).max(PACK_BYTES_MAX),
    offsetBytes: z.int().min(0).max(PACK_BYTES_MAX),
    bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= PART_BYTES_MAX, "too large"),
  }),
  z.strictObject({ kind: z.literal("import-pack"), uploadId: name }),
  z.strictObject({ kind: z.literal("drop-pack"), uploadId: name }),
  z.strictObject({ kind: z.literal("check-pack"), name }),
  z.strictObject({ kind: z.literal("stop-pack-work") }),
] as const;
