import type { FromUi, ToUi } from "../../src/contract/messages.js";

export type ConnectionState = "connecting" | "open" | "lost";

export type TransportHandlers = {
  readonly onMessage: (message: ToUi) => void;
  readonly onConnection: (state: ConnectionState) => void;
};

/** One way to the station. `send` while not open drops the message: nothing is queued for a station that may be another. */
type Transport = { readonly send: (message: FromUi) => void; readonly dispose: () => void };

export type OpenTransport = (handlers: TransportHandlers) => Transport;

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** The station is our own process of the same build: its shape is trusted once it is a message at all. */
export const isToUi = (value: unknown): value is ToUi =>
  isObject(value) && "kind" in value && typeof value.kind === "string";
