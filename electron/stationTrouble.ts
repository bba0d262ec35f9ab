import { app, dialog } from "electron";
import { createStationRestarts } from "./stationRestarts.js";

/** The dialog shown once the station has died too often to be restarted automatically. */
const WORDS = {
  en: {
    message: "Vigie's station keeps stopping: nothing is sent to or heard from the aircraft.",
    detail: "It was started again six times. A flying aircraft follows its own failsafe. The log says what stopped it.",
    buttons: ["Try again", "Close Vigie"],
  },
  fr: {
    message: "La station de Vigie s'arrête sans cesse : rien n'est envoyé à l'aéronef ni reçu de lui.",
    detail:
      "Elle a été relancée six fois. Un aéronef en vol applique sa propre sécurité. Le journal dit ce qui l'a arrêtée.",
    buttons: ["Réessayer", "Fermer Vigie"],
  },
} as const;
const TRY_AGAIN = 0;

/** Handler for a station that died: calls `restart` after a delay, or when the user confirms. */
export function whenStationDies(restart: () => void): (exitCode: number) => void {
  const restarts = createStationRestarts();
  return (exitCode) => {
    const verdict = restarts.onDeath(performance.now());
    if (verdict.kind === "restart") {
      console.error(`vigie: the station stopped (${exitCode}); started again in ${verdict.afterMs} ms`);
      setTimeout(restart, verdict.afterMs);
      return;
    }
    void shallTryAgain().then((isWanted) => {
      if (!isWanted) app.exit(1);
      restarts.reset();
      restart();
    });
  };
}

/** Asks the user instead of restarting without end. */
async function shallTryAgain(): Promise<boolean> {
  const { message, detail, buttons } = WORDS[app.getLocale().startsWith("fr") ? "fr" : "en"];
  const shown = [...buttons];
  const { response } = await dialog.showMessageBox({
    ...{ type: "error", message, detail },
    ...{ buttons: shown, defaultId: TRY_AGAIN },
  });
  return response === TRY_AGAIN;
}
