import type { HeightGrid } from "../../../src/geo/terrain/heightGrid.js";
import { settingsStore } from "../../app/settings.js";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { type Latest, useLatest, useWhole } from "../../bridge/latest.js";
import { useStore } from "../../bridge/StoresContext.js";
import type { TerrainGrids } from "../geometry/surface.js";
import type { ScenePalette } from "../scenePalette.js";

type GroundLegendProps = {
  readonly grids: TerrainGrids | undefined;
  readonly contourStepM: Latest<number | undefined>;
  readonly palette: ScenePalette;
};

/** What lines and colours of the relief mean, and that there are none where no file knows the ground. */
export function GroundLegend({ grids, contourStepM, palette }: GroundLegendProps) {
  const t = useText();
  const format = useFormat();
  const settings = useStore(settingsStore);
  const { areContoursShown, groundShading } = useWhole(settings.values);
  const stepM = useLatest(contourStepM, (value) => value);
  if (!areContoursShown && groundShading === "plain") return null;
  const contours = stepM === undefined ? undefined : t("scene.contours.key", { step: format.lengthText(stepM) });
  return (
    <p className="scene-legend" data-testid="ground-legend">
      {areContoursShown && <span>{grids ? contours : t("scene.contours.none")}</span>}
      {groundShading === "hillshade" && !grids && <span>{t("scene.shading.noHills")}</span>}
      {groundShading === "steepness" && <Steepness {...{ grids, palette }} />}
    </p>
  );
}

const cellM = ({ halfWidthM, countPerSide }: HeightGrid): number => (2 * halfWidthM) / (countPerSide - 1);

function Steepness({ grids, palette }: Pick<GroundLegendProps, "grids" | "palette">) {
  const t = useText();
  const format = useFormat();
  const [fine, coarse] = [grids?.near ?? grids?.far, grids?.far];
  if (!fine) return <span>{t("scene.shading.none")}</span>;
  const bands = [
    { colour: palette.steep15, words: "15–30°" },
    { colour: palette.steep30, words: "30–45°" },
    { colour: palette.steep45, words: t("scene.shading.over", { low: "45°" }) },
  ];
  const lengths = { near: format.lengthText(cellM(fine)), far: format.lengthText(cellM(coarse ?? fine)) };
  return (
    <>
      <span>{t("scene.shading.key", lengths)}</span>
      {bands.map(({ colour, words }) => (
        <span key={words}>
          <i style={{ background: colour }} />
          {words}
        </span>
      ))}
    </>
  );
}
