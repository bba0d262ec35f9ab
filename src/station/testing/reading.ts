import { createEnvelopeReader, type Envelope } from "../../contract/envelope.js";
import type { ToUi } from "../../contract/messages.js";

/** A screen's envelope reader, for `connectUi`: calls `take` with each complete message, in order. */
export function reading(take: (message: ToUi) => unknown): (envelope: Envelope) => void {
  const read = createEnvelopeReader();
  return (envelope) => {
    const message = read(envelope);
    if (message) take(message);
  };
}
