import { describe, expect, it } from "vitest";
import { readDted } from "./dted.js";
import { readHgt } from "./hgt.js";

const hgt = (side: number) => new Uint8Array(2 * side * side);

describe("a .hgt file", () => {
  it("lies where its name says, in all four quarters of the globe", () => {
    const cornerOf = (name: string) => {
      const read = readHgt(hgt(1201), name);
      return read.ok ? [read.value.bounds.southDeg, read.value.bounds.westDeg] : read.error;
    };
    expect(cornerOf("N50E001.hgt")).toEqual([expect.closeTo(50, 9), 1]);
    expect(cornerOf("s01w072.HGT")).toEqual([expect.closeTo(-1, 9), -72]);
    expect(cornerOf("Boulogne.hgt")).toEqual({ kind: "bad-name", name: "Boulogne.hgt" });
    expect(cornerOf("N95E001.hgt")).toEqual({ kind: "bad-name", name: "N95E001.hgt" });
  });

  it("that is cut off, or of no known size, says how many bytes were expected", () => {
    const read = readHgt(hgt(1201).subarray(0, 1000), "N50E001.hgt");
    expect(read).toEqual({ ok: false, error: { kind: "wrong-length", bytes: 1000, expectedBytes: 2 * 1201 * 1201 } });
    expect(readHgt(new Uint8Array(0), "N50E001.hgt")).toMatchObject({ ok: false });
  });

  it("has heights under the sea's level, and voids that are not known", () => {
    const bytes = hgt(1201);
    const view = new DataView(bytes.buffer);
    view.setInt16(0, -12);
    view.setInt16(2 * 5, -32_768);
    const read = readHgt(bytes, "N50E001.hgt");
    if (!read.ok) throw new Error(read.error.kind);
    expect(read.value.heightAt({ latitudeDeg: 51, longitudeDeg: 1 })).toBe(-12);
    expect(read.value.heightAt({ latitudeDeg: 51, longitudeDeg: 1 + 5 / 1200 })).toBeUndefined();
    expect(read.value.accuracy.verticalSigmaM).toBeCloseTo(9.73, 2);
  });
});

const ROWS = 3;
const COLUMNS = 2;

/** The least that is a DTED file: two meridians of three heights, south to north. */
function aDted(heights: readonly (readonly number[])[], changes: Readonly<Record<number, string>> = {}): Uint8Array {
  const recordBytes = 12 + 2 * ROWS;
  const bytes = new Uint8Array(3428 + COLUMNS * recordBytes).fill(32);
  const put = (at: number, text: string): void => bytes.set(new TextEncoder().encode(text), at);
  put(0, "UHL10013000E500000N 3000 300");
  put(20, "3000300");
  put(20, "30003000");
  put(28, "0020");
  put(47, "00020003");
  put(80, "DSI");
  put(80 + 141, "MSL");
  put(728, "ACC0013 12");
  put(731, "00130012");
  for (const [at, text] of Object.entries(changes)) put(Number(at), text);
  const view = new DataView(bytes.buffer);
  heights.forEach((column, i) => {
    const at = 3428 + i * recordBytes;
    bytes.fill(0, at, at + recordBytes);
    view.setUint8(at, 0xaa);
    view.setUint16(at + 4, i);
    column.forEach((raw, j) => view.setUint16(at + 8 + 2 * j, raw));
    let sum = 0;
    for (let j = 0; j < recordBytes - 4; j++) sum += view.getUint8(at + j);
    view.setUint32(at + recordBytes - 4, sum);
  });
  return bytes;
}

describe("a DTED file", () => {
  const whole = [
    [10, 20, 30],
    [0x8005, 0xffff, 0xffce],
  ];
  const at = (column: number, row: number) => ({
    latitudeDeg: 50 + (row * 3000) / 36_000,
    longitudeDeg: 1.5 + (column * 3000) / 36_000,
  });

  it("runs from south to north, in sign and magnitude, and says its accuracy", () => {
    const read = readDted(aDted([whole[0]!, [0x8005, 40, 0xffce]]), "x.dt0");
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    const heights = [at(0, 0), at(0, 1), at(0, 2), at(1, 0), at(1, 2)].map((place) => read.value.heightAt(place));
    // The last one in two's complement, as some programs write it: no land is 32,718 m deep.
    expect(heights).toEqual([10, 20, 30, -5, -50].map((heightM): unknown => expect.closeTo(heightM, 3)));
    expect(read.value.accuracy).toEqual({
      verticalSigmaM: expect.closeTo(12 / 1.6449, 3),
      horizontalSigmaM: expect.closeTo(13 / 2.146, 3),
    });
  });

  it("has voids that are not known", () => {
    const read = readDted(aDted(whole), "x.dt0");
    expect(read.ok && read.value.heightAt(at(1, 1))).toBeUndefined();
  });

  it.each<[string, Readonly<Record<number, string>>, object]>([
    ["no header", { 0: "XXX" }, { kind: "not-this-format" }],
    ["no longitude", { 4: "0013000X" }, { kind: "bad-header", field: "longitude of origin", at: 4 }],
    ["no latitude", { 12: "abcdefgh" }, { kind: "bad-header", at: 12 }],
    ["no interval", { 20: "0000" }, { kind: "bad-header", at: 20 }],
    ["one meridian", { 47: "0001" }, { kind: "bad-header", at: 47 }],
    ["more than is there", { 47: "0009" }, { kind: "wrong-length" }],
    ["two degrees in a cell of one", { 20: "9999", 47: "0009" }, { kind: "bad-header", at: 20 }],
    ["another zero of heights", { 221: "XYZ" }, { kind: "unknown-datum", datum: "XYZ" }],
  ])("with %s is refused", (_, changes, error) => {
    expect(readDted(aDted(whole, changes), "x.dt0")).toMatchObject({ ok: false, error });
  });

  it("with a record that is damaged, or in another's place, is refused", () => {
    const spoil = (offset: number, value: number) => {
      const bytes = aDted(whole);
      bytes[3428 + offset] = value;
      return readDted(bytes, "x.dt0");
    };
    expect(spoil(0, 0)).toMatchObject({ error: { kind: "bad-record", because: "sentinel", at: 3428 } });
    expect(spoil(5, 7)).toMatchObject({ error: { because: "order" } });
    expect(spoil(9, 99)).toMatchObject({ error: { because: "checksum" } });
  });

  it("without an accuracy of its own has the level's goal", () => {
    const read = readDted(aDted(whole, { 731: "NA  NA  " }), "x.dt0");
    expect(read.ok && read.value.accuracy.verticalSigmaM).toBeCloseTo(30 / 1.6449, 3);
  });
});
