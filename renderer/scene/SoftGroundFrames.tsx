import { useFrame } from "@react-three/fiber";
import { useEffect, useMemo } from "react";
import type { FrameDetail } from "./frameDetail.js";
import { SoftGround } from "./softGround.js";

/** Draws the frames itself: after all layers have set their state, which have no priority. */
const LAST = 1;

/** With it, ground and marks are drawn in two pictures: see `softGround.ts`. */
export function SoftGroundFrames({ detail }: { readonly detail: FrameDetail }) {
  const soft = useMemo(() => new SoftGround(), []);
  useEffect(() => () => soft.dispose(), [soft]);
  useFrame(({ gl, scene, camera }) => soft.render(gl, scene, camera, detail.share), LAST);
  return null;
}
