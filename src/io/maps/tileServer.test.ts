import { mkdtempSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TILE_BYTES_MAX, type TileContainer } from "./tileContainer.js";
import { openTileServer } from "./tileServer.js";

const AT = { zoom: 3, column: 4, row: 2 };
const STATED = {
  ...{ name: "m", attribution: "a", encoding: "png", zoomMin: 0, zoomMax: 9 },
  boundsDeg: undefined,
};

let server: Server;
let folder: string;
let asked: IncomingMessage[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let port: number;

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "vigie-tiles-"));
  asked = [];
  answer = (_, response) => response.setHeader("etag", '"1"').end("a tile");
  server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterEach(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});
const stop = (): Promise<void> =>
  new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });

function opened({ daysMax = 30, bytesMax = 1e9, form = "{z}/{x}/{y}.png" } = {}): TileContainer {
  return openTileServer({
    url: `http://127.0.0.1:${port}/${form}`,
    stated: STATED,
    cache: { folder, bytesMax, daysMax },
    userAgent: "Vigie/test",
  });
}
async function textFrom(container: TileContainer, at = AT): Promise<string | undefined> {
  const found = await container.tile(at);
  return found.ok ? found.value && Buffer.from(found.value).toString() : found.error.kind;
}

describe("tiles of a server", () => {
  it("are asked for by zoom, column and row, with the program's name", async () => {
    expect(await textFrom(opened())).toBe("a tile");
    expect(asked[0]?.url).toBe("/3/4/2.png");
    expect(asked[0]?.headers["user-agent"]).toBe("Vigie/test");
  });

  it("are asked for with rows from the south where the address wants them so", async () => {
    await textFrom(opened({ form: "{z}/{x}/{-y}.png" }));
    expect(asked[0]?.url).toBe("/3/4/5.png");
  });

  it("are asked for once, also by the next run", async () => {
    await textFrom(opened());
    expect(await textFrom(opened())).toBe("a tile");
    expect(asked).toHaveLength(1);
  });

  it("are asked for again after their age, and kept when the server says they are unchanged", async () => {
    await textFrom(opened());
    answer = (_, response) => response.writeHead(304).end();
    expect(await textFrom(opened({ daysMax: 0 }))).toBe("a tile");
    expect(asked[1]?.headers["if-none-match"]).toBe('"1"');
  });

  it("are shown old rather than not at all, without a network", async () => {
    await textFrom(opened());
    await stop();
    expect(await textFrom(opened({ daysMax: 0 }))).toBe("a tile");
  });

  it("that were never seen are reported as offline without a network, and the server is then left alone for a while", async () => {
    answer = (_, response) => response.writeHead(503).end();
    const container = opened();
    expect(await textFrom(container)).toBe("offline");
    expect(await textFrom(container, { ...AT, row: 3 })).toBe("offline");
    expect(asked).toHaveLength(1);
  });

  it("that do not exist are none, and are not asked for again", async () => {
    answer = (_, response) => response.writeHead(404).end("no such tile");
    expect(await textFrom(opened())).toBeUndefined();
    expect(await textFrom(opened())).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  it("are unpacked where they are packed", async () => {
    answer = (_, response) => response.end(gzipSync("layers"));
    expect(await textFrom(opened())).toBe("layers");
  });

  it("larger than any tile are refused before they fill the memory", async () => {
    answer = (_, response) => response.end(Buffer.alloc(TILE_BYTES_MAX + 1));
    expect(await textFrom(opened())).toBe("offline");
  });

  it("are fetched two at a time", async () => {
    const held: ServerResponse[] = [];
    answer = (_, response) => held.push(response);
    const container = opened();
    const all = [0, 1, 2, 3].map((column) => textFrom(container, { ...AT, column }));
    await expect.poll(() => held.length).toBe(2);
    held.forEach((response) => response.end("a tile"));
    await expect.poll(() => held.length).toBe(4);
    held.forEach((response) => response.end("a tile"));
    expect(await Promise.all(all)).toEqual(Array(4).fill("a tile"));
  });

  it("take a bounded room on the disk: the longest unused go first", async () => {
    const container = opened({ bytesMax: 1 });
    await textFrom(container);
    // The first write measured: one file is over the size and was removed.
    expect(readdirSync(folder)).toEqual([]);
    const roomy = opened();
    for (const column of [1, 2]) await textFrom(roomy, { ...AT, column });
    utimesSync(path.join(folder, "3-1-2.tile"), new Date(0), new Date(0));
    const bytesMax = 60;
    await textFrom(opened({ bytesMax }), { ...AT, column: 3 });
    expect(readdirSync(folder)).not.toContain("3-1-2.tile");
    expect(readdirSync(folder)).toContain("3-3-2.tile");
  });

  it("end with the station", async () => {
    answer = () => undefined;
    const container = opened();
    const pending = textFrom(container);
    await expect.poll(() => asked.length).toBe(1);
    await container.close();
    expect(await pending).toBe("offline");
  });
});
