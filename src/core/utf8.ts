/**
 * Text out of bytes that were read a character a byte: well-formed UTF-8 is read as such, anything else as Latin-1, which
 * loses nothing. Pieces of one text are joined first: a letter may be cut in two between them.
 */
export function textFromByteString(byteString: string): string {
  if (!/[\u0080-\u00ff]/.test(byteString)) return byteString;
  try {
    // UTF-8 without TextDecoder, which pure rooms lack: percent-encode, then decode.
    const percent = Array.from(byteString, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, "0")}`).join("");
    return decodeURIComponent(percent);
  } catch {
    return byteString; // not UTF-8
  }
}
