/** Why no sweep can be generated for an area. Edges and corners are counted from 0 in drawing order. */
export type AreaFailure =
  | { readonly kind: "too-few-corners"; readonly corners: number }
  | { readonly kind: "bad-corner"; readonly corner: number }
  | { readonly kind: "self-crossing"; readonly firstEdge: number; readonly secondEdge: number }
  | { readonly kind: "no-surface"; readonly areaM2: number }
  | { readonly kind: "too-large"; readonly extentM: number; readonly limitM: number }
  | { readonly kind: "bad-setting"; readonly setting: string; readonly value: number }
  | { readonly kind: "too-many-legs"; readonly legs: number; readonly limit: number };
