import { readFile } from "node:fs/promises";
import path from "node:path";
import { app, protocol, type Session, type WebContents } from "electron";
import { CONTENT_SECURITY_POLICY, contentTypeOf } from "../src/station/server/pageRules.js";

const PAGE_SCHEME = "vigie";
export const PAGE_ORIGIN = `${PAGE_SCHEME}://app`;

/** Must be called before Electron's `ready` event. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    // The code cache spares compiling the page at each start (Electron 28 and later; an earlier one has none).
    { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the built pages from `folder` and no file outside it. */
export function servePages(folder: string): void {
  protocol.handle(PAGE_SCHEME, async (request) => {
    const { host, pathname } = new URL(request.url);
    const file = path.join(folder, path.normalize(decodeURIComponent(pathname)));
    const isInside = file.startsWith(folder + path.sep);
    if (host !== "app" || !isInside) return new Response("not here", { status: 404 });
    try {
      const headers = {
        "content-type": contentTypeOf(path.extname(file)),
        "content-security-policy": CONTENT_SECURITY_POLICY,
        "x-content-type-options": "nosniff",
      };
      return new Response(await readFile(file), { headers });
    } catch {
      // A missing file is answered with 404, as by a web server.
      return new Response("not here", { status: 404 });
    }
  });
}

/** Denies navigation, new windows, web views and permissions for every page of the session. */
export function lockDown(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  app.on("web-contents-created", (_event, contents) => lockContents(contents));
}

function lockContents(contents: WebContents): void {
  contents.on("will-navigate", (event, url) => {
    if (!url.startsWith(`${PAGE_ORIGIN}/`)) event.preventDefault();
  });
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
}
