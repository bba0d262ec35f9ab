import { useEffect, useMemo } from "react";
import { BufferAttribute, BufferGeometry, DoubleSide } from "three";
import type { CoastDocument } from "../../../src/geo/coastDocument.js";
import { buildMolesMesh, ringOf, ringSegments } from "../geometry/landGeometry.js";
import { useScene } from "../SceneContext.js";
import { ThickLines } from "./ThickLines.js";

const MOLE_TOP_M = 3;

/** Moles and quays drawn by hand: dashed outlines, so that nobody takes them for surveyed. */
export function HarbourLayer({ harbours }: Pick<CoastDocument, "harbours">) {
  const { frame, palette } = useScene();
  const geometry = useMemo(() => {
    const mesh = buildMolesMesh(frame, harbours, MOLE_TOP_M);
    const made = new BufferGeometry();
    made.setAttribute("position", new BufferAttribute(mesh.positions, 3));
    made.setIndex(new BufferAttribute(mesh.indices, 1));
    return made;
  }, [frame, harbours]);
  const outline = useMemo(
    () =>
      new Float32Array(
        harbours.flatMap(({ moles }) => moles.flatMap((mole) => ringSegments(ringOf(frame, mole), MOLE_TOP_M + 0.3))),
      ),
    [frame, harbours],
  );
  useEffect(() => () => geometry.dispose(), [geometry]);
  return (
    <>
      <mesh geometry={geometry} frustumCulled={false} raycast={() => null} renderOrder={3} name="moles">
        <meshBasicMaterial color={palette.mole} side={DoubleSide} />
      </mesh>
      <ThickLines segments={outline} colour={palette.moleLine} widthPx={1.5} dashM={[24, 16]} name="mole outlines" />
    </>
  );
}
