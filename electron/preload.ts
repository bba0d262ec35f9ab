/**
 * The only bridge to the page: passes it the MessagePort to the station, the zoom of the page itself and the platform's versions. The page gets nothing else
 * of Electron or Node.
 */
import { contextBridge, ipcRenderer, webFrame } from "electron";

contextBridge.exposeInMainWorld("vigie", {
  platform: process.platform,
  zoom: {
    factor: () => webFrame.getZoomFactor(),
    setFactor: (factor: number) => webFrame.setZoomFactor(Math.min(2, Math.max(0.8, factor || 1))),
  },
  versions: { electron: process.versions.electron, chrome: process.versions.chrome },
});

ipcRenderer.on("vigie-port", (event) => {
  // Ports can be passed from the preload script to the page only by postMessage; the target is the page's own origin.
  window.postMessage({ kind: "vigie-port" }, window.location.origin, event.ports);
});
