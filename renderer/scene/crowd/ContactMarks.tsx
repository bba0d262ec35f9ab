import { type RootState, useFrame } from "@react-three/fiber";
import { useEffect, useMemo, useRef } from "react";
import { type Camera, Color, type InstancedMesh, Matrix4, type Mesh, MeshBasicMaterial, Vector3 } from "three";
import { contactGeometry } from "../layers/contactShapes.js";
import { type ViewCamera, metresPerPx } from "../layers/screenSize.js";
import type { ScenePalette } from "../scenePalette.js";
import { useScene } from "../SceneContext.js";
import type { ContactCrowd, MarkShape } from "./contactCrowd.js";
import { CROWD_PX, type CrowdMarksProps, finishInstances, MARK_PX, OLD_COLOUR, SELECTED_FACTOR } from "./crowdMarks.js";
import type { Pulses } from "./pulses.js";

const matrix = new Matrix4();
const position = new Vector3();
const scale = new Vector3();
const colour = new Color();

type ContactMarksProps = CrowdMarksProps & { readonly shape: MarkShape; readonly pulses: Pulses };
type Drawn = Pick<RootState, "camera" | "size">;

/** The marks of one shape, in one draw call and one for the rims under them. The selected contact's is not among them. */
export function ContactMarks({ crowd, pulses, shape, capacity }: ContactMarksProps) {
  const { palette } = useScene();
  const markRef = useRef<InstancedMesh>(null);
  const backRef = useRef<InstancedMesh>(null);
  const shapes = useMemo(() => shapesOf(shape), [shape]);
  useEffect(() => () => disposeOf(shapes), [shapes]);
  useFrame((state) => {
    const mark = markRef.current;
    const back = backRef.current;
    if (!mark || !back) return;
    let count = 0;
    for (let i = 0; i < crowd.list.length && count < capacity; i++) {
      if (!crowd.isDrawn(i) || crowd.isSelected(i) || crowd.shapeOf(i) !== shape) continue;
      poseMark(crowd, i, sizePx(crowd, i) * (1 + (pulses.of[i] ?? 0)), state);
      mark.setMatrixAt(count, matrix);
      back.setMatrixAt(count, matrix);
      mark.setColorAt(count, colour.set(crowd.isOld[i] === 1 ? OLD_COLOUR : colourOf(shape, palette)));
      count++;
    }
    finishInstances(back, count);
    finishInstances(mark, count);
  });
  const shared = { frustumCulled: false, raycast: () => null, dispose: null } as const;
  return (
    <>
      <instancedMesh
        ref={backRef}
        args={[shapes.back, undefined, capacity]}
        {...shared}
        renderOrder={27}
        name={`${shape} backing`}
      >
        <meshBasicMaterial color={rimOf(palette)} transparent opacity={0.85} depthTest={false} />
      </instancedMesh>
      <instancedMesh
        ref={markRef}
        args={[shapes.mark, undefined, capacity]}
        {...shared}
        renderOrder={28}
        name={`${shape} marks`}
      >
        <meshBasicMaterial transparent depthTest={false} />
      </instancedMesh>
    </>
  );
}

/** The selected contact, larger, above all others and never one of a crowd. */
export function SelectedMark({ crowd, pulses }: Pick<ContactMarksProps, "crowd" | "pulses">) {
  const { palette } = useScene();
  const markRef = useRef<Mesh>(null);
  const backRef = useRef<Mesh>(null);
  const shapes = useMemo(allShapes, []);
  const material = useMemo(() => new MeshBasicMaterial({ transparent: true, depthTest: false }), []);
  useEffect(
    () => () => {
      Object.values(shapes).forEach(disposeOf);
      material.dispose();
    },
    [shapes, material],
  );
  useFrame((state) => {
    const mark = markRef.current;
    const back = backRef.current;
    if (!mark || !back) return;
    const at = crowd.selectedIndex();
    const contact = at !== undefined && crowd.isDrawn(at) ? crowd.list[at] : undefined;
    mark.visible = back.visible = contact !== undefined;
    if (!contact || at === undefined) return;
    const shape = shapes[contact.class];
    poseMark(crowd, at, MARK_PX * SELECTED_FACTOR * (1 + (pulses.of[at] ?? 0)), state);
    material.color.set(colourOf(contact.class, palette));
    for (const [mesh, geometry] of [
      [mark, shape.mark],
      [back, shape.back],
    ] as const) {
      mesh.geometry = geometry;
      matrix.decompose(mesh.position, mesh.quaternion, mesh.scale);
    }
  });
  const shared = { frustumCulled: false, raycast: () => null, dispose: null, visible: false } as const;
  return (
    <>
      <mesh ref={backRef} geometry={shapes.unknown.back} {...shared} renderOrder={29} name="selected backing">
        <meshBasicMaterial color={rimOf(palette)} transparent opacity={0.85} depthTest={false} />
      </mesh>
      <mesh
        ref={markRef}
        geometry={shapes.unknown.mark}
        material={material}
        {...shared}
        renderOrder={30}
        name="selected mark"
      />
    </>
  );
}

const shapesOf = (shape: MarkShape) => ({ mark: contactGeometry(shape, false), back: contactGeometry(shape, true) });

const allShapes = () => ({
  person: shapesOf("person"),
  boat: shapesOf("boat"),
  vehicle: shapesOf("vehicle"),
  unknown: shapesOf("unknown"),
});

function disposeOf({ mark, back }: ReturnType<typeof shapesOf>): void {
  mark.dispose();
  back.dispose();
}

const sizePx = (crowd: ContactCrowd, i: number): number => ((crowd.clusters.sizeOf[i] ?? 0) > 1 ? CROWD_PX : MARK_PX);
const colourOf = (shape: MarkShape, palette: ScenePalette): string => palette[shape === "mixed" ? "unknown" : shape];
const rimOf = (palette: ScenePalette): string => (palette.name === "day" ? "#ffffff" : "#05080b");

/** Sets `matrix` for a mark that faces the eye, `px` from its middle to its rim. */
function poseMark({ xyz }: ContactCrowd, i: number, px: number, { camera, size }: Drawn): void {
  position.set(xyz[i * 3] ?? 0, xyz[i * 3 + 1] ?? 0, xyz[i * 3 + 2] ?? 0);
  const pxM = metresPerPx(camera as ViewCamera & Camera, size.height, position);
  matrix.compose(position, camera.quaternion, scale.setScalar(pxM * px));
}
