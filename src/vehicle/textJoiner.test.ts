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

  it("are those of one severity and time: of the first piece that came", () => {
    const [first, last] = piecesOf("x".repeat(60), 1);
    const joined = receive([
      { ...first!, severity: 2 },
      { ...last!, severity: 6 },
    ]);
    expect(joined).toEqual([{ componentId: 1, severity: 2, text: "x".repeat(60), unixTimeUs: 0, receivedAtMonoMs: 1 }]);
  });

  it("in order of their numbers, from ten on too", () => {
    const text = Array.from({ length: 12 }, (_, i) => String.fromCharCode(97 + i).repeat(50)).join("");
    expect(receive(piecesOf(text, 1).reverse()).map((joined) => joined.text)).toEqual([text]);
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

describe("the numbers of a text's pieces", () => {
  const piece = (index: number, isLast: boolean): TextPiece => ({
    ...piecesOf("x", 1)[0]!,
    ...{ index, isLast },
  });
  it("are one byte: a higher one is no piece", () => {
    expect(joinPiece(EMPTY_JOINER, piece(256, false))).toEqual([EMPTY_JOINER, []]);
    expect(joinPiece(EMPTY_JOINER, piece(255, false))[0].pending).toHaveLength(1);
  });
  it("end with the last one, which alone is a whole text", () => {
    expect(joinPiece(EMPTY_JOINER, piece(0, true))[1]).toMatchObject([{ text: "x" }]);
    expect(joinPiece(EMPTY_JOINER, piece(1, true))[1]).toEqual([]);
  });
});

describe("the time of a text's pieces", () => {
  const [first, last] = piecesOf("x".repeat(60), 1) as [TextPiece, TextPiece];
  const T_MS = 50_000;
  const from = (piece: TextPiece, receivedAtMonoMs: number): TextPiece => ({ ...piece, receivedAtMonoMs });
  const begun = joinPiece(EMPTY_JOINER, from(first, T_MS))[0];
  it("may be 1.5 s apart", () => {
    expect(expireTexts(begun, T_MS + 1499)).toEqual([begun, []]);
    const [after, due] = expireTexts(begun, T_MS + 1500);
    expect(due).toMatchObject([{ text: `${"x".repeat(50)}…`, receivedAtMonoMs: T_MS }]);
    expect(after.pending).toEqual([]);
  });
  it("that jumps back ends the wait too", () => {
    expect(expireTexts(begun, T_MS - 1499)[1]).toEqual([]);
    expect(expireTexts(begun, T_MS - 1500)[1]).toHaveLength(1);
  });
  it("counts from the piece that came last", () => {
    const third = piecesOf("x".repeat(110), 1)[1]!;
    const [two] = joinPiece(begun, from(third, T_MS + 1000));
    expect(expireTexts(two, T_MS + 2499)[1]).toEqual([]);
    expect(expireTexts(two, T_MS + 2500)[1]).toHaveLength(1);
  });
  it("ends the wait for those texts only that are due", () => {
    const [both] = joinPiece(begun, { ...from(first, T_MS + 1000), id: 2 });
    const [after, due] = expireTexts(both, T_MS + 1500);
    expect(due).toHaveLength(1);
    expect(after.pending.map(({ id }) => id)).toEqual([2]);
    // The piece that comes late for the other one begins no duplicate of it.
    expect(joinPiece(after, from(first, T_MS + 1600))).toEqual([after, []]);
  });
  it("tells a duplicate (under ten seconds after the whole text) from a new text", () => {
    const [whole, joined] = joinPiece(begun, from(last, T_MS + 100));
    expect(joined).toHaveLength(1);
    expect(joinPiece(whole, from(first, T_MS + 10_099))).toEqual([whole, []]);
    expect(joinPiece(whole, from(first, T_MS + 10_100))[0].pending).toHaveLength(1);
    expect(joinPiece(whole, from(first, T_MS - 9899))).toEqual([whole, []]);
    expect(joinPiece(whole, from(first, T_MS - 9900))[0].pending).toHaveLength(1);
    // Other words under the same number are a new text at once.
    expect(joinPiece(whole, { ...from(first, T_MS + 200), byteString: "y".repeat(50) })[0].pending).toHaveLength(1);
  });
});

describe("what is remembered of texts", () => {
  const single = (id: number): TextPiece => ({ ...piecesOf("whole", id)[0]!, receivedAtMonoMs: 0 });
  const long = (id: number): TextPiece => ({ ...piecesOf("x".repeat(60), id)[0]!, receivedAtMonoMs: 0 });
  const idsOf = (texts: readonly { readonly id: number }[]) => texts.map(({ id }) => id);
  const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);
  it("are the last sixteen whole ones", () => {
    const joiner = range(1, 20).reduce((before, id) => joinPiece(before, single(id))[0], EMPTY_JOINER);
    expect(idsOf(joiner.finished)).toEqual(range(5, 20));
  });
  it("are the last sixteen begun ones; an older one is given as far as it came", () => {
    const full = range(1, 16).reduce((before, id) => joinPiece(before, long(id))[0], EMPTY_JOINER);
    expect(idsOf(full.pending)).toEqual(range(1, 16));
    const [after, given] = joinPiece(full, long(17));
    expect(idsOf(after.pending)).toEqual(range(2, 17));
    expect(given).toMatchObject([{ text: `${"x".repeat(50)}…` }]);
  });
  it("are the last sixteen that were too late", () => {
    const whole = range(1, 10).reduce((before, id) => joinPiece(before, single(id))[0], EMPTY_JOINER);
    const begun = range(21, 32).reduce((before, id) => joinPiece(before, long(id))[0], whole);
    const [after, due] = expireTexts(begun, 2000);
    expect(due).toHaveLength(12);
    expect(idsOf(after.finished)).toEqual([...range(7, 10), ...range(21, 32)]);
  });
});
