/**
 * The one bridge: hands the page the MessagePort that leads to the station, and says what it runs on. Nothing else of
 * Electron or Node reaches the page.
 */
import { contextBridge, ipcRenderer } from "electron";

contextBridge.exposeInMainWorld("vigie", {
  platform: process.platform,
  versions: { electron: process.versions.electron, chrome: process.versions.chrome },
});

ipcRenderer.on("vigie-port", (event) => {
  // The page's own origin as target: a port can only be carried between worlds by postMessage.
  window.postMessage({ kind: "vigie-port" }, window.location.origin, event.ports);
});
