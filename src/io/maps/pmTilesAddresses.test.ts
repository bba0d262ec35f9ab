import { bytesToHeader, zxyToTileId, type Entry } from "pmtiles";
import { describe, expect, it } from "vitest";
import { pmTilesAddresses } from "./pmTilesAddresses.js";

/** A header as a file has it, with the root at 0 and leaves from 1000 on. */
function aHeader() {
  const bytes = new Uint8Array(127);
  bytes.set(Buffer.from("PMTiles\x03", "latin1"));
  return { ...bytesToHeader(bytes.buffer, ""), leafDirectoryOffset: 1000 };
}
const HEADER = aHeader();

const tile = (zoom: number, column: number, row: number, runLength = 1): Entry => ({
  ...{ tileId: zxyToTileId(zoom, column, row), offset: 0, length: 1, runLength },
});
const leaf = (first: Entry, offset: number): Entry => ({ tileId: first.tileId, offset, length: 1, runLength: 0 });

/** Directories by their offset in the file; each is asked for once. */
function listed(directories: Readonly<Record<number, readonly Entry[]>>, zoom: number, countMax = 100) {
  const asked: number[] = [];
  const directoryAt = (offset: number) => {
    asked.push(offset);
    return Promise.resolve(directories[offset] ?? []);
  };
  return { asked, tiles: pmTilesAddresses(HEADER, directoryAt, zoom, countMax) };
}

describe("the tiles of one zoom in a PMTiles file", () => {
  const deep = [tile(5, 10, 10), tile(5, 17, 9)].sort((one, other) => one.tileId - other.tileId);
  const first = deep[0] ?? tile(5, 0, 0);

  it("are found in the root and in leaves, and leaves of other zooms are not read", async () => {
    const { asked, tiles } = listed(
      { 0: [tile(3, 1, 1), leaf(tile(3, 2, 3), 0), leaf(tile(5, 0, 0), 50), leaf(tile(6, 0, 0), 70)], 1050: deep },
      5,
    );
    expect(await tiles).toEqual(
      expect.arrayContaining([
        { zoom: 5, column: 10, row: 10 },
        { zoom: 5, column: 17, row: 9 },
      ]),
    );
    expect(await tiles).toHaveLength(2);
    expect(asked).toEqual([0, 1050]);
  });

  it("are each of a run that stand for the same bytes, and none of the next zoom", async () => {
    // Zoom 1 has four tiles, the first and the last of them numbered 1 and 4.
    const { tiles } = listed({ 0: [{ ...tile(1, 0, 0), runLength: 9 }] }, 1);
    const found = (await tiles)?.map(({ zoom, column, row }) => `${zoom}/${column}/${row}`);
    expect(found?.sort()).toEqual(["1/0/0", "1/0/1", "1/1/0", "1/1/1"]);
  });

  it("are not listed when they are more than asked for, however long the run", async () => {
    expect(await listed({ 0: [tile(20, 0, 0, 4 ** 20)] }, 20).tiles).toBeUndefined();
    expect(await listed({ 0: deep }, 5, 2).tiles).toHaveLength(2);
    expect(await listed({ 0: deep }, 5, 1).tiles).toBeUndefined();
  });

  it("whose directories point in a circle are refused", async () => {
    await expect(listed({ 0: [leaf(first, 0)], 1000: [leaf(first, 0)] }, 5).tiles).rejects.toThrow(/without an end/);
    const wide = Array.from({ length: 5000 }, () => leaf(first, 0));
    await expect(listed({ 0: wide.map((one, i) => ({ ...one, tileId: one.tileId + i })) }, 12).tiles).resolves.toEqual(
      [],
    );
  });
});
