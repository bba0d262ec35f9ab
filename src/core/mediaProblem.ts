/**
 * Why a picture or a video cannot be shown: facts only, the sentences are in `contract/mediaProblemTexts.ts`. In this
 * room because readers of files and streams and the screens all use it.
 */
export type PictureProblem =
  /** `reason` is errno's name. */
  | { readonly kind: "not-readable"; readonly reason: string }
  | { readonly kind: "not-there" }
  | { readonly kind: "not-a-file"; readonly what: FileKind }
  | { readonly kind: "empty" }
  | { readonly kind: "not-a-picture" }
  | { readonly kind: "is-video"; readonly format: string }
  /** A format known by name that this station does not read. */
  | { readonly kind: "format-not-read"; readonly format: string }
  /** A format that can be read, but not in this variant: "arithmetic coding". */
  | { readonly kind: "form-not-read"; readonly format: string; readonly form: string }
  | { readonly kind: "cut-off"; readonly format: string }
  | { readonly kind: "damaged"; readonly format: string }
  /** Too small to distinguish an object from its surroundings. */
  | { readonly kind: "too-few-pixels"; readonly widthPx: number; readonly heightPx: number }
  | {
      readonly kind: "too-many-pixels";
      readonly widthPx: number;
      readonly heightPx: number;
      readonly megapixelsMax: number;
    }
  | { readonly kind: "too-many-bytes"; readonly megabytesMax: number };

export type VideoProblem =
  | { readonly kind: "not-readable"; readonly reason: string }
  | { readonly kind: "not-there" }
  | { readonly kind: "not-a-file"; readonly what: FileKind }
  | { readonly kind: "empty" }
  /** No video format that is recognised by its bytes. */
  | { readonly kind: "not-video" }
  | { readonly kind: "is-picture"; readonly format: string }
  /** Video in a container other than a transport stream: "MP4". */
  | { readonly kind: "container"; readonly format: string }
  | { readonly kind: "codec"; readonly codec: string }
  | { readonly kind: "rtp-codec"; readonly codec: string }
  /** H.264 whose parameter sets are only in its session description (SDP), which is not sent to the port. */
  | { readonly kind: "rtp-no-parameters" }
  | { readonly kind: "audio-only" }
  | { readonly kind: "encrypted" }
  /** Transport packets without the tables (PAT, PMT) that describe their content. */
  | { readonly kind: "no-tables" }
  | { readonly kind: "no-pictures" }
  | { readonly kind: "no-keyframe" }
  | { readonly kind: "not-decodable" }
  | { readonly kind: "too-many-pixels"; readonly widthPx: number; readonly heightPx: number }
  /** The port for receiving video: used by another program, or not available for `reason`. */
  | { readonly kind: "port-taken"; readonly uri: string }
  | { readonly kind: "port-failed"; readonly uri: string; readonly reason: string }
  | { readonly kind: "decoder-missing" }
  | { readonly kind: "worker-stopped" }
  /** Pictures come, and nothing is looked for in them. */
  | { readonly kind: "detector-stopped" };

/** What was found instead of a file. */
export type FileKind = "folder" | "pipe" | "device" | "socket";
