import { useThree } from "@react-three/fiber";
import { useEffect, useMemo } from "react";
import { useScene } from "../SceneContext.js";
import { BREAK_M, TRAIL_CAPACITY, type TrackPoint } from "../../../src/vehicle/trail.js";
import type { TrailRecord } from "../../bridge/trailRecord.js";
import { RollingSegments } from "./rollingSegments.js";
import { ThickLines } from "./ThickLines.js";

/** The track of each aircraft; the oldest part is dropped after about ten kilometres. */
export function TrailLayer({ trail }: { readonly trail: TrailRecord }) {
  const { frame, palette } = useScene();
  const { scene, invalidate } = useThree();
  useEffect(() => {
    const lines = new RollingSegments(TRAIL_CAPACITY, { colour: palette.aircraft, widthPx: 2, opacity: 0.6 });
    lines.object.name = "trail";
    scene.add(lines.object);
    const from = new Float64Array(3);
    const to = new Float64Array(3);
    const place = (into: Float64Array, { position, altitudeAmslM }: TrackPoint): void => {
      const { eastM, northM } = frame.pointOf(position);
      into.set([eastM, northM, altitudeAmslM]);
    };
    let [drawn, of] = [0, trail.trail];
    const drawNew = (): void => {
      if (of !== trail.trail) {
        lines.clear();
        [drawn, of] = [0, trail.trail];
      }
      drawn = of.since(drawn, (step) => {
        place(from, step.from);
        place(to, step.to);
        lines.push(from, to);
      });
      invalidate();
    };
    drawNew();
    const stop = trail.changes.onChange(drawNew);
    return () => {
      stop();
      scene.remove(lines.object);
      lines.dispose();
    };
  }, [frame, palette, scene, trail, invalidate]);
  return null;
}

/** A whole recorded track at once, for Review. */
export function TrackLayer({ track }: { readonly track: readonly TrackPoint[] }) {
  const { frame, palette } = useScene();
  const segments = useMemo(
    () =>
      trackSegments(track.map(({ position, altitudeAmslM }) => ({ ...frame.pointOf(position), upM: altitudeAmslM }))),
    [frame, track],
  );
  return <ThickLines segments={segments} colour={palette.aircraft} widthPx={1.5} opacity={0.45} name="track" />;
}

function trackSegments(
  points: readonly { readonly eastM: number; readonly northM: number; readonly upM: number }[],
): Float32Array {
  const out: number[] = [];
  points.forEach((to, i) => {
    const from = points[i - 1];
    if (from && Math.hypot(to.eastM - from.eastM, to.northM - from.northM) < BREAK_M)
      out.push(from.eastM, from.northM, from.upM, to.eastM, to.northM, to.upM);
  });
  return new Float32Array(out);
}
