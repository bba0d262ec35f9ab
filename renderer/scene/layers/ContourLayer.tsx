import { useFrame, useThree } from "@react-three/fiber";
import { useEffect, useMemo } from "react";
import {
  BufferAttribute,
  BufferGeometry,
  Color,
  Group,
  LineSegments,
  LinearSRGBColorSpace,
  ShaderMaterial,
} from "three";
import { LineMaterial } from "three/examples/jsm/lines/LineMaterial.js";
import { LineSegments2 } from "three/examples/jsm/lines/LineSegments2.js";
import { LineSegmentsGeometry } from "three/examples/jsm/lines/LineSegmentsGeometry.js";
import { settingsStore } from "../../app/settings.js";
import { useFormat } from "../../app/useFormat.js";
import { type Latest, useLatest } from "../../bridge/latest.js";
import { useStore } from "../../bridge/StoresContext.js";
import { contourIntervalM, type ContourLines, contourLines } from "../geometry/contours.js";
import type { CoastModel } from "../geometry/coastModel.js";
import { meshHeightM } from "../geometry/hillMesh.js";
import type { FlatMesh } from "../geometry/landGeometry.js";
import { shoreM, type TerrainGrids } from "../geometry/surface.js";
import { SceneLabel } from "../labels/labelBoard.js";
import type { ScenePalette } from "../scenePalette.js";
import { useScene } from "../SceneContext.js";

type ContourLayerProps = {
  readonly model: CoastModel | undefined;
  /** Of the files; without them there is nothing to draw. */
  readonly grids: TerrainGrids | undefined;
  /** The ground as it is drawn, on which the lines lie. */
  readonly hills: FlatMesh | undefined;
  /** Written here: metres between the lines; undefined while there are none. */
  readonly stepM: Latest<number | undefined>;
};

/** Lines of equal height above mean sea level (EGM96), if the settings want them, where the station's files know the ground. */
export function ContourLayer({ model, grids, hills, stepM }: ContourLayerProps) {
  const settings = useStore(settingsStore);
  const isShown = useLatest(settings.values, ({ areContoursShown }) => areContoursShown);
  return isShown && model && grids && hills ? <Lines {...{ model, grids, hills, stepM }} /> : null;
}

type LinesProps = { readonly [Key in keyof ContourLayerProps]: NonNullable<ContourLayerProps[Key]> };

function Lines({ model, grids, hills, stepM }: LinesProps) {
  const { palette, labels, rig } = useScene();
  const format = useFormat();
  const { scene, invalidate } = useThree();
  const unit = useLatest(useStore(settingsStore).values, ({ units }) => units.lengths);
  const laid = useMemo(() => {
    const known = new Map<number, ContourLines>();
    const ground = {
      grids,
      isLand: (eastM: number, northM: number) => shoreM(model, eastM, northM) > 0,
      drawnM: (eastM: number, northM: number) => Math.max(0, meshHeightM(hills, eastM, northM) ?? 0) + LIFT_M,
    };
    return (intervalM: number): ContourLines => {
      const lines = known.get(intervalM) ?? contourLines(ground, intervalM);
      known.set(intervalM, lines);
      return lines;
    };
  }, [model, grids, hills]);
  const drawn = useMemo(() => new DrawnContours(palette), [palette]);
  useEffect(() => {
    scene.add(drawn.object);
    const removes = drawn.labels.map((label) => labels.add(label));
    invalidate();
    return () => {
      for (const remove of removes) remove();
      scene.remove(drawn.object);
      drawn.dispose();
      stepM.set(undefined);
      invalidate();
    };
  }, [drawn, scene, labels, stepM, laid, invalidate]);
  useFrame(() => {
    const { targetEastM, targetNorthM, rangeM } = rig.goal;
    const intervalM = contourIntervalM(rangeM, unit);
    drawn.show(laid(intervalM));
    drawn.name({ eastM: targetEastM, northM: targetNorthM, rangeM }, format.lengthText);
    if (stepM.get() !== intervalM) stepM.set(intervalM);
  });
  return null;
}

/** Over the ground's own triangles, which are not quite level between the corners of the lines. */
const LIFT_M = 0.5;
const LIGHT_OPACITY = 0.42;
const HEAVY_OPACITY = 0.75;
const HEAVY_PX = 2;
const LABELS = 24;
/** From label to label, and from the middle of the view, in parts of its range. */
const APART = 0.16;
const REACH = 0.9;
/** After the names of towns and the figures of the graticule. */
const PRIORITY = 6000;

/**
 * Lines are drawn a little nearer on the same ray, so that the ground does not hide them and each stays where it is in the picture.
 * Lines of one pixel: some ten thousand pieces as thick lines, of eighteen corners each, would cost software GL more than the ground.
 */
const LINE_VERTEX = /* glsl */ `
void main() {
  gl_Position = projectionMatrix * viewMatrix * vec4(mix(position, cameraPosition, 0.004), 1.0);
}`;
const LINE_FRAGMENT = /* glsl */ `
uniform vec3 uColour;
uniform float uOpacity;
void main() {
  gl_FragColor = vec4(uColour, uOpacity);
}`;

type Around = { readonly eastM: number; readonly northM: number; readonly rangeM: number };

class DrawnContours {
  readonly object = new Group();
  readonly labels: readonly SceneLabel[];
  readonly #light: LineSegments<BufferGeometry, ShaderMaterial>;
  readonly #heavy: LineSegments2;
  #shown: ContourLines | undefined;
  #named: (Around & { readonly lines: ContourLines; readonly text: unknown }) | undefined;

  constructor(palette: ScenePalette) {
    this.object.name = "contours";
    const uColour = { value: new Color().setStyle(palette.contour, LinearSRGBColorSpace) };
    const material = new ShaderMaterial({
      vertexShader: LINE_VERTEX,
      fragmentShader: LINE_FRAGMENT,
      uniforms: { uColour, uOpacity: { value: LIGHT_OPACITY } },
      transparent: true,
      depthWrite: false,
    });
    this.#light = new LineSegments(new BufferGeometry(), material);
    this.#light.name = "contours-light";
    this.#heavy = new LineSegments2(
      new LineSegmentsGeometry(),
      new LineMaterial({
        ...{ color: new Color(palette.contour).getHex(), linewidth: HEAVY_PX },
        ...{ transparent: true, opacity: HEAVY_OPACITY, depthWrite: false },
        // What moves the light ones nearer, in the units of depths.
        ...{ polygonOffset: true, polygonOffsetFactor: 0, polygonOffsetUnits: -40 },
      }),
    );
    this.#heavy.name = "contours-heavy";
    for (const lines of [this.#light, this.#heavy]) {
      lines.frustumCulled = false;
      lines.raycast = () => undefined;
      lines.renderOrder = 14;
      this.object.add(lines);
    }
    this.labels = Array.from({ length: LABELS }, (_, i) =>
      Object.assign(new SceneLabel(`contour ${i}`), {
        ...{ tone: "line", isQuiet: true, priority: PRIORITY + i, isShown: false },
      }),
    );
  }

  show(lines: ContourLines): void {
    if (this.#shown === lines) return;
    this.#shown = lines;
    this.#light.geometry.dispose();
    this.#light.geometry = new BufferGeometry().setAttribute("position", new BufferAttribute(lines.light, 3));
    this.#heavy.geometry.dispose();
    const heavy = new LineSegmentsGeometry();
    if (lines.heavy.length > 0) heavy.setPositions(lines.heavy);
    else heavy.instanceCount = 0;
    this.#heavy.geometry = heavy;
  }

  /** Writes the heights on the heavy lines, or on all where none is heavy, near the middle of the view; only once it has moved. */
  name(around: Around, textOf: (heightM: number) => string): void {
    const lines = this.#shown;
    const named = this.#named;
    const isSame = named?.lines === lines && named?.text === textOf && named.rangeM === around.rangeM;
    if (!lines || (isSame && Math.hypot(named.eastM - around.eastM, named.northM - around.northM) < named.rangeM / 50))
      return;
    this.#named = { ...around, lines, text: textOf };
    const { eastM, northM, rangeM } = around;
    const off = (x: number, y: number): number => Math.hypot(x - eastM, y - northM);
    const reached = lines.spots
      .filter((spot) => off(spot.eastM, spot.northM) < rangeM * REACH)
      .sort((one, other) => off(one.eastM, one.northM) - off(other.eastM, other.northM));
    const heavy = reached.filter((spot) => spot.isHeavy);
    const near = heavy.length > 0 ? heavy : reached;
    const chosen: (typeof near)[number][] = [];
    for (const spot of near) {
      if (chosen.length === LABELS) break;
      const isFree = chosen.every(
        (other) => Math.hypot(spot.eastM - other.eastM, spot.northM - other.northM) > rangeM * APART,
      );
      if (isFree) chosen.push(spot);
    }
    this.labels.forEach((label, i) => {
      const spot = chosen[i];
      label.isShown = spot !== undefined;
      if (!spot) return;
      label.eastM = spot.eastM;
      label.northM = spot.northM;
      label.upM = spot.heightAmslM;
      label.text = textOf(spot.heightAmslM);
    });
  }

  dispose(): void {
    this.#light.geometry.dispose();
    this.#light.material.dispose();
    this.#heavy.geometry.dispose();
    this.#heavy.material.dispose();
  }
}
