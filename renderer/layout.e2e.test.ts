/**
 * The layout with the longest texts, in a real Chromium: the test is the station, and every control must stay within
 * the smallest window, Pause and Return above all.
 */
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Envelope } from "../src/contract/envelope.js";
import { createPublisher } from "../src/contract/envelope.js";
import type { KnownTide } from "../src/geo/tide/tideModel.js";
import { ok } from "../src/core/result.js";
import { validateFromUi } from "../src/contract/validate.js";
import type { Notice, ToUi } from "../src/contract/messages.js";
import { openWebServer, type WebServer } from "../src/station/server/webServer.js";
import type { Station } from "../src/station/stationTypes.js";
import { aBatch, aHello, aVehicle, VEHICLE } from "./bridge/testing/builders.js";
import { outOfReach } from "./testing/pageChecks.js";
import { shoot } from "./testing/trainingFlow.js";
import { launchChromium, openPage } from "./testing/testBrowser.js";

const LONG_NAME = "Boulogne, night 1, wind from the north-west";

const { heartbeat, ...standing } = aVehicle();
if (!heartbeat) throw new Error("the make-believe aircraft has a heartbeat");
const flying = (nowMs: number) => ({
  ...standing,
  lastReceivedMonoMs: nowMs,
  heartbeat: { receivedAtMonoMs: nowMs, value: { ...heartbeat.value, modeName: "GUIDED_NOGPS", isArmed: true } },
});
const notice = (key: string, severity: Notice["severity"], facts: Notice["facts"]): ToUi => ({
  kind: "notice",
  notice: { id: key, severity, unixTimeUs: 1_795_400_000_000_000, key, facts },
});
const LONGEST: readonly ToUi[] = [
  notice("aircraft-plan-changed", "danger", { vehicle: "SIM-1", part: "mission" }),
  notice("flight-disarmed-by-itself", "caution", { vehicle: "SIM-1" }),
];

/** Between the two ports with the longest names. */
const TIDE: KnownTide = {
  ...{ kind: "known", unixTimeMs: 1_795_400_000_000, trend: "falling" },
  ...{ heightChartDatumM: 0.24, heightAmslM: -4.6, meanHighWaterSpringsM: 8.76 },
  sigma: { chartDatumM: 0.25, amslM: 0.39 },
  nextHigh: { unixTimeMs: 1_795_440_000_000, heightChartDatumM: 8 },
  nextLow: { unixTimeMs: 1_795_410_000_000, heightChartDatumM: 0.2 },
  ports: ["Dunkerque", "Boulogne"].map((name) => ({ name, nameIn: {}, share: 0.5, distanceM: 500 })),
};

/** Publishes telemetry until it is silenced, and replies to nothing but the question for the tide. */
function talkingStation(): { readonly station: Station; readonly silence: (isSilent: boolean) => void } {
  let isSilent = false;
  const connectUi = (toUi: (envelope: Envelope) => void) => {
    const publisher = createPublisher("layout");
    const publish = (message: ToUi): void => toUi(publisher.publish(message));
    publish(aHello({ training: { scenarioName: LONG_NAME, seed: 1, planText: undefined } }));
    publish({ kind: "screens", count: 2 });
    publish({ kind: "abilities", vehicleId: VEHICLE, abilities: {} });
    LONGEST.forEach(publish);
    const publishState = (): void => {
      if (isSilent) return;
      const nowMs = performance.now();
      publish(aBatch([flying(nowMs)], nowMs));
    };
    publishState();
    const timer = setInterval(publishState, 200);
    const fromUi = (message: unknown): void => {
      const asked = validateFromUi(message);
      if (!asked.ok || asked.value.kind !== "request" || asked.value.request.kind !== "get-tide") return;
      const { requestId } = asked.value;
      publish({ kind: "reply", requestId, result: ok({ kind: "tide", tide: TIDE, attribution: "TICON-4 CC BY 4.0" }) });
    };
    return { fromUi, close: () => clearInterval(timer) };
  };
  const station = { connectUi, connectDecoder: () => undefined, dispose: () => Promise.resolve() };
  return { station, silence: (wanted) => void (isSilent = wanted) };
}

let browser: Browser;
let server: WebServer;
let page: Page;
const { station, silence } = talkingStation();

beforeAll(async () => {
  const opened = await openWebServer({ station, pagesFolder: path.resolve("dist/renderer"), port: 0 });
  if (!opened.ok) throw new Error(opened.error.code);
  server = opened.value;
  browser = await launchChromium();
  page = await openPage(browser, { viewport: { width: 1280, height: 720 } });
  await page.goto(server.address);
  await page.getByTestId("danger-notice").waitFor();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const found = async (name: string): Promise<Record<string, readonly string[]>> => {
  const cut = await outOfReach(page);
  await shoot(page, `layout-${name}`);
  return cut.length === 0 ? {} : { [name]: cut };
};
async function everywhere(language: string, state: string): Promise<Record<string, readonly string[]>> {
  let all = {};
  for (const tab of ["plan", "review", "setup", "fly"]) {
    await page.getByTestId(`tab-${tab}`).click();
    await page.locator(`[data-workspace="${tab}"]`).waitFor();
    all = { ...all, ...(await found(`${language}-${state}-${tab}`)) };
  }
  return all;
}

const leftOf = (testId: string): Promise<number> =>
  page
    .getByTestId(testId)
    .evaluate((element: { getBoundingClientRect: () => { readonly left: number } }) =>
      Math.round(element.getBoundingClientRect().left),
    );
/** Whether anything that floats at the bottom of Fly stands over the scale bar. */
const isScaleCovered = (): Promise<boolean> =>
  page.evaluate(`(() => {
    const scale = document.querySelector(".scene-scale").getBoundingClientRect();
    return [...document.querySelectorAll(".fly-low > *")].map((box) => box.getBoundingClientRect()).some((box) =>
      box.width > 0 && box.left < scale.right && box.right > scale.left && box.top < scale.bottom && box.bottom > scale.top);
  })()`);

describe.each(["en", "fr"])("newcomer 2, on a small laptop in %s", (language) => {
  it("everything is within reach with the longest notice and banner, armed", async () => {
    if ((await page.locator("html").getAttribute("lang")) !== language) await page.getByTestId("language").click();
    await page.locator(`html[lang=${language}]`).waitFor();
    expect(await everywhere(language, "armed")).toEqual({});
    expect(await isScaleCovered()).toBe(false);
    await page.getByTestId("scene-tide").waitFor();
    for (const tab of ["ready", "commands", "payload", "fleet"]) {
      await page.getByTestId(`tab-${tab}`).click();
      expect(await found(`${language}-${tab}`)).toEqual({});
    }
  });
  it("and with a lost station and a command that was not sent", async () => {
    const tabsLeftPx = await leftOf("tab-plan");
    silence(true);
    await page.getByTestId("station-lost").waitFor();
    expect(await leftOf("tab-plan")).toBe(tabsLeftPx);
    const line = await page.evaluate("getComputedStyle(document.querySelector('.contacts-seen')).textDecorationLine");
    expect(line).toBe("line-through");
    await page.keyboard.press("r");
    await page.getByTestId("command-line").getByText(/SIM-1/).waitFor();
    const cut = await everywhere(language, "lost");
    silence(false);
    await page.locator('[data-station="heard"]').waitFor();
    expect(cut).toEqual({});
  });
});
