import { parseLinkUri } from "../../io/linkUri.js";

/** On a serial line a byte takes ten bits: start bit, eight data bits, stop bit. */
const BITS_PER_BYTE = 10;

/** The most a link carries, in bytes per second; infinite where the URI does not say (networks). */
export function capacityBytesPerS(uri: string): number {
  const parsed = parseLinkUri(uri);
  return parsed.ok && parsed.value.kind === "serial" ? parsed.value.baudRate / BITS_PER_BYTE : Number.POSITIVE_INFINITY;
}
