import { mkdtempSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { _electron, type ElectronApplication, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findElectron } from "../src/cli/setup/electronBinary.js";
import { electronLaunch } from "../src/cli/setup/electronShell.js";
import { startTrainingSortie, TRAINING_SCENARIO, type TrainingSortie } from "../src/cli/setup/trainingSortie.js";
import type { StationHostOptions } from "../src/station/hostProtocol.js";
import { HANGS_AFTER_MS, WITHOUT_CARD } from "../renderer/testing/testBrowser.js";
import { flyTraining, watchForErrors } from "../renderer/testing/trainingFlow.js";

let sortie: TrainingSortie;
let app: ElectronApplication;
let page: Page;
let errors: readonly string[];

beforeAll(async () => {
  const found = findElectron(process.cwd(), { mayFetch: false, print: console.error });
  if (!found.ok) throw new Error("No Electron: run `npm test`, which fetches one.");
  const { executable, args } = electronLaunch(process.cwd(), found.value);
  const started = await startTrainingSortie(process.cwd(), TRAINING_SCENARIO);
  if (!started.ok) throw new Error(started.error.kind);
  sortie = started.value;
  const { link, video, training } = sortie;
  const dataFolder = mkdtempSync(path.join(os.tmpdir(), "vigie-e2e-"));
  const options: StationHostOptions = { links: [link], video: [video], training, dataFolder };
  app = await _electron.launch({
    executablePath: executable,
    args: [...args, ...WITHOUT_CARD],
    env: { ...(process.env as Record<string, string>), VIGIE_STATION: JSON.stringify(options) },
  });
  const isMain = (candidate: Page) => candidate.url().endsWith("index.html");
  page = app.windows().find(isMain) ?? (await app.waitForEvent("window", { predicate: isMain }));
  page.setDefaultTimeout(HANGS_AFTER_MS);
  errors = watchForErrors(page);
});

afterAll(async () => {
  // The vehicle is still armed: closing the window by hand would ask first.
  await app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.destroy();
  });
  await app.close().catch(() => undefined);
  sortie.child.kill();
});

describe("the desktop window, on the training sortie", () => {
  it("draws, plans, uploads, arms, flies, sees, pauses and returns", async () => {
    const flown = await flyTraining(page, "electron");
    expect(flown.distanceText).toMatch(/\d/);
    expect(flown.countOfContacts).toBeGreaterThanOrEqual(3);
    expect(flown.modes.returning).toMatch(/RTL/);
    expect(errors).toEqual([]);
  });

  it("gives the page nothing of Node, and no way out", async () => {
    const reached = await page.evaluate<Record<string, string>>(
      `({ require: typeof require, process: typeof process, module: typeof module, bridge: Object.keys(window.vigie).join() })`,
    );
    expect(reached).toEqual({
      require: "undefined",
      process: "undefined",
      module: "undefined",
      bridge: "platform,zoom,versions",
    });
    const url = page.url();
    expect(await page.evaluate(`String(window.open("https://example.com/"))`)).toBe("null");
    await page.evaluate(`void (location.href = "https://example.com/")`);
    await page.waitForTimeout(500);
    expect(page.url()).toBe(url);
    expect(await page.evaluate(`fetch("https://example.com/").then(() => "reached", () => "blocked")`)).toBe("blocked");
  });

  it("is drawn larger and smaller by key, the window's size stays", async () => {
    const width = (): Promise<number> => page.evaluate("innerWidth");
    const windowPx = await page.evaluate<number>("outerWidth");
    await page.keyboard.press("Control+0");
    await expect.poll(async () => windowPx / (await width())).toBeCloseTo(1, 1);
    const before = await width();
    await page.keyboard.press("Control+=");
    await expect.poll(async () => windowPx / (await width())).toBeCloseTo(1.1, 1);
    await page.keyboard.press("Control+-");
    await page.keyboard.press("Control+-");
    await expect.poll(async () => windowPx / (await width())).toBeCloseTo(0.9, 1);
    await page.keyboard.press("Control+0");
    await expect.poll(width).toBe(before);
    expect(await page.evaluate<number>("outerWidth")).toBe(windowPx);
  });

  it("loses its window and gets it back, while the link lives on", async () => {
    await page.evaluate(`location.reload()`);
    await page.getByTestId("badge-simulation").waitFor();
    await page.getByTestId("tab-fly").click();
    await page.getByTestId("mode").waitFor();
    expect(await page.getByTestId("mode").innerText()).toMatch(/RTL|LAND|STABILIZE/);
  });
});
