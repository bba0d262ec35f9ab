/** Cost of a frame in the browser page, and time from start to the first frame. Real Chromium and Electron, software GL. */
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { _electron, chromium, type Page } from "playwright-core";
import { build, preview } from "vite";
import { median, type BenchLine } from "./benchLine.js";

/** Everything through a software GL, the composing of the page too: what the benchmarks' figures have always meant. */
export const SOFTWARE_GL = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"];
const VIEW = { width: 1600, height: 900 };

/** Measured in the page by `timeFrames.js`, which stores the costs there. */
async function frameCosts(page: Page, waitMs: number): Promise<readonly number[]> {
  await page.evaluate("window.vigieFrameCostsMs.length = 0");
  await page.waitForTimeout(waitMs);
  return page.evaluate("window.vigieFrameCostsMs");
}

/** An empty scene, built for this run and served from a temporary folder. */
async function serveEmptyScene(): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const outDir = mkdtempSync(path.join(os.tmpdir(), "vigie-empty-"));
  const root = path.resolve("renderer");
  const input = path.join(root, "scene/testing/emptyScene.html");
  await build({
    configFile: "vite.config.ts",
    build: { outDir, emptyOutDir: true, rolldownOptions: { input } },
    logLevel: "error",
  });
  const server = await preview({
    configFile: false,
    root,
    build: { outDir },
    preview: { port: 0, host: "127.0.0.1" },
    logLevel: "error",
  });
  const address = server.resolvedUrls?.local[0] ?? "";
  return {
    url: `${address}scene/testing/emptyScene.html`,
    close: async () => {
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}

/** Runs `vigie start --browser` on the training sortie, with `more` words; resolves with the printed address. */
export function startInBrowser(
  more: readonly string[] = [],
): Promise<{ readonly url: string; readonly pid: number; readonly stop: () => void }> {
  const child = spawn(process.execPath, [path.resolve("src/cli/vigie.mjs"), "start", "--browser", ...more], {
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
    // A temporary home, so that its sorties do not mix with the user's.
    env: { ...process.env, VIGIE_HOME: mkdtempSync(path.join(os.tmpdir(), "vigie-home-")) },
  });
  const stop = () => {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
  };
  return new Promise((resolve, reject) => {
    const look = (text: Buffer) => {
      const url = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(text.toString())?.[0];
      if (url !== undefined) resolve({ url, pid: child.pid ?? 0, stop });
    };
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    child.once("exit", () => reject(new Error("vigie start ended before it served")));
  });
}

/** UI frame time on the training sortie, live, against the empty scene. */
export async function benchFrames(): Promise<BenchLine> {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: SOFTWARE_GL });
  const vigie = await startInBrowser();
  const empty = await serveEmptyScene();
  try {
    const measure = async (url: string, settle: (page: Page) => Promise<void>): Promise<number> => {
      const page = await browser.newPage({ viewport: VIEW });
      await page.addInitScript({ path: path.resolve("sim/bench/timeFrames.js") });
      await page.goto(url);
      await settle(page);
      const costs = await frameCosts(page, 10_000);
      await page.close();
      return median(costs);
    };
    const emptyMs = await measure(empty.url, (page) => page.waitForTimeout(2000));
    const trainingMs = await measure(vigie.url, async (page) => {
      await page.keyboard.press("2");
      await page.waitForTimeout(8000);
    });
    return {
      name: "UI frame, training scene, live",
      value: trainingMs,
      unit: "ms",
      peer: { name: "empty scene, same renderer", value: emptyMs },
      ratio: emptyMs / trainingMs,
      note: "software GL, 1600x900, drawing finished",
    };
  } finally {
    vigie.stop();
    await empty.close();
    await browser.close();
  }
}

const BARE_MAIN = `const { app, BrowserWindow } = require("electron");
app.whenReady().then(() => new BrowserWindow({ width: 1600, height: 900 }).loadFile(__dirname + "/page.html"));`;

/** An Electron distribution made of links, with `app` as its application. */
function shellFor(electronFolder: string, app: string): string {
  const shell = mkdtempSync(path.join(path.resolve("dist"), "bench-shell-"));
  spawnSync("cp", ["-al", `${electronFolder}/.`, shell]);
  rmSync(path.join(shell, "resources/app"), { recursive: true, force: true });
  mkdirSync(path.join(shell, "resources"), { recursive: true });
  symlinkSync(app, path.join(shell, "resources/app"), "dir");
  return path.join(shell, "electron");
}

async function firstFrameMs(executablePath: string, selector: string, environment: NodeJS.ProcessEnv): Promise<number> {
  const before = performance.now();
  const app = await _electron.launch({
    executablePath,
    args: SOFTWARE_GL,
    env: { ...process.env, ...environment } as Record<string, string>,
  });
  const isPage = (page: Page) => !page.url().includes("decoder");
  const page = app.windows().find(isPage) ?? (await app.waitForEvent("window", { predicate: isPage }));
  await page.waitForSelector(selector, { state: "attached" });
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
  const tookMs = performance.now() - before;
  await app.close();
  return tookMs;
}

/** Time from start to the application's first drawn frame, against an empty page in the same Electron. */
export async function benchStart(electronFolder: string): Promise<BenchLine> {
  const bare = mkdtempSync(path.join(os.tmpdir(), "vigie-bare-"));
  writeFileSync(path.join(bare, "package.json"), '{ "name": "bare", "main": "main.cjs" }');
  writeFileSync(path.join(bare, "main.cjs"), BARE_MAIN);
  writeFileSync(path.join(bare, "page.html"), "<!doctype html><h1>bare</h1>");
  const shells = { bare: shellFor(electronFolder, bare), vigie: shellFor(electronFolder, process.cwd()) };
  const dataFolder = mkdtempSync(path.join(os.tmpdir(), "vigie-data-"));
  const environment = { VIGIE_STATION: JSON.stringify({ links: [], dataFolder }) };
  const bareMs: number[] = [];
  const vigieMs: number[] = [];
  for (let round = 0; round < 5; round++) {
    bareMs.push(await firstFrameMs(shells.bare, "h1", {}));
    vigieMs.push(await firstFrameMs(shells.vigie, "canvas", environment));
  }
  for (const shell of Object.values(shells)) rmSync(path.dirname(shell), { recursive: true, force: true });
  for (const folder of [bare, dataFolder]) rmSync(folder, { recursive: true, force: true });
  return {
    name: "start to first drawn frame",
    value: median(vigieMs),
    unit: "ms",
    peer: { name: "bare Electron page", value: median(bareMs) },
    ratio: median(bareMs) / median(vigieMs),
    note: "median of 5, driven by Playwright, software GL",
  };
}
