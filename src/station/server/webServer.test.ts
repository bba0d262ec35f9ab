import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { createPublisher } from "../../contract/envelope.js";
import { validateFromUi } from "../../contract/validate.js";
import { CLOSED_WITHOUT_KEY, decodeWire, encodeWire } from "../../contract/wire.js";
import { COAST_FILE_BYTES_MAX } from "../../geo/coastLimits.js";
import type { Station } from "../stationTypes.js";
import { openWebServer, type WebServer } from "./webServer.js";

const received: unknown[] = [];
const station: Station = {
  connectUi: (toUi) => {
    queueMicrotask(() => toUi(createPublisher("test").publish({ kind: "contacts", contacts: [] })));
    return { fromUi: (message) => received.push(message), close: () => received.push("closed") };
  },
  connectDecoder: () => undefined,
  dispose: () => Promise.resolve(),
};

const root = mkdtempSync(join(tmpdir(), "vigie-web-"));
let server: WebServer;
beforeAll(async () => {
  mkdirSync(join(root, "pages", "assets"), { recursive: true });
  writeFileSync(join(root, "pages", "index.html"), "<p>page</p>");
  writeFileSync(join(root, "pages", "assets", "a.js"), "1");
  writeFileSync(join(root, "secret"), "secret");
  const opened = await openWebServer({ station, pagesFolder: join(root, "pages"), port: 0 });
  if (!opened.ok) throw new Error(opened.error.code);
  server = opened.value;
});
afterAll(() => server.close());

type Answer = { readonly status: number; readonly headers: Record<string, unknown>; readonly body: string };
/** `fetch` would not let a test send a false Host, nor a path with "..". */
function get(path: string, host = `127.0.0.1:${server.port}`): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port: server.port, path, headers: { host } }, (response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => (body += chunk.toString()));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    asked.on("error", reject);
    asked.end();
  });
}

/** The status of a refused WebSocket upgrade, or the first message after an accepted one. */
function dial(options: { token?: string; origin?: string; host?: string; path?: string }): Promise<unknown> {
  const { token = server.token, path = "/station", origin, host } = options;
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}?token=${token}`, {
      headers: { ...(origin === undefined ? {} : { origin }), ...(host === undefined ? {} : { host }) },
    });
    socket.on("unexpected-response", (_request, response) => resolve(response.statusCode));
    socket.on("message", (data: Buffer) => {
      resolve(decodeWire(data.toString()));
      socket.close();
    });
    socket.on("error", () => undefined);
  });
}

describe("the browser's door", () => {
  it("serves the pages with a strict policy, index never from a cache", async () => {
    const page = await get("/");
    expect(page).toMatchObject({ status: 200, body: "<p>page</p>" });
    expect(page.headers["cache-control"]).toBe("no-store");
    expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
    expect(page.headers["x-content-type-options"]).toBe("nosniff");
    expect((await get("/assets/a.js")).headers["content-type"]).toMatch(/javascript/);
  });

  it.each(["/../secret", "/..%2fsecret", "/%2e%2e/secret", "/assets/..%2f..%2fsecret", "/%00", "/%zz", "/none"])(
    "gives nothing for %s",
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(404);
      expect(answer.body).not.toContain("secret");
    },
  );

  it("refuses another name that leads here (DNS rebinding)", async () => {
    expect((await get("/", "evil.example")).status).toBe(403);
    expect(await dial({ host: "evil.example" })).toBe(403);
  });

  it("wants the token: 401 without the right one", async () => {
    expect(await dial({ token: "0".repeat(32) })).toBe(401);
    expect(await dial({ token: "" })).toBe(401);
    expect(await dial({ token: `${server.token}0` })).toBe(401);
    expect(server.token).toMatch(/^[0-9a-f]{32}$/);
  });

  it("newcomer 4: tells its own page that it has no key by a close code, and lets nothing through", async () => {
    const origin = `http://127.0.0.1:${server.port}`;
    received.length = 0;
    const code = await new Promise((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}/station?token=wrong`, { headers: { origin } });
      socket.on("open", () => socket.send('{"kind":"ui-alive"}'));
      socket.on("message", () => resolve("a word of the station"));
      socket.on("close", resolve);
      socket.on("error", () => undefined);
    });
    expect(code).toBe(CLOSED_WITHOUT_KEY);
    expect(received).toEqual([]);
    expect(await dial({ token: "wrong", origin: "http://evil.example" })).toBe(403);
  });

  it("wants its own origin: 403 for another page, also with the token", async () => {
    expect(await dial({ origin: "http://evil.example" })).toBe(403);
    expect(await dial({ origin: "null" })).toBe(403);
    expect(await dial({ origin: `http://127.0.0.1:${server.port}` })).toMatchObject({
      body: { kind: "contacts", contacts: [] },
    });
    expect(await dial({ origin: `http://localhost:${server.port}` })).toMatchObject({
      body: { kind: "contacts", contacts: [] },
    });
  });

  it("has no other socket", async () => {
    expect(await dial({ path: "/other" })).toBe(400);
  });

  it("takes the largest coast line in one message, and the socket stays open", async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/station?token=${server.token}`);
    await new Promise((resolve) => socket.on("open", resolve));
    received.length = 0;
    const geojson = new Uint8Array(COAST_FILE_BYTES_MAX).fill(0x20);
    socket.send(encodeWire({ kind: "request", requestId: 1, request: { kind: "load-coast-line", geojson } }));
    await expect.poll(() => received.length).toBe(1);
    expect(validateFromUi(received[0])).toMatchObject({ ok: true });
    expect(socket.readyState).toBe(socket.OPEN);
    // A poll that fails prints what it has, at every try: with 32 MB of it, the socket's closing would never be heard.
    received.length = 0;
    socket.close();
    await expect.poll(() => received).toEqual(["closed"]);
  });

  it("hands garbage on as no message, and lives", async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/station?token=${server.token}`);
    socket.on("error", () => undefined);
    await new Promise((resolve) => socket.on("open", resolve));
    received.length = 0;
    socket.send("{not json");
    socket.send(Buffer.from([255, 255, 255, 255, 1]));
    socket.send('{"kind":"ui-alive"}');
    await expect.poll(() => received.length).toBe(3);
    expect(received).toEqual([undefined, undefined, { kind: "ui-alive" }]);
    socket.terminate();
    await expect.poll(() => received.at(-1)).toBe("closed");
    await new Promise<void>((resolve) => {
      const raw = connect(server.port, "127.0.0.1", () => raw.end("\u0000\u0001garbage\r\n\r\n"));
      raw.on("close", () => resolve());
      raw.on("error", () => resolve());
      raw.resume();
    });
    expect((await get("/")).status).toBe(200);
  });
});
