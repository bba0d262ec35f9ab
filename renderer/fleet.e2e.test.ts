/**
 * Two aircraft of one simulator on a real station, seen and commanded in a real Chromium: links, parameters, logs,
 * checklist, objections, commands, payload, fleet; then all pages in French, and by keyboard alone.
 */
import { readFileSync } from "node:fs";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FleetStation, startFleetStation } from "./testing/fleetStation.js";
import { isFocusSeen, overflowing } from "./testing/pageChecks.js";
import { hold, holdWhenReady, shoot, waitForText, watchForErrors } from "./testing/trainingFlow.js";
import { launchChromium, openPage } from "./testing/testBrowser.js";

let browser: Browser;
let vigie: FleetStation;
let page: Page;
let errors: readonly string[];

beforeAll(async () => {
  browser = await launchChromium();
  vigie = await startFleetStation();
  page = await openPage(browser, { viewport: { width: 1600, height: 900 } });
  errors = watchForErrors(page);
  await page.goto(vigie.url);
});

afterAll(async () => {
  await browser.close();
  await vigie.stop();
});

const at = (testId: string): Locator => page.getByTestId(testId);
const attribute = (testId: string, name: string): Promise<string | null> => at(testId).first().getAttribute(name);
const waitFor = (selector: string): Promise<void> => page.locator(selector).first().waitFor();
const open = async (...tabs: readonly string[]): Promise<void> => {
  for (const tab of tabs) await at(`tab-${tab}`).click();
};
describe("a fleet of two", () => {
  it("shows each as a chip, and the target changes by a click and by nothing else", async () => {
    await at("badge-simulation").waitFor();
    await open("fly");
    await at("vehicle-SIM-1").waitFor();
    await at("vehicle-SIM-2").waitFor();
    expect(await attribute("vehicle-SIM-1", "aria-pressed")).toBe("true");
    await at("vehicle-SIM-2").click();
    await waitFor('[data-testid="vehicle-SIM-2"][aria-pressed="true"]');
    expect(await attribute("vehicle-SIM-1", "aria-pressed")).toBe("false");
    await waitForText(page, "arm", /SIM-2/);
    // Looking at the other one in Setup leaves the target alone.
    await open("setup", "params");
    await at("setup-vehicle-SIM-1").click();
    await open("fly");
    expect(await attribute("vehicle-SIM-2", "aria-pressed")).toBe("true");
    await at("vehicle-SIM-1").click();
    await waitFor('[data-testid="vehicle-SIM-1"][aria-pressed="true"]');
  });

  it("shows a live link, adds and removes another, and says what is wrong with an address that is none", async () => {
    await open("setup", "links");
    const rows = at("links").locator("tbody tr");
    await rows
      .filter({ hasText: /[1-9]\d*\/s/ })
      .first()
      .waitFor();
    await at("link-uri").fill("udp//nonsense");
    await at("link-uri").press("Enter");
    await waitFor('[data-testid="link-uri"][aria-invalid="true"]');
    expect(await attribute("link-add", "aria-disabled")).toBe("true");
    expect(((await attribute("link-add", "title")) ?? "").length).toBeGreaterThan(10);
    await shoot(page, "fleet-links-wrong");
    await at("link-uri").fill(`udp://:${vigie.sparePort}`);
    await at("link-add").click();
    await at(`link-udp:${vigie.sparePort}`).waitFor();
    expect(await rows.count()).toBe(2);
    await shoot(page, "fleet-links");
    await at(`link-remove-udp:${vigie.sparePort}`).click();
    await at(`link-remove-udp:${vigie.sparePort}`).click();
    await at(`link-udp:${vigie.sparePort}`).waitFor({ state: "detached" });
  });

  it("loads every parameter, finds one, writes it and sees it echoed; Ready then says why it will not arm", async () => {
    await open("params");
    await waitFor('[data-testid="param-load"][data-phase="complete"]');
    await waitForText(page, "param-count", /(\d{3,}) \S+ \1/);
    await write("BATT_ARM_VOLT", "60");
    await shoot(page, "fleet-params");
    await open("fly", "ready");
    await waitForText(page, "readiness", /minimum arming voltage/);
    await shoot(page, "fleet-ready-not");
    await open("setup", "params");
    await write("BATT_ARM_VOLT", "22");
    // Or it disarms by itself before a busy machine has held Take-off.
    await write("DISARM_DELAY", "127");
  });

  it("brings a log from on board and opens it in Review", async () => {
    await open("logs");
    await at("logs").locator("tbody tr").nth(1).waitFor();
    const download = page.locator('[data-testid^="log-download-"]').last();
    await download.click();
    const opened = page.locator('[data-testid^="log-open-"]').first();
    await opened.waitFor();
    await shoot(page, "fleet-logs");
    await opened.click();
    await at("timeline").waitFor();
    await at("badge-replay").waitFor();
    await shoot(page, "fleet-log-review");
  });

  it("forbids arming while a blocking checklist is open, with the reason, and allows it once it is ticked", async () => {
    await open("setup", "checklist");
    // What this aircraft need not wait for: the plan comes later.
    await page.locator('[data-testid^="check-"][data-item]').nth(4).locator('[data-do="remove"]').click();
    await at("check-add").click();
    await page.locator('[data-testid^="check-text-"]').last().fill("Propellers tight, battery strapped");
    await at("check-blocking").check();
    await at("check-save").click();
    await waitForText(page, "check-state", /✓/);
    await shoot(page, "fleet-checklist");
    await open("fly", "ready");
    await waitFor('[data-testid="arm"][aria-disabled="true"]');
    await waitFor('[data-testid="arm"][title*="checklist"]');
    await shoot(page, "fleet-arming-blocked");
    await at("checklist").getByText("Propellers tight").click();
    await waitFor('[data-testid="arm"][aria-disabled="false"]');
    await shoot(page, "fleet-arming-possible");
  });

  it("refuses a plan of another airframe with its objections; a reason and a hold send it all the same", async () => {
    await open("plan");
    const plan = readFileSync("missions/plans/boulogne-night-1.plan", "utf8");
    // MAV_TYPE 1, a fixed wing: https://mavlink.io/en/messages/common.html#MAV_TYPE
    const other = plan.replace('"vehicleType": 2', '"vehicleType": 1');
    await at("plan-file").setInputFiles({
      name: "wing.plan",
      mimeType: "application/json",
      buffer: Buffer.from(other),
    });
    await waitFor('[data-testid="upload"][aria-disabled="false"]');
    await at("upload").click();
    await at("override").waitFor();
    expect(await at("override").innerText()).toMatch(/another kind of aircraft/);
    expect(await attribute("override-send", "aria-disabled")).toBe("true");
    await at("override-reason").fill("Same sweep, flown slower");
    await shoot(page, "fleet-override");
    await hold(page, at("override-send"));
    await waitFor('[data-testid="upload-state"][data-kind="overridden"]');
  });

  it("climbs to a height it is told while it flies; what its autopilot cannot do is greyed with the reason", async () => {
    // With a Remote ID transmitter it arms only once it knows who operates it.
    await open("fly", "payload");
    await at("operator-id").fill("FRA12345678");
    await at("operator-send").click();
    await waitForText(page, "remote-id", /Remote ID\s+ready/);
    await open("commands");
    await holdWhenReady(page, "arm");
    await waitFor('[data-testid="armed"][data-armed="true"]');
    await holdWhenReady(page, "take-off");
    await waitForText(page, "height-home", /^\s*(1[5-9]|[2-9]\d)\D/);
    // Until the take-off has ended the station refuses another command as busy: a pilot presses again.
    const hasBegun = async (): Promise<boolean> => /^\s*(2[3-9]|[34]\d)\D/.test(await at("height-home").innerText());
    for (let press = 0; press < 60 && !(await hasBegun()); press++) {
      await at("height").fill("40");
      await at("height").press("Enter");
      await page.waitForTimeout(3000);
    }
    await waitForText(page, "height-home", /^\s*(3[7-9]|4\d)\D/);
    // ArduCopter takes no DO_ORBIT.
    expect(await attribute("orbit", "aria-disabled")).toBe("true");
    expect(await attribute("orbit", "title")).toMatch(/this autopilot cannot do it/);
    await shoot(page, "fleet-commands");
  });

  it("takes the gimbal, points it straight down and lets the camera record", async () => {
    await open("payload");
    await at("gimbal-acquire").click();
    await at("gimbal-release").waitFor();
    await at("gimbal-nadir").click();
    await page
      .locator('[data-testid^="gimbal-"] .fly-figures')
      .filter({ hasText: /[-−]90°/ })
      .first()
      .waitFor();
    await at("camera-record").click();
    await waitFor('[data-testid="camera-record"][aria-pressed="true"]');
    await shoot(page, "fleet-payload");
  });

  it("draws the aircraft and ships that it hears", async () => {
    await page.keyboard.press("m");
    const scene = await at("coast").boundingBox();
    if (!scene) throw new Error("the coast is not on the screen");
    await page.mouse.move(scene.x + scene.width * 0.45, scene.y + scene.height * 0.5);
    // Out step by step, until an aircraft and a ship are named side by side; each look gives the scene time to draw.
    const named = page.locator('.scene-label[style*="visible"]');
    const seen = async (): Promise<string> => (await named.allInnerTexts()).join("\n");
    const isEverybodyIn = (labels: string): boolean =>
      /(RESCUE1|FGKSA) \d+\sm\sAMSL/.test(labels) && /(COTE D OPALE|CHANNEL TRADER) (≥\s)?\d+\sm/.test(labels);
    let labels = await seen();
    for (let look = 0; look < 900 && !isEverybodyIn(labels); look++) {
      if (look % 5 === 0 && look < 300) await page.mouse.wheel(0, 120);
      await page.waitForTimeout(100);
      labels = await seen();
    }
    expect(labels).toMatch(/(RESCUE1|FGKSA) \d+\sm\sAMSL/);
    expect(labels).toMatch(/(COTE D OPALE|CHANNEL TRADER) (≥\s)?\d+\sm/);
    await shoot(page, "fleet-traffic");
    await page.keyboard.press("f");
  });

  it("tells a chosen set by keyboard alone, with a result for each", async () => {
    await page.keyboard.press("l");
    await waitFor('[data-testid="tab-fleet"][aria-selected="true"]');
    await at("tab-fleet").focus();
    // Round the tabs by arrows, and back to this one.
    for (const tab of ["ready", "commands", "payload", "fleet"]) {
      await page.keyboard.press("ArrowRight");
      await waitFor(`[data-testid="tab-${tab}"][aria-selected="true"]`);
      expect(await isFocusSeen(page), tab).toBe(true);
    }
    // The space bar is Pause while anything is armed.
    await tabTo("choose-SIM-1");
    await page.keyboard.press("Enter");
    await tabTo("choose-SIM-2");
    await page.keyboard.press("Enter");
    await tabTo("fleet-return");
    expect(await isFocusSeen(page)).toBe(true);
    await page.keyboard.down("Enter");
    await at("fleet-results").locator("li").nth(1).waitFor();
    await page.keyboard.up("Enter");
    const [one, two] = await at("fleet-results").locator("li").allInnerTexts();
    // The one that flies returns; the other stands disarmed on the ground, and says so.
    expect(one).toMatch(/SIM-1: done/);
    expect(two).toMatch(/SIM-2: Not sent: it is on the ground/);
    await waitForText(page, "mode", /RTL/);
    await shoot(page, "fleet-return");
  });

  it("changes a mode by a hold and by no click", async () => {
    await at("tab-commands").click();
    await at("mode-choice").selectOption({ label: "BRAKE" });
    await at("send-set-mode").click();
    await waitForText(page, "tip", /Hold for 1/);
    expect(await at("command-line").innerText()).not.toMatch(/BRAKE/);
    await hold(page, at("send-set-mode"));
    await waitForText(page, "mode", /BRAKE/);
    expect(await at("command-line").innerText()).toMatch(/Mode BRAKE SIM-1/);
  });

  it("returns and pauses from Plan by key, with a button in focus", async () => {
    await open("plan");
    await at("plan-draw").focus();
    await page.keyboard.press("r");
    await waitForText(page, "flight-SIM-1", /RTL/);
    await at("plan-draw").focus();
    await page.keyboard.press("Space");
    await waitForText(page, "flight-SIM-1", /GUIDED|BRAKE|LOITER/);
    await shoot(page, "fleet-plan-in-flight");
    await at("flight-return-SIM-1").click();
    await waitForText(page, "flight-SIM-1", /RTL/);
  });

  it("strikes through what came from a station that is lost", async () => {
    await open("fly");
    const isStruck = (selector: string): Promise<boolean> =>
      page.evaluate(
        `getComputedStyle(document.querySelector(${JSON.stringify(selector)})).textDecorationLine === "line-through"`,
      );
    vigie.freeze();
    await waitFor('[data-station="lost"]');
    await shoot(page, "fleet-station-lost");
    const struck = ["mode", "armed", "utc-clock"].map((id) => `[data-testid="${id}"]`);
    for (const selector of [...struck, '[data-testid="status-link"] b', '[data-testid="battery"] .readout-value'])
      expect([selector, await isStruck(selector)]).toEqual([selector, true]);
    expect(await attribute("return", "title")).toMatch(/station is not connected/);
    vigie.thaw();
    await waitFor('[data-station="heard"]');
  });

  it("fits in French on a small laptop: no box cuts its words", async () => {
    await page.setViewportSize({ width: 1280, height: 720 });
    await at("language").click();
    await page.locator("html[lang=fr]").waitFor();
    const found: Record<string, readonly string[]> = {};
    const look = async (name: string): Promise<void> => {
      const boxes = await overflowing(page);
      if (boxes.length > 0) found[name] = boxes;
      await shoot(page, `fleet-fr-${name}`);
    };
    for (const tab of ["plan", "review"]) {
      await open(tab);
      await look(tab);
    }
    await open("fly");
    for (const tab of ["ready", "commands", "payload", "fleet"]) {
      await open(tab);
      await waitFor(`[data-testid="tab-${tab}"][aria-selected="true"]`);
      await look(`fly-${tab}`);
    }
    await open("setup");
    for (const tab of ["links", "signing", "params", "logs", "checklist"]) {
      await open(tab);
      await waitFor(`.setup-page[data-page="${tab}"]`);
      await look(`setup-${tab}`);
    }
    expect(found).toEqual({});
    expect(errors).toEqual([]);
  });
});

/** By the Tab key, as a person without a mouse goes there. */
async function tabTo(testId: string): Promise<void> {
  for (let press = 0; press < 40; press++) {
    const isThere: boolean = await page.evaluate(`document.activeElement?.dataset?.testid === "${testId}"`);
    if (isThere) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the Tab key does not lead to ${testId}`);
}

async function write(name: string, value: string): Promise<void> {
  await at("param-search").fill(name);
  await at(`param-${name}`).click();
  await at("param-value").fill(value);
  const button = at("param-write");
  if ((await button.getAttribute("data-held")) === null) await button.click();
  else await hold(page, button);
  await at("param-done").waitFor();
  await at(`param-${name}`).filter({ hasText: value }).waitFor();
}
