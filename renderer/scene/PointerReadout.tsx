import { useEffect, useMemo, useState } from "react";
import { RAD_PER_DEG } from "../../src/geo/angles.js";
import { type Coast, createCoast } from "../../src/geo/coast.js";
import type { CoastDocument } from "../../src/geo/coastDocument.js";
import type { Position } from "../../src/geo/position.js";
import { type RoughHeight, roughHeightAt } from "../../src/geo/roughHeight.js";
import { type Translate, useText } from "../app/text.js";
import type { Format } from "../app/format.js";
import { useFormat } from "../app/useFormat.js";
import { Latest, useLatest } from "../bridge/latest.js";
import type { PointerHub } from "./camera/pointerHub.js";
import { terrainHeightM, type TerrainGrids } from "./geometry/surface.js";
import type { SceneFrame } from "./sceneFrame.js";
import type { CoastSceneProps } from "./sceneTypes.js";

type PointerReadoutProps = Pick<CoastSceneProps, "focus"> & {
  readonly pointer: PointerHub;
  readonly frame: SceneFrame;
  readonly document: CoastDocument | undefined;
  readonly grids: TerrainGrids | undefined;
};

const REFRESH_MS = 150;

/**
 * Where the pointer is: the position in the form of the settings, sea or land, the ground's height where a file knows it, else
 * about how high the relief has it, and distance and direction from the aircraft that is followed. Read anew several times a second: the camera moves too.
 */
export function PointerReadout({ focus, pointer, frame, document, grids }: PointerReadoutProps) {
  const t = useText();
  const format = useFormat();
  const [place] = useState(() => new Latest<Position | undefined>(undefined));
  useEffect(() => {
    const timer = setInterval(() => place.set(pointer.placeNow()), REFRESH_MS);
    return () => clearInterval(timer);
  }, [pointer, place]);
  const coast = useMemo(() => document && createCoast(document), [document]);
  const words = useLatest(place, (position) => {
    if (!position) return "";
    const { eastM, northM } = frame.pointOf(position);
    const heightM = grids && terrainHeightM(grids, eastM, northM);
    const shore = coast?.landOrSea(position);
    const rough = heightM === undefined && shore ? roughHeightAt(coast?.document.relief, shore, position) : undefined;
    const height = rough ? roughText({ t, format }, rough) : fileText({ t, format }, heightM);
    const parts = [format.positionText(position), groundText({ t, format }, shore, height)];
    const aircraft = focus.get();
    if (aircraft) {
      const from = frame.pointOf(aircraft.position);
      const [east, north] = [eastM - from.eastM, northM - from.northM];
      const bearingDeg = (Math.atan2(east, north) / RAD_PER_DEG + 360) % 360;
      const facts = { way: format.wayText(Math.hypot(east, north)), bearing: format.bearingText(bearingDeg) };
      parts.push(t("scene.where.fromAircraft", facts));
    }
    return parts.filter((part) => part !== "").join(" · ");
  });
  return (
    <p className="scene-where" data-testid="scene-where">
      {words}
    </p>
  );
}

type Words = { readonly t: Translate; readonly format: Format };

/** What is not known is not said, neither sea nor 0. */
function groundText(
  { t, format }: Words,
  shore: ReturnType<Coast["landOrSea"]> | undefined,
  height: string | undefined,
): string {
  if (!shore || shore.surface === "unknown") return height ?? "";
  const isCertain = shore.waterlineDistanceM > shore.plusMinusM;
  const surface = isCertain
    ? t(`scene.where.${shore.surface}`)
    : t("scene.where.shore", { error: format.lengthText(shore.plusMinusM) });
  return height === undefined || (isCertain && shore.surface === "sea") ? surface : `${surface} ${height}`;
}

const fileText = ({ t, format }: Words, heightM: number | undefined): string | undefined =>
  heightM === undefined ? undefined : format.heightText({ datum: "amsl", valueM: heightM }, t("app.datum.amsl"));

/** 95 % of a normal error, as the shore's is said. */
const SIGMAS_OF_95 = 1.96;

/** To ten metres: more digits would be made up. */
function roughText({ t, format }: Words, { heightAmslM, sigmaM, source }: RoughHeight): string {
  const valueM = 10 * Math.round(heightAmslM / 10);
  return t("scene.where.rough", {
    height: format.heightText({ datum: "amsl", valueM }, t("app.datum.amsl")),
    error: format.lengthText(10 * Math.round((SIGMAS_OF_95 * sigmaM) / 10)),
    source,
  });
}
