import { useSyncExternalStore } from "react";
import { type ScenePalette, paletteFor } from "./scenePalette.js";

const onThemeChange = (notify: () => void): (() => void) => {
  const observer = new MutationObserver(notify);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
};
const themeNow = (): string | undefined => document.documentElement.dataset["theme"];

/** The colours of the theme chosen for the page, following it when it changes. */
export const useScenePalette = (): ScenePalette => paletteFor(useSyncExternalStore(onThemeChange, themeNow));
