import { type MouseEvent, useEffect, useMemo, useRef } from "react";
import type { CoastDocument } from "../../../src/geo/coastDocument.js";
import { useText } from "../../app/text.js";
import type { Latest } from "../../bridge/latest.js";
import type { CameraRig } from "../camera/cameraRig.js";
import type { Visit } from "../find/finder.js";
import { pageClock } from "../framePacer.js";
import type { SceneFrame } from "../sceneFrame.js";
import type { ScenePalette } from "../scenePalette.js";
import type { SceneMiniMap } from "../sceneTypes.js";
import { MINI_PX } from "./miniMapShown.js";
import { miniPoint, type MiniPoint, type MiniView, miniViewOf, viewCorners } from "./miniView.js";
import { type MiniAircraft, miniKey, paintMiniMap } from "./paintMiniMap.js";

type MiniMapProps = SceneMiniMap & {
  readonly frame: SceneFrame;
  readonly document: CoastDocument | undefined;
  readonly palette: ScenePalette;
  readonly rig: CameraRig;
  /** Told each time the camera has moved. */
  readonly moved: Latest<number>;
  readonly visit: (visit: Visit) => void;
};

type MiniMapCornerProps = Omit<MiniMapProps, keyof SceneMiniMap> & {
  readonly isMiniMapShown: boolean;
  readonly miniMap: SceneMiniMap | undefined;
};

/** Not looked at more often. */
const REDRAW_MS = 200;

/** The whole stretch of coast, north up: what the camera sees of it, the aircraft and home. A click moves the camera there. */
export function MiniMap({ isMiniMapShown, miniMap, ...scene }: MiniMapCornerProps) {
  return isMiniMapShown && miniMap ? <MiniMapCanvas {...miniMap} {...scene} /> : null;
}

function MiniMapCanvas(props: MiniMapProps) {
  const t = useText();
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const shown = useRef<MiniView>(undefined);
  const { frame, document, palette, rig, moved, vehicles, home, visit } = props;
  const land = useMemo(() => landOf(document, frame), [document, frame]);
  useEffect(() => {
    let drawn = "";
    let isDue = false;
    let isEnded = false;
    const draw = (): void => {
      isDue = false;
      const canvas = canvasRef.current;
      // Kept in main memory: as a texture each stroke of the coast would go through the graphics card's queue, or its software.
      const context = canvas?.getContext("2d", { willReadFrequently: true });
      if (!canvas || !context || isEnded) return;
      const aircraft = vehicles.get().map((one): MiniAircraft => ({ ...frame.pointOf(one.position), ...one }));
      const homePlace = home.get();
      const homeAt = homePlace && frame.pointOf(homePlace);
      const target = { eastM: rig.view.targetEastM, northM: rig.view.targetNorthM };
      const points: readonly MiniPoint[] = [target, ...aircraft, ...(homeAt ? [homeAt] : [])];
      const view = miniViewOf(points, { widthPx: canvas.width, heightPx: canvas.height });
      shown.current = view;
      const seen = viewCorners(rig.view, window.innerWidth / Math.max(1, window.innerHeight));
      const scene = { view, seen, aircraft, home: homeAt };
      const key = miniKey(scene);
      if (key === drawn) return;
      drawn = key;
      paintMiniMap(context, { ...scene, land, palette });
    };
    draw();
    const drawSoon = (): void => {
      if (isDue) return;
      isDue = true;
      pageClock.after(REDRAW_MS, draw);
    };
    const stops = [moved, vehicles, home].map((stream: Latest<unknown>) => stream.onChange(drawSoon));
    return () => {
      isEnded = true;
      for (const stop of stops) stop();
    };
  }, [frame, land, palette, rig, moved, vehicles, home]);
  const onClick = ({ nativeEvent }: MouseEvent): void => {
    if (!shown.current) return;
    visit({ ...miniPoint(shown.current, nativeEvent.offsetX, nativeEvent.offsetY), rangeM: rig.goal.rangeM });
  };
  return (
    <canvas
      ref={canvasRef}
      className="scene-mini"
      width={MINI_PX.width}
      height={MINI_PX.height}
      role="img"
      aria-label={t("scene.mini")}
      title={t("scene.mini")}
      onClick={onClick}
      data-testid="mini-map"
    />
  );
}

const landOf = (document: CoastDocument | undefined, frame: SceneFrame): readonly (readonly MiniPoint[])[] =>
  (document?.land ?? []).flatMap(({ outline, holes }) =>
    [outline, ...holes].map((ring) => ring.map((place) => frame.pointOf(place))),
  );
