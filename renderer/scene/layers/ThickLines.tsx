import { useThree } from "@react-three/fiber";
import { useEffect, useMemo } from "react";
import { Color } from "three";
import { LineMaterial } from "three/examples/jsm/lines/LineMaterial.js";
import { LineSegments2 } from "three/examples/jsm/lines/LineSegments2.js";
import { LineSegmentsGeometry } from "three/examples/jsm/lines/LineSegmentsGeometry.js";

type ThickLinesProps = {
  /** x, y, z twice a segment. */
  readonly segments: Float32Array;
  readonly colour: string;
  readonly widthPx: number;
  readonly opacity?: number;
  /** Metres drawn and metres left out; solid when absent. */
  readonly dashM?: readonly [number, number];
  /** Drawn over what stands before it. */
  readonly isOnTop?: boolean;
  readonly name: string;
};

/** Separate straight segments, some pixels wide (WebGL's own lines are one pixel). Rebuilt when the segments change. */
export function ThickLines({ segments, colour, widthPx, opacity = 1, dashM, isOnTop = false, name }: ThickLinesProps) {
  const invalidate = useThree((state) => state.invalidate);
  const dashOn = dashM?.[0];
  const dashOff = dashM?.[1];
  const object = useMemo(() => {
    const geometry = new LineSegmentsGeometry();
    if (segments.length >= 6) geometry.setPositions(segments);
    else geometry.instanceCount = 0;
    const material = new LineMaterial({
      color: new Color(colour).getHex(),
      linewidth: widthPx,
      transparent: opacity < 1 || isOnTop,
      opacity,
      dashed: dashOn !== undefined,
      depthTest: !isOnTop,
    });
    if (dashOn !== undefined) {
      material.dashSize = dashOn;
      material.gapSize = dashOff ?? dashOn;
    }
    const lines = new LineSegments2(geometry, material);
    if (dashOn !== undefined && segments.length >= 6) lines.computeLineDistances();
    lines.frustumCulled = false;
    lines.raycast = () => undefined;
    lines.renderOrder = isOnTop ? 30 : 20;
    return lines;
  }, [segments, colour, widthPx, opacity, dashOn, dashOff, isOnTop]);
  useEffect(() => {
    invalidate();
    return () => {
      object.geometry.dispose();
      object.material.dispose();
    };
  }, [object, invalidate]);
  return <primitive object={object} name={name} />;
}
