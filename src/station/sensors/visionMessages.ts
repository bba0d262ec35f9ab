import type { HomeState } from "../../vehicle/vehicleState.js";
import type { Position } from "../../geo/position.js";
import type { CoveragePatch } from "../../sortie/coverageTiles.js";
import type { DecoderStats } from "../../io/decoderPort.js";
import type { ObservedFrame } from "../../track/observedFrame.js";
import type { CameraId } from "../../track/sensorIds.js";
import type { TsStatus } from "../../video/tsEvents.js";
import type { PipelineCounts } from "./visionPipeline.js";

/** What the worker is started with. */
export type VisionWorkerData = {
  /** Also the name of its stream in the decoder's window. */
  readonly cameraId: CameraId;
  /** "relay": access units go out as `to-decoder` and come back decoded as `from-decoder`. */
  readonly decoder: "napi" | "relay";
  readonly coastJson: string | undefined;
};

/** Station to vision worker. */
export type ToVision =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array; readonly arrivedUnixUs: number }
  | { readonly kind: "ground"; readonly home: HomeState | undefined; readonly coastJson: string | undefined }
  /** Where the station counts covered ground from; undefined: another sortie, count from the next footprint. */
  | { readonly kind: "coverage-origin"; readonly origin: Position | undefined }
  | { readonly kind: "from-decoder"; readonly message: unknown }
  | { readonly kind: "decoder-lost" }
  /** The last message: the worker finishes the pictures in hand and leaves. */
  | { readonly kind: "end" };

/** What the worker has seen of the stream, twice a second. */
export type VisionStatus = PipelineCounts & { readonly ts: TsStatus; readonly decoder: DecoderStats };

/** A picture and what was found in it. It makes no contacts: tracks and contact ids are the station's. */
export type ObservedPicture = {
  readonly widthPx: number;
  readonly heightPx: number;
  /** One byte a pixel, rows from the top left. */
  readonly luma: Uint8Array<ArrayBuffer>;
  readonly observed: ObservedFrame;
  /** From the instant the picture was taken to its observations; undefined where only the arrival is known. */
  readonly latencyMs: number | undefined;
};

/** Vision worker to station. */
export type FromVision =
  | { readonly kind: "observed"; readonly picture: ObservedPicture }
  | { readonly kind: "covered"; readonly patch: CoveragePatch }
  | { readonly kind: "status"; readonly status: VisionStatus }
  | { readonly kind: "to-decoder"; readonly message: unknown }
  | { readonly kind: "failed"; readonly because: string };
