import { describe, expect, it } from "vitest";
import { decodeText } from "./decodeText.js";

const TEXT = '{"name":"Forêt — dunes"}';
const utf16 = (text: string, isBigEndian: boolean): Uint8Array => {
  const bytes = Buffer.from(text, "utf16le");
  return isBigEndian ? bytes.swap16() : bytes;
};

describe("case 14, 25: text files in the encodings people have", () => {
  it.each([
    ["UTF-8", Buffer.from(TEXT, "utf8")],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${TEXT}`, "utf8")],
    ["UTF-16, little end first, with a mark", utf16(`\ufeff${TEXT}`, false)],
    ["UTF-16, big end first, with a mark", utf16(`\ufeff${TEXT}`, true)],
    ["UTF-16 without a mark", utf16(TEXT, false)],
    ["UTF-16 without a mark, big end first", utf16(TEXT, true)],
  ])("%s", (_name, bytes) => {
    expect(decodeText(new Uint8Array(bytes))).toBe(TEXT);
  });
  it("Latin-1 is read letter by letter, never as question marks", () => {
    expect(decodeText(new Uint8Array(Buffer.from("For\u00eat", "latin1")))).toBe("Forêt");
    expect(decodeText(new Uint8Array([]))).toBe("");
  });
});
