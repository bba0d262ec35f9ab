/** The Chromium in which the end-to-end tests open the pages. */
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { SOFTWARE_GL } from "../../sim/bench/browser.js";

/**
 * Longer than any step takes, even where two busy cores draw in software and a flight to the far end of the area takes a
 * minute: only ends a test that hangs.
 */
export const HANGS_AFTER_MS = 180_000;

/**
 * As on a machine without a graphics card: WebGL in software, and the page composed by Chromium's own code for that case. Through the
 * software GL, as in the benchmarks, composing takes three times as long, which no user has.
 */
export const WITHOUT_CARD = [...SOFTWARE_GL, "--disable-gpu-compositing"];

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env["VIGIE_CHROMIUM"] ?? "/usr/bin/chromium", args: WITHOUT_CARD });

export async function openPage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const page = await browser.newPage(options);
  page.setDefaultTimeout(HANGS_AFTER_MS);
  return page;
}
