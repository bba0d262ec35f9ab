import { useSyncExternalStore } from "react";
import { settingsStore } from "../../app/settings.js";
import { useLatest } from "../../bridge/latest.js";
import { useStore } from "../../bridge/StoresContext.js";

/** Where there is less room it must be asked for. */
const SHOWN_FROM_PX = 900;
/** CSS pixels that the scene keeps free for it, its distance from the edge included. */
export const PROFILE_PX = { shown: 160, hidden: 60 };

const onResize = (notify: () => void): (() => void) => {
  window.addEventListener("resize", notify);
  return () => window.removeEventListener("resize", notify);
};

/** As last chosen; where nobody chose, on a high page. */
export function useIsProfileShown(): boolean {
  const settings = useStore(settingsStore);
  const isHigh = useSyncExternalStore(onResize, () => window.innerHeight >= SHOWN_FROM_PX);
  return useLatest(settings.values, ({ isPlanProfileShown }) => isPlanProfileShown) ?? isHigh;
}
