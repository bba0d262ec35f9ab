import { err, ok, type Result } from "../core/result.js";

/**
 * `udp://:PORT` (or `udpin://HOST:PORT`) listens and answers whoever it heard; `udp://HOST:PORT` speaks first;
 * `tcp://HOST:PORT` connects. `serial:` is recognised to be refused clearly.
 */
export type LinkUri =
  | { readonly kind: "udp-listen"; readonly host: string; readonly port: number }
  | { readonly kind: "udp-connect"; readonly host: string; readonly port: number }
  | { readonly kind: "tcp-connect"; readonly host: string; readonly port: number };

export type LinkUriFailure = { readonly kind: "bad-uri"; readonly uri: string; readonly problem: string };

const PATTERN = /^(udp|udpin|udpout|tcp):\/\/([^:/]*|\[[0-9a-fA-F:]+\]):(\d{1,5})\/?$/;

export function parseLinkUri(uri: string): Result<LinkUri, LinkUriFailure> {
  const fail = (problem: string) => err({ kind: "bad-uri" as const, uri, problem });
  if (uri.startsWith("serial:")) return fail("serial ports come with a later release; use udp:// or tcp://");
  const match = PATTERN.exec(uri);
  if (!match) return fail("expected udp://:PORT, udp://HOST:PORT or tcp://HOST:PORT");
  const [, scheme = "", rawHost = "", rawPort = ""] = match;
  const host = rawHost.replace(/^\[|\]$/g, "");
  const port = Number(rawPort);
  // Port 0 lets the system choose: only useful to listen, and tests do.
  if (port > 65_535 || (port === 0 && host !== "" && scheme !== "udpin")) return fail("port must be 1 to 65535");
  if (scheme === "tcp") {
    return host === "" ? fail("tcp:// needs a host") : ok({ kind: "tcp-connect", host, port });
  }
  if (scheme === "udpin" || (scheme === "udp" && host === "")) return ok({ kind: "udp-listen", host, port });
  return host === "" ? fail("udpout:// needs a host") : ok({ kind: "udp-connect", host, port });
}
