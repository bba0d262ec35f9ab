/**
 * axe-core on every workspace and page, in both languages and all themes, in a real Chromium. The station is the fake
 * one, so that every panel has something to show.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Envelope } from "../src/contract/envelope.js";
import type { FromUi } from "../src/contract/messages.js";
import { openWebServer, type WebServer } from "../src/station/server/webServer.js";
import type { Station } from "../src/station/stationTypes.js";
import { demoTransport } from "./bridge/testing/fakeStation.js";
import { launchChromium, openPage } from "./testing/testBrowser.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The fake station behind the real server, one per page. */
const station: Station = {
  connectUi: (toUi: (envelope: Envelope) => void) => {
    const { send, dispose } = demoTransport()({ onMessage: toUi, onConnection: () => undefined });
    return { fromUi: (message) => send(message as FromUi), close: dispose };
  },
  connectDecoder: () => undefined,
  dispose: () => Promise.resolve(),
};

type Violation = { readonly id: string; readonly nodes: readonly { readonly target: readonly unknown[] }[] };

let browser: Browser;
let server: WebServer;
let page: Page;

beforeAll(async () => {
  vi.stubGlobal("location", { search: "?demo=1" });
  const opened = await openWebServer({ station, pagesFolder: path.resolve("dist/renderer"), port: 0 });
  if (!opened.ok) throw new Error(opened.error.code);
  server = opened.value;
  browser = await launchChromium();
  page = await openPage(browser, { viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
  await page.goto(server.address);
  await page.getByTestId("vehicle-SIM-2").waitFor();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** "rule: where" for each violation on the page as it is now. */
async function violations(where: string): Promise<readonly string[]> {
  await page.evaluate(`globalThis.axe ?? eval(${JSON.stringify(AXE)})`);
  const found = await page.evaluate<readonly Violation[]>(
    "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => " +
      "({ id, nodes: nodes.map(({ target, any }) => ({ target: [...target, any[0]?.message ?? ''] })) })))",
  );
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${where}: ${id}: ${target.join(" ")}`));
}

const press = (testId: string): Promise<void> => page.getByTestId(testId).first().click();

/** Opens every workspace and page in turn and checks each. */
async function everywhere(): Promise<readonly string[]> {
  const found: string[] = [];
  const check = async (where: string): Promise<void> => void found.push(...(await violations(where)));
  await press("tab-fly");
  for (const tab of ["ready", "commands", "payload", "fleet"]) {
    await press(`tab-${tab}`);
    await check(`fly ${tab}`);
  }
  await press("tab-plan");
  await check("plan");
  await press("tab-review");
  await page.getByTestId("recording").first().waitFor();
  await press("recording");
  await page.getByTestId("timeline").waitFor();
  await check("review");
  await press("tab-setup");
  for (const tab of ["links", "ground", "signing", "params", "logs", "checklist"]) {
    await press(`tab-${tab}`);
    await check(`setup ${tab}`);
  }
  await press("settings");
  await check("settings");
  await press("settings");
  await page.keyboard.press("?");
  await page.getByTestId("help-sheet").waitFor();
  await check("help");
  await page.keyboard.press("Escape");
  return found;
}

describe.each(["en", "fr"])("accessibility in %s", (language) => {
  it.each(["night", "day", "red"])("has no violation that axe finds, theme %s", async (theme) => {
    await page.evaluate(
      `localStorage.setItem("vigie.settings.1", ${JSON.stringify(JSON.stringify({ language, theme }))})`,
    );
    await page.reload();
    await page.locator(`html[lang=${language}][data-theme=${theme}]`).waitFor();
    await page.getByTestId("vehicle-SIM-2").waitFor();
    expect(await everywhere()).toEqual([]);
  });
});
