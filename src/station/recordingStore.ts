import type { Result } from "../core/result.js";
import type { StationFailure } from "../contract/failures.js";
import type { VideoFrame } from "../contract/messages.js";
import type { RecordingDocument, RecordingSummary } from "../contract/recordings.js";
import type { VehicleState } from "../vehicle/vehicleState.js";

/** A part of a recording uploaded by a screen; see `open-recording-part` in the contract. */
export type RecordingPart = {
  readonly uploadId: string;
  readonly name: string;
  readonly totalBytes: number;
  readonly offsetBytes: number;
  readonly bytes: Uint8Array;
};

/** The recordings that screens can open. */
export type RecordingStore = {
  readonly list: () => Promise<readonly RecordingSummary[]>;
  readonly open: (path: string) => Promise<Result<RecordingDocument, StationFailure>>;
  readonly openBytes: (name: string, bytes: Uint8Array) => Promise<Result<RecordingDocument, StationFailure>>;
  /** Undefined until the last part has arrived. */
  readonly openPart: (part: RecordingPart) => Promise<Result<RecordingDocument | undefined, StationFailure>>;
  readonly frame: (recordingId: string, unixTimeUs: number) => Promise<Result<VideoFrame | undefined, StationFailure>>;
  /** Every vehicle exactly as it was known at that instant of an open recording. */
  readonly stateAt: (
    recordingId: string,
    unixTimeUs: number,
  ) => Promise<Result<readonly VehicleState[], StationFailure>>;
  readonly close: (recordingId: string) => void;
};
