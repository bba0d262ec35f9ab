/**
 * The first sortie of a new user, on any page that shows Vigie: draw, plan, upload, arm, fly, see a contact, pause,
 * return. Used by the Electron and the Chromium test; screenshots are kept in `artefacts/`.
 */
import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Locator, Page } from "playwright-core";

const SHOTS = path.resolve("artefacts");

export async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: path.join(SHOTS, `${name}.png`) });
}

/** Presses a hold-to-confirm button until it lets go by itself, as a thumb would. */
export async function hold(page: Page, button: Locator): Promise<void> {
  await button.waitFor();
  const box = await button.boundingBox();
  if (!box) throw new Error("the button is not on the screen");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  // The ring is drawn by the page: on a slow screen it fills late, and a thumb waits for it.
  await page.waitForTimeout(1000);
  // What is confirmed may take the button away with it.
  await button.and(page.locator('[data-held="true"]')).waitFor({ state: "detached" });
  await page.mouse.up();
}

/** Waits until the button may be pressed, then holds it; again if the vehicle was not ready after all. */
export async function holdWhenReady(page: Page, testId: string): Promise<void> {
  const button = page.getByTestId(testId);
  await page.locator(`[data-testid="${testId}"]:not([aria-disabled="true"])`).waitFor();
  await hold(page, button);
}

/** Clicks the corners of an area, as fractions of the scene, and closes it. */
async function drawArea(page: Page, corners: readonly (readonly [number, number])[]): Promise<void> {
  const scene = page.getByTestId("plan-scene").locator("canvas").first();
  const box = await scene.boundingBox();
  if (!box) throw new Error("the scene is not on the screen");
  await page.getByTestId("plan-draw").click();
  for (const [right, down] of corners) {
    await page.mouse.click(box.x + right * box.width, box.y + down * box.height);
    await page.waitForTimeout(300);
  }
  await page.keyboard.press("Enter");
}

export type FlownTraining = {
  readonly distanceText: string;
  readonly uploadText: string;
  readonly modes: { readonly flying: string; readonly paused: string; readonly returning: string };
  readonly countOfContacts: number;
};

const text = async (locator: Locator): Promise<string> => (await locator.innerText()).trim();

export const waitForText = (page: Page, testId: string, wanted: RegExp): Promise<void> =>
  page.getByTestId(testId).filter({ hasText: wanted }).first().waitFor();

export async function flyTraining(page: Page, prefix: string): Promise<FlownTraining> {
  await page.getByTestId("badge-simulation").waitFor();
  await page.getByTestId("tab-plan").click();
  await page.getByTestId("plan-distance").waitFor();
  await page.waitForTimeout(3000);
  await shoot(page, `${prefix}-plan`);
  const before = await text(page.getByTestId("plan-distance"));
  await drawArea(page, [
    [0.42, 0.36],
    [0.54, 0.32],
    [0.57, 0.62],
    [0.45, 0.66],
  ]);
  await page.waitForFunction(
    `document.querySelector('[data-testid="plan-distance"]').innerText.trim() !== ${JSON.stringify(before)}`,
  );
  const distanceText = await text(page.getByTestId("plan-distance"));
  await shoot(page, `${prefix}-plan-drawn`);
  await page.getByTestId("upload").click();
  await page.locator('[data-testid="upload-state"][data-kind="verified"]').waitFor();
  const uploadText = await text(page.getByTestId("upload-state"));
  await shoot(page, `${prefix}-plan-verified`);

  await page.getByTestId("tab-fly").click();
  await holdWhenReady(page, "arm");
  await page.locator('[data-testid="armed"][data-armed="true"]').waitFor();
  await holdWhenReady(page, "start-mission");
  await waitForText(page, "mode", /AUTO/);
  await page.locator('[data-testid^="contact-C-"]').nth(2).waitFor();
  await page.waitForTimeout(4000);
  const flying = await text(page.getByTestId("mode"));
  await shoot(page, `${prefix}-fly`);
  const countOfContacts = await page.locator('[data-testid^="contact-C-"]').count();

  await page.getByTestId("pause").click();
  await waitForText(page, "mode", /GUIDED|LOITER|BRAKE/);
  const paused = await text(page.getByTestId("mode"));
  await page.getByTestId("return").click();
  await waitForText(page, "mode", /RTL/);
  const returning = await text(page.getByTestId("mode"));
  await shoot(page, `${prefix}-return`);
  await page.getByTestId("tab-review").click();
  await page.getByTestId("recordings").waitFor();
  await page.waitForTimeout(1500);
  await shoot(page, `${prefix}-review`);
  return { distanceText, uploadText, modes: { flying, paused, returning }, countOfContacts };
}

/** Errors logged by the page itself: any of them fails the test. */
export function watchForErrors(page: Page): readonly string[] {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  return errors;
}
