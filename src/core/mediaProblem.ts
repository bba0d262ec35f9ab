/**
 * Why a picture or a video cannot be shown: facts only, the sentences are in `contract/mediaProblemTexts.ts`. Here because
 * readers of files, of streams and the screens all speak of the same problems.
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
  /** A format that is read, but not in this form: "arithmetic coding". */
  | { readonly kind: "form-not-read"; readonly format: string; readonly form: string }
  | { readonly kind: "cut-off"; readonly format: string }
  | { readonly kind: "damaged"; readonly format: string }
  /** Too small to tell a thing from its surroundings. */
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
  /** None of the forms of video that are known by their bytes. */
  | { readonly kind: "not-video" }
  | { readonly kind: "is-picture"; readonly format: string }
  /** Video, but wrapped otherwise than in a transport stream: "MP4". */
  | { readonly kind: "container"; readonly format: string }
  | { readonly kind: "codec"; readonly codec: string }
  | { readonly kind: "rtp-codec"; readonly codec: string }
  /** H.264 whose parameter sets are in its session description only, which does not come over the port. */
  | { readonly kind: "rtp-no-parameters" }
  | { readonly kind: "audio-only" }
  | { readonly kind: "encrypted" }
  /** Transport packets without any table that says what they carry. */
  | { readonly kind: "no-tables" }
  | { readonly kind: "no-pictures" }
  | { readonly kind: "no-keyframe" }
  | { readonly kind: "not-decodable" }
  | { readonly kind: "too-many-pixels"; readonly widthPx: number; readonly heightPx: number }
  /** The port that the video is to come on: taken by another program, or not to be had for `reason`. */
  | { readonly kind: "port-taken"; readonly uri: string }
  | { readonly kind: "port-failed"; readonly uri: string; readonly reason: string }
  | { readonly kind: "decoder-missing" }
  | { readonly kind: "worker-stopped" };

/** What stands where a file was expected. */
export type FileKind = "folder" | "pipe" | "device" | "socket";
