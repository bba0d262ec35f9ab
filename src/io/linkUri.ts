import { err, ok, type Result } from "../core/result.js";

/**
 * `udp://:PORT` (or `udpin://HOST:PORT`) listens and answers whoever it heard; `udp://HOST:PORT` speaks first;
 * `tcp://HOST:PORT` connects. `serial:` is recognised to be refused clearly.
 */
type LinkUri = {
  readonly kind: "udp-listen" | "udp-connect" | "tcp-connect";
  readonly host: string;
  readonly port: number;
};

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
  const kind = kindOf(scheme, host);
  if (!kind) return fail(`${scheme}:// needs a host`);
  // Port 0 lets the system choose: only useful to listen, and tests do.
  if (port > 65_535 || (port === 0 && kind !== "udp-listen")) return fail("port must be 1 to 65535");
  return ok({ kind, host, port });
}

function kindOf(scheme: string, host: string): LinkUri["kind"] | undefined {
  if (scheme === "udpin" || (scheme === "udp" && host === "")) return "udp-listen";
  if (host === "") return undefined;
  return scheme === "tcp" ? "tcp-connect" : "udp-connect";
}
