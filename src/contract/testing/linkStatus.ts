import type { LinkStatus } from "../linkMessages.js";

/** An open link, named `udp`, on which nothing has been received. */
export const aLinkStatus = (changes: Partial<LinkStatus> = {}): LinkStatus => ({
  ...{ name: "udp", uri: "udp://:14550", role: "vehicle", state: "open", because: undefined },
  ...{ retryAtMonoMs: undefined, messagesPerS: 0, bytesPerS: 0, lossFraction: 0, countOfMessages: 0, countOfLost: 0 },
  ...{ countOfDuplicates: 0, countOfBadChecksums: 0, countOfUnknownIds: 0, countOfGarbageBytes: 0 },
  ...{ roundTripMs: undefined, lastReceivedMonoMs: undefined },
  signing: { policy: "off", keyName: undefined, countOfSigned: 0, countOfUnsigned: 0, countOfRefused: 0 },
  ...changes,
});
