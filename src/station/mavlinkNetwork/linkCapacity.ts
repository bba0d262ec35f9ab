import { parseLinkUri } from "../../io/linkUri.js";

/** A byte on a serial line is ten bits: start, eight, stop. */
const BITS_PER_BYTE = 10;

/** What a link carries at most, bytes a second; infinite where the URI does not tell (networks). */
export function capacityBytesPerS(uri: string): number {
  const parsed = parseLinkUri(uri);
  return parsed.ok && parsed.value.kind === "serial" ? parsed.value.baudRate / BITS_PER_BYTE : Number.POSITIVE_INFINITY;
}
