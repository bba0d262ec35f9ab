import { useThree } from "@react-three/fiber";
import { useEffect, useMemo } from "react";
import { BufferAttribute, BufferGeometry, Color, LinearSRGBColorSpace, ShaderMaterial } from "three";
import type { Position } from "../../../src/geo/position.js";
import { useScene } from "../SceneContext.js";
import { HANDLE_FRAGMENT, HANDLE_VERTEX } from "../shaders/drape.js";

const LIFT_M = 0.8;

type HandlePointsProps = {
  readonly places: readonly Position[];
  readonly sizePx: number;
  readonly fill: string;
  readonly rim: string;
};

/** Round handles of a constant size on the screen, over everything. */
export function HandlePoints({ places, sizePx, fill, rim }: HandlePointsProps) {
  const { frame, surface } = useScene();
  const pixelRatio = useThree((state) => state.viewport.dpr);
  const invalidate = useThree((state) => state.invalidate);
  const geometry = useMemo(() => {
    const made = new BufferGeometry();
    const xyz = places.flatMap((place) => {
      const { eastM, northM } = frame.pointOf(place);
      return [eastM, northM, surface.heightM(eastM, northM) + LIFT_M];
    });
    return made.setAttribute("position", new BufferAttribute(new Float32Array(xyz), 3));
  }, [frame, surface, places]);
  const material = useMemo(
    () =>
      new ShaderMaterial({
        vertexShader: HANDLE_VERTEX,
        fragmentShader: HANDLE_FRAGMENT,
        transparent: true,
        depthTest: false,
        uniforms: {
          uSizePx: { value: sizePx },
          uPixelRatio: { value: pixelRatio },
          uFill: { value: new Color().setStyle(fill, LinearSRGBColorSpace) },
          uRim: { value: new Color().setStyle(rim, LinearSRGBColorSpace) },
        },
      }),
    [sizePx, pixelRatio, fill, rim],
  );
  useEffect(() => {
    invalidate();
    return () => geometry.dispose();
  }, [geometry, invalidate]);
  useEffect(() => () => material.dispose(), [material]);
  if (places.length === 0) return null;
  return (
    <points
      geometry={geometry}
      material={material}
      frustumCulled={false}
      raycast={() => null}
      renderOrder={50}
      name="handles"
    />
  );
}
