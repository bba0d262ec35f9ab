import type { MessagePortLike } from "../../io/messagePortLike.js";

/** A message between a worker and the window that decodes for it, passed on by the station's own thread. */
export type ToDecoder = { readonly kind: "to-decoder"; readonly message: unknown };
export type FromDecoder =
  { readonly kind: "from-decoder"; readonly message: unknown } | { readonly kind: "decoder-lost" };

type DecoderRelay = {
  /** What the decoder is given to speak through. */
  readonly port: MessagePortLike;
  readonly onMessage: (message: FromDecoder) => void;
};

/** A worker's end of the way to the decoder's window: it has no port of its own there. */
export function createDecoderRelay(send: (message: ToDecoder) => void): DecoderRelay {
  let listen: (message: unknown) => void = () => undefined;
  return {
    port: {
      postMessage: (message) => send({ kind: "to-decoder", message }),
      onMessage: (listener) => {
        listen = listener;
      },
      onClose: () => undefined,
      close: () => undefined,
    },
    onMessage: (message) =>
      listen(
        message.kind === "decoder-lost"
          ? { kind: "failure", because: "the decoder's window went away" }
          : message.message,
      ),
  };
}
