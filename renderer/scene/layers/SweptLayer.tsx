import { useThree } from "@react-three/fiber";
import { useEffect } from "react";
import type { VideoFrame } from "../../../src/contract/messages.js";
import type { Latest } from "../../bridge/latest.js";
import { emptySweptRaster, stampPolygon } from "../geometry/sweptRaster.js";
import { useScene } from "../SceneContext.js";
import { applySweptRaster } from "../shaders/groundUniforms.js";

const SIZE = 1024;
const HALF_WIDTH_M = 3000;
const STAMP_EVERY_US = 200_000;
const UPLOAD_EVERY_MS = 1000;

/** What the camera has really covered, tinted on the ground: the footprint of every frame, not where waypoints were. */
export function SweptLayer({ video }: { readonly video: Latest<VideoFrame | undefined> }) {
  const { frame, ground } = useScene();
  const invalidate = useThree((state) => state.invalidate);
  useEffect(() => {
    const raster = emptySweptRaster(SIZE, HALF_WIDTH_M);
    const corners = new Float64Array(8);
    let stampedUs = Number.NEGATIVE_INFINITY;
    let isFresh = false;
    applySweptRaster(ground, raster);
    const onFrame = (): void => {
      const picture = video.get();
      // Time may run backwards: a recording that was wound back.
      if (!picture?.ground || Math.abs(picture.unixTimeUs - stampedUs) < STAMP_EVERY_US) return;
      stampedUs = picture.unixTimeUs;
      picture.ground.corners.forEach((corner, i) => {
        const { eastM, northM } = frame.pointOf(corner.position);
        corners[i * 2] = eastM;
        corners[i * 2 + 1] = northM;
      });
      stampPolygon(raster, corners);
      isFresh = true;
    };
    const upload = setInterval(() => {
      if (!isFresh) return;
      isFresh = false;
      ground.uSwept.value.needsUpdate = true;
      invalidate();
    }, UPLOAD_EVERY_MS);
    onFrame();
    const stop = video.onChange(onFrame);
    return () => {
      stop();
      clearInterval(upload);
      ground.uSweptShown.value = 0;
    };
  }, [frame, ground, video, invalidate]);
  return null;
}
