import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { answerReading } from "./readingCalls.js";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

it("sends no plan that takes longer to judge than a heartbeat can wait, and says so", () => {
  const text = (count: number): string => `QGC WPL 120\n${"0 0 3 16 0 0 0 0 50 1 40 1\n".repeat(count)}`;
  expect(answerReading({ kind: "plan", text: text(5000) })).toMatchObject({ ok: true });
  expect(answerReading({ kind: "plan", text: text(5001) })).toMatchObject({
    error: { kind: "bad-file", problem: "more than 5000 items" },
  });
});

it("unpacks an aircraft's descriptions up to four megabytes and no further", () => {
  const packed = (chars: number): Uint8Array => new Uint8Array(gzipSync(`["${"a".repeat(chars)}"]`));
  expect(answerReading({ kind: "metadata", bytes: packed(4_000_000) })).toMatchObject({ ok: true });
  for (const bytes of [packed(5_000_000), bytesOf("{"), bytesOf(`[${"[],".repeat(200_000)}[]]`)])
    expect(answerReading({ kind: "metadata", bytes })).toEqual({ ok: true, value: undefined });
});

it("reads a coast line in the encodings of editors", () => {
  const line = JSON.stringify({
    type: "Polygon",
    name: "Côte",
    coordinates: [
      [
        [1, 50],
        [1.1, 50],
        [1.1, 50.1],
      ],
    ],
  });
  const utf16 = new Uint8Array(Buffer.from(`\ufeff${line}`, "utf16le"));
  for (const bytes of [bytesOf(line), utf16]) {
    const answer = answerReading({ kind: "coast-line", bytes });
    expect(answer.ok && JSON.parse(String(answer.value))).toMatchObject({ source: "Côte" });
  }
});
