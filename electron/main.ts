/** Main process of the desktop application: opens the windows and connects them to the station, nothing else. */
import path from "node:path";
import { app, BrowserWindow, Menu, type MenuItemConstructorOptions, nativeTheme, session } from "electron";
import { guardClose } from "./closeGuard.js";
import { launchOptionsFrom } from "./launchOptions.js";
import { reloadWithBackOff } from "./reloadWithBackOff.js";
import { lockDown, PAGE_ORIGIN, registerPageScheme, servePages } from "./security.js";
import { startStationProcess, type StationProcess } from "./stationProcess.js";

const scripts = __dirname;
const preload = path.join(scripts, "preload.cjs");
const WEB_PREFERENCES = {
  preload,
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  webviewTag: false,
  // A covered window must keep feeding the UI watchdog and stay up to date.
  backgroundThrottling: false,
} as const;

/** The usual one without its zoom, which is the page's own setting (`screenScale`). */
const VIEW_MENU: MenuItemConstructorOptions = {
  label: "View",
  submenu: [{ role: "reload" }, { role: "toggleDevTools" }, { type: "separator" }, { role: "togglefullscreen" }],
};

function openWindow(station: StationProcess): BrowserWindow {
  const window = new BrowserWindow({
    width: 1600,
    height: 900,
    minWidth: 1024,
    minHeight: 640,
    backgroundColor: "#0B0F14",
    show: false,
    title: "Vigie",
    webPreferences: WEB_PREFERENCES,
  });
  window.once("ready-to-show", () => window.show());
  guardClose(window);
  window.webContents.on("did-finish-load", () => station.connectWindow(window));
  // The page crashed; station and link are separate processes and go on. The reloaded page gets the current state again.
  reloadWithBackOff(window, "the window's page");
  window.on("unresponsive", () => console.error("vigie: the window does not answer; the link goes on"));
  void window.loadURL(`${PAGE_ORIGIN}/index.html`);
  return window;
}

/** Chromium decodes the video in a hidden page: hardware decoding where available, and no codec to ship. */
function openDecoder(station: StationProcess): BrowserWindow {
  const window = new BrowserWindow({ show: false, webPreferences: WEB_PREFERENCES });
  window.webContents.on("did-finish-load", () => station.connectDecoder(window));
  reloadWithBackOff(window, "the decoder's page");
  void window.loadURL(`${PAGE_ORIGIN}/decoder/decoder.html`);
  return window;
}

async function start(): Promise<void> {
  registerPageScheme();
  // Without a graphics card Chromium gives WebGL to no page any more, unless it is told to (since version 137): it is "unsafe" for pages
  // from the network, and this window opens none. Without it such a laptop would show no scene at all.
  app.commandLine.appendSwitch("enable-unsafe-swiftshader");
  await app.whenReady();
  // Dark system colours too (menu bar, dialogs): nothing may dazzle at night.
  nativeTheme.themeSource = "dark";
  servePages(path.join(scripts, "..", "renderer"));
  lockDown(session.defaultSession);
  Menu.setApplicationMenu(Menu.buildFromTemplate([{ role: "fileMenu" }, { role: "editMenu" }, VIEW_MENU]));
  const station = startStationProcess(scripts, launchOptionsFrom(process.env, app.getPath("userData")));
  const window = openWindow(station);
  // After the window's page, which would wait for the two to start side by side.
  window.webContents.once("did-finish-load", () => {
    const decoder = openDecoder(station);
    window.on("closed", () => decoder.destroy());
  });
  let isStopped = false;
  app.on("before-quit", (event) => {
    if (isStopped) return;
    event.preventDefault();
    // With vehicles armed, closing the window asks first (`closeGuard.ts`); once it is closed, quitting continues here.
    if (!window.isDestroyed()) {
      window.close();
      return;
    }
    void station.stop().then(() => {
      isStopped = true;
      app.quit();
    });
  });
  app.on("window-all-closed", () => app.quit());
}

start().catch((problem: unknown) => {
  console.error("vigie: could not start:", problem);
  app.exit(1);
});
