import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, normalize, resolve, sep } from "node:path";
import { CONTENT_SECURITY_POLICY, contentTypeOf } from "./pageRules.js";

/**
 * Answers with a file inside `folder`, never one outside it. Does not use sirv: the rules for methods, headers and file
 * types, which the desktop shell shares, would remain here, and with them most of these lines.
 */
export async function serveFile(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path =
    request.method === "GET" || request.method === "HEAD" ? pathInside(folder, request.url ?? "/") : undefined;
  // A file that cannot be accessed is answered like a missing one.
  const found = path === undefined ? undefined : await stat(path).catch(() => undefined);
  if (path === undefined || found?.isFile() !== true) {
    response.writeHead(404, { "content-type": "text/plain" }).end("not here");
    return;
  }
  const isPage = extname(path) === ".html";
  response.writeHead(200, {
    "content-type": contentTypeOf(extname(path)),
    "content-length": found.size,
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": isPage ? "no-store" : "no-cache",
  });
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  createReadStream(path)
    .on("error", () => response.destroy())
    .pipe(response);
}

function pathInside(folder: string, url: string): string | undefined {
  const root = resolve(folder);
  try {
    const decoded = decodeURIComponent(new URL(url, "http://localhost").pathname);
    if (decoded.includes("\0")) return undefined;
    const path = resolve(root, `.${normalize(`/${decoded}`)}`);
    const wanted = decoded.endsWith("/") ? resolve(path, "index.html") : path;
    return wanted.startsWith(root + sep) ? wanted : undefined;
  } catch {
    // Malformed percent-encoding: no such file.
    return undefined;
  }
}
