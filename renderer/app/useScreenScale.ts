import { useEffect, useMemo } from "react";
import { useLatest } from "../bridge/latest.js";
import { useStore } from "../bridge/StoresContext.js";
import { type Action, type Enabled, useActionKeys } from "./actions.js";
import { nextScale, type ScreenScale, screenScaleFor } from "./screenScale.js";
import { type SettingsStore, settingsStore } from "./settings.js";
import { type ShellZoom, shellZoomOf } from "./shellZoom.js";

/** Steps that cannot be seen are not worth a layout of the page. */
const SAME_WITHIN = 0.01;

/** Of the window, not of the page: the page's own size changes with its scale. */
const scaleNow = (page: Window, chosen: ScreenScale | undefined): number =>
  screenScaleFor(chosen, { widthPx: page.outerWidth, heightPx: page.outerHeight });

/** Draws the whole page as large as chosen, or as the window's size wants. */
export function useScreenScale(): void {
  const settings = useStore(settingsStore);
  const chosen = useLatest(settings.values, ({ screenScale }) => screenScale);
  useEffect(() => {
    const zoom = shellZoomOf(window);
    if (!zoom) return undefined;
    const apply = (): void => {
      const scale = scaleNow(window, chosen);
      if (Math.abs(zoom.factor() - scale) > SAME_WITHIN) zoom.setFactor(scale);
    };
    apply();
    window.addEventListener("resize", apply);
    return () => window.removeEventListener("resize", apply);
  }, [chosen]);
  useActionKeys(useMemo(() => scaleActions(settings, shellZoomOf(window)), [settings]));
}

/** In a browser the same keys are the browser's. */
function scaleActions({ change }: SettingsStore, zoom: ShellZoom | undefined): readonly Action[] {
  if (!zoom) return [];
  const step = (way: "larger" | "smaller") => () => change({ screenScale: nextScale(zoom.factor(), way) });
  const always = { isEnabled: (): Enabled => true };
  return [
    { id: "screen-larger", labelKey: "app.scale.larger", shortcut: "Ctrl++", perform: step("larger"), ...always },
    { id: "screen-smaller", labelKey: "app.scale.smaller", shortcut: "Ctrl+-", perform: step("smaller"), ...always },
    {
      ...{ id: "screen-auto", labelKey: "app.scale.again", shortcut: "Ctrl+0", ...always },
      perform: () => change({ screenScale: undefined }),
    },
  ];
}
