import { useSyncExternalStore } from "react";
import { settingsStore } from "../../app/settings.js";
import { useLatest } from "../../bridge/latest.js";
import { useStore } from "../../bridge/StoresContext.js";
import type { SceneMiniMap } from "../sceneTypes.js";

/** CSS pixels; also where labels keep off. */
export const MINI_PX = { width: 176, height: 132 };
/** Where there is less room it must be asked for. */
const SHOWN_FROM_PX = 1600;

const onResize = (notify: () => void): (() => void) => {
  window.addEventListener("resize", notify);
  return () => window.removeEventListener("resize", notify);
};

/** As chosen in the settings; where nobody chose, on a wide page. */
export function useMiniMapChoice(): boolean {
  const settings = useStore(settingsStore);
  const isWide = useSyncExternalStore(onResize, () => window.innerWidth >= SHOWN_FROM_PX);
  return useLatest(settings.values, ({ isMiniMapShown }) => isMiniMapShown) ?? isWide;
}

/** Only in a scene that has one. */
export function useIsMiniMapShown(miniMap: SceneMiniMap | undefined): boolean {
  const isChosen = useMiniMapChoice();
  return isChosen && miniMap !== undefined;
}
