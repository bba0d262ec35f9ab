/** What the station and the hidden page that decodes video for it send each other; `stream` names one of the page's decoders. */

/** Bytes are generic in their buffer: what arrives over a port is never shared memory, what is sent may be a view of it. */
export type ToDecoder<Bytes extends Uint8Array = Uint8Array> = { readonly stream: string } & (
  | {
      readonly kind: "decode";
      readonly tagUs: number;
      readonly isKeyframe: boolean;
      readonly bytes: Bytes;
      /** With more frames than this waiting, the page drops what comes until the next keyframe. */
      readonly queueMax: number;
    }
  | { readonly kind: "flush"; readonly flushId: number }
);

export type FromDecoder = { readonly stream: string } & (
  | {
      readonly kind: "frame";
      readonly tagUs: number;
      readonly widthPx: number;
      readonly heightPx: number;
      /** Brightness, row by row from the top left, without gaps. */
      readonly luma: Uint8Array;
    }
  | { readonly kind: "dropped"; readonly tagUs: number }
  | { readonly kind: "failure"; readonly because: string }
  | { readonly kind: "flushed"; readonly flushId: number }
);

type WithoutStream<T> = T extends unknown ? Omit<T, "stream"> : never;
/** A message before its stream's name is added. */
export type ToDecoderStream = WithoutStream<ToDecoder>;
export type FromDecoderStream = WithoutStream<FromDecoder>;
