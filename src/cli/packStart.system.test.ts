/** A station that is started with imported packs, and with nothing on its command line, shows what is in them. */
import type { ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, expect, it } from "vitest";
import { WebSocket } from "ws";
import { decodeWire, encodeWire } from "../contract/wire.js";
import { aGeoTiff } from "../io/geoTiff/testing/tiffBytes.js";
import { encodeColourPng } from "../io/png.js";
import { freePort } from "../io/testing/freePort.js";
import { writePmTiles } from "../station/maps/testing/tileFiles.js";
import { ended, runVigie } from "../../sim/testing/sortieRun.js";

const folder = mkdtempSync(path.join(tmpdir(), "vigie-pack-start-"));
const at = (name: string): string => path.join(folder, name);
const HOME = { VIGIE_HOME: at("home") };

beforeAll(async () => {
  writePmTiles(at("opal.pmtiles"), {
    tiles: [{ zoom: 3, column: 4, row: 2, bytes: Buffer.from("tile") }],
    ...{ encoding: "png", metadata: { name: "Opal coast" } },
  });
  writeFileSync(at("heights.tif"), aGeoTiff([]));
  writeFileSync(at("scan.png"), encodeColourPng(16, 12, new Uint8Array(16 * 12 * 4).fill(255)));
  writeFileSync(at("scan.pgw"), "0.0125 0 0 -0.0125 1.50625 50.84375");
  writeFileSync(at("zone.geojson"), '{"type":"LineString","coordinates":[[1.6,50.7],[1.7,50.8]]}');
  const maps = ["opal.pmtiles", "scan.png", "zone.geojson"].flatMap((name) => ["--map", at(name)]);
  const files = [...maps, "--terrain", at("heights.tif")];
  for (const words of [
    ["make", "--name", "Opal", "--out", at("opal.vigiepack"), ...files],
    ["import", at("opal.vigiepack")],
  ])
    expect(await ended(runVigie(["pack", ...words], HOME))).toMatchObject({ status: 0 });
  mkdirSync(path.join(HOME.VIGIE_HOME, "packs", "broken"));
});

type Reply = { readonly body?: { readonly kind: string; readonly requestId: number; readonly result: unknown } };

const SCAN = { name: "scan", bounds: { southDeg: 50.7, westDeg: 1.5, northDeg: 50.85, eastDeg: 1.7 } };
const ZONE = { name: "zone", isOverlay: true };
const MIDDLE = { latitudeDeg: 50.77, longitudeDeg: 1.52 };
const HEIGHTS_REQUEST = { kind: "get-heights", middle: MIDDLE, halfWidthM: 500, countPerSide: 2 };

/** The results of two requests, as a page of the station gets them. */
function askStation(address: string): Promise<readonly unknown[]> {
  const url = new URL(address);
  const token = /[0-9a-f]{32}/.exec(address)?.[0] ?? "";
  const socket = new WebSocket(`ws://${url.host}/station?token=${token}`, { headers: { origin: url.origin } });
  const results = new Map<number, unknown>();
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("open", () => {
      socket.send(encodeWire({ kind: "request", requestId: 1, request: { kind: "get-maps" } }));
      socket.send(encodeWire({ kind: "request", requestId: 2, request: HEIGHTS_REQUEST }));
    });
    socket.on("message", (data: Buffer, isBinary) => {
      const { body } = decodeWire(isBinary ? new Uint8Array(data) : data.toString()) as Reply;
      if (body?.kind !== "reply") return;
      results.set(body.requestId, body.result);
      if (results.size < 2) return;
      socket.close();
      resolve([results.get(1), results.get(2)]);
    });
  });
}

const addressOf = (station: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    let printed = "";
    station.stdout?.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      const [found] = /http:\S+#token=[0-9a-f]{32}/.exec(printed) ?? [];
      if (found !== undefined) resolve(found);
    });
  });

it.each([["serve"], ["start", "--browser"]])("vigie %s", async (...words) => {
  const station = runVigie([...words, "--link", `udp://:${await freePort()}`], HOME);
  const over = ended(station);
  try {
    const [maps, heights] = await askStation(await addressOf(station));
    expect(maps).toMatchObject({ ok: true, value: { maps: [{ name: "Opal coast", isOnline: false }, SCAN, ZONE] } });
    const { value } = heights as { readonly value: { readonly bytes: Uint8Array } };
    // The file's heights are from 0 to 11 m, here in decimetres; what is not known would be -32768.
    const southWestDm = new DataView(value.bytes.buffer, value.bytes.byteOffset).getInt16(0);
    expect(southWestDm).toBeGreaterThanOrEqual(0);
    expect(southWestDm).toBeLessThanOrEqual(110);
  } finally {
    station.kill("SIGTERM");
  }
  const { stderr } = await over;
  expect(stderr.match(/pack broken: has no manifest\.json/g)).toHaveLength(1);
});

it("vigie start on the training sortie takes their maps only: the ground of a simulation is its scenario's", async () => {
  const station = runVigie(["start", "--browser"], HOME);
  const over = ended(station);
  try {
    const [maps, heights] = await askStation(await addressOf(station));
    expect(maps).toMatchObject({ ok: true, value: { maps: [{ name: "Opal coast" }, SCAN, ZONE] } });
    expect(heights).toMatchObject({ ok: false, error: { kind: "not-found" } });
  } finally {
    station.kill("SIGTERM");
  }
  expect((await over).stderr).toContain("heights of imported packs are not used in a simulation");
});
