import { useFrame, useThree } from "@react-three/fiber";
import { useEffect, useMemo, useRef } from "react";
import {
  type Camera,
  Color,
  InstancedBufferAttribute,
  type InstancedMesh,
  LinearSRGBColorSpace,
  Matrix4,
  Quaternion,
  ShaderMaterial,
  Vector3,
} from "three";
import { RAD_PER_DEG } from "../../../src/geo/angles.js";
import type { TrafficTarget } from "../../../src/vehicle/traffic.js";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { type Latest, useLatest } from "../../bridge/latest.js";
import { SceneLabel } from "../labels/labelBoard.js";
import { LABEL_RANK } from "../labels/labelRank.js";
import { useRedrawOn, useScene } from "../SceneContext.js";
import { type ViewCamera, metresPerPx } from "./screenSize.js";
import { isTrafficOld, trafficLabel, trafficPlace, trafficUpM } from "./trafficMarks.js";
import { TRAFFIC_FRAGMENT, TRAFFIC_VERTEX, trafficGeometry } from "./trafficShapes.js";

type TrafficLayerProps = {
  readonly traffic: Latest<readonly TrafficTarget[]>;
  readonly nowMonoMs: () => number;
};

const KINDS = ["ship", "aircraft"] as const;
const SIZE_PX: Readonly<Record<TrafficTarget["kind"], number>> = { ship: 9, aircraft: 11 };
const CAPACITY_STEP = 32;
const OLD = "#7d8894";
const OLD_OPACITY = 0.6;
// Places are extrapolated between reports, and ages are shown in whole seconds.
const REFRESH_MS = 1000;

const matrix = new Matrix4();
const position = new Vector3();
const scale = new Vector3();
const rotation = new Quaternion();
const turn = new Quaternion();
const ahead = new Vector3();
const NOSE_AXIS = new Vector3(0, 0, 1);
const colour = new Color();

/**
 * Aircraft (ADS-B) and ships (AIS) received by a vehicle: marks that point along their course (one draw call per kind)
 * and labels.
 */
export function TrafficLayer(props: TrafficLayerProps) {
  const { traffic } = props;
  useRedrawOn(traffic);
  const capacity = useLatest(traffic, (list) => Math.ceil(list.length / CAPACITY_STEP) * CAPACITY_STEP);
  if (capacity === 0) return null;
  return (
    <>
      {KINDS.map((kind) => (
        <Marks key={`${kind} ${capacity}`} {...props} kind={kind} capacity={capacity} />
      ))}
      <TrafficLabels {...props} />
    </>
  );
}

type MarksProps = TrafficLayerProps & { readonly kind: TrafficTarget["kind"]; readonly capacity: number };

function Marks({ traffic, nowMonoMs, kind, capacity }: MarksProps) {
  const { frame, palette } = useScene();
  const meshRef = useRef<InstancedMesh>(null);
  const { geometry, tint } = useMarkGeometry(kind, capacity);
  const material = useMarkMaterial(palette.name === "day" ? "#ffffff" : "#05080b");
  useFrame(({ camera, size }) => {
    const mesh = meshRef.current;
    if (!mesh) return;
    const now = nowMonoMs();
    let count = 0;
    for (const target of traffic.get()) {
      if (target.kind !== kind || count >= capacity) continue;
      const { eastM, northM } = frame.pointOf(trafficPlace(target, now));
      position.set(eastM, northM, trafficUpM(target));
      const pxM = metresPerPx(camera as ViewCamera & Camera, size.height, position);
      faceEye(camera, target.courseDeg ?? 0);
      mesh.setMatrixAt(count, matrix.compose(position, rotation, scale.setScalar(pxM * SIZE_PX[kind])));
      const isOld = isTrafficOld(target, now);
      colour.setStyle(isOld ? OLD : palette.unknown, LinearSRGBColorSpace);
      tint.setXYZW(count, colour.r, colour.g, colour.b, isOld ? OLD_OPACITY : 1);
      count++;
    }
    mesh.count = count;
    mesh.instanceMatrix.needsUpdate = true;
    tint.needsUpdate = true;
  });
  return (
    <instancedMesh
      ref={meshRef}
      args={[geometry, material, capacity]}
      dispose={null}
      frustumCulled={false}
      raycast={() => null}
      renderOrder={30}
      name={`traffic ${kind}`}
    />
  );
}

/** Sets `rotation`: facing the camera, with the nose along the course as seen on the screen. */
function faceEye(camera: Camera, courseDeg: number): void {
  turn.copy(camera.quaternion).invert();
  ahead.set(Math.sin(courseDeg * RAD_PER_DEG), Math.cos(courseDeg * RAD_PER_DEG), 0).applyQuaternion(turn);
  rotation.copy(camera.quaternion).multiply(turn.setFromAxisAngle(NOSE_AXIS, Math.atan2(-ahead.x, ahead.y)));
}

function useMarkGeometry(kind: TrafficTarget["kind"], capacity: number) {
  const made = useMemo(() => {
    const tint = new InstancedBufferAttribute(new Float32Array(capacity * 4), 4);
    return { tint, geometry: trafficGeometry(kind).setAttribute("tint", tint) };
  }, [kind, capacity]);
  useEffect(() => () => made.geometry.dispose(), [made]);
  return made;
}

function useMarkMaterial(rim: string): ShaderMaterial {
  const material = useMemo(
    () =>
      new ShaderMaterial({
        vertexShader: TRAFFIC_VERTEX,
        fragmentShader: TRAFFIC_FRAGMENT,
        uniforms: { uRim: { value: new Color().setStyle(rim, LinearSRGBColorSpace) } },
        transparent: true,
        depthTest: false,
        depthWrite: false,
      }),
    [rim],
  );
  useEffect(() => () => material.dispose(), [material]);
  return material;
}

/** After our own aircraft; other aircraft before contacts, ships after them. */
function trafficRank(kind: TrafficTarget["kind"], isOld: boolean): number {
  if (kind === "ship") return isOld ? LABEL_RANK.oldContact : LABEL_RANK.ship;
  return isOld ? LABEL_RANK.oldTrafficAircraft : LABEL_RANK.trafficAircraft;
}

type Known = { readonly label: SceneLabel; readonly remove: () => void };

function TrafficLabels({ traffic, nowMonoMs }: TrafficLayerProps) {
  const { frame, labels } = useScene();
  const t = useText();
  const format = useFormat();
  const invalidate = useThree((state) => state.invalidate);
  const knownRef = useRef(new Map<string, Known>());
  useEffect(() => {
    const known = knownRef.current;
    const added = (id: string): Known => {
      const label = new SceneLabel(`traffic ${id}`);
      const entry = { label, remove: labels.add(label) };
      known.set(id, entry);
      return entry;
    };
    const refresh = (): void => {
      const list = traffic.get();
      for (const target of list) describe((known.get(target.id) ?? added(target.id)).label, target);
      for (const [id, { remove }] of known) {
        if (list.some((target) => target.id === id)) continue;
        remove();
        known.delete(id);
      }
      invalidate();
    };
    const describe = (label: SceneLabel, target: TrafficTarget): void => {
      const now = nowMonoMs();
      const isOld = isTrafficOld(target, now);
      label.text = trafficLabel(t, format, target, now);
      label.tone = isOld ? "place" : "unknown";
      label.priority = trafficRank(target.kind, isOld);
    };
    refresh();
    const stop = traffic.onChange(refresh);
    const timer = setInterval(refresh, REFRESH_MS);
    return () => {
      stop();
      clearInterval(timer);
      for (const { remove } of known.values()) remove();
      known.clear();
    };
  }, [traffic, nowMonoMs, labels, t, format, invalidate]);
  useFrame(() => {
    for (const target of traffic.get()) {
      const label = knownRef.current.get(target.id)?.label;
      if (!label) continue;
      const { eastM, northM } = frame.pointOf(trafficPlace(target, nowMonoMs()));
      label.eastM = eastM;
      label.northM = northM;
      label.upM = trafficUpM(target);
    }
  });
  return null;
}
