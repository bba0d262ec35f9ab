/** Why a link is down: a closed list, with a text for each on the screens. */
export const LINK_TROUBLES = [
  "nothing-heard",
  "silent",
  "port-taken",
  "not-our-address",
  "refused",
  "host-unknown",
  "no-way",
  "no-answer",
  "closed",
  "unplugged",
  "no-right",
  "in-use",
  "not-serial",
  "no-serial-driver",
  "device-error",
  "bad-address",
  "opened-already",
  "other",
] as const;
export type LinkTrouble = (typeof LINK_TROUBLES)[number];

/** What was being done when it failed. */
export const LINK_OPERATIONS = ["connect", "listen", "read", "write", "find", "open"] as const;
export type LinkOperation = (typeof LINK_OPERATIONS)[number];

/** `code` is the operating system's ("EPROTO"), where it gave one. */
export type LinkTroubleFacts = {
  readonly trouble: LinkTrouble;
  readonly operation: LinkOperation;
  readonly code: string;
};

/** How systems and drivers report socket and serial errors: recognised by code where there is one, else by wording. */
const SAYINGS: readonly (readonly [RegExp, LinkTrouble])[] = [
  [/nothing heard yet/, "nothing-heard"],
  [/^silent$|^nothing heard for/, "silent"],
  [/^link-exists$/, "opened-already"],
  [/^bad-uri$/, "bad-address"],
  [/^serial ports cannot be used/, "no-serial-driver"],
  [/EADDRINUSE/, "port-taken"],
  [/EADDRNOTAVAIL/, "not-our-address"],
  [/ECONNREFUSED/, "refused"],
  [/ENOTFOUND|EAI_AGAIN|EAI_NONAME|EAI_NODATA/, "host-unknown"],
  [/EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ENONET/, "no-way"],
  [/ETIMEDOUT|^no answer$|ERR_SOCKET_CONNECTION_TIMEOUT/, "no-answer"],
  [/ECONNRESET|ECONNABORTED|EPIPE|ENETRESET|ENOTCONN|ESHUTDOWN|\bclosed\b/i, "closed"],
  [
    /ENOTTY|Inappropriate ioctl|Not a tty|Not a character device|EINVAL|Invalid argument|EISDIR|Is a directory/i,
    "not-serial",
  ],
  [
    /\bENOENT\b|\bENODEV\b|\bENXIO\b|No such (file|device)|File not found|device (is )?gone|disconnected|unplugged/i,
    "unplugged",
  ],
  [/EACCES|EPERM|Permission denied|Operation not permitted|Access denied/i, "no-right"],
  [/EBUSY|EAGAIN|Cannot lock|Resource busy|resource busy|temporarily unavailable/i, "in-use"],
  [/\bEIO\b|Input\/output error/i, "device-error"],
];

const OPERATIONS: readonly (readonly [RegExp, LinkOperation])[] = [
  [/^(bind|listen)\b/, "listen"],
  [/^getaddrinfo\b/, "find"],
  [/^connect\b/, "connect"],
  [/^read\b/, "read"],
  [/^(write|send)\b/, "write"],
];

/** Maps a reported error to the list; one that is not in it keeps its code and the operation that failed. */
export function linkTroubleOf(reported: string): LinkTroubleFacts {
  const trouble = SAYINGS.find(([pattern]) => pattern.test(reported))?.[1] ?? "other";
  const operation = OPERATIONS.find(([pattern]) => pattern.test(reported))?.[1] ?? "open";
  return { trouble, operation, code: /\bE[A-Z0-9_]{2,}\b/.exec(reported)?.[0] ?? "" };
}
