import { randomInt } from "node:crypto";
import type { Clock, Scheduler } from "../core/clock.js";
import { ok, type Result } from "../core/result.js";
import { seededRng, type Rng } from "../core/rng.js";
import type { LinkPort } from "./linkPort.js";
import { parseLinkUri, type LinkUriFailure } from "./linkUri.js";
import { openSerialLink } from "./serialLink.js";
import { openTcpLink } from "./tcpLink.js";
import { openTcpServerLink } from "./tcpServerLink.js";
import { openUdpLink } from "./udpLink.js";

/** `rng` spreads the retries of several stations; tests pass their own. */
type OpenLinkOptions = { readonly clock: Clock; readonly scheduler: Scheduler; readonly rng?: Rng };

/**
 * Opens a telemetry link. Only an invalid URI fails here: a port in use or a refused connection is reported by `state$`
 * and retried.
 */
export function openLink(uri: string, options: OpenLinkOptions): Result<LinkPort, LinkUriFailure> {
  const parsed = parseLinkUri(uri);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  const wire = { ...options, rng: options.rng ?? seededRng(randomInt(2 ** 31)) };
  if (value.kind === "serial") return ok(openSerialLink(uri, value, wire));
  if (value.kind === "tcp-connect") return ok(openTcpLink(uri, value, wire));
  if (value.kind === "tcp-listen") return ok(openTcpServerLink(uri, value, wire));
  return ok(openUdpLink(uri, { kind: value.kind, host: value.host, port: value.port }, wire));
}
