import { mkdtempSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { localFrameAt } from "../../src/geo/localFrame.js";
import { aGeoTiff, tags } from "../../src/io/geoTiff/testing/tiffBytes.js";
import type { Scenario } from "../scenario.js";

/** A GeoTIFF of ground, a height every 5 m as in France's RGE ALTI, 700 m around home. Returns its path. */
export function groundFile(
  home: Scenario["home"],
  heightAmslM: (eastM: number, northM: number) => number,
  name = "ground.tif",
): string {
  const frame = localFrameAt(home);
  const [stepNorthDeg, stepEastDeg] = [5 / 111_250, 5 / 70_300];
  const side = 281;
  const north = home.latitudeDeg + (stepNorthDeg * (side - 1)) / 2;
  const west = home.longitudeDeg - (stepEastDeg * (side - 1)) / 2;
  const heights = Float32Array.from({ length: side * side }, (_, i) => {
    const position = {
      latitudeDeg: north - Math.floor(i / side) * stepNorthDeg,
      longitudeDeg: west + (i % side) * stepEastDeg,
    };
    const { eastM, northM } = frame.toEnu(position, 0);
    return heightAmslM(eastM, northM);
  });
  const { double, long, short } = tags;
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), "vigie-ground-")), name);
  const size = [long(256, side), long(257, side), long(278, side), long(279, heights.byteLength)];
  const floats = [short(258, 32), short(339, 3)];
  // The place is that of the first pixel's corner, half a pixel outwards.
  const corner = [west - stepEastDeg / 2, north + stepNorthDeg / 2];
  const place = [double(33_550, stepEastDeg, stepNorthDeg, 0), double(33_922, 0, 0, 0, ...corner, 0)];
  writeFileSync(file, aGeoTiff([...size, ...floats, ...place], new Uint8Array(heights.buffer)));
  return file;
}
