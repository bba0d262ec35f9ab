import { useFrame } from "@react-three/fiber";
import { useEffect, useMemo } from "react";
import { SoftGround } from "./softGround.js";

/** Draws the frames itself: after all layers have set their state, which have no priority. */
const LAST = 1;

/** With it, ground and marks are drawn in two pictures: see `softGround.ts`. */
export function SoftGroundFrames() {
  const soft = useMemo(() => new SoftGround(), []);
  useEffect(() => () => soft.dispose(), [soft]);
  useFrame(({ gl, scene, camera }) => soft.render(gl, scene, camera), LAST);
  return null;
}
