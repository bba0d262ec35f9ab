import type { FromDecoder, ToDecoder } from "../sensors/decoderRelay.js";
import type { Result } from "../../core/result.js";
import type { StationFailure } from "../../contract/failures.js";
import type { ReplyValue } from "../../contract/messages.js";
import type { RecordingPart } from "../recordingStore.js";

/** The worker's start data. */
export type RecordingWorkerData = {
  readonly sortiesFolder: string;
  /** "relay": access units are sent as `to-decoder`, and decoded pictures come back as `from-decoder`. */
  readonly decoder: "napi" | "relay";
};

/** The calls to the recording worker; each is answered once. */
export type RecordingCall =
  | { readonly kind: "list" }
  | { readonly kind: "open"; readonly path: string }
  | { readonly kind: "open-bytes"; readonly name: string; readonly bytes: Uint8Array }
  | ({ readonly kind: "open-part" } & RecordingPart)
  | { readonly kind: "frame"; readonly recordingId: string; readonly unixTimeUs: number }
  | { readonly kind: "state"; readonly recordingId: string; readonly unixTimeUs: number };

/** Station to recording worker. */
export type ToRecordings =
  | {
      readonly kind: "call";
      readonly callId: number;
      readonly openFolder: string | undefined;
      readonly call: RecordingCall;
    }
  /** A recording's id, or the path of one that is being opened. */
  | { readonly kind: "close"; readonly recordingId: string }
  | { readonly kind: "coast"; readonly coastJson: string | undefined }
  | FromDecoder
  /** The last message: the worker finishes the current pictures and exits. */
  | { readonly kind: "end" };

export type RecordingAnswer = Result<ReplyValue, StationFailure>;

/** Recording worker to station. */
export type FromRecordings =
  { readonly kind: "answer"; readonly callId: number; readonly answer: RecordingAnswer } | ToDecoder;
