import { useFrame } from "@react-three/fiber";
import { useEffect, useMemo, useRef } from "react";
import { DoubleSide, type Group, type PerspectiveCamera, RingGeometry } from "three";
import { useText } from "../../app/text.js";
import type { Position } from "../../../src/geo/position.js";
import type { Latest } from "../../bridge/latest.js";
import { SceneLabel } from "../labels/labelBoard.js";
import { LABEL_RANK } from "../labels/labelRank.js";
import { useRedrawOn, useScene } from "../SceneContext.js";
import { metresPerPx } from "./screenSize.js";

const OUTER = new RingGeometry(0.82, 1, 32);
const SIZE_PX = 11;

/** Where the aircraft returns to: a ring with an H, the same size at any range. */
export function HomeLayer({ home }: { readonly home: Latest<Position | undefined> }) {
  const { frame, surface, palette, labels } = useScene();
  const t = useText();
  const groupRef = useRef<Group>(null);
  const label = useMemo(() => new SceneLabel("home"), []);
  useRedrawOn(home);
  useEffect(() => labels.add(label), [labels, label]);
  const words = t("scene.home");
  useFrame(({ camera, size }) => {
    const group = groupRef.current;
    const place = home.get();
    label.isShown = place !== undefined;
    if (!group) return;
    group.visible = place !== undefined;
    if (!place) return;
    const { eastM, northM } = frame.pointOf(place);
    const groundM = surface.heightM(eastM, northM);
    group.position.set(eastM, northM, groundM + 0.5);
    group.scale.setScalar(metresPerPx(camera as PerspectiveCamera, size.height, group.position) * SIZE_PX);
    label.eastM = eastM;
    label.northM = northM;
    label.upM = groundM;
    label.text = words;
    label.priority = LABEL_RANK.home;
    label.halfPx = SIZE_PX;
  });
  const bars: readonly (readonly [number, number, number, number])[] = [
    [-0.28, 0, 0.16, 0.9],
    [0.28, 0, 0.16, 0.9],
    [0, 0, 0.5, 0.16],
  ];
  return (
    <group ref={groupRef} name="home">
      <mesh geometry={OUTER} dispose={null} renderOrder={34} raycast={() => null}>
        <meshBasicMaterial color={palette.home} depthTest={false} side={DoubleSide} transparent />
      </mesh>
      {bars.map(([x, y, width, height]) => (
        <mesh key={x} position={[x, y, 0]} renderOrder={34} raycast={() => null}>
          <planeGeometry args={[width, height]} />
          <meshBasicMaterial color={palette.home} depthTest={false} transparent />
        </mesh>
      ))}
    </group>
  );
}
