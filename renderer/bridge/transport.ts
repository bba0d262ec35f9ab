import type { Envelope } from "../../src/contract/envelope.js";
import type { FromUi } from "../../src/contract/messages.js";

/** "no-key": the station lives and does not let this page in; calling again changes nothing. */
export type ConnectionState = "connecting" | "open" | "lost" | "no-key";

export type TransportHandlers = {
  readonly onMessage: (envelope: Envelope) => void;
  readonly onConnection: (state: ConnectionState) => void;
};

/** One way to the station. `send` while not open drops the message: nothing is queued for a station that may be another. */
type Transport = { readonly send: (message: FromUi) => void; readonly dispose: () => void };

export type OpenTransport = (handlers: TransportHandlers) => Transport;
