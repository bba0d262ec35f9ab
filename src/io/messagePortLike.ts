/**
 * What a worker's MessagePort, the DOM's and Electron's MessagePortMain have in common, so that nothing here imports
 * any of them. Adapters: `fromNodePort`, `fromElectronPort`.
 */
export type MessagePortLike = {
  readonly postMessage: (message: unknown) => void;
  /** Replaces the listener. Messages that came before are held by the port until `start`. */
  readonly onMessage: (listener: (message: unknown) => void) => void;
  readonly onClose: (listener: () => void) => void;
  readonly close: () => void;
};

/** Electron's MessagePortMain, structurally. */
export type ElectronPort = {
  readonly postMessage: (message: unknown) => void;
  readonly on: (event: "message" | "close", listener: (event: { readonly data: unknown }) => void) => unknown;
  readonly start: () => void;
  readonly close: () => void;
};

export function fromElectronPort(port: ElectronPort): MessagePortLike {
  let listener: (message: unknown) => void = () => undefined;
  port.on("message", (event) => {
    listener(event.data);
  });
  return {
    postMessage: (message) => {
      port.postMessage(message);
    },
    onMessage: (next) => {
      listener = next;
      port.start();
    },
    onClose: (onClose) => {
      port.on("close", onClose);
    },
    close: () => {
      port.close();
    },
  };
}
