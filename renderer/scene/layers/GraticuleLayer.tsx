import { useFrame, useThree } from "@react-three/fiber";
import { useEffect, useMemo } from "react";
import { RAD_PER_DEG } from "../../../src/geo/angles.js";
import { settingsStore } from "../../app/settings.js";
import type { Format } from "../../app/format.js";
import { useFormat } from "../../app/useFormat.js";
import { useLatest } from "../../bridge/latest.js";
import { useStore } from "../../bridge/StoresContext.js";
import { GraticuleGrid, graticuleStep, LINES, onMeridian, onParallel } from "../geometry/graticule.js";
import { SceneLabel } from "../labels/labelBoard.js";
import { type SceneTools, useScene } from "../SceneContext.js";
import { RollingSegments } from "./rollingSegments.js";

/** Of the camera's range: two to six lines stand in the height of the picture. */
const STEP_PART = 0.32;
const M_PER_DEG = 111_200;
/** From the middle of the view to the labels, in parts of the range: left and low, but in the picture. */
const LABELS_LEFT = 0.3;
const LABELS_LOW = 0.22;
const WIDTH_PX = 1.5;
/** In pixels as drawn: a thinner line falls between them where software draws coarsely and smooths nothing. */
const WIDTH_MIN_DRAWN = 1.1;
const LIFT_M = 0.4;
/** Where the ground is not level a line follows it in so many parts from crossing to crossing. */
const PARTS_ON_HILLS = 6;
/** Names of towns come first, those of villages after. */
const PRIORITY = 5000;

/** Parallels and meridians in the user's form of positions, if the settings want them. */
export function GraticuleLayer() {
  const settings = useStore(settingsStore);
  const isShown = useLatest(settings.values, ({ isGraticuleShown }) => isGraticuleShown);
  const form = useLatest(settings.values, ({ units }) => units.positions);
  return isShown ? <Lines form={form} /> : null;
}

function Lines({ form }: { readonly form: "deg" | "dm" }) {
  const tools = useScene();
  const { frame, surface, labels, palette, rig } = tools;
  const format = useFormat();
  const { scene, invalidate } = useThree();
  const widthPx = useThree(({ viewport }) => Math.max(WIDTH_PX, WIDTH_MIN_DRAWN / viewport.dpr));
  const parts = surface.highestM === 0 ? 1 : PARTS_ON_HILLS;
  const drawn = useMemo(() => {
    const capacity = 2 * LINES * (LINES - 1) * parts;
    const segments = new RollingSegments(capacity, {
      colour: palette.aircraft,
      widthPx,
      opacity: 0.32,
      isOnTop: true,
    });
    segments.object.name = "graticule";
    segments.object.renderOrder = 15;
    const seen = new Float64Array(7).fill(Number.NaN);
    return { grid: new GraticuleGrid(), seen, segments, ...labelsOfLines(), frame, surface, format };
  }, [frame, surface, palette, parts, format, widthPx]);
  useEffect(() => {
    scene.add(drawn.segments.object);
    const removes = [...drawn.parallels, ...drawn.meridians].map((label) => labels.add(label));
    invalidate();
    return () => {
      for (const remove of removes) remove();
      scene.remove(drawn.segments.object);
      drawn.segments.dispose();
      invalidate();
    };
  }, [drawn, scene, labels, invalidate]);
  useFrame(() => {
    // Nothing is computed, and nothing allocated, while the camera stands still.
    if (!hasMoved(drawn.seen, rig)) return;
    const { goal, view } = rig;
    const middle = frame.positionOf(goal.targetEastM, goal.targetNorthM);
    const atMostDeg = (goal.rangeM * STEP_PART) / M_PER_DEG;
    const north = graticuleStep(atMostDeg, form);
    // Meridians are nearer together than parallels of the same degrees.
    const east = graticuleStep(atMostDeg / Math.max(0.05, Math.cos(middle.latitudeDeg * RAD_PER_DEG)), form);
    if (drawn.grid.lay(frame, middle, { northDeg: north.stepDeg, eastDeg: east.stepDeg })) {
      writeSegments(drawn, parts);
      nameLines(drawn, { north: north.digits, east: east.digits });
    }
    moveLabels(drawn, view);
  });
  return null;
}

/** Compares the camera with what was seen last, and remembers it. */
function hasMoved(seen: Float64Array, { goal, view }: SceneTools["rig"]): boolean {
  let isSame = true;
  const note = (i: number, value: number): void => {
    if (seen[i] !== value) isSame = false;
    seen[i] = value;
  };
  note(0, view.targetEastM);
  note(1, view.targetNorthM);
  note(2, view.rangeM);
  note(3, view.azimuthRad);
  note(4, goal.targetEastM);
  note(5, goal.targetNorthM);
  note(6, goal.rangeM);
  return !isSame;
}

type Drawn = Pick<SceneTools, "frame" | "surface"> & {
  readonly format: Format;
  readonly grid: GraticuleGrid;
  /** The camera of the last frame. */
  readonly seen: Float64Array;
  readonly segments: RollingSegments;
  readonly parallels: readonly SceneLabel[];
  readonly meridians: readonly SceneLabel[];
};

function labelsOfLines(): Pick<Drawn, "parallels" | "meridians"> {
  const make = (name: string): readonly SceneLabel[] =>
    Array.from({ length: LINES }, (_, i) => {
      const label = new SceneLabel(`${name} ${i}`);
      return Object.assign(label, { tone: "line", isQuiet: true, priority: PRIORITY });
    });
  return { parallels: make("parallel"), meridians: make("meridian") };
}

function writeSegments({ grid, segments, surface }: Drawn, parts: number): void {
  const [from, to] = [new Float64Array(3), new Float64Array(3)];
  let count = 0;
  const write = (start: number, end: number): void => {
    for (let part = 0; part < parts; part++) {
      for (const [point, along] of [[from, part / parts] as const, [to, (part + 1) / parts] as const]) {
        const mixed = (values: Float64Array): number =>
          (values[start] ?? 0) + ((values[end] ?? 0) - (values[start] ?? 0)) * along;
        const [eastM, northM] = [mixed(grid.eastM), mixed(grid.northM)];
        point.set([eastM, northM, surface.heightM(eastM, northM) + LIFT_M]);
      }
      segments.write(count, from, to);
      count++;
    }
  };
  for (let line = 0; line < LINES; line++)
    for (let i = 0; i + 1 < LINES; i++) {
      write(line * LINES + i, line * LINES + i + 1);
      write(i * LINES + line, (i + 1) * LINES + line);
    }
  segments.show(count);
}

type Digits = { readonly north: number; readonly east: number };

function nameLines({ grid, parallels, meridians, format }: Drawn, digits: Digits): void {
  for (let i = 0; i < LINES; i++) {
    const [parallel, meridian] = [parallels[i], meridians[i]];
    if (parallel) parallel.text = format.coordinateText("latitude", grid.latitudeDeg(i), digits.north);
    if (meridian) meridian.text = format.coordinateText("longitude", grid.longitudeDeg(i), digits.east);
  }
}

type View = SceneTools["rig"]["view"];

/** The labels stay at the left and at the foot of the picture while the lines go by under them. */
function moveLabels({ grid, parallels, meridians, surface }: Drawn, view: View): void {
  const leftM = view.targetEastM - Math.sign(Math.cos(view.azimuthRad)) * LABELS_LEFT * view.rangeM;
  const lowM = view.targetNorthM - Math.sign(Math.cos(view.azimuthRad)) * LABELS_LOW * view.rangeM;
  for (let i = 0; i < LINES; i++) {
    const [parallel, meridian] = [parallels[i], meridians[i]];
    if (!parallel || !meridian) continue;
    parallel.isShown = onParallel(grid, i, leftM, parallel);
    meridian.isShown = onMeridian(grid, i, lowM, meridian);
    parallel.upM = surface.heightM(parallel.eastM, parallel.northM);
    meridian.upM = surface.heightM(meridian.eastM, meridian.northM);
  }
}
