/** The ground of a file, from the command line to the scene in a real Chromium. */
import { expect, it } from "vitest";
import { hgtFile } from "../src/geo/terrain/testing/hgtFile.js";
import { startFleetStation } from "./testing/fleetStation.js";
import { launchChromium, openPage } from "./testing/testBrowser.js";
import { shoot, watchForErrors } from "./testing/trainingFlow.js";

/** The beach that the simulator's aircraft stand on, and a plateau that begins 200 m east of them. */
const PLATEAU = hgtFile((_, eastDeg) => 4 + 80 * Math.max(0, Math.min(1, (eastDeg - 0.6103) / 0.001)));

it("the scene stands on the heights of the station's file, says which that is and how high a place is", async () => {
  const browser = await launchChromium();
  const vigie = await startFleetStation([PLATEAU]);
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
