import { useFrame, useThree } from "@react-three/fiber";
import { useEffect, useMemo, useRef } from "react";
import { type InstancedMesh, Matrix4, MeshBasicMaterial, PerspectiveCamera, Vector3 } from "three";
import { LANDMARKS, type Place, placeFame, shownPlaceName } from "../../../src/geo/places/place.js";
import type { PlacesDocument } from "../../../src/geo/places/placesDocument.js";
import type { Position } from "../../../src/geo/position.js";
import { settingsStore } from "../../app/settings.js";
import { useFormat } from "../../app/useFormat.js";
import { type Latest, useLatest, useWhole } from "../../bridge/latest.js";
import { useStore } from "../../bridge/StoresContext.js";
import { SeenView } from "../camera/seenView.js";
import { SceneLabel } from "../labels/labelBoard.js";
import { NAMES_MAX, PlaceChoice } from "../labels/placeChoice.js";
import { withMapPlaces } from "../map/mapNames.js";
import { useScene } from "../SceneContext.js";
import { type PlaceShape, placeGeometry } from "./placeShapes.js";
import { metresPerPx } from "./screenSize.js";

type PlaceLayerProps = { readonly places: Latest<PlacesDocument | undefined> };

const LIFT_M = 0.3;
const MARK_PX = { settlement: 4, landmark: 5.5 } as const;
const SHAPES: readonly PlaceShape[] = ["settlement", "landmark"];

const matrix = new Matrix4();
const position = new Vector3();
const scale = new Vector3();

const shapeOf = ({ kind }: Place): PlaceShape => (LANDMARKS.some((one) => one === kind) ? "landmark" : "settlement");

/**
 * Names of towns, villages, capes, beaches and lighthouses, so that one stretch of coast can be told from another. Cities
 * are named from afar, villages from near. They stand under everything else on the map.
 */
export function PlaceLayer({ places }: PlaceLayerProps) {
  const settings = useStore(settingsStore);
  const isShown = useLatest(settings.values, ({ arePlaceNamesShown }) => arePlaceNamesShown);
  const document = useWhole(places);
  const { mapNames, found } = useScene();
  const ofMap = useWhole(mapNames);
  // Named by its own mark: see `FoundLayer`.
  const marked = useWhole(found)?.position;
  const all = useMemo(
    () => withMapPlaces(document?.places ?? [], ofMap.places).filter(({ position: at }) => !isSamePlace(at, marked)),
    [document, ofMap.places, marked],
  );
  return (
    <>
      {isShown && all.length > 0 && <Names places={all} />}
      {ofMap.drawn.length > 0 && <DrawnNames places={ofMap.drawn} />}
    </>
  );
}

const isSamePlace = (a: Position, b: Position | undefined): boolean =>
  a.latitudeDeg === b?.latitudeDeg && a.longitudeDeg === b.longitudeDeg;

/** Names of what a person has drawn over the map: without a mark, since the drawing is one; the first to give way. */
function DrawnNames({ places }: { readonly places: readonly Place[] }) {
  const { frame, surface, rig } = useScene();
  const { choice, seen } = useMemo(
    () => ({ choice: new PlaceChoice(places, frame, surface), seen: new SeenView() }),
    [places, frame, surface],
  );
  const { sync } = usePlaceLabels(places, choice, "drawn");
  useFrame(({ camera, size, invalidate }) => {
    if (!(camera instanceof PerspectiveCamera) || !seen.refresh(camera, rig.view, size)) return;
    if (choice.update(seen)) sync();
    invalidate();
  });
  return null;
}

function Names({ places }: { readonly places: readonly Place[] }) {
  const { frame, surface, rig } = useScene();
  const { choice, seen } = useMemo(
    () => ({ choice: new PlaceChoice(places, frame, surface), seen: new SeenView() }),
    [places, frame, surface],
  );
  const { sync, labelOf } = usePlaceLabels(places, choice);
  const geometries = usePlaceGeometries();
  const material = useMemo(
    () => new MeshBasicMaterial({ vertexColors: true, transparent: true, depthTest: false, depthWrite: false }),
    [],
  );
  useEffect(() => () => material.dispose(), [material]);
  const meshes = useRef<Partial<Record<PlaceShape, InstancedMesh | null>>>({});
  const drawn = useRef<{ geometries?: unknown; placed: number }>({ placed: 0 });
  useFrame(({ camera, size, invalidate }) => {
    if (!(camera instanceof PerspectiveCamera)) return;
    const hasMoved = seen.refresh(camera, rig.view, size);
    if (hasMoved && choice.update(seen)) sync();
    const placed = placedBits(choice, labelOf);
    // New geometries come with new meshes, which are empty.
    const isSame = drawn.current.placed === placed && drawn.current.geometries === geometries;
    if (!hasMoved && isSame) return;
    drawn.current.placed = placed;
    drawn.current.geometries = geometries;
    for (const shape of SHAPES) {
      const mesh = meshes.current[shape];
      if (mesh) drawMarks(mesh, { shape, places, choice, camera, heightPx: size.height, placed });
    }
    // The camera is aimed after the layers of this frame: one more, until it stands still.
    invalidate();
  });
  return SHAPES.map((shape) => (
    <instancedMesh
      key={`${shape} ${geometries.id}`}
      ref={(mesh) => {
        meshes.current[shape] = mesh;
      }}
      args={[geometries[shape], material, NAMES_MAX]}
      dispose={null}
      count={0}
      frustumCulled={false}
      raycast={() => null}
      renderOrder={20}
      name={`places ${shape}`}
    />
  ));
}

/** Bit by bit, whether the board has room for the name of each chosen place: a mark is drawn only with its name. */
function placedBits(choice: PlaceChoice, labelOf: (index: number) => SceneLabel | undefined): number {
  let bits = 0;
  for (let i = 0; i < choice.count; i++) if (labelOf(choice.chosen[i] ?? 0)?.isPlaced) bits |= 1 << i;
  return bits;
}

type Drawn = {
  readonly shape: PlaceShape;
  readonly places: readonly Place[];
  readonly choice: PlaceChoice;
  readonly camera: PerspectiveCamera;
  readonly heightPx: number;
  readonly placed: number;
};

function drawMarks(mesh: InstancedMesh, { shape, places, choice, camera, heightPx, placed }: Drawn): void {
  let count = 0;
  for (let i = 0; i < choice.count; i++) {
    const index = choice.chosen[i] ?? 0;
    const place = places[index];
    if ((placed & (1 << i)) === 0 || !place || shapeOf(place) !== shape) continue;
    position.set(choice.eastM[index] ?? 0, choice.northM[index] ?? 0, (choice.upM[index] ?? 0) + LIFT_M);
    scale.setScalar(metresPerPx(camera, heightPx, position) * MARK_PX[shape]);
    mesh.setMatrixAt(count, matrix.compose(position, camera.quaternion, scale));
    count++;
  }
  mesh.count = count;
  mesh.instanceMatrix.needsUpdate = true;
}

/** Gives the board the labels of the chosen places, and takes back the others. Call it when the choice has changed. */
function usePlaceLabels(places: readonly Place[], choice: PlaceChoice, kind: "name" | "drawn" = "name") {
  const { labels } = useScene();
  const { language } = useFormat();
  const invalidate = useThree((state) => state.invalidate);
  const shown = useRef(new Map<number, { readonly label: SceneLabel; readonly remove: () => void }>());
  const add = (index: number): void => {
    const place = places[index];
    if (!place) return;
    const label = new SceneLabel(`${kind} ${place.name} ${index}`);
    label.eastM = choice.eastM[index] ?? 0;
    label.northM = choice.northM[index] ?? 0;
    label.upM = choice.upM[index] ?? 0;
    label.text = shownPlaceName(place, language);
    label.tone = "name";
    label.isQuiet = true;
    label.priority = kind === "drawn" ? 0 : placeFame(place);
    shown.current.set(index, { label, remove: labels.add(label) });
  };
  const sync = (): void => {
    for (const [index, { remove }] of shown.current) {
      if (choice.has(index)) continue;
      remove();
      shown.current.delete(index);
    }
    for (let i = 0; i < choice.count; i++) {
      const index = choice.chosen[i] ?? 0;
      if (!shown.current.has(index)) add(index);
    }
  };
  useEffect(() => {
    const known = shown.current;
    // Words in another language, or places in another frame: those that are chosen, anew.
    sync();
    invalidate();
    return () => {
      for (const { remove } of known.values()) remove();
      known.clear();
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `sync` is made of these
  }, [places, choice, labels, language, invalidate, kind]);
  const labelOf = (index: number): SceneLabel | undefined => shown.current.get(index)?.label;
  return { sync, labelOf };
}

function usePlaceGeometries() {
  const { palette } = useScene();
  const made = useMemo(() => {
    const of = (shape: PlaceShape) => placeGeometry(shape, palette.place, palette.placeRim);
    return { settlement: of("settlement"), landmark: of("landmark"), id: palette.name };
  }, [palette]);
  useEffect(
    () => () => {
      made.settlement.dispose();
      made.landmark.dispose();
    },
    [made],
  );
  return made;
}
