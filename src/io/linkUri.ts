import { err, ok, type Result } from "../core/result.js";

/**
 * `udp://:PORT` or `udpin://HOST:PORT` listens and replies to whoever sent to it; `udp://HOST:PORT` or `udpout://`
 * sends first; `tcp://HOST:PORT` connects; `tcpin://:PORT` or `tcpin://HOST:PORT` is a server for several clients;
 * `serial:DEVICE:BAUD` opens a serial port ("serial:/dev/ttyUSB0:57600", "serial:COM3:115200").
 */
type LinkUri = NetworkUri | SerialUri;
type NetworkUri = {
  readonly kind: "udp-listen" | "udp-connect" | "tcp-connect" | "tcp-listen";
  readonly host: string;
  readonly port: number;
};
type SerialUri = { readonly kind: "serial"; readonly device: string; readonly baudRate: number };

export type LinkUriFailure = { readonly kind: "bad-uri"; readonly uri: string; readonly problem: string };

const NETWORK = /^([a-z]+):\/\/([^:/[\]]*|\[[0-9a-fA-F:.]+\])(?::(\d{1,5}))?\/?$/;
const SERIAL = /^serial:(?:\/\/)?(.+?)(?::(\d+))?$/;
const BAUD_MAX = 4_000_000;
const FORMS = "udp://:PORT, udp://HOST:PORT, tcp://HOST:PORT, tcpin://:PORT or serial:DEVICE:BAUD";

export function parseLinkUri(uri: string): Result<LinkUri, LinkUriFailure> {
  const fail = (problem: string) => err({ kind: "bad-uri" as const, uri, problem });
  const parsed = uri.startsWith("serial:") ? parseSerial(uri) : parseNetwork(uri);
  return typeof parsed === "string" ? fail(parsed) : ok(parsed);
}

function parseSerial(uri: string): SerialUri | string {
  const [, device = "", baud] = SERIAL.exec(uri) ?? [];
  if (device === "" || /^\d+$/.test(device))
    return "serial: needs a device: serial:/dev/ttyUSB0:57600 or serial:COM3:57600";
  if (baud === undefined) return `${device} needs a baud rate: serial:${device}:57600`;
  const baudRate = Number(baud);
  if (baudRate < 300 || baudRate > BAUD_MAX) return `the baud rate must be 300 to ${BAUD_MAX}`;
  return { kind: "serial", device, baudRate };
}

function parseNetwork(uri: string): NetworkUri | string {
  const match = NETWORK.exec(uri);
  if (!match) return `expected ${FORMS}`;
  const [, scheme = "", rawHost = "", rawPort] = match;
  const host = rawHost.replace(/^\[|\]$/g, "");
  const kind = kindOf(scheme, host);
  if (kind === undefined) return `"${scheme}://" is no link: expected ${FORMS}`;
  const isListening = kind === "udp-listen" || kind === "tcp-listen";
  if (!isListening && host === "") return `${scheme}:// needs a host: ${scheme}://HOST:PORT`;
  if (rawPort === undefined) return `${scheme}://${host} needs a port: ${scheme}://${host}:14550`;
  const port = Number(rawPort);
  // Port 0 lets the system choose a port: only useful for listening, as tests do.
  if (port > 65_535 || (port === 0 && !isListening)) return "port must be 1 to 65535";
  return { kind, host, port };
}

function kindOf(scheme: string, host: string): NetworkUri["kind"] | undefined {
  switch (scheme) {
    case "udp":
      return host === "" ? "udp-listen" : "udp-connect";
    case "udpin":
      return "udp-listen";
    case "udpout":
      return "udp-connect";
    case "tcp":
    case "tcpout":
      return "tcp-connect";
    case "tcpin":
      return "tcp-listen";
    default:
      return undefined;
  }
}
