import { useThree } from "@react-three/fiber";
import { useEffect } from "react";
import type { VideoFrame } from "../../../src/contract/messages.js";
import type { Latest } from "../../bridge/latest.js";
import { type SweptRaster, emptySweptRaster, stampPolygon } from "../geometry/sweptRaster.js";
import { useScene } from "../SceneContext.js";
import type { SceneFrame } from "../sceneFrame.js";
import { applySweptRaster } from "../shaders/groundUniforms.js";

const SIZE = 1024;
const HALF_WIDTH_M = 3000;
const STAMP_EVERY_US = 200_000;
const UPLOAD_EVERY_MS = 1000;

type Swept = {
  readonly frame: SceneFrame;
  readonly raster: SweptRaster;
  isFresh: boolean;
  readonly forget: () => void;
};

/** What was swept outlives the layer: a look at another workspace must neither lose it nor miss what is seen meanwhile. */
const sweptOf = new WeakMap<Latest<VideoFrame | undefined>, Swept>();

const isSamePlace = (a: SceneFrame, b: SceneFrame): boolean =>
  a.origin.latitudeDeg === b.origin.latitudeDeg && a.origin.longitudeDeg === b.origin.longitudeDeg;

function sweptFor(video: Latest<VideoFrame | undefined>, frame: SceneFrame): Swept {
  const known = sweptOf.get(video);
  if (known && isSamePlace(known.frame, frame)) return known;
  known?.forget();
  const raster = emptySweptRaster(SIZE, HALF_WIDTH_M);
  const corners = new Float64Array(8);
  let stampedUs = Number.NEGATIVE_INFINITY;
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
    made.isFresh = true;
  };
  const made: Swept = { frame, raster, isFresh: false, forget: video.onChange(onFrame) };
  sweptOf.set(video, made);
  onFrame();
  return made;
}

/** What the camera has really covered, tinted on the ground: the footprint of every frame, not where waypoints were. */
export function SweptLayer({ video }: { readonly video: Latest<VideoFrame | undefined> }) {
  const { frame, ground } = useScene();
  const invalidate = useThree((state) => state.invalidate);
  useEffect(() => {
    const swept = sweptFor(video, frame);
    applySweptRaster(ground, swept.raster);
    const upload = setInterval(() => {
      if (!swept.isFresh) return;
      swept.isFresh = false;
      ground.uSwept.value.needsUpdate = true;
      invalidate();
    }, UPLOAD_EVERY_MS);
    return () => {
      clearInterval(upload);
      ground.uSweptShown.value = 0;
    };
  }, [frame, ground, video, invalidate]);
  return null;
}
