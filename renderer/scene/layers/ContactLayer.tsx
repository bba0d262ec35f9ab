import { useFrame } from "@react-three/fiber";
import { useEffect, useMemo, useRef } from "react";
import {
  type Camera,
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
import type { Position } from "../../../src/geo/position.js";
import type { ObjectClass } from "../../../src/detect/detection.js";
import type { Contact } from "../../../src/track/contact.js";
import { type Latest, useLatest } from "../../bridge/latest.js";
import { SceneLabel } from "../labels/labelBoard.js";
import type { Surface } from "../geometry/surface.js";
import { type SceneTools, useGroundPointer, useRedrawOn, useScene } from "../SceneContext.js";
import type { GroundPointerEvent } from "../sceneTypes.js";
import type { SceneFrame } from "../sceneFrame.js";
import { RING_FRAGMENT, RING_VERTEX } from "../shaders/drape.js";
import { CONTACT_CLASSES, contactGeometry } from "./contactShapes.js";
import { type ViewCamera, metresPerPx } from "./screenSize.js";

type ContactLayerProps = {
  readonly contacts: Latest<readonly Contact[]>;
  readonly selectedId: Latest<string | undefined>;
  readonly onSelect: (contactId: string) => void;
  /** Words beside the mark, in the page's language: "C-14 boat 7.8 m ±3 m". */
  readonly describe: (contact: Contact) => string;
  /** True when the contact was not seen for long; it is then drawn grey. */
  readonly isOld: (contact: Contact) => boolean;
};

const MARK_PX = 8;
const PICK_PX = 22;
const CAPACITY_STEP = 64;
const LIFT_M = 0.6;
// A new contact pulses once.
const PULSE_S = 1.2;
const UP = new Vector3(0, 0, 1);
const matrix = new Matrix4();
const position = new Vector3();
const scale = new Vector3();
const rotation = new Quaternion();
const colour = new Color();
const OLD = "#7d8894";

/**
 * Contacts as marks coded by shape, with their 95 % error ellipses on the ground and labels: one draw call per class.
 */
export function ContactLayer(props: ContactLayerProps) {
  const { contacts, selectedId, onSelect } = props;
  const scene = useScene();
  useRedrawOn(contacts);
  useRedrawOn(selectedId);
  const capacity = useLatest(contacts, (list) => Math.max(1, Math.ceil(list.length / CAPACITY_STEP)) * CAPACITY_STEP);
  const handlers = useMemo(
    () => ({
      onClick: (event: GroundPointerEvent): boolean => {
        const id = nearest(contacts.get(), event, scene);
        if (id !== undefined) onSelect(id);
        return id !== undefined;
      },
      onMove: (event: GroundPointerEvent): void => {
        if (nearest(contacts.get(), event, scene) !== undefined) event.setCursor("pointer");
      },
    }),
    [contacts, onSelect, scene],
  );
  useGroundPointer(handlers);
  return (
    <>
      <Ellipses key={capacity} {...props} capacity={capacity} />
      {CONTACT_CLASSES.map((objectClass) => (
        <Marks key={`${objectClass} ${capacity}`} {...props} objectClass={objectClass} capacity={capacity} />
      ))}
      <ContactLabels {...props} />
    </>
  );
}

type SceneGround = Pick<SceneTools, "frame" | "surface">;

function groundUnder({ frame, surface }: SceneGround, place: Position) {
  const { eastM, northM } = frame.pointOf(place);
  return { eastM, northM, groundM: surface.heightM(eastM, northM) };
}

function nearest(contacts: readonly Contact[], event: GroundPointerEvent, ground: SceneGround): string | undefined {
  let bestPx = PICK_PX;
  let best: string | undefined;
  for (const contact of contacts) {
    const at = event.toScreen(contact.position, groundUnder(ground, contact.position).groundM + LIFT_M);
    if (!at) continue;
    const offPx = Math.hypot(at.xPx - event.xPx, at.yPx - event.yPx);
    if (offPx < bestPx) {
      bestPx = offPx;
      best = contact.id;
    }
  }
  return best;
}

/** Scene coordinates of every contact on the ground, computed when contacts or the ground change, not per frame. */
function useContactPoints(contacts: Latest<readonly Contact[]>): () => Float64Array {
  const { frame, surface } = useScene();
  const cache = useRef<{ list: readonly Contact[]; surface: Surface; frame: SceneFrame; xyz: Float64Array }>(undefined);
  return () => {
    const list = contacts.get();
    const known = cache.current;
    if (known?.list === list && known.frame === frame && known.surface === surface) return known.xyz;
    const xyz = new Float64Array(list.length * 3);
    list.forEach((contact, i) => {
      const { eastM, northM, groundM } = groundUnder({ frame, surface }, contact.position);
      xyz.set([eastM, northM, groundM], i * 3);
    });
    cache.current = { list, frame, surface, xyz };
    return xyz;
  };
}

type InstancedProps = ContactLayerProps & { readonly capacity: number };

function Ellipses({ contacts, selectedId, isOld, capacity }: InstancedProps) {
  const { palette } = useScene();
  const meshRef = useRef<InstancedMesh>(null);
  const pointsNow = useContactPoints(contacts);
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
    const list = contacts.get();
    const xyz = pointsNow();
    mesh.count = Math.min(list.length, capacity);
    for (let i = 0; i < mesh.count; i++) {
      const contact = list[i];
      if (!contact) continue;
      const { semiMajorM, semiMinorM, orientationDeg } = contact.ellipse95;
      placeAt(xyz, i, LIFT_M / 2);
      rotation.setFromAxisAngle(UP, -orientationDeg * RAD_PER_DEG);
      mesh.setMatrixAt(i, matrix.compose(position, rotation, scale.set(semiMinorM, semiMajorM, 1)));
      const style = contact.id === selectedId.get() ? palette.select : isOld(contact) ? OLD : palette[contact.class];
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

const STILL = typeof matchMedia === "undefined" ? undefined : matchMedia("(prefers-reduced-motion: reduce)");

function Marks({
  contacts,
  selectedId,
  isOld,
  objectClass,
  capacity,
}: InstancedProps & { readonly objectClass: ObjectClass }) {
  const { palette } = useScene();
  const markRef = useRef<InstancedMesh>(null);
  const backRef = useRef<InstancedMesh>(null);
  const firstDrawnS = useRef(new Map<string, number>());
  const pointsNow = useContactPoints(contacts);
  const shapes = useMemo(
    () => ({ mark: contactGeometry(objectClass, false), back: contactGeometry(objectClass, true) }),
    [objectClass],
  );
  useEffect(
    () => () => {
      shapes.mark.dispose();
      shapes.back.dispose();
    },
    [shapes],
  );
  useFrame((state) => {
    const mark = markRef.current;
    const back = backRef.current;
    if (!mark || !back) return;
    const list = contacts.get();
    const xyz = pointsNow();
    let count = 0;
    let isPulsing = false;
    for (let i = 0; i < list.length && count < capacity; i++) {
      const contact = list[i];
      if (contact?.class !== objectClass) continue;
      const isSelected = contact.id === selectedId.get();
      const pulse = pulseOf(firstDrawnS.current, contact.id, state.clock.elapsedTime);
      isPulsing ||= pulse > 0;
      placeAt(xyz, i, LIFT_M);
      poseMark(state, MARK_PX * (isSelected ? 1.35 : 1) * (1 + pulse));
      mark.setMatrixAt(count, matrix);
      back.setMatrixAt(count, matrix);
      mark.setColorAt(count, colour.set(!isSelected && isOld(contact) ? OLD : palette[objectClass]));
      count++;
    }
    finishInstances(back, count);
    finishInstances(mark, count);
    if (isPulsing) state.invalidate();
  });
  const shared = { frustumCulled: false, raycast: () => null } as const;
  return (
    <>
      <instancedMesh
        ref={backRef}
        args={[shapes.back, undefined, capacity]}
        {...shared}
        dispose={null}
        renderOrder={27}
        name={`${objectClass} backing`}
      >
        <meshBasicMaterial
          color={palette.name === "day" ? "#ffffff" : "#05080b"}
          transparent
          opacity={0.85}
          depthTest={false}
        />
      </instancedMesh>
      <instancedMesh
        ref={markRef}
        args={[shapes.mark, undefined, capacity]}
        {...shared}
        dispose={null}
        renderOrder={28}
        name={`${objectClass} marks`}
      >
        <meshBasicMaterial transparent depthTest={false} />
      </instancedMesh>
    </>
  );
}

function placeAt(xyz: Float64Array, index: number, liftM: number): void {
  position.set(xyz[index * 3] ?? 0, xyz[index * 3 + 1] ?? 0, (xyz[index * 3 + 2] ?? 0) + liftM);
}

/** Sets `matrix` for a mark at `position`, facing the eye, `sizePx` from its middle to its rim. */
function poseMark(
  state: { readonly camera: Camera; readonly size: { readonly height: number } },
  sizePx: number,
): void {
  const pxM = metresPerPx(state.camera as ViewCamera & Camera, state.size.height, position);
  matrix.compose(position, state.camera.quaternion, scale.setScalar(pxM * sizePx));
}

function finishInstances(mesh: InstancedMesh, count: number): void {
  mesh.count = count;
  mesh.instanceMatrix.needsUpdate = true;
  if (mesh.instanceColor) mesh.instanceColor.needsUpdate = true;
}

/** 1 when first drawn, falling to 0; always 0 with reduced motion. */
function pulseOf(firstDrawnS: Map<string, number>, id: string, nowS: number): number {
  if (STILL?.matches) return 0;
  const since = firstDrawnS.get(id);
  if (since === undefined) firstDrawnS.set(id, nowS);
  const age = nowS - (since ?? nowS);
  return age >= PULSE_S ? 0 : (1 - age / PULSE_S) ** 2;
}

function ContactLabels({ contacts, selectedId, describe, isOld }: ContactLayerProps) {
  const { frame, surface, labels } = useScene();
  useEffect(() => {
    const known = new Map<string, { readonly label: SceneLabel; readonly remove: () => void }>();
    const refresh = (): void => {
      const list = contacts.get();
      for (const contact of list) {
        let entry = known.get(contact.id);
        if (!entry) {
          const label = new SceneLabel(`contact ${contact.id}`);
          entry = { label, remove: labels.add(label) };
          known.set(contact.id, entry);
        }
        const { label } = entry;
        const { eastM, northM, groundM } = groundUnder({ frame, surface }, contact.position);
        const isSelected = contact.id === selectedId.get();
        const old = isOld(contact);
        Object.assign(label, { eastM, northM, upM: groundM + LIFT_M, text: describe(contact) });
        label.tone = isSelected ? "selected" : old ? "unknown" : contact.class;
        label.priority =
          (isSelected ? 90 : 40) + (old ? -20 : 0) + (contact.class === "person" || contact.class === "boat" ? 5 : 0);
      }
      for (const [id, entry] of known) {
        if (list.some((contact) => contact.id === id)) continue;
        entry.remove();
        known.delete(id);
      }
    };
    refresh();
    const stops = [contacts.onChange(refresh), selectedId.onChange(refresh)];
    return () => {
      for (const stop of stops) stop();
      for (const { remove } of known.values()) remove();
    };
  }, [contacts, selectedId, describe, isOld, frame, surface, labels]);
  return null;
}
