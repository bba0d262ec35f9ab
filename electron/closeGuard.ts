/** Asks before the window is closed while vehicles are armed. The page lists them in `data-armed`; the user decides. */
import { app, type BrowserWindow, dialog } from "electron";

const ASK_MS = 1000;

/** Names of the armed vehicles, "" for none. When the page does not answer, "?" is returned and the user is asked as well. */
async function armedNames(window: BrowserWindow): Promise<string> {
  const asked = window.webContents.executeJavaScript(`document.documentElement.dataset.armed ?? ""`) as Promise<string>;
  const silent = new Promise<string>((resolve) => setTimeout(() => resolve("?"), ASK_MS));
  // A crashed page never answers: whether something is armed is then unknown.
  return Promise.race([asked.catch(() => "?"), silent]);
}

const WORDS = {
  en: {
    message: (names: string) => `In the air or armed: ${names}. Close Vigie all the same?`,
    detail: "Nobody will watch and command it from here; it follows its own failsafe.",
    buttons: ["Stay", "Close"],
  },
  fr: {
    message: (names: string) => `En vol ou armé : ${names}. Fermer Vigie quand même ?`,
    detail: "Plus personne ne le surveillera ni ne le commandera d'ici ; il appliquera sa propre sécurité.",
    buttons: ["Rester", "Fermer"],
  },
} as const;
const CLOSE = 1;

export function guardClose(window: BrowserWindow): void {
  let isAsking = false;
  window.on("close", (event) => {
    event.preventDefault();
    if (isAsking) return;
    isAsking = true;
    void mayClose(window).then((isAllowed) => {
      isAsking = false;
      if (isAllowed) window.destroy();
    });
  });
}

async function mayClose(window: BrowserWindow): Promise<boolean> {
  const names = await armedNames(window);
  if (names === "") return true;
  const words = WORDS[app.getLocale().startsWith("fr") ? "fr" : "en"];
  const { response } = await dialog.showMessageBox(window, {
    type: "warning",
    message: words.message(names),
    detail: words.detail,
    buttons: [...words.buttons],
    defaultId: 0,
    cancelId: 0,
  });
  return response === CLOSE;
}
