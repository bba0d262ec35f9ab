import { useMemo } from "react";
import { useEffect } from "react";
import type { Position } from "../../../src/geo/position.js";
import { SceneLabel } from "../labels/labelBoard.js";
import { LABEL_RANK } from "../labels/labelRank.js";
import { useScene } from "../SceneContext.js";
import { ThickLines } from "./ThickLines.js";

/**
 * A place an aircraft is sent to, or would be: a cross on the ground, a line from the aircraft, a circle for orbits.
 */
export type SceneTarget = {
  readonly id: string;
  readonly from: Position | undefined;
  readonly position: Position;
  readonly altitudeAmslM: number;
  /** 0 unless it is an orbit. */
  readonly radiusM: number;
  readonly label: string;
  /** Not sent: drawn dashed. */
  readonly isPreview: boolean;
};

const CIRCLE_STEPS = 72;
const CROSS_M = 12;
const DASH_M = [14, 10] as const;

export function TargetLayer({ targets }: { readonly targets: readonly SceneTarget[] }) {
  return targets.map((target) => <Target key={target.id} target={target} />);
}

function Target({ target }: { readonly target: SceneTarget }) {
  const { frame, surface, palette, labels } = useScene();
  const { from, position, altitudeAmslM, radiusM, isPreview } = target;
  const label = useMemo(() => new SceneLabel(`target ${target.id}`), [target.id]);
  useEffect(() => {
    const { eastM, northM } = frame.pointOf(position);
    Object.assign(label, {
      eastM,
      northM,
      upM: altitudeAmslM,
      text: target.label,
      tone: "selected",
      priority: LABEL_RANK.target,
    });
    return labels.add(label);
  }, [labels, label, frame, position, altitudeAmslM, target.label]);
  const segments = useMemo(() => {
    const { eastM, northM } = frame.pointOf(position);
    const at = (east: number, north: number, up: number): readonly number[] => [eastM + east, northM + north, up];
    const groundM = surface.heightM(eastM, northM) + 1;
    const lines: number[] = [
      ...[...at(-CROSS_M, 0, groundM), ...at(CROSS_M, 0, groundM)],
      ...[...at(0, -CROSS_M, groundM), ...at(0, CROSS_M, groundM)],
      // A vertical line from the ground to the height it will have.
      ...[...at(0, 0, groundM), ...at(0, 0, altitudeAmslM)],
    ];
    for (let i = 0; radiusM > 0 && i < CIRCLE_STEPS; i++) {
      const [a, b] = [(2 * Math.PI * i) / CIRCLE_STEPS, (2 * Math.PI * (i + 1)) / CIRCLE_STEPS];
      lines.push(...at(radiusM * Math.cos(a), radiusM * Math.sin(a), altitudeAmslM));
      lines.push(...at(radiusM * Math.cos(b), radiusM * Math.sin(b), altitudeAmslM));
    }
    return new Float32Array(lines);
  }, [frame, surface, position, altitudeAmslM, radiusM]);
  const way = useMemo(() => {
    if (!from) return new Float32Array();
    const [start, end] = [frame.pointOf(from), frame.pointOf(position)];
    return new Float32Array([start.eastM, start.northM, altitudeAmslM, end.eastM, end.northM, altitudeAmslM]);
  }, [frame, from, position, altitudeAmslM]);
  return (
    <>
      <ThickLines segments={segments} colour={palette.select} widthPx={3} isOnTop name="target" />
      <ThickLines
        segments={way}
        colour={palette.select}
        widthPx={2.5}
        isOnTop
        name="way to the target"
        {...(isPreview && { dashM: DASH_M })}
      />
    </>
  );
}
