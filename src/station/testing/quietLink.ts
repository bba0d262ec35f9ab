import type { OutgoingMessage } from "../../mavlink/frame.js";
import type { LinkStatus } from "../../contract/linkMessages.js";
import { FakeClock } from "../../core/fakeClock.js";
import { LinkSigner } from "../signing/linkSigner.js";
import { createSigningClock } from "../signing/signingClock.js";
import type { LinkSession } from "../mavlinkNetwork/linkSession.js";

const ignore = (): void => undefined;
const NOTHING_RECEIVED: Omit<LinkStatus, "name" | "uri"> = {
  ...{ role: "vehicle", state: "open", because: undefined, retryAtMonoMs: undefined },
  ...{ messagesPerS: 0, bytesPerS: 0, lossFraction: 0, countOfMessages: 0, countOfLost: 0, countOfDuplicates: 0 },
  ...{ countOfBadChecksums: 0, countOfUnknownIds: 0, countOfGarbageBytes: 0 },
  ...{ roundTripMs: undefined, lastReceivedMonoMs: undefined },
  signing: { policy: "off", keyName: undefined, countOfSigned: 0, countOfUnsigned: 0, countOfRefused: 0 },
};

/** An open link of which only what is sent is of interest. */
export const quietLink = (name: string, send: (message: OutgoingMessage, to?: string) => void): LinkSession => ({
  ...{ name, uri: `udp://:${name}`, role: "vehicle", send, forward: ignore, pin: ignore, unpin: ignore },
  signer: new LinkSigner(createSigningClock(new FakeClock(), ""), 0),
  sendTimesync: ignore,
  roundTripMs: () => 20,
  hasRadio: () => false,
  status: () => ({ ...NOTHING_RECEIVED, name, uri: `udp://:${name}` }),
  portState: () => ({ kind: "open", address: name, port: 1 }),
  dispose: () => Promise.resolve(),
});
