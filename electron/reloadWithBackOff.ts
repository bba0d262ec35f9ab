import type { BrowserWindow } from "electron";
import { createRestartBackOff } from "../src/station/restartBackOff.js";

/** Reloads a page that crashed: at once the first time, then with growing delays in case its content causes the crash. */
export function reloadWithBackOff(window: BrowserWindow, what: string): void {
  const backOff = createRestartBackOff();
  window.webContents.on("render-process-gone", (_event, { reason }) => {
    if (window.isDestroyed() || reason === "clean-exit") return;
    const afterMs = backOff.nextMs(performance.now());
    console.error(`vigie: ${what} died (${reason}); loaded again in ${afterMs} ms; the link goes on`);
    setTimeout(() => {
      if (!window.isDestroyed()) window.reload();
    }, afterMs);
  });
}
