/**
 * On the beach, without a network: an area pack is imported, and the training sortie is flown over its map and its heights. The station,
 * its simulator and the browser run in a network that leads nowhere (where the machine lets us make one), and what they
 * call is written down.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hgtFile } from "../src/geo/terrain/testing/hgtFile.js";
import { tilePointOf } from "../src/geo/tiles/webMercator.js";
import { encodeGreyPng } from "../src/io/png.js";
import { freePort } from "../src/io/testing/freePort.js";
import { writePmTiles, type WrittenTile } from "../src/station/maps/testing/tileFiles.js";
import { asOneWord, type EmptyNetwork, enterEmptyNetwork } from "./testing/emptyNetwork.js";
import { HANGS_AFTER_MS, WITHOUT_CARD } from "./testing/testBrowser.js";
import { holdWhenReady, shoot, waitForText, watchForErrors } from "./testing/trainingFlow.js";

/** The beach of the training sortie. */
const BEACH = { latitudeDeg: 50.7745, longitudeDeg: 1.6075 };
const folder = mkdtempSync(path.join(os.tmpdir(), "vigie-offline-"));
const at = (name: string): string => path.join(folder, name);

let network: EmptyNetwork | undefined;
beforeAll(async () => {
  network = await enterEmptyNetwork();
});
afterAll(() => {
  network?.leave();
  rmSync(folder, { recursive: true, force: true });
});

const inNetwork = (words: readonly [string, ...string[]]): readonly [string, ...string[]] =>
  network?.commandIn(...words) ?? words;

/** `vigie` in that network; the file that `log` names gets a line for each place outside that it calls. */
function vigie(words: readonly string[], log: string): ChildProcess {
  const [command, ...rest] = inNetwork([process.execPath, path.resolve("src/cli/vigie.mjs"), ...words]);
  const watch = `--import=${pathToFileURL(path.resolve("renderer/testing/outboundWatch.mjs")).href}`;
  return spawn(command, rest, {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, VIGIE_HOME: at("home"), NODE_OPTIONS: watch, VIGIE_OUTBOUND_LOG: log },
  });
}

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    child.stdout?.resume();
    child.once("exit", (status) => resolve(status));
  });

const addressOf = (station: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let printed = "";
    station.stdout?.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      const [found] = /http:\S+#token=[0-9a-f]{32}/.exec(printed) ?? [];
      if (found !== undefined) resolve(found);
    });
    station.once("exit", () => reject(new Error(`no address in: ${printed}`)));
  });

const called = (log: string): readonly string[] =>
  existsSync(log)
    ? readFileSync(log, "utf8")
        .split("\n")
        .filter((line) => line !== "")
    : [];

/** A grey map of 3 by 3 tiles around the beach, at every zoom. */
function writeMap(file: string): void {
  const bytes = encodeGreyPng(64, 64, new Uint8Array(64 * 64).fill(200));
  const tiles: WrittenTile[] = [];
  for (let zoom = 8; zoom <= 14; zoom++) {
    const middle = tilePointOf(BEACH, zoom);
    for (const east of [-1, 0, 1])
      for (const south of [-1, 0, 1])
        tiles.push({
          ...{ zoom, column: Math.floor(middle.column) + east, row: Math.floor(middle.row) + south },
          bytes,
        });
  }
  writePmTiles(file, { tiles, encoding: "png", metadata: { name: "Opal", attribution: "© Nobody" } });
}

async function openPage(): Promise<{ page: Page; asked: string[]; close: () => Promise<void> }> {
  const [command, ...rest] = inNetwork([process.env["VIGIE_CHROMIUM"] ?? "/usr/bin/chromium"]);
  const executablePath = rest.length === 0 ? command : asOneWord([command, ...rest]);
  const browser = await chromium.launch({ executablePath, args: WITHOUT_CARD });
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
  page.setDefaultTimeout(HANGS_AFTER_MS);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).host));
  page.on("websocket", (socket) => asked.push(new URL(socket.url()).host));
  return { page, asked, close: () => browser.close() };
}

describe("without a network", () => {
  it("a pack is imported and the training sortie flown over its map and heights, and nothing outside is called", async () => {
    const log = at("called");
    writeMap(at("opal.pmtiles"));
    const terrain = hgtFile(() => 4);
    const files = ["--map", at("opal.pmtiles"), "--terrain", terrain];
    for (const words of [
      ["make", "--name", "Opal", "--out", at("opal.vigiepack"), ...files],
      ["import", at("opal.vigiepack")],
    ])
      expect(await ended(vigie(["pack", ...words], log))).toBe(0);
    // A simulation takes no heights from packs by itself: its ground is the scenario's, which is level here as they are.
    const heights = at("home/packs/Opal/N50E001.hgt");
    const station = vigie(["start", "--browser", "--terrain", heights], log);
    const { page, asked, close } = await openPage();
    try {
      const errors = watchForErrors(page);
      const address = await addressOf(station);
      await page.goto(address);
      await waitForText(page, "attribution", /map © Nobody.*|heights N50E001\.hgt.*map © Nobody/);
      await waitForText(page, "attribution", /heights N50E001\.hgt/);
      await page.keyboard.press("/");
      await page.keyboard.type("Wissant");
      await page.keyboard.press("Enter");
      await page.getByTestId("find-field").waitFor({ state: "detached" });
      await page.getByRole("button", { name: /Camera back/ }).waitFor();
      await page.waitForTimeout(3000);
      await shoot(page, "offline-wissant");
      await page.keyboard.press("Escape");
      await page.getByTestId("tab-plan").click();
      await page.getByTestId("upload").click();
      await page.locator('[data-testid="upload-state"][data-kind="verified"]').waitFor();
      await page.getByTestId("tab-fly").click();
      await holdWhenReady(page, "arm");
      await page.locator('[data-testid="armed"][data-armed="true"]').waitFor();
      await holdWhenReady(page, "start-mission");
      await waitForText(page, "mode", /AUTO/);
      await page.locator('[data-testid^="contact-C-"]').first().waitFor();
      await shoot(page, "offline-fly");
      expect(errors).toEqual([]);
      expect([...new Set(asked)]).toEqual([new URL(address).host]);
    } finally {
      await close();
      const over = ended(station);
      station.kill("SIGTERM");
      await over;
    }
    expect(called(log)).toEqual([]);
  });

  it("a map server that a person has named is called, and the log has it", async () => {
    const log = at("called-by-name");
    const server = { name: "Far", attribution: "© Far", url: "http://tiles.invalid/{z}/{x}/{y}.png", zoomMax: 14 };
    writeFileSync(at("far.map.json"), JSON.stringify(server));
    const link = ["--link", `udp://:${await freePort()}`];
    const station = vigie(["serve", "--port", "0", ...link, "--map", at("far.map.json")], log);
    const { page, asked, close } = await openPage();
    try {
      const address = await addressOf(station);
      await page.goto(address);
      await page.getByTestId("tab-fly").click();
      await expect.poll(() => called(log), { timeout: HANGS_AFTER_MS }).toContain("name tiles.invalid");
      // The page itself asks its station only.
      expect([...new Set(asked)]).toEqual([new URL(address).host]);
    } finally {
      await close();
      const over = ended(station);
      station.kill("SIGTERM");
      await over;
    }
  });
});
