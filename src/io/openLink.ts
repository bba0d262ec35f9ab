import type { Clock, Scheduler } from "../core/clock.js";
import { ok, type Result } from "../core/result.js";
import type { LinkPort } from "./linkPort.js";
import { parseLinkUri, type LinkUriFailure } from "./linkUri.js";
import { openTcpLink } from "./tcpLink.js";
import { openUdpLink } from "./udpLink.js";

/** Opens a telemetry link. Only a wrong URI fails here: a port in use or a refused connection shows in `state$` and is retried. */
export function openLink(
  uri: string,
  options: { readonly clock: Clock; readonly scheduler: Scheduler },
): Result<LinkPort, LinkUriFailure> {
  const parsed = parseLinkUri(uri);
  if (!parsed.ok) return parsed;
  const { kind, host, port } = parsed.value;
  return ok(
    kind === "tcp-connect"
      ? openTcpLink(uri, { host, port }, options)
      : openUdpLink(uri, { kind, host, port }, options),
  );
}
