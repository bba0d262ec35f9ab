/** Why a file of heights could not be read; `at` is the byte where it shows. */
export type BadTerrain =
  | { readonly kind: "not-this-format"; readonly format: "dted" | "hgt" }
  | { readonly kind: "wrong-length"; readonly bytes: number; readonly expectedBytes: number }
  | { readonly kind: "bad-name"; readonly name: string }
  | { readonly kind: "bad-header"; readonly field: string; readonly at: number }
  | { readonly kind: "bad-record"; readonly at: number; readonly because: "sentinel" | "order" | "checksum" }
  | { readonly kind: "unknown-datum"; readonly datum: string }
  /** `epsg` is undefined where the file describes a system of its own. */
  | { readonly kind: "unknown-projection"; readonly epsg: number | undefined }
  | { readonly kind: "unknown-unit"; readonly unit: string }
  /** Heights in degrees of latitude and longitude that no place on earth has. */
  | { readonly kind: "not-on-earth" }
  /** Tiles of heights that do not say how their colours hold them; `stated`: another word, which is not known here. */
  | { readonly kind: "no-height-encoding"; readonly stated: string | undefined }
  /** Above the highest mountain or below the deepest sea. */
  | { readonly kind: "no-such-height"; readonly heightM: number };
