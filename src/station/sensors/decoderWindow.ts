import type { MessagePortLike } from "../../io/messagePortLike.js";

/**
 * The hidden window that decodes, shared by all streams: each gets a channel that outlives the window. A channel's
 * `onClose` is called whenever the window behind it is replaced or gone.
 */
export type DecoderWindow = {
  readonly connect: (port: MessagePortLike) => void;
  readonly channel: (stream: string) => MessagePortLike;
};

type Listeners = { onMessage: (message: unknown) => void; onClose: () => void };

export function createDecoderWindow(): DecoderWindow {
  const channels = new Map<string, Listeners>();
  let port: MessagePortLike | undefined;

  const announceLoss = (): void => {
    for (const { onClose } of channels.values()) onClose();
  };
  return {
    connect: (next) => {
      port?.close();
      port = next;
      announceLoss();
      next.onClose(() => {
        if (port !== next) return;
        port = undefined;
        announceLoss();
      });
      next.onMessage((message) => {
        const { stream } = message as { readonly stream: string };
        channels.get(stream)?.onMessage(message);
      });
    },
    channel: (stream) => {
      const listeners: Listeners = { onMessage: () => undefined, onClose: () => undefined };
      channels.set(stream, listeners);
      return {
        postMessage: (message) => port?.postMessage(message),
        onMessage: (listener) => {
          listeners.onMessage = listener;
        },
        onClose: (listener) => {
          listeners.onClose = listener;
        },
        close: () => {
          channels.delete(stream);
        },
      };
    },
  };
}
