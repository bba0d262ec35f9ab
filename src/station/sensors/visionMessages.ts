import type { VideoFrame } from "../../contract/messages.js";
import type { HomeState } from "../../vehicle/vehicleState.js";
import type { Contact } from "../../track/contact.js";
import type { DecoderStats } from "../../io/decoderPort.js";
import type { TsStatus } from "../../video/tsEvents.js";

/** What the worker is started with. */
export type VisionWorkerData = {
  /** "relay": access units go out as `to-decoder` and come back decoded as `from-decoder`. */
  readonly decoder: "napi" | "relay";
  readonly coastJson: string | undefined;
  /** The number of the first contact that this worker finds. */
  readonly firstContactNumber: number;
};

/** Station to vision worker. */
export type ToVision =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array; readonly arrivedUnixUs: number }
  | { readonly kind: "ground"; readonly home: HomeState | undefined; readonly coastJson: string | undefined }
  /** Another sortie begins: forget every contact. Answered by `started-over`. */
  | { readonly kind: "start-over" }
  | { readonly kind: "from-decoder"; readonly message: unknown }
  | { readonly kind: "decoder-lost" }
  /** The last message: the worker finishes the pictures in hand and leaves. */
  | { readonly kind: "end" };

export type ContactPicture = {
  readonly contactId: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly luma: Uint8Array<ArrayBuffer>;
};

/** What the worker has seen of the stream, twice a second. */
export type VisionStatus = {
  readonly ts: TsStatus;
  readonly decoder: DecoderStats;
  /** Decoded but skipped because they came too late to be of use live. */
  readonly countOfLate: number;
  readonly countOfProcessed: number;
  readonly hasKlv: boolean;
  readonly processMs: number;
};

/** Vision worker to station. */
export type FromVision =
  | { readonly kind: "frame"; readonly frame: VideoFrame; readonly latencyMs: number | undefined }
  | { readonly kind: "contacts"; readonly contacts: readonly Contact[]; readonly newIds: readonly string[] }
  | { readonly kind: "picture"; readonly picture: ContactPicture }
  | { readonly kind: "status"; readonly status: VisionStatus }
  | { readonly kind: "started-over" }
  | { readonly kind: "to-decoder"; readonly message: unknown }
  | { readonly kind: "failed"; readonly because: string };
