import { useThree } from "@react-three/fiber";
import { useCallback, useEffect, useMemo } from "react";
import { BackSide, BufferAttribute, BufferGeometry, DoubleSide, type Mesh, PlaneGeometry, ShaderMaterial } from "three";
import type { GroundShading } from "../../app/settings.js";
import type { CoastDocument } from "../../../src/geo/coastDocument.js";
import type { CoastModel } from "../geometry/coastModel.js";
import type { FlatMesh } from "../geometry/landGeometry.js";
import { useScene } from "../SceneContext.js";
import { GROUND_LAYER } from "../softGround.js";
import type { Quality } from "../quality.js";
import { GROUND_VERTEX, LAND_FRAGMENT, SEA_FRAGMENT, SKY_FRAGMENT, SKY_VERTEX } from "../shaders/ground.js";
import { type GroundUniforms, applyShoreField } from "../shaders/groundUniforms.js";
import { ThickLines } from "./ThickLines.js";
import { HarbourLayer } from "./HarbourLayer.js";

/** With `CALM` defined the shaders leave out their most expensive parts. */
const defines = ({ isCalm }: Quality, { isMapped }: GroundLook): Record<string, string> => ({
  ...(isCalm ? { CALM: "1" } : {}),
  ...(isMapped ? { MAP: "1" } : {}),
});

const SEA_HALF_M = 160_000;
const SEA_CELLS = 24;

type GroundLook = {
  /** A map lies on sea and land: see `map/`. */
  readonly isMapped: boolean;
  /** Other than plain only where the station's files know the ground: see `light/GroundLight.tsx`. */
  readonly shading: GroundShading;
};

const SHADING_DEFINES: Readonly<Record<GroundShading, Record<string, string>>> = {
  plain: {},
  hillshade: { RELIEF: "1", HILLSHADE: "1" },
  steepness: { RELIEF: "1", STEEPNESS: "1" },
};

type GroundLayerProps = GroundLook & {
  /** Undefined as long as the coast is not known. */
  readonly model: CoastModel | undefined;
  readonly document: CoastDocument | undefined;
  readonly hills: FlatMesh | undefined;
};

/** Sky, sea, land, hills, harbours and the waterline itself. */
export function GroundLayer({ model, document, hills, isMapped, shading }: GroundLayerProps) {
  const { palette, ground } = useScene();
  const invalidate = useThree((state) => state.invalidate);
  const look = useMemo(() => ({ isMapped, shading }), [isMapped, shading]);
  useEffect(() => {
    if (model) applyShoreField(ground, model.field);
    invalidate();
  }, [ground, model, hills, palette, isMapped, shading, invalidate]);
  return (
    <>
      <Sky ground={ground} />
      <Sea ground={ground} look={look} />
      {model && document && <Land model={model} document={document} hills={hills} ground={ground} look={look} />}
    </>
  );
}

/** Where the ground is drawn apart from the marks, its meshes are in a layer of their own. */
function useGroundLayer(): (mesh: Mesh | null) => void {
  const { quality } = useScene();
  return useCallback((mesh) => mesh?.layers.set(quality.isCalm ? GROUND_LAYER : 0), [quality]);
}

function Sky({ ground }: { readonly ground: GroundUniforms }) {
  const inLayer = useGroundLayer();
  const material = useMemo(
    () =>
      new ShaderMaterial({
        vertexShader: SKY_VERTEX,
        fragmentShader: SKY_FRAGMENT,
        side: BackSide,
        depthWrite: false,
        uniforms: ground,
      }),
    [ground],
  );
  useEffect(() => () => material.dispose(), [material]);
  return (
    <mesh ref={inLayer} material={material} frustumCulled={false} raycast={() => null} renderOrder={10} name="sky">
      <sphereGeometry args={[10, 24, 16]} />
    </mesh>
  );
}

/** One plane to the horizon, with a finer grid in the middle so that its coordinates stay exact there. */
function seaGeometry(): PlaneGeometry {
  const geometry = new PlaneGeometry(2, 2, SEA_CELLS, SEA_CELLS);
  const position = geometry.getAttribute("position");
  const widen = (t: number): number => (0.01 * t + 0.99 * t * t * t * t * t) * SEA_HALF_M;
  for (let i = 0; i < position.count; i++) position.setXYZ(i, widen(position.getX(i)), widen(position.getY(i)), 0);
  return geometry;
}

function Sea({ ground, look }: { readonly ground: GroundUniforms; readonly look: GroundLook }) {
  const { quality } = useScene();
  const inLayer = useGroundLayer();
  const geometry = useMemo(seaGeometry, []);
  const material = useMemo(
    () =>
      new ShaderMaterial({
        vertexShader: GROUND_VERTEX,
        fragmentShader: SEA_FRAGMENT,
        uniforms: ground,
        defines: defines(quality, look),
        // Land lies in the same plane as the sea: the offset lets land win at any range. Nothing lies under the sea, so that it may be
        // large: over triangles of kilometres some renderers' depths are off by tens of units, and the surf showed through the land.
        polygonOffset: true,
        polygonOffsetFactor: 2,
        polygonOffsetUnits: 400,
      }),
    [ground, quality, look],
  );
  useEffect(
    () => () => {
      geometry.dispose();
      material.dispose();
    },
    [geometry, material],
  );
  return (
    <mesh
      ref={inLayer}
      geometry={geometry}
      material={material}
      frustumCulled={false}
      raycast={() => null}
      renderOrder={2}
      name="sea"
    />
  );
}

type LandProps = {
  readonly model: CoastModel;
  readonly document: CoastDocument;
  readonly hills: FlatMesh | undefined;
  readonly ground: GroundUniforms;
  readonly look: GroundLook;
};

/** `more`: defines of the shader. */
function useLandMaterial(
  ground: GroundUniforms,
  look: GroundLook,
  more: Readonly<Record<string, string>>,
): ShaderMaterial {
  const { quality } = useScene();
  const material = useMemo(
    () =>
      new ShaderMaterial({
        vertexShader: GROUND_VERTEX,
        fragmentShader: LAND_FRAGMENT,
        uniforms: ground,
        defines: { ...defines(quality, look), ...SHADING_DEFINES[look.shading], ...more },
        side: DoubleSide,
        // The beach lies in the sea's plane, hills may stand close over the beach: of the three the hills win.
        polygonOffset: true,
        polygonOffsetFactor: 0.5,
        polygonOffsetUnits: 2,
      }),
    [ground, quality, look, more],
  );
  useEffect(() => () => material.dispose(), [material]);
  return material;
}

const FLAT = {};
const HILLS = { HILLS: "1" };

function Land({ model, document, hills, ground, look }: LandProps) {
  const { palette } = useScene();
  const inLayer = useGroundLayer();
  const flatMaterial = useLandMaterial(ground, look, FLAT);
  const hillMaterial = useLandMaterial(ground, look, HILLS);
  const land = useMemo(() => geometryOf(model.land), [model]);
  const hillGeometry = useMemo(() => (hills ? geometryOf(hills) : undefined), [hills]);
  useEffect(() => () => land.dispose(), [land]);
  useEffect(() => () => hillGeometry?.dispose(), [hillGeometry]);
  return (
    <>
      {hillGeometry && (
        <mesh
          ref={inLayer}
          geometry={hillGeometry}
          material={hillMaterial}
          frustumCulled={false}
          raycast={() => null}
          renderOrder={0}
          name="hills"
        />
      )}
      <mesh
        ref={inLayer}
        geometry={land}
        material={flatMaterial}
        frustumCulled={false}
        raycast={() => null}
        renderOrder={1}
        name="land"
      />
      <ThickLines segments={model.waterline} colour={palette.foam} widthPx={1.5} opacity={0.75} name="waterline" />
      <HarbourLayer harbours={document.harbours} />
    </>
  );
}

function geometryOf(mesh: FlatMesh): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(mesh.positions, 3));
  geometry.setIndex(new BufferAttribute(mesh.indices, 1));
  geometry.computeVertexNormals();
  // Rings may go either way round, so triangles may face down; the ground is always seen from above.
  const normal = geometry.getAttribute("normal");
  for (let i = 0; i < normal.count; i++)
    if (normal.getZ(i) < 0) normal.setXYZ(i, -normal.getX(i), -normal.getY(i), -normal.getZ(i));
  return geometry;
}
