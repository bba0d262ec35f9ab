/**
 * SRTM's `.hgt`: a square degree as big-endian 16-bit metres above EGM96, row after row from the north, -32768 where there
 * is no height; its place is in its name alone ("N50E001.hgt": the south-west corner).
 * https://dds.cr.usgs.gov/srtm/version2_1/Documentation/SRTM_Topo.pdf (section 2.1)
 */
import { err, ok, type Result } from "../../core/result.js";
import type { BadTerrain } from "./badTerrain.js";
import { gridSource, measuredRaster } from "./gridSource.js";
import { graticule } from "./rasterGrid.js";
import type { TerrainAccuracy, TerrainSource } from "./terrain.js";

const VOID = -32_768;
/** Heights along a side: 3 and 1 arc seconds. */
const SIDES = [1201, 3601];
const NAME = /^([NS])(\d{2})([EW])(\d{3})\b/i;
/** The mission's goal: 16 m vertical and 20 m horizontal at 90 % (SRTM_Topo.pdf, section 1), as one sigma of each. */
const SRTM: TerrainAccuracy = { verticalSigmaM: 16 / 1.6449, horizontalSigmaM: 20 / 2.146 };

export function readHgt(bytes: Uint8Array, name: string): Result<TerrainSource, BadTerrain> {
  const corner = cornerOf(name);
  if (!corner) return err({ kind: "bad-name", name });
  const side = SIDES.find((known) => bytes.byteLength === known * known * 2);
  if (side === undefined) {
    const expectedBytes = 2 * (SIDES.find((known) => bytes.byteLength < known * known * 2) ?? 3601) ** 2;
    return err({ kind: "wrong-length", bytes: bytes.byteLength, expectedBytes });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const heightsM = new Float32Array(side * side);
  for (let i = 0; i < heightsM.length; i++) {
    const heightM = view.getInt16(2 * i);
    heightsM[i] = heightM === VOID ? Number.NaN : heightM;
  }
  const stepDeg = 1 / (side - 1);
  return ok(
    gridSource(
      measuredRaster({
        ...{ name, datum: "egm96", accuracy: SRTM, columns: side, rows: side, heightsM, marginCells: 0 },
        placement: graticule({ latitudeDeg: corner.southDeg + 1, longitudeDeg: corner.westDeg }, stepDeg, stepDeg),
      }),
    ),
  );
}

function cornerOf(name: string): { readonly southDeg: number; readonly westDeg: number } | undefined {
  const [, northOrSouth = "", south = "", eastOrWest = "", west = ""] = NAME.exec(name) ?? [];
  if (south === "" || Number(south) > 90 || Number(west) > 180) return undefined;
  return {
    southDeg: northOrSouth.toUpperCase() === "S" ? -Number(south) : Number(south),
    westDeg: eastOrWest.toUpperCase() === "W" ? -Number(west) : Number(west),
  };
}
