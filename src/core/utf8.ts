/** Converts between texts and bytes with the platform's own encoder and decoder. */

// Declared here because the pure rooms are compiled without the types of Node and browsers; both have these classes.
declare const TextEncoder: new () => { readonly encode: (text: string) => Uint8Array<ArrayBuffer> };
declare const TextDecoder: new (
  encoding: Encoding,
  options: { readonly fatal: boolean; readonly ignoreBOM: boolean },
) => { readonly decode: (bytes: Uint8Array) => string };

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

const encoder = new TextEncoder();

/** A lone surrogate becomes U+FFFD. */
export const utf8Bytes = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text);

/** Undefined where the bytes are not valid in that encoding. A byte order mark is kept as a character. */
export function textFrom(bytes: Uint8Array, encoding: Encoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Not valid in this encoding: the caller decides what else to try.
    return undefined;
  }
}

const SLICE_BYTES = 8192;

/** Decodes valid UTF-8 as such, anything else as Latin-1, which keeps every byte. */
export function utf8OrLatin1(bytes: Uint8Array): string {
  const utf8 = textFrom(bytes, "utf-8");
  if (utf8 !== undefined) return utf8;
  let text = "";
  // In slices, because a call can take only a limited number of arguments.
  for (let at = 0; at < bytes.length; at += SLICE_BYTES)
    text += String.fromCharCode(...bytes.subarray(at, at + SLICE_BYTES));
  return text;
}

/**
 * Decodes a text that was read one character a byte, by `utf8OrLatin1`. Chunks of one text must be joined before: a
 * character may be split between them.
 */
export function textFromByteString(byteString: string): string {
  if (!/[\u0080-\u00ff]/.test(byteString)) return byteString;
  return utf8OrLatin1(Uint8Array.from(byteString, (character) => character.charCodeAt(0)));
}
