import type { OutgoingMessage } from "../../mavlink/frame.js";
import { aLinkStatus } from "../../contract/testing/linkStatus.js";
import { FakeClock } from "../../core/fakeClock.js";
import { LinkSigner } from "../signing/linkSigner.js";
import { createSigningClock } from "../signing/signingClock.js";
import type { LinkSession } from "../mavlinkNetwork/linkSession.js";

const ignore = (): void => undefined;

/** An open link of which only what is sent is of interest. */
export const quietLink = (name: string, send: (message: OutgoingMessage, to?: string) => void): LinkSession => ({
  ...{ name, uri: `udp://:${name}`, role: "vehicle", send, forward: ignore, pin: ignore, unpin: ignore },
  signer: new LinkSigner(createSigningClock(new FakeClock(), ""), 0),
  sendTimesync: ignore,
  roundTripMs: () => 20,
  hasRadio: () => false,
  status: () => aLinkStatus({ name, uri: `udp://:${name}` }),
  portState: () => ({ kind: "open", address: name, port: 1 }),
  dispose: () => Promise.resolve(),
});
