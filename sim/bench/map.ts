/**
 * The map in the scene: how long until its tiles are on the screen after a jump of the camera, and what a long flight over it leaves in
 * memory. A map of noise on disk, along forty kilometres of coast; real Chromium, software GL.
 */
import { mkdtempSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { chromium, type CDPSession, type Page } from "playwright-core";
import { WebSocket } from "ws";
import { decodeWire, encodeWire } from "../../src/contract/wire.js";
import type { Position } from "../../src/geo/position.js";
import { type TileAddress, tilePointOf } from "../../src/geo/tiles/webMercator.js";
import { encodeGreyPng } from "../../src/io/png.js";
import { writeMbTiles, type WrittenTile } from "../../src/station/maps/testing/tileFiles.js";
import { seededRng } from "../../src/core/rng.js";
import { median, type BenchLine } from "./benchLine.js";
import { SOFTWARE_GL, startInBrowser } from "./browser.js";
import { memberOf, residentMb } from "./memory.js";

/** From Hardelot to Wissant. */
const FROM: Position = { latitudeDeg: 50.6, longitudeDeg: 1.6 };
const KILOMETRES = 40;
const DEG_PER_KM = 1 / 111.2;
const stop = (kilometre: number): Position => ({ ...FROM, latitudeDeg: FROM.latitudeDeg + kilometre * DEG_PER_KM });
const JUMPS_KM = [35, 2, 28, 9, 20];
/** Nothing asked for and nothing arrived for so long: the tiles are all there. */
const QUIET_MS = 1000;

function writeMap(): string {
  const random = seededRng(1);
  const noise = Array.from({ length: 8 }, () =>
    encodeGreyPng(
      256,
      256,
      Uint8Array.from({ length: 256 * 256 }, () => 16 * Math.floor(16 * random.uniform())),
    ),
  );
  const tiles: WrittenTile[] = [];
  for (let zoom = 6; zoom <= 15; zoom++) {
    const [south, north] = [tilePointOf(stop(-3), zoom), tilePointOf(stop(KILOMETRES + 3), zoom)];
    const besides = Math.max(1, Math.round(2 ** (zoom - 13) * 2));
    for (let row = Math.floor(north.row); row <= south.row; row++)
      for (let aside = -besides; aside <= besides; aside++) {
        const column = Math.floor(south.column) + aside;
        tiles.push({ zoom, column, row, bytes: noise[(row + column) % noise.length] ?? new Uint8Array() });
      }
  }
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), "vigie-bench-map-")), "noise.mbtiles");
  writeMbTiles(file, { tiles, metadata: { name: "Noise", format: "png" } });
  return file;
}

type Asked = TileAddress & { readonly mapId: string };
type Sent = {
  readonly kind?: string;
  readonly requestId?: number;
  readonly request?: { readonly kind: string } & Asked;
};
type Received = { readonly body?: { readonly kind: string; readonly requestId?: number } };

/** The tiles that a page asks its station for, seen on its socket. */
class TileTraffic {
  asked: Asked[] = [];
  lastMs = 0;
  readonly #open = new Set<number>();

  constructor(page: Page) {
    page.on("websocket", (socket) => {
      socket.on("framesent", ({ payload }) => this.#onSent(decodeWire(payload) as Sent));
      socket.on("framereceived", ({ payload }) => this.#onReceived(decodeWire(payload) as Received));
    });
  }

  #onSent({ kind, requestId, request }: Sent): void {
    if (kind !== "request" || request?.kind !== "get-map-tile" || requestId === undefined) return;
    this.asked.push(request);
    this.#open.add(requestId);
  }

  #onReceived({ body }: Received): void {
    if (body?.kind === "reply" && body.requestId !== undefined && this.#open.delete(body.requestId)) {
      this.lastMs = performance.now();
    }
  }

  get isQuiet(): boolean {
    return this.asked.length > 0 && this.#open.size === 0 && performance.now() - this.lastMs > QUIET_MS;
  }
}

async function goTo(page: Page, { latitudeDeg, longitudeDeg }: Position): Promise<void> {
  await page.keyboard.press("/");
  await page.getByTestId("find-field").fill(`${latitudeDeg.toFixed(5)}, ${longitudeDeg.toFixed(5)}`);
  await page.keyboard.press("Enter");
}

async function jump(page: Page, traffic: TileTraffic, to: Position): Promise<number> {
  traffic.asked = [];
  const before = performance.now();
  await goTo(page, to);
  while (!traffic.isQuiet) await page.waitForTimeout(50);
  return traffic.lastMs - before;
}

/** The same tiles asked of the station by a program that shows nothing, six at a time as the page does. */
function stationAloneMs(address: string, tiles: readonly Asked[]): Promise<number> {
  const url = new URL(address);
  const token = /[0-9a-f]{32}/.exec(address)?.[0] ?? "";
  const socket = new WebSocket(`ws://${url.host}/station?token=${token}`, { headers: { origin: url.origin } });
  const before = performance.now();
  let next = 0;
  let isGiven = 0;
  const ask = (): void => {
    const tile = tiles[next++];
    if (tile) socket.send(encodeWire({ kind: "request", requestId: next, request: { ...tile, kind: "get-map-tile" } }));
  };
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("open", () => {
      for (let i = 0; i < 6; i++) ask();
    });
    socket.on("message", (data: Buffer, isBinary) => {
      const { body } = decodeWire(isBinary ? new Uint8Array(data) : data.toString()) as Received;
      if (body?.kind !== "reply") return;
      ask();
      if (++isGiven < tiles.length) return;
      socket.close();
      resolve(performance.now() - before);
    });
  });
}

async function heapMb(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? Number.NaN) / 1e6;
}

const gpuMb = (): number => {
  const gpu = memberOf(process.pid, "--type=gpu-process");
  return gpu === undefined ? Number.NaN : residentMb(gpu);
};

/** A camera that is moved a kilometre at a time, `minutes` for the whole coast. */
async function flyAlong(page: Page, minutes: number): Promise<readonly BenchLine[]> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const perStopMs = (minutes * 60_000) / KILOMETRES;
  let first = { heap: Number.NaN, gpu: Number.NaN };
  for (let kilometre = 0; kilometre <= KILOMETRES; kilometre++) {
    await goTo(page, stop(kilometre));
    await page.waitForTimeout(perStopMs);
    if (kilometre === 1) first = { heap: await heapMb(session), gpu: gpuMb() };
  }
  const last = { heap: await heapMb(session), gpu: gpuMb() };
  const line = (name: string, value: number, earlier: number, note: string): BenchLine => ({
    ...{ name: `${name} after ${minutes} min along ${KILOMETRES} km`, value, unit: "MB", note },
    peer: { name: "itself after 1 km", value: earlier },
    ratio: earlier / value,
  });
  return [
    line("page's JavaScript heap", last.heap, first.heap, "after a garbage collection"),
    line("GPU process, resident", last.gpu, first.gpu, "software GL: its memory is the GPU's"),
  ];
}

export async function benchMap(minutes: number): Promise<readonly BenchLine[]> {
  const vigie = await startInBrowser(["--map", writeMap()]);
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: SOFTWARE_GL });
  try {
    const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
    const traffic = new TileTraffic(page);
    await page.goto(vigie.url);
    await page.keyboard.press("2");
    await page.waitForTimeout(8000);
    const rounds: { pageMs: number; aloneMs: number; tiles: number }[] = [];
    for (const kilometre of JUMPS_KM) {
      const pageMs = await jump(page, traffic, stop(kilometre));
      const tiles = [...traffic.asked];
      rounds.push({ pageMs, tiles: tiles.length, aloneMs: await stationAloneMs(vigie.url, tiles) });
    }
    const [pageMs, aloneMs] = [median(rounds.map((one) => one.pageMs)), median(rounds.map((one) => one.aloneMs))];
    const jumps: BenchLine = {
      ...{ name: "map's tiles after a jump of the camera", value: pageMs, unit: "ms", ratio: aloneMs / pageMs },
      peer: { name: "the station alone, the same tiles", value: aloneMs },
      note: `median of ${rounds.length} jumps, about ${Math.round(median(rounds.map(({ tiles }) => tiles)))} tiles from disk, software GL`,
    };
    return [jumps, ...(await flyAlong(page, minutes))];
  } finally {
    vigie.stop();
    await browser.close();
  }
}
