/**
 * The common interface of a worker's MessagePort, the DOM's and Electron's MessagePortMain, so that no module here
 * imports any of them. Adapters: `fromNodePort`, `fromElectronPort`.
 */
export type MessagePortLike = {
  readonly postMessage: (message: unknown) => void;
  /** Replaces the listener. The port keeps messages that arrive before `start`. */
  readonly onMessage: (listener: (message: unknown) => void) => void;
  readonly onClose: (listener: () => void) => void;
  readonly close: () => void;
};

/** The part of Electron's MessagePortMain that is used, without importing it. */
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
