import type { FromDecoder, ToDecoder } from "./decoderRelay.js";
import type { HomeState } from "../../vehicle/vehicleState.js";
import type { Position } from "../../geo/position.js";
import type { MeasuredRaster } from "../../geo/terrain/terrain.js";
import type { CoveragePatch } from "../../sortie/coverageTiles.js";
import type { DecoderStats } from "../../io/decoderPort.js";
import type { ObservedFrame } from "../../track/observedFrame.js";
import type { CameraId } from "../../track/sensorIds.js";
import type { TsStatus } from "../../video/tsEvents.js";
import type { DetectorName } from "./detectors.js";
import type { PipelineCounts } from "./visionPipeline.js";

/** What the ground under a camera is known from. */
export type CameraGround = {
  /** Of the vehicle that carries the camera. */
  readonly home: HomeState | undefined;
  readonly coastJson: string | undefined;
  /** The files of heights, in shared memory. */
  readonly terrain: readonly MeasuredRaster[];
};

/** The worker's start data. */
export type VisionWorkerData = {
  /** Also the name of its stream in the decoder's window. */
  readonly cameraId: CameraId;
  /** "relay": access units are sent as `to-decoder`, and decoded pictures come back as `from-decoder`. */
  readonly decoder: "napi" | "relay";
  readonly detector: DetectorName;
};

/** Station to vision worker. */
export type ToVision =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array; readonly arrivedUnixUs: number }
  | { readonly kind: "ground"; readonly ground: CameraGround }
  /** The origin of the station's coverage grid; undefined: another sortie, the next footprint sets the origin. */
  | { readonly kind: "coverage-origin"; readonly origin: Position | undefined }
  | FromDecoder
  /** The last message: the worker finishes the current pictures and exits. */
  | { readonly kind: "end" };

/** What the worker has seen of the stream, twice a second. */
export type VisionStatus = PipelineCounts & { readonly ts: TsStatus; readonly decoder: DecoderStats };

/** A picture and the objects detected in it. It has no contacts: tracks and contact ids are made by the station. */
export type ObservedPicture = {
  readonly widthPx: number;
  readonly heightPx: number;
  /** One byte per pixel, row by row from the top left. */
  readonly luma: Uint8Array<ArrayBuffer>;
  readonly observed: ObservedFrame;
  /** From the time the picture was taken to its observations; undefined where only its arrival time is known. */
  readonly latencyMs: number | undefined;
};

/** Vision worker to station. */
export type FromVision =
  | { readonly kind: "observed"; readonly picture: ObservedPicture }
  | { readonly kind: "covered"; readonly patch: CoveragePatch }
  | { readonly kind: "status"; readonly status: VisionStatus }
  | ToDecoder
  /** The detector has not looked at a picture. */
  | { readonly kind: "unsearched"; readonly because: string }
  | { readonly kind: "failed"; readonly because: string };
