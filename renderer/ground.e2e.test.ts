/** The ground of files, heights and a map, from the command line to the scene in a real Chromium. */
import { mkdtempSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { tilePointOf } from "../src/geo/tiles/webMercator.js";
import { decodePicture } from "../src/io/pictures/readPicture.js";
import { encodeGreyPng } from "../src/io/png.js";
import { writePmTiles, type WrittenTile } from "../src/station/maps/testing/tileFiles.js";
import { hgtFile } from "../src/geo/terrain/testing/hgtFile.js";
import { startFleetStation } from "./testing/fleetStation.js";
import { launchChromium, openPage } from "./testing/testBrowser.js";
import { shoot, watchForErrors } from "./testing/trainingFlow.js";

/** The beach that the simulator's aircraft stand on, and a plateau that begins 200 m east of them. */
const PLATEAU = hgtFile((_, eastDeg) => 4 + 80 * Math.max(0, Math.min(1, (eastDeg - 0.6103) / 0.001)));

const AIRCRAFT = { latitudeDeg: 50.7745, longitudeDeg: 1.6075 };
const WHITE = encodeGreyPng(64, 64, new Uint8Array(64 * 64).fill(255));

/** A map that is white around the aircraft, at every zoom. */
function whiteMap(): string {
  const tiles: WrittenTile[] = [];
  for (let zoom = 8; zoom <= 14; zoom++) {
    const middle = tilePointOf(AIRCRAFT, zoom);
    for (const east of [-1, 0, 1])
      for (const south of [-1, 0, 1])
        tiles.push({
          ...{ zoom, column: Math.floor(middle.column) + east, row: Math.floor(middle.row) + south },
          bytes: WHITE,
        });
  }
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), "vigie-white-")), "white.pmtiles");
  writePmTiles(file, { tiles, encoding: "png", metadata: { name: "White", attribution: "© Nobody" } });
  return file;
}

/** How light the scene is at a place where nothing but ground is drawn, 0 to 255. */
async function lightness(page: Page, x: number, y: number): Promise<number> {
  const picture = await decodePicture(await page.screenshot({ clip: { x, y, width: 24, height: 24 } }));
  if (!picture.ok) throw new Error(picture.error.kind);
  const { samples } = picture.value;
  return Array.from(samples).reduce((sum, level) => sum + level, 0) / samples.length;
}

it("the scene stands on the heights of the station's file and shows its map, says which they are and how high a place is", async () => {
  const browser = await launchChromium();
  const vigie = await startFleetStation({ terrain: [PLATEAU], maps: [whiteMap()] });
  try {
    const page = await openPage(browser, { viewport: { width: 1600, height: 900 } });
    const errors = watchForErrors(page);
    await page.goto(vigie.url);
    await page.getByTestId("attribution").filter({ hasText: "heights N50E001.hgt" }).waitFor();
    await page.getByTestId("tab-fly").click();
    await page.getByTestId("vehicle-SIM-1").waitFor();
    await page.keyboard.press("m");
    const scene = await page.getByTestId("coast").boundingBox();
    if (!scene) throw new Error("the coast is not on the screen");
    const where = page.getByTestId("scene-where");
    /** The map shows 1.5 km around the aircraft: a quarter of its width to the right is on the plateau. */
    const lookAt = (right: number) => page.mouse.move(scene.x + scene.width * right, scene.y + scene.height * 0.5);
    await lookAt(0.5);
    await where.filter({ hasText: /°\sN.*°\sE · .* 4\sm\sAMSL · .* from the aircraft/ }).waitFor();
    await lookAt(0.74);
    await where.filter({ hasText: /land 84\sm\sAMSL/ }).waitFor();
    // Land, south-east of the aircraft.
    const [x, y] = [scene.x + scene.width * 0.62, scene.y + scene.height * 0.68];
    await page.getByTestId("attribution").filter({ hasText: "map © Nobody" }).waitFor();
    await expect.poll(() => lightness(page, x, y)).toBeGreaterThan(90);
    await page.getByTestId("settings").click();
    await page.getByTestId("map-choice").selectOption("");
    await expect.poll(() => lightness(page, x, y)).toBeLessThan(60);
    await page.getByTestId("attribution").filter({ hasNotText: "map © Nobody" }).waitFor();
    await page.getByTestId("map-choice").selectOption("White");
    await page.keyboard.press("Escape");
    await expect.poll(() => lightness(page, x, y)).toBeGreaterThan(90);
    // The station's tide, in the scene's foot and among the sources.
    await page
      .getByTestId("scene-tide")
      .filter({ hasText: /^Tide Boulogne.* CD, (rising|falling), (high|low) \d\d:\d\d UTC$/ })
      .waitFor();
    await page.getByTestId("attribution").filter({ hasText: "tide TICON-4" }).waitFor();
    await page.keyboard.press("f");
    await page.waitForTimeout(3000);
    await shoot(page, "terrain-fly");
    expect(errors).toEqual([]);
  } finally {
    await browser.close();
    await vigie.stop();
  }
});
