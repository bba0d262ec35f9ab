import { useEffect, useMemo, useState } from "react";
import type { Sky } from "../../../src/geo/sky/sky.js";
import { settingsStore } from "../../app/settings.js";
import { Latest, useLatest } from "../../bridge/latest.js";
import { useStore } from "../../bridge/StoresContext.js";
import { paletteFor, type ScenePalette } from "../scenePalette.js";
import type { CoastSceneProps } from "../sceneTypes.js";
import { useScenePalette } from "../useScenePalette.js";
import { ALWAYS_READABLE, isSameLight, lightOf, type SceneLight } from "./sceneLight.js";
import { type SceneTime, SkyWatch } from "./skyWatch.js";

const TICK_MS = 1000;

type LitScene = {
  readonly sky: Latest<Sky | undefined>;
  readonly light: Latest<SceneLight>;
  /** The theme's; after dark by the hour that of the night in place of one made for sunlight. */
  readonly palette: ScenePalette;
};

/** Sun and moon at what the camera follows, else at the scene's origin; and the light that the settings want from them. */
export function useSceneLight({
  sceneTime,
  focus,
  origin,
}: Pick<CoastSceneProps, "focus" | "origin"> & { readonly sceneTime: SceneTime | undefined }): LitScene {
  const settings = useStore(settingsStore);
  const isByHour = useLatest(settings.values, ({ groundLight }) => groundLight === "hour");
  const { sky, watch } = useMemo(() => {
    const made = new SkyWatch(
      () => sceneTime?.(),
      () => focus.get()?.position ?? origin.get(),
    );
    return { sky: made.sky, watch: made };
  }, [sceneTime, focus, origin]);
  const [light] = useState(() => new Latest(ALWAYS_READABLE));
  useEffect(() => {
    const show = (): void => {
      const now = sky.get();
      const next = isByHour && now ? lightOf(now) : ALWAYS_READABLE;
      if (!isSameLight(light.get(), next)) light.set(next);
    };
    watch.tick();
    show();
    const stop = sky.onChange(show);
    const timer = setInterval(() => watch.tick(), TICK_MS);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, [watch, sky, light, isByHour]);
  const isDark = useLatest(light, (now) => now.isDark);
  const themed = useScenePalette();
  return { sky, light, palette: isDark && themed.name === "day" ? paletteFor("night") : themed };
}
