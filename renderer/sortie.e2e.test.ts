import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startInBrowser } from "../sim/bench/browser.js";
import { flyTraining, shoot, watchForErrors } from "./testing/trainingFlow.js";
import { launchChromium, openPage } from "./testing/testBrowser.js";

let browser: Browser;
let vigie: Awaited<ReturnType<typeof startInBrowser>>;

beforeAll(async () => {
  browser = await launchChromium();
  vigie = await startInBrowser();
});

afterAll(async () => {
  await browser.close();
  vigie.stop();
});

describe("the same page in a browser", () => {
  it("draws, plans, uploads, arms, flies, sees, pauses and returns", async () => {
    const page = await openPage(browser, { viewport: { width: 1600, height: 900 } });
    const errors = watchForErrors(page);
    await page.goto(vigie.url);
    const flown = await flyTraining(page, "chromium");
    expect(flown.distanceText).toMatch(/\d/);
    expect(flown.countOfContacts).toBeGreaterThanOrEqual(3);
    expect(errors).toEqual([]);
    await page.close();
  });

  it("opens a recording of a real ArduPilot, plays it and seeks in it", async () => {
    const page = await openPage(browser, { viewport: { width: 1600, height: 900 } });
    const errors = watchForErrors(page);
    await page.goto(vigie.url);
    await page.getByTestId("tab-review").click();
    await page.getByTestId("tlog-file").setInputFiles("src/mavlink/fixtures/ardupilot-copter.tlog");
    await page.getByTestId("timeline").waitFor();
    await page.getByTestId("badge-replay").waitFor();
    const time = () => page.getByTestId("replay-time").innerText();
    const before = await time();
    await page.getByTestId("pace-8").click();
    await page.getByTestId("replay-play").click();
    await page.waitForTimeout(4000);
    await page.getByTestId("replay-play").click();
    const played = await time();
    expect(played).not.toBe(before);
    const line = await page.getByTestId("timeline").boundingBox();
    if (!line) throw new Error("the time line is not on the screen");
    await page.mouse.click(line.x + line.width * 0.6, line.y + line.height / 2);
    await page.waitForTimeout(2000);
    expect(await time()).not.toBe(played);
    expect(await page.getByTestId("review-mode").innerText()).toMatch(/AUTO|RTL|GUIDED|LOITER|LAND/);
    await shoot(page, "chromium-replay");
    expect(errors).toEqual([]);
    await page.close();
  });

  it("takes a coast line of the user's own, and says what is wrong with one that is none", async () => {
    const page = await openPage(browser, { viewport: { width: 1600, height: 900 } });
    await page.goto(vigie.url);
    await page.getByTestId("badge-simulation").waitFor();
    await page.getByTestId("settings").click();
    const give = (text: string) =>
      page
        .getByTestId("coast-file")
        .setInputFiles({ name: "own.geojson", mimeType: "application/geo+json", buffer: Buffer.from(text) });
    await give('{"type":"LineString","coordinates":[[1.5,50.7],[1.6,50.8]]}');
    await page.getByTestId("coast-failure").waitFor();
    const land = [
      [1.6, 50.7],
      [1.8, 50.7],
      [1.8, 50.9],
      [1.6, 50.9],
      [1.6, 50.7],
    ];
    await give(JSON.stringify({ type: "Polygon", coordinates: [land] }));
    await page.getByTestId("coast-loaded").waitFor();
    await page.close();
  });

  it("says so, in words, to a page without the token", async () => {
    const page = await openPage(browser, {});
    await page.goto(vigie.url.replace(/[#?].*$/, "#token=wrong"));
    const banner = page.getByTestId("station-no-key");
    await banner.waitFor();
    expect(await banner.innerText()).toMatch(/NO KEY.*address that the station printed/s);
    await page.waitForTimeout(3000);
    // Nothing of the aircraft came through: no mode, no armed state, no simulation frame from its telemetry.
    expect(await page.getByTestId("app").innerText()).not.toMatch(/STABILIZE|GUIDED|AUTO|RTL|LAND\b/);
    expect(await page.getByTestId("badge-simulation").count()).toBe(0);
    await page.close();
  });
});
