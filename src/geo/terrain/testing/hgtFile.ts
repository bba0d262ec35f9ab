import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const SIDE = 1201;

/** A square degree of SRTM, N50E001.hgt in a folder of its own: metres by degrees north of 50 and east of 1. */
export function hgtFile(heightAt: (northDeg: number, eastDeg: number) => number): string {
  const bytes = Buffer.alloc(SIDE * SIDE * 2);
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const heightM = heightAt(1 - row / (SIDE - 1), column / (SIDE - 1));
      bytes.writeInt16BE(Math.round(heightM), (row * SIDE + column) * 2);
    }
  }
  const file = path.join(mkdtempSync(path.join(tmpdir(), "vigie-hgt-")), "N50E001.hgt");
  writeFileSync(file, bytes);
  return file;
}
