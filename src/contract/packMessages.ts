/** What screens ask of area packs: what an area needs, and to make, import and check packs, one work at a time. */
import type { AreaNeed } from "../geo/pack/areaNeeds.js";
import type { AreaAsked, AreaProblem } from "../geo/pack/askedArea.js";
import type { GroundFileKind, PackManifest } from "../geo/pack/packManifest.js";

export type PackRequest =
  | { readonly kind: "get-area-needs"; readonly area: AreaAsked }
  /** Writes the pieces of these ids to a pack in the station's data folder; a file that is there is never replaced. */
  | {
      readonly kind: "make-pack";
      readonly name: string;
      readonly area: AreaAsked;
      readonly pieceIds: readonly string[];
    }
  /**
   * A `.vigiepack` file in parts of a few megabytes, in order, which go to the disk. Every part but the last is answered by "done", the
   * last by what is in the pack: nothing of it is taken before `import-pack`.
   */
  | {
      readonly kind: "put-pack-part";
      readonly uploadId: string;
      readonly totalBytes: number;
      readonly offsetBytes: number;
      readonly bytes: Uint8Array;
    }
  | { readonly kind: "import-pack"; readonly uploadId: string }
  /** Forgets a file that was sent. */
  | { readonly kind: "drop-pack"; readonly uploadId: string }
  /** Reads every byte of an imported pack. */
  | { readonly kind: "check-pack"; readonly name: string }
  | { readonly kind: "stop-pack-work" };

export type PackReply =
  | {
      readonly kind: "area-needs";
      readonly needs: readonly AreaNeed[];
      readonly areaKm2: number;
      readonly coastKm: number | undefined;
    }
  /** `file`: the full path of a pack that was made. */
  | { readonly kind: "pack"; readonly manifest: PackManifest; readonly file: string | undefined };

/** What goes on; undefined when nothing does. Published to every screen. */
export type PackUpdate = { readonly kind: "pack-work"; readonly work: PackWork | undefined };
export type PackWork = {
  readonly what: "make" | "import" | "check";
  readonly name: string;
  /** The file that is worked on. */
  readonly file: string;
  readonly bytesDone: number;
  readonly bytesTotal: number;
};

export type PackFailure =
  | AreaProblem
  | { readonly kind: "busy" }
  | { readonly kind: "stopped" }
  | { readonly kind: "nothing-chosen" }
  /** A pack of this name was made before. */
  | { readonly kind: "name-taken"; readonly name: string }
  | { readonly kind: "no-such-pack"; readonly name: string }
  | { readonly kind: "same-name"; readonly name: string }
  | { readonly kind: "too-large"; readonly gigabytesMax: number }
  | { readonly kind: "no-space"; readonly neededBytes: number; readonly freeBytes: number }
  /** One of its files cannot be used as what it is said to be; the station's log has the reason. */
  | { readonly kind: "unusable"; readonly name: string; readonly fileKind: GroundFileKind }
  | { readonly kind: "not-readable"; readonly name: string }
  | { readonly kind: "no-pack" }
  | { readonly kind: "cut-off" }
  /** Made in a form that is not read here: a password, several parts, another compression. */
  | { readonly kind: "form-not-read" }
  /** Names that lead out of the pack, or contradictions: damaged, or made to deceive. */
  | { readonly kind: "deceiving"; readonly name: string }
  | { readonly kind: "file-missing"; readonly name: string }
  | { readonly kind: "file-differs"; readonly name: string };

/** An imported pack, as every start finds it. */
export type PackState = {
  readonly name: string;
  readonly madeAtUnixMs: number | undefined;
  readonly sizeBytes: number | undefined;
  /** `touched`: a file was written or copied since the import; it is used, and may be another. `broken`: it is not used. */
  readonly state: "whole" | "touched" | "broken";
};

export const PACK_REQUESTS: readonly PackRequest["kind"][] = Object.keys({
  "get-area-needs": true,
  "make-pack": true,
  "put-pack-part": true,
  "import-pack": true,
  "drop-pack": true,
  "check-pack": true,
  "stop-pack-work": true,
} satisfies Record<PackRequest["kind"], true>) as PackRequest["kind"][];
