import type { Sky } from "../../../src/geo/sky/sky.js";
import type { Format } from "../../app/format.js";
import { type Translate, useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { type Latest, useWhole } from "../../bridge/latest.js";

/** Sun, twilight and moon at the scene's time in a line; nothing while that is not known. */
export function SkyReadout({ shown }: { readonly shown: Latest<Sky | undefined> }) {
  const t = useText();
  const format = useFormat();
  const sky = useWhole(shown);
  return sky ? (
    <p className="scene-sky" data-testid="scene-sky" data-twilight={sky.twilight}>
      {skyText(t, format, sky)}
    </p>
  ) : null;
}

const NBSP = "\u00a0";

function skyText(t: Translate, format: Format, { sun, twilight, moon, next }: Sky): string {
  const up = (elevationDeg: number): string => format.angleText(elevationDeg).replace("+0°", "0°");
  const facts = {
    azimuth: format.bearingText(sun.azimuthDeg),
    up: up(sun.elevationDeg),
    twilight: t(`scene.sky.${twilight}`),
    lit: format.percentText(moon.litFraction),
    moonAzimuth: format.bearingText(moon.azimuthDeg),
    moonUp: up(moon.elevationDeg),
  };
  const event = next && `${t(`scene.sky.${next.kind}`)}${NBSP}${format.utcText(next.unixTimeMs * 1000).slice(0, 5)}`;
  const sunText = t("scene.sky.sun", facts);
  const moonText = t(moon.isWaxing ? "scene.sky.waxing" : "scene.sky.waning", facts);
  return [sunText, ...(event ? [`${event}${NBSP}UTC`] : []), moonText].join(" · ");
}
