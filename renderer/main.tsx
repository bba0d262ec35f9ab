// Tokens and widgets first: the rooms' own styles come after them and may refine them.
import "./app/base.css";
import "./app/theme.css";
import "./ui/ui.css";
import "./app/app.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App.js";
import { ErrorBoundary } from "./app/ErrorBoundary.js";
import { messagePortTransport } from "./bridge/messagePortTransport.js";
import { startUiHeartbeat } from "./bridge/uiHeartbeat.js";
import { StationProvider } from "./bridge/StationContext.js";
import { browserClock } from "./bridge/stationClock.js";
import { createStationStore } from "./bridge/stationStore.js";
import type { OpenTransport } from "./bridge/transport.js";
import { takeStationUrl, webSocketTransport } from "./bridge/webSocketTransport.js";

/** The preload's one object is there in Electron and nowhere else. */
async function chooseTransport(): Promise<OpenTransport> {
  if (import.meta.env.DEV && new URLSearchParams(location.search).has("demo")) {
    const { demoTransport } = await import("./bridge/testing/fakeStation.js");
    return demoTransport();
  }
  if ("vigie" in window) return messagePortTransport(window);
  // The address of a station that was started again, put into the page of the one before: a browser loads nothing then.
  window.addEventListener("hashchange", () => {
    if (location.hash.includes("token=")) location.reload();
  });
  return webSocketTransport(takeStationUrl(window));
}

function start(open: OpenTransport): void {
  const store = createStationStore(open, browserClock);
  startUiHeartbeat(store, window);
  const root = document.querySelector("#root");
  if (!root) throw new Error("Invariant: index.html has #root");
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary>
        <StationProvider store={store}>
          <App />
        </StationProvider>
      </ErrorBoundary>
    </StrictMode>,
  );
}

// Electron hands its port over as soon as the page has loaded: without `demo` nothing is awaited before listening.
void chooseTransport().then(start);
