/**
 * Converts form fields to a link URI and back; problems are dictionary keys. Pure; the station parses the URI again.
 */
import type { TextKey, TextName } from "../../app/dictionary.js";

export const LINK_KINDS = ["udp-listen", "udp-connect", "tcp-connect", "tcp-listen", "serial"] as const;
type LinkKind = (typeof LINK_KINDS)[number];

export type LinkForm = {
  readonly kind: LinkKind;
  readonly host: string;
  /** As typed. */
  readonly port: string;
  readonly device: string;
  readonly baud: string;
};

export const FIRST_FORM: LinkForm = { kind: "udp-listen", host: "", port: "14550", device: "", baud: "57600" };

/** The usual port of that kind of link, filled in when the kind is chosen. */
const DEFAULT_PORT: Readonly<Record<Exclude<LinkKind, "serial">, string>> = {
  "udp-listen": "14550",
  "udp-connect": "14550",
  "tcp-connect": "5760",
  "tcp-listen": "5760",
};

export const SUGGESTED_BAUDS = ["57600", "115200", "921600", "38400", "9600"] as const;

export const withKind = (form: LinkForm, kind: LinkKind): LinkForm => ({
  ...form,
  kind,
  port: kind === "serial" ? form.port : DEFAULT_PORT[kind],
});

const bracketed = (host: string): string => (host.includes(":") && !host.startsWith("[") ? `[${host}]` : host);

export function linkUriOf({ kind, host, port, device, baud }: LinkForm): string {
  const place = `${bracketed(host.trim())}:${port.trim()}`;
  switch (kind) {
    case "udp-listen":
      return host.trim() === "" ? `udp://:${port.trim()}` : `udpin://${place}`;
    case "udp-connect":
      return `udp://${place}`;
    case "tcp-connect":
      return `tcp://${place}`;
    case "tcp-listen":
      return `tcpin://${place}`;
    case "serial":
      return `serial:${device.trim()}:${baud.trim()}`;
  }
}

export type FormProblem = { readonly field: "host" | "port" | "device" | "baud"; readonly key: TextKey };
const problem = (field: FormProblem["field"], name: TextName<"setup.links.problem.">): FormProblem => ({
  field,
  key: `setup.links.problem.${name}`,
});

const isWhole = (text: string, min: number, max: number): boolean =>
  /^\d+$/.test(text.trim()) && Number(text) >= min && Number(text) <= max;

/** The first field that is wrong; undefined when the link can be added. */
export function formProblem(form: LinkForm): FormProblem | undefined {
  if (form.kind === "serial") {
    const device = form.device.trim();
    if (device === "") return problem("device", "device");
    if (!/^(\/\S+|COM\d+|\\\\\.\\COM\d+)$/i.test(device)) return problem("device", "device-bad");
    return isWhole(form.baud, 300, 4_000_000) ? undefined : problem("baud", "baud");
  }
  const host = form.host.trim();
  if (host === "" && form.kind.endsWith("connect")) return problem("host", "host");
  if (/[\s/]/.test(host)) return problem("host", "host-bad");
  return isWhole(form.port, 1, 65_535) ? undefined : problem("port", "port");
}

const NETWORK = /^(udp|udpin|udpout|tcp|tcpin|tcpout):\/\/([^:/\s]*|\[[0-9a-fA-F:]+\]):(\d{1,5})\/?$/;
const SERIAL = /^serial:(?:\/\/)?(.+?):(\d+)$/;

const kindOfScheme = (scheme: string, host: string): LinkKind => {
  if (scheme === "udpin" || (scheme === "udp" && host === "")) return "udp-listen";
  if (scheme === "tcpin") return "tcp-listen";
  return scheme.startsWith("udp") ? "udp-connect" : "tcp-connect";
};

/** The fields of a typed or pasted URI; undefined while it is not valid. */
export function formOfUri(uri: string): LinkForm | undefined {
  const serial = SERIAL.exec(uri.trim());
  if (serial) return { ...FIRST_FORM, kind: "serial", device: serial[1] ?? "", baud: serial[2] ?? "" };
  const network = NETWORK.exec(uri.trim());
  if (!network) return undefined;
  const [, scheme = "", rawHost = "", port = ""] = network;
  const host = rawHost.replace(/^\[|\]$/g, "");
  return { ...FIRST_FORM, kind: kindOfScheme(scheme, host), host, port };
}

export const URI_EXAMPLES = "udp://:14550, tcp://192.168.1.20:5760, serial:/dev/ttyUSB0:57600";
