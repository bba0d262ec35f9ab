// Styles of tokens and widgets first: the workspaces' styles come after them and may refine them.
import "./app/base.css";
import "./app/theme.css";
import "./ui/ui.css";
import "./app/app.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App.js";
import { ErrorBoundary } from "./app/ErrorBoundary.js";
import { LanguageProvider } from "./app/LanguageProvider.js";
import { messagePortTransport } from "./bridge/messagePortTransport.js";
import { startUiHeartbeat } from "./bridge/uiHeartbeat.js";
import { StoresProvider } from "./bridge/StoresContext.js";
import { browserClock } from "./bridge/stationClock.js";
import { UiStores } from "./bridge/uiStores.js";
import { createStationStore } from "./bridge/stationStore.js";
import type { OpenTransport } from "./bridge/transport.js";
import { takeStationUrl, webSocketTransport } from "./bridge/webSocketTransport.js";

/** `window.vigie`, the preload's object, exists only in Electron. */
async function chooseTransport(): Promise<OpenTransport> {
  if (import.meta.env.DEV && new URLSearchParams(location.search).has("demo")) {
    const { demoTransport } = await import("./bridge/testing/fakeStation.js");
    return demoTransport();
  }
  if ("vigie" in window) return messagePortTransport(window);
  // The address of a restarted station, pasted over the old one, differs only in its fragment: the browser then reloads
  // nothing by itself.
  window.addEventListener("hashchange", () => {
    if (location.hash.includes("token=")) location.reload();
  });
  return webSocketTransport(takeStationUrl(window));
}

function start(open: OpenTransport): void {
  const store = createStationStore(open, browserClock);
  const stores = new UiStores(store);
  startUiHeartbeat(store, window);
  const root = document.querySelector("#root");
  if (!root) throw new Error("Invariant: index.html has #root");
  createRoot(root).render(
    <StrictMode>
      <StoresProvider stores={stores}>
        <LanguageProvider>
          <ErrorBoundary>
            <App />
          </ErrorBoundary>
        </LanguageProvider>
      </StoresProvider>
    </StrictMode>,
  );
}

// Electron posts its port as soon as the page has loaded: without `demo` nothing may be awaited before listening.
void chooseTransport().then(start);
