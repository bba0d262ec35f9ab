import type { PlaneTransform } from "./geoTiffContent.js";
import type { PictureLevel } from "./pictureLevels.js";

/** A picture with a place on earth, before anybody asks in which system: readers of files make it, maps are painted from it. */
export type GeoPicture = {
  /** Finest first; each coarser one shows all of the first. */
  readonly levels: readonly PictureLevel[];
  /** From column and row, counted from the outer corner of the finest level, to the system's x and y. */
  readonly toPlane: PlaneTransform;
  /** EPSG number of the system; undefined where the file describes one of its own. */
  readonly epsg: number | undefined;
  /** Whose picture it is, by its own word; empty where it does not say. */
  readonly attribution: string;
  readonly close: () => Promise<void>;
};

/** Why a picture cannot be laid on the ground; `reason` is the reader's own words. */
export type GeoPictureProblem =
  | { readonly kind: "not-this-format"; readonly format: "TIFF" | "PNG" | "JPEG" }
  | { readonly kind: "not-placed" }
  | { readonly kind: "form-not-read"; readonly form: string }
  | { readonly kind: "damaged"; readonly reason: string };
