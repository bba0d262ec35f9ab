import { createEnvelopeReader, type Envelope } from "../../contract/envelope.js";
import type { ToUi } from "../../contract/messages.js";

/** A screen's reader, for `connectUi`: what the station says, put together again and in order. */
export function reading(take: (message: ToUi) => unknown): (envelope: Envelope) => void {
  const read = createEnvelopeReader();
  return (envelope) => {
    const message = read(envelope);
    if (message) take(message);
  };
}
