/** Closing the window in flight asks first: the page says what is armed (`data-armed`), the person decides. */
import { app, type BrowserWindow, dialog } from "electron";

const ASK_MS = 1000;

/** Names of what is armed, "" for nothing; a page that does not answer is asked about all the same. */
async function armedNames(window: BrowserWindow): Promise<string> {
  const asked = window.webContents.executeJavaScript(`document.documentElement.dataset.armed ?? ""`) as Promise<string>;
  const silent = new Promise<string>((resolve) => setTimeout(() => resolve("?"), ASK_MS));
  // A page that crashed answers nothing: whether something is armed is not known then.
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
