import { useEffect, useMemo } from "react";
import { BufferAttribute, BufferGeometry, DoubleSide } from "three";
import type { FlatMesh } from "../geometry/landGeometry.js";

type FlatAreaProps = { readonly mesh: FlatMesh; readonly colour: string; readonly opacity: number };

/** A see-through area on the ground. */
export function FlatArea({ mesh, colour, opacity }: FlatAreaProps) {
  const geometry = useMemo(() => {
    const made = new BufferGeometry();
    made.setAttribute("position", new BufferAttribute(mesh.positions, 3));
    made.setIndex(new BufferAttribute(mesh.indices, 1));
    return made;
  }, [mesh]);
  useEffect(() => () => geometry.dispose(), [geometry]);
  return (
    <mesh geometry={geometry} frustumCulled={false} raycast={() => null} renderOrder={15} name="area">
      <meshBasicMaterial
        color={colour}
        transparent
        opacity={opacity}
        depthTest={false}
        depthWrite={false}
        side={DoubleSide}
      />
    </mesh>
  );
}
