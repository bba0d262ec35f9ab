import { expect, it } from "vitest";
import { linkTroubleOf } from "./linkTrouble.js";

/** As Node, Linux and serial drivers write it, and what the screens then have a sentence for. */
const REPORTED: readonly (readonly [string, string, string, string])[] = [
  ["nothing heard yet", "nothing-heard", "open", ""],
  ["silent", "silent", "open", ""],
  ["nothing heard for 5 s", "silent", "open", ""],
  ["link-exists", "opened-already", "open", ""],
  ["bad-uri", "bad-address", "open", ""],
  ["serial ports cannot be used here: no binding", "no-serial-driver", "open", ""],
  ["bind EADDRINUSE 0.0.0.0:14550", "port-taken", "listen", "EADDRINUSE"],
  ["listen EADDRINUSE: address already in use :::5760", "port-taken", "listen", "EADDRINUSE"],
  ["bind EADDRNOTAVAIL 10.1.1.1", "not-our-address", "listen", "EADDRNOTAVAIL"],
  ["connect ECONNREFUSED 127.0.0.1:5760", "refused", "connect", "ECONNREFUSED"],
  ["getaddrinfo ENOTFOUND radio.local", "host-unknown", "find", "ENOTFOUND"],
  ["getaddrinfo EAI_AGAIN radio.local", "host-unknown", "find", "EAI_AGAIN"],
  ["connect EHOSTUNREACH 10.9.9.9:5760", "no-way", "connect", "EHOSTUNREACH"],
  ["send ENETUNREACH 10.9.9.9:14550", "no-way", "write", "ENETUNREACH"],
  ["connect ETIMEDOUT 10.9.9.9:5760", "no-answer", "connect", "ETIMEDOUT"],
  ["no answer", "no-answer", "open", ""],
  ["read ECONNRESET", "closed", "read", "ECONNRESET"],
  ["write EPIPE", "closed", "write", "EPIPE"],
  ["the other side closed the connection", "closed", "open", ""],
  ["Error: Inappropriate ioctl for device, cannot open /dev/null", "not-serial", "open", ""],
  ["Error: Is a directory, cannot open /dev", "not-serial", "open", ""],
  ["Error: No such file or directory, cannot open /dev/ttyUSB9", "unplugged", "open", ""],
  ["read ENXIO", "unplugged", "read", "ENXIO"],
  ["Error: Permission denied, cannot open /dev/ttyUSB0", "no-right", "open", ""],
  ["open EACCES", "no-right", "open", "EACCES"],
  ["Error: Resource temporarily unavailable Cannot lock port", "in-use", "open", ""],
  ["read EIO", "device-error", "read", "EIO"],
  ["read EPROTO", "other", "read", "EPROTO"],
  ["something nobody foresaw", "other", "open", ""],
];

it.each(REPORTED)("%j is %s, while it was to %s", (reported, trouble, operation, code) => {
  expect(linkTroubleOf(reported)).toEqual({ trouble, operation, code });
});

it("takes what only contains such a word for something else", () => {
  expect(linkTroubleOf("not silent").trouble).toBe("other");
  expect(linkTroubleOf("silently ignored").trouble).toBe("other");
  expect(linkTroubleOf("no answer but noise").trouble).toBe("other");
  expect(linkTroubleOf("rebind failed").operation).toBe("open");
  expect(linkTroubleOf("cannot read EIO").operation).toBe("open");
  expect(linkTroubleOf("E2").code).toBe("");
});
