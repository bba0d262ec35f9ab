/** lerc 3.0.0 has no types of its own: what we call of it. https://github.com/Esri/lerc/tree/master/OtherLanguages/js */
declare module "lerc" {
  export function decode(
    input: ArrayBuffer,
    options: { readonly returnPixelInterleavedDims: boolean },
  ): {
    readonly pixels: readonly (Float32Array | Float64Array | Int32Array | Int16Array | Uint8Array)[];
    /** 0 where there is no value; null where all are valid. */
    readonly mask: Uint8Array | null;
  };
}
