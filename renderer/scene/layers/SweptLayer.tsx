import { useThree } from "@react-three/fiber";
import { useEffect } from "react";
import type { CoverageMap } from "../../bridge/coverageMap.js";
import { drawCoverage, emptySweptRaster } from "../geometry/sweptRaster.js";
import { useScene } from "../SceneContext.js";
import { applySweptRaster } from "../shaders/groundUniforms.js";

const SIZE = 1024;
const HALF_WIDTH_M = 3000;

/** The ground really covered by the camera, tinted: the footprints of all frames, not the waypoints. */
export function SweptLayer({ coverage }: { readonly coverage: CoverageMap }) {
  const { frame, ground } = useScene();
  const invalidate = useThree((state) => state.invalidate);
  useEffect(() => {
    const raster = emptySweptRaster(SIZE, HALF_WIDTH_M);
    let drawn = 0;
    const draw = (): void => {
      const isNew = drawCoverage(raster, coverage, frame, drawn);
      drawn = coverage.changes.get();
      if (!isNew) return;
      ground.uSwept.value.needsUpdate = true;
      invalidate();
    };
    applySweptRaster(ground, raster);
    draw();
    const stop = coverage.changes.onChange(draw);
    return () => {
      stop();
      ground.uSweptShown.value = 0;
    };
  }, [frame, ground, coverage, invalidate]);
  return null;
}
