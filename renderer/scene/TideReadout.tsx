import { useContext, useEffect, useMemo } from "react";
import { tideText } from "../../src/contract/tideTexts.js";
import { ASSUMED_BEACH_SLOPE_RATIO } from "../../src/geo/tide/waterlineShift.js";
import { LanguageContext, useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { type Latest, useWhole } from "../bridge/latest.js";
import type { CoastSceneProps } from "./sceneTypes.js";
import { drawnShift, type ShownTide, TideWatch } from "./tideWatch.js";

const TICK_MS = 1000;

/** The tide at its own place, else at what the camera follows, else at the scene's origin, at the time the scene shows. */
export function useTideWatch({
  tide,
  focus,
  origin,
}: Pick<CoastSceneProps, "tide" | "focus" | "origin">): Latest<ShownTide | undefined> | undefined {
  const watch = useMemo(
    () => tide && new TideWatch(tide, () => tide.placeNow?.() ?? focus.get()?.position ?? origin.get()),
    [tide, focus, origin],
  );
  useEffect(() => {
    if (!watch) return undefined;
    watch.tick();
    const timer = setInterval(() => watch.tick(), TICK_MS);
    return () => clearInterval(timer);
  }, [watch]);
  return watch?.shown;
}

type TideReadoutProps = {
  readonly shown: Latest<ShownTide | undefined>;
  /** False while no coast is known: then no sea's edge is drawn. */
  readonly isShoreDrawn: boolean;
};

/**
 * Nothing until the station has answered; then the tide, or that it is unknown. An old one is dim and gives
 * its age. Below it, how far the tide moves the sea's edge as it is drawn, and what that assumes.
 */
export function TideReadout({ shown, isShoreDrawn }: TideReadoutProps) {
  const t = useText();
  const format = useFormat();
  const language = useContext(LanguageContext);
  const now = useWhole(shown);
  if (!now) return null;
  const { tide, ageS } = now;
  const line = tideText(t, tide, { language, height: (valueM) => format.lengthText(valueM, 1) });
  const isOld = ageS > 0 || !tide;
  const shift = isShoreDrawn ? drawnShift(now) : undefined;
  const facts = shift && {
    way: format.lengthText(shift.seawardM),
    error: format.lengthText(shift.sigmaM),
    run: Math.round(1 / ASSUMED_BEACH_SLOPE_RATIO),
  };
  return (
    <>
      <p className="scene-tide" data-testid="scene-tide" data-old={isOld}>
        {ageS > 0 ? t("scene.tide.old", { tide: line, age: format.ageText(ageS) }) : line}
      </p>
      {facts && (
        <p className="scene-tide" data-testid="scene-shift" data-old={isOld}>
          {t("scene.tide.shift", facts)}
        </p>
      )}
    </>
  );
}
