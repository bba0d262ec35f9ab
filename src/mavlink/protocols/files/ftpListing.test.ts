import { describe, expect, it } from "vitest";
import { listingFrom } from "./ftpListing.js";

const listing = (text: string) => listingFrom(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
const file = (name: string, sizeBytes: number, unixTimeS?: number) => ({ kind: "file", name, sizeBytes, unixTimeS });

describe("a page of a folder", () => {
  it("has files with their size, folders, and entries that the server skipped", () => {
    expect(listing("F1.BIN\t1200\0DLOGS\0S\0")).toEqual({
      entries: [file("1.BIN", 1200), { kind: "folder", name: "LOGS" }],
      countOfLines: 3,
    });
  });
  it("in its newer form has the time of a file", () => {
    expect(listing("Fa\t5\t1700000000\0Db\t0\t1700000000\0").entries).toEqual([
      file("a", 5, 1_700_000_000),
      { kind: "folder", name: "b" },
    ]);
  });
  it("does not believe a time before 1970 or after 2100", () => {
    const time = (text: string) => listing(`Fa\t5\t${text}\0`).entries;
    expect(time("0")).toEqual([file("a", 5)]);
    expect(time("-3")).toEqual([file("a", 5)]);
    expect(time("4102444799")).toEqual([file("a", 5, 4_102_444_799)]);
    expect(time("4102444800")).toEqual([file("a", 5)]);
    expect(time("soon")).toEqual([file("a", 5)]);
  });
  it("has no size where the server gives none that is possible", () => {
    const size = (text: string) => listing(`Fa${text}\0`).entries;
    expect(["", "\t", "\tx", "\t-4", "\t1.5", "\t99999999999999999"].map(size)).toEqual(
      Array.from({ length: 6 }, () => [file("a", 0)]),
    );
    expect(size("\t1")).toEqual([file("a", 1)]);
  });
  it("leaves out the folder itself, the one above, what has no name and what is neither, but counts them", () => {
    expect(listing("D.\0D..\0F\t7\0D\0Xa\t3\0")).toEqual({ entries: [], countOfLines: 5 });
  });
  it("may end with two NULs, or with none", () => {
    expect(listing("Fa\t5\0\0Fb\t6").entries).toEqual([file("a", 5), file("b", 6)]);
    expect(listing("")).toEqual({ entries: [], countOfLines: 0 });
    expect(listing("\0\0").countOfLines).toBe(0);
  });
});
