import type { Envelope } from "../../src/contract/envelope.js";
import type { FromUi } from "../../src/contract/messages.js";

/** "no-key": the station runs but refuses this page's access key; connecting again with the same key is useless. */
export type ConnectionState = "connecting" | "open" | "lost" | "no-key";

export type TransportHandlers = {
  readonly onMessage: (envelope: Envelope) => void;
  readonly onConnection: (state: ConnectionState) => void;
};

/**
 * A connection to the station. `send` drops messages while it is not open: nothing is queued, since the station reached
 * later may be another.
 */
type Transport = { readonly send: (message: FromUi) => void; readonly dispose: () => void };

export type OpenTransport = (handlers: TransportHandlers) => Transport;
