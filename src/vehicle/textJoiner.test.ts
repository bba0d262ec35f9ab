import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EMPTY_JOINER, expireTexts, joinPiece, type JoinedText, type TextPiece } from "./textJoiner.js";

const PIECE_BYTES = 50;

/** A text cut into the chunks of STATUSTEXT. */
function piecesOf(text: string, id: number, componentId = 1): TextPiece[] {
  const byteString = String.fromCharCode(...new TextEncoder().encode(text));
  const parts = byteString.match(/[^]{1,50}/g) ?? [""];
  if (parts.at(-1)!.length === PIECE_BYTES) parts.push("");
  return parts.map((part, index) => ({
    ...{ componentId, id, index, severity: 4, unixTimeUs: 0, receivedAtMonoMs: 0 },
    byteString: part,
    isLast: part.length < PIECE_BYTES,
  }));
}

function receive(pieces: readonly TextPiece[], stepMs = 1): JoinedText[] {
  let joiner = EMPTY_JOINER;
  const reported: JoinedText[] = [];
  pieces.forEach((piece, i) => {
    const [next, joined] = joinPiece(joiner, { ...piece, receivedAtMonoMs: i * stepMs, unixTimeUs: i });
    joiner = next;
    reported.push(...joined);
  });
  const [, late] = expireTexts(joiner, pieces.length * stepMs + 60_000);
  return [...reported, ...late];
}

describe("findings 1: texts in pieces", () => {
  it("are joined down to a last piece of two letters, and of none", () => {
    expect(receive(piecesOf("Switching to AUTO_MISSION is currently not available", 1))).toMatchObject([
      { text: "Switching to AUTO_MISSION is currently not available", componentId: 1, unixTimeUs: 0 },
    ]);
    expect(receive(piecesOf("x".repeat(100), 1))).toMatchObject([{ text: "x".repeat(100) }]);
  });

  it("whose letters are cut in two between pieces are read whole", () => {
    const text = `${"a".repeat(49)}é und ß, ${"日".repeat(20)}`;
    expect(receive(piecesOf(text, 3)).map((reported) => reported.text)).toEqual([text]);
  });

  it("of two components with one number, one between the other, stay two", () => {
    const [a, b] = [piecesOf("A".repeat(120), 7, 1), piecesOf("B".repeat(120), 7, 191)];
    const reported = receive([a[0]!, b[0]!, b[1]!, a[1]!, b[2]!, a[2]!]);
    expect(reported.map(({ text, componentId }) => [text[0], text.length, componentId])).toEqual([
      ["B", 120, 191],
      ["A", 120, 1],
    ]);
  });

  it("show what was lost, wherever it was", () => {
    const pieces = piecesOf("a".repeat(50) + "b".repeat(50) + "c", 7);
    const without = (index: number) => receive(pieces.filter((piece) => piece.index !== index)).map(({ text }) => text);
    expect(without(0)).toEqual([`…${"b".repeat(50)}c`]);
    expect(without(1)).toEqual([`${"a".repeat(50)}…c`]);
    expect(without(2)).toEqual([`${"a".repeat(50)}${"b".repeat(50)}…`]);
  });

  it("are told again when the same number means another text (a restart)", () => {
    const reported = receive([...piecesOf("first".repeat(12), 1), ...piecesOf("other".repeat(12), 1)]);
    expect(reported.map(({ text }) => text)).toEqual(["first".repeat(12), "other".repeat(12)]);
  });

  it("never keep more than a few, whatever is sent", () => {
    let joiner = EMPTY_JOINER;
    let reported = 0;
    for (let id = 1; id < 2000; id++) {
      const [next, joined] = joinPiece(joiner, { ...piecesOf("x".repeat(60), id)[0]!, receivedAtMonoMs: 0 });
      joiner = next;
      reported += joined.length;
    }
    expect(joiner.pending.length).toBeLessThanOrEqual(16);
    expect(reported).toBe(1999 - joiner.pending.length);
  });

  it("come out whole and once in any order, doubled and between each other (property)", () => {
    // Any code point but surrogates; fast-check's own `unit: "binary"` takes a hundred times as long.
    const codePoint = fc.integer({ min: 0, max: 0x10ffff }).filter((point) => point < 0xd800 || point > 0xdfff);
    const text = fc
      .array(codePoint, { minLength: 51, maxLength: 180 })
      .map((points) => String.fromCodePoint(...points));
    const texts = fc.array(text, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(texts, fc.infiniteStream(fc.nat()), (wholes, random) => {
        const clean = wholes.map((whole) => whole.replaceAll("\0", " "));
        const pieces = clean.flatMap((whole, i) => piecesOf(whole, i + 1, i % 2 === 0 ? 1 : 191));
        const order = [...random.take(pieces.length * 2)];
        const sent = [...pieces, ...pieces]
          .map((piece, i) => ({ piece, at: order[i]! }))
          .sort((a, b) => a.at - b.at)
          .map(({ piece }) => piece);
        const reported = receive(sent).map((joined) => joined.text);
        expect(reported.sort()).toEqual([...clean].sort());
      }),
      { numRuns: 200 },
    );
  });
});
