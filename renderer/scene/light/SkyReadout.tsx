import { Fragment } from "react";
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
      {factsOf(t, format, sky).map((fact, i) => (
        <Fragment key={i}>
          {i === 0 ? "" : " · "}
          <span>{fact}</span>
        </Fragment>
      ))}
    </p>
  ) : null;
}

/** A line breaks between facts only. */
function factsOf(t: Translate, format: Format, { sun, twilight, moon, next }: Sky): readonly string[] {
  const angles = ({ azimuthDeg, elevationDeg }: Sky["sun"]) => ({
    azimuth: format.bearingText(azimuthDeg),
    up: format.angleText(elevationDeg),
  });
  const moonAt = t(moon.elevationDeg < 0 ? "scene.sky.moonDown" : "scene.sky.moonUp", angles(moon));
  const moonText = t(moon.isWaxing ? "scene.sky.waxing" : "scene.sky.waning", {
    lit: format.percentText(moon.litFraction),
  });
  return [
    t("scene.sky.sun", { ...angles(sun), twilight: t(`scene.sky.${twilight}`) }),
    ...(next ? [`${t(`scene.sky.${next.kind}`)} ${format.utcText(next.unixTimeMs * 1000).slice(0, 5)} UTC`] : []),
    `${moonText}, ${moonAt}`,
  ];
}
