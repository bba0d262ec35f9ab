import { useFrame } from "@react-three/fiber";
import { useEffect, useMemo, useRef } from "react";
import {
  BufferAttribute,
  BufferGeometry,
  CircleGeometry,
  DoubleSide,
  type Group,
  type LineSegments,
  type Mesh,
  MeshBasicMaterial,
  MeshLambertMaterial,
  type PerspectiveCamera,
  RingGeometry,
  Vector3,
} from "three";
import { RAD_PER_DEG } from "../../../src/geo/angles.js";
import { type Latest, useLatest } from "../../bridge/latest.js";
import { useEdgeMark } from "../edge/useEdgeMark.js";
import { SceneLabel } from "../labels/labelBoard.js";
import { LABEL_RANK } from "../labels/labelRank.js";
import { useRedrawOn, useScene } from "../SceneContext.js";
import type { SceneVehicle } from "../sceneVehicle.js";
import { quadGeometry } from "./quadGeometry.js";
import { metresPerPx } from "./screenSize.js";

type VehicleLayerProps = { readonly vehicles: Latest<readonly SceneVehicle[]> };

// Shared by every aircraft of the page, never disposed.
const QUAD = quadGeometry();
const BODY = new MeshLambertMaterial({ vertexColors: true, side: DoubleSide });
const BODY_OLD = new MeshBasicMaterial({ color: "#6b7782" });
const SHADOW = new CircleGeometry(1, 24);
const RING = new RingGeometry(1.25, 1.45, 32);
const STEM = new BufferGeometry().setAttribute(
  "position",
  new BufferAttribute(new Float32Array([0, 0, 0, 0, 0, 1]), 3),
);

const spot = new Vector3();

/** Of the target, and of the others. */
const SMALLEST_PX = 24;
const OTHER_PX = 18;
/** The arms reach to the corners of a square: half of it, without the corners, is what must be seen. */
const MARK_HALF = 0.6;
const TRUE_HALF_SPAN_M = 0.6;

/** Every aircraft: model, height stem, shadow on the ground, label. */
export function VehicleLayer({ vehicles }: VehicleLayerProps) {
  useRedrawOn(vehicles);
  const ids = useLatest(vehicles, (list) => list.map(({ id }) => id));
  return (
    <>
      <hemisphereLight args={["#dfeaf5", "#3a4a55", 2.2]} />
      <directionalLight position={[-3, 4, 6]} intensity={1.4} />
      {ids.map((id) => (
        <Aircraft key={id} id={id} vehicles={vehicles} />
      ))}
    </>
  );
}

function Aircraft({ id, vehicles }: VehicleLayerProps & { readonly id: string }) {
  const { frame, surface, palette, labels } = useScene();
  const groupRef = useRef<Group>(null);
  const bodyRef = useRef<Mesh>(null);
  const stemRef = useRef<LineSegments>(null);
  const footRef = useRef<Group>(null);
  const label = useMemo(() => new SceneLabel(`vehicle ${id}`), [id]);
  useEffect(() => labels.add(label), [labels, label]);
  const showAtEdge = useEdgeMark(id, vehicles);

  useFrame(({ camera, size }) => {
    const vehicle = vehicles.get().find((item) => item.id === id);
    const group = groupRef.current;
    const body = bodyRef.current;
    if (!vehicle || !group || !body || !stemRef.current || !footRef.current) return;
    const { eastM, northM } = frame.pointOf(vehicle.position);
    const groundM = surface.heightM(eastM, northM);
    // Never drawn under the ground: files and barometers err by metres.
    const upM = Math.max(groundM + 0.5, vehicle.altitudeAmslM);
    group.position.set(eastM, northM, groundM);
    body.position.z = upM - groundM;
    // Applied last to first: roll about the nose, pitch about the wings, heading clockwise from north.
    body.rotation.set(
      vehicle.pitchDeg * RAD_PER_DEG,
      vehicle.rollDeg * RAD_PER_DEG,
      -vehicle.headingDeg * RAD_PER_DEG,
      "ZXY",
    );
    const pxM = metresPerPx(camera as PerspectiveCamera, size.height, spot.set(eastM, northM, upM));
    body.scale.setScalar(Math.max(TRUE_HALF_SPAN_M, pxM * (vehicle.isTarget ? SMALLEST_PX : OTHER_PX)));
    body.material = vehicle.isOld ? BODY_OLD : BODY;
    stemRef.current.scale.z = upM - groundM;
    const footM = metresPerPx(camera as PerspectiveCamera, size.height, spot.setZ(groundM));
    footRef.current.scale.setScalar(Math.max(1, footM * 8));
    place(label, vehicle, group.position, upM);
    showAtEdge(vehicle, spot.setZ(upM));
  });
  return (
    <group ref={groupRef} name={`vehicle ${id}`}>
      <mesh
        ref={bodyRef}
        geometry={QUAD}
        material={BODY}
        dispose={null}
        renderOrder={40}
        frustumCulled={false}
        raycast={() => null}
        name="body"
      />
      <lineSegments
        ref={stemRef}
        geometry={STEM}
        dispose={null}
        renderOrder={39}
        frustumCulled={false}
        raycast={() => null}
      >
        <lineBasicMaterial color={palette.aircraft} transparent opacity={0.6} />
      </lineSegments>
      <group ref={footRef} position-z={0.4}>
        <mesh geometry={SHADOW} dispose={null} renderOrder={35} raycast={() => null}>
          <meshBasicMaterial color="#000000" transparent opacity={0.5} depthTest={false} />
        </mesh>
        <mesh geometry={RING} dispose={null} renderOrder={35} raycast={() => null}>
          <meshBasicMaterial color={palette.aircraft} transparent opacity={0.8} depthTest={false} side={DoubleSide} />
        </mesh>
      </group>
    </group>
  );
}

function place(label: SceneLabel, vehicle: SceneVehicle, ground: Vector3, upM: number): void {
  label.eastM = ground.x;
  label.northM = ground.y;
  label.upM = upM;
  label.text = vehicle.label;
  label.tone = vehicle.isOld ? "unknown" : "aircraft";
  label.priority = vehicle.isTarget ? LABEL_RANK.followedAircraft : LABEL_RANK.aircraft;
  label.halfPx = MARK_HALF * (vehicle.isTarget ? SMALLEST_PX : OTHER_PX);
}
