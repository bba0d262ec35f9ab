import { useFrame, useThree } from "@react-three/fiber";
import { useEffect, useMemo } from "react";
import {
  BufferAttribute,
  BufferGeometry,
  DataTexture,
  DoubleSide,
  DynamicDrawUsage,
  LinearFilter,
  Matrix3,
  Mesh,
  NearestFilter,
  RedFormat,
  ShaderMaterial,
  UnsignedByteType,
  Vector2,
} from "three";
import type { FrameGround, VideoFrame } from "../../../src/contract/messages.js";
import type { Latest } from "../../bridge/latest.js";
import { groundToPicture } from "../geometry/homography.js";
import { type SceneTools, useRedrawOn, useScene } from "../SceneContext.js";
import { DRAPE_FRAGMENT, DRAPE_VERTEX } from "../shaders/drape.js";
import { type ThermalPalette, paletteTable } from "../thermalPalette.js";
import { RollingSegments } from "./rollingSegments.js";

type FootprintLayerProps = {
  readonly video: Latest<VideoFrame | undefined>;
  readonly thermalPalette: ThermalPalette;
};

const LIFT_M = 0.3;
const QUAD_INDICES = [0, 1, 2, 0, 2, 3];
// Reused buffer.
const homography = new Float64Array(9);
const corners = new Float64Array(8);
const groundsM = new Float64Array(4);
const eye = new Float64Array(3);
const from = new Float64Array(3);
const to = new Float64Array(3);

/** The live thermal picture projected on the ground in true perspective, and the camera's view pyramid. */
export function FootprintLayer({ video, thermalPalette }: FootprintLayerProps) {
  const tools = useScene();
  const { palette } = tools;
  const { scene } = useThree();
  const drape = useMemo(() => createDrape(), []);
  const edges = useMemo(
    () => new RollingSegments(10, { colour: palette.select, widthPx: 1.5, opacity: 0.85, isOnTop: true }),
    [palette],
  );
  useRedrawOn(video);
  useEffect(() => drape.setPalette(thermalPalette), [drape, thermalPalette]);
  useEffect(() => {
    scene.add(drape.mesh, edges.object);
    return () => {
      scene.remove(drape.mesh, edges.object);
    };
  }, [scene, drape, edges]);
  useEffect(() => () => drape.dispose(), [drape]);
  useEffect(() => () => edges.dispose(), [edges]);
  useFrame(() => {
    const picture = video.get();
    drape.show(picture, tools);
    if (picture?.ground) drawEdges(edges, picture.ground, tools);
    else edges.show(0);
  });
  return null;
}

type SceneGround = Pick<SceneTools, "frame" | "surface">;

function cornersInto(ground: FrameGround, { frame, surface }: SceneGround): void {
  for (let i = 0; i < 4; i++) {
    const corner = ground.corners[i];
    if (!corner) continue;
    const { eastM, northM } = frame.pointOf(corner.position);
    corners[i * 2] = eastM;
    corners[i * 2 + 1] = northM;
    groundsM[i] = surface.heightM(eastM, northM);
  }
}

function drawEdges(edges: RollingSegments, ground: FrameGround, tools: SceneGround): void {
  cornersInto(ground, tools);
  const sensor = tools.frame.pointOf(ground.sensor.position);
  eye.set([sensor.eastM, sensor.northM, ground.sensor.altitudeAmslM]);
  for (let i = 0; i < 4; i++) {
    const j = (i + 1) % 4;
    from.set([corners[i * 2] ?? 0, corners[i * 2 + 1] ?? 0, (groundsM[i] ?? 0) + LIFT_M]);
    to.set([corners[j * 2] ?? 0, corners[j * 2 + 1] ?? 0, (groundsM[j] ?? 0) + LIFT_M]);
    edges.write(i, from, to);
    edges.write(4 + i, eye, from);
  }
  edges.show(8);
}

type Drape = {
  readonly mesh: Mesh;
  readonly setPalette: (palette: ThermalPalette) => void;
  readonly show: (picture: VideoFrame | undefined, tools: SceneGround) => void;
  readonly dispose: () => void;
};

function createDrape(): Drape {
  const positions = new BufferAttribute(new Float32Array(12), 3);
  positions.setUsage(DynamicDrawUsage);
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", positions);
  geometry.setIndex(QUAD_INDICES);
  const uniforms = {
    uPicture: { value: pictureTexture(new Uint8Array(1), 1, 1) },
    uTable: { value: tableTexture("white-hot") },
    uToPicture: { value: new Matrix3() },
    uCentre: { value: new Vector2() },
  };
  const material = new ShaderMaterial({
    vertexShader: DRAPE_VERTEX,
    fragmentShader: DRAPE_FRAGMENT,
    uniforms,
    transparent: true,
    depthTest: false,
    depthWrite: false,
    side: DoubleSide,
  });
  const mesh = new Mesh(geometry, material);
  mesh.name = "thermal footprint";
  mesh.renderOrder = 25;
  mesh.frustumCulled = false;
  mesh.visible = false;
  let shownId: number | undefined;
  let shownOn: SceneGround | undefined;

  const lay = (picture: VideoFrame, ground: FrameGround, tools: SceneGround): boolean => {
    cornersInto(ground, tools);
    // The shader's coordinates are metres from the first corner, which keeps their precision.
    const centreEast = corners[0] ?? 0;
    const centreNorth = corners[1] ?? 0;
    for (let i = 0; i < 4; i++) {
      positions.setXYZ(i, corners[i * 2] ?? 0, corners[i * 2 + 1] ?? 0, (groundsM[i] ?? 0) + LIFT_M);
      corners[i * 2] = (corners[i * 2] ?? 0) - centreEast;
      corners[i * 2 + 1] = (corners[i * 2 + 1] ?? 0) - centreNorth;
    }
    if (!groundToPicture(corners, homography)) return false;
    positions.needsUpdate = true;
    uniforms.uCentre.value.set(centreEast, centreNorth);
    uniforms.uToPicture.value.fromArray(homography).transpose();
    putPicture(uniforms.uPicture, picture);
    return true;
  };
  return {
    mesh,
    setPalette: (palette) => {
      uniforms.uTable.value.dispose();
      uniforms.uTable.value = tableTexture(palette);
    },
    show: (picture, tools) => {
      if (!picture?.ground) {
        mesh.visible = false;
        shownId = undefined;
        return;
      }
      if (picture.frameId === shownId && tools === shownOn) return;
      shownId = picture.frameId;
      shownOn = tools;
      mesh.visible = lay(picture, picture.ground, tools);
    },
    dispose: () => {
      geometry.dispose();
      material.dispose();
      uniforms.uPicture.value.dispose();
      uniforms.uTable.value.dispose();
    },
  };
}

function putPicture(uniform: { value: DataTexture }, { widthPx, heightPx, luma }: VideoFrame): void {
  const { image } = uniform.value;
  if (image.width !== widthPx || image.height !== heightPx) {
    uniform.value.dispose();
    uniform.value = pictureTexture(luma as Uint8Array<ArrayBuffer>, widthPx, heightPx);
    return;
  }
  image.data = luma;
  uniform.value.needsUpdate = true;
}

function pictureTexture(luma: Uint8Array<ArrayBuffer>, widthPx: number, heightPx: number): DataTexture {
  const texture = new DataTexture(luma, widthPx, heightPx, RedFormat, UnsignedByteType);
  texture.magFilter = LinearFilter;
  texture.minFilter = LinearFilter;
  // Row lengths need not be multiples of four.
  texture.unpackAlignment = 1;
  texture.needsUpdate = true;
  return texture;
}

function tableTexture(palette: ThermalPalette): DataTexture {
  const texture = new DataTexture(paletteTable(palette), 256, 1);
  texture.magFilter = NearestFilter;
  texture.minFilter = NearestFilter;
  texture.needsUpdate = true;
  return texture;
}
