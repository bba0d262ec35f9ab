import { useThree } from "@react-three/fiber";
import { useEffect } from "react";
import type { Position } from "../../../src/geo/position.js";
import type { Latest } from "../../bridge/latest.js";
import { useScene } from "../SceneContext.js";
import type { SceneVehicle } from "../sceneVehicle.js";
import { RollingSegments } from "./rollingSegments.js";
import { ThickLines } from "./ThickLines.js";
import { useMemo } from "react";

const CAPACITY = 6000;
const STEP_M = 1.5;
/** A gap this long is a lost link or another flight: the trail breaks instead of inventing a line. */
const BREAK_M = 400;

/** Where each aircraft has been since the page opened; the oldest falls off after some ten kilometres. */
export function TrailLayer({ vehicles }: { readonly vehicles: Latest<readonly SceneVehicle[]> }) {
  const { frame, palette } = useScene();
  const { scene, invalidate } = useThree();
  useEffect(() => {
    const trail = new RollingSegments(CAPACITY, { colour: palette.aircraft, widthPx: 2, opacity: 0.6 });
    trail.object.name = "trail";
    scene.add(trail.object);
    const ends = new Map<string, Float64Array>();
    const next = new Float64Array(3);
    const onVehicles = (): void => {
      for (const vehicle of vehicles.get()) {
        const { eastM, northM } = frame.pointOf(vehicle.position);
        next.set([eastM, northM, vehicle.altitudeAmslM]);
        const end = ends.get(vehicle.id);
        if (!end) {
          ends.set(vehicle.id, next.slice());
          continue;
        }
        const stepM = Math.hypot(eastM - (end[0] ?? 0), northM - (end[1] ?? 0), vehicle.altitudeAmslM - (end[2] ?? 0));
        if (stepM < STEP_M) continue;
        if (stepM < BREAK_M) trail.push(end, next);
        end.set(next);
      }
      invalidate();
    };
    onVehicles();
    const stop = vehicles.onChange(onVehicles);
    return () => {
      stop();
      scene.remove(trail.object);
      trail.dispose();
    };
  }, [frame, palette, scene, vehicles, invalidate]);
  return null;
}

type TrackPoint = { readonly position: Position; readonly altitudeAmslM: number };

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
