import { useFrame } from "@react-three/fiber";
import { useEffect, useMemo, useRef } from "react";
import {
  Color,
  DoubleSide,
  type InstancedMesh,
  LinearSRGBColorSpace,
  Matrix4,
  Quaternion,
  ShaderMaterial,
  Vector3,
} from "three";
import { RAD_PER_DEG } from "../../../src/geo/angles.js";
import { useScene } from "../SceneContext.js";
import { RING_FRAGMENT, RING_VERTEX } from "../shaders/drape.js";
import { LIFT_M } from "./contactCrowd.js";
import { type CrowdMarksProps, finishInstances, OLD_COLOUR } from "./crowdMarks.js";

const UP = new Vector3(0, 0, 1);
const matrix = new Matrix4();
const position = new Vector3();
const scale = new Vector3();
const rotation = new Quaternion();
const colour = new Color();

/** The 95 % error ellipse of every contact on the ground, also of those that have one mark together: one draw call. */
export function ContactEllipses({ crowd, capacity }: CrowdMarksProps) {
  const { palette } = useScene();
  const meshRef = useRef<InstancedMesh>(null);
  const material = useMemo(
    () =>
      new ShaderMaterial({
        vertexShader: RING_VERTEX,
        fragmentShader: RING_FRAGMENT,
        transparent: true,
        depthTest: false,
        depthWrite: false,
        side: DoubleSide,
      }),
    [],
  );
  useEffect(() => () => material.dispose(), [material]);
  useFrame(() => {
    const mesh = meshRef.current;
    if (!mesh) return;
    // Three compiles the shader with instance colours only if they exist at its first frame.
    if (!mesh.instanceColor) mesh.setColorAt(0, colour);
    const { list, xyz, isOld } = crowd;
    mesh.count = Math.min(list.length, capacity);
    for (let i = 0; i < mesh.count; i++) {
      const contact = list[i];
      if (!contact) continue;
      const { semiMajorM, semiMinorM, orientationDeg } = contact.ellipse95;
      position.set(xyz[i * 3] ?? 0, xyz[i * 3 + 1] ?? 0, (xyz[i * 3 + 2] ?? 0) - LIFT_M / 2);
      rotation.setFromAxisAngle(UP, -orientationDeg * RAD_PER_DEG);
      mesh.setMatrixAt(i, matrix.compose(position, rotation, scale.set(semiMinorM, semiMajorM, 1)));
      const style = crowd.isSelected(i) ? palette.select : isOld[i] === 1 ? OLD_COLOUR : palette[contact.class];
      mesh.setColorAt(i, colour.setStyle(style, LinearSRGBColorSpace));
    }
    finishInstances(mesh, mesh.count);
  });
  return (
    <instancedMesh
      ref={meshRef}
      args={[undefined, undefined, capacity]}
      material={material}
      frustumCulled={false}
      renderOrder={26}
      raycast={() => null}
      name="ellipses"
    >
      <planeGeometry args={[2, 2]} />
    </instancedMesh>
  );
}
