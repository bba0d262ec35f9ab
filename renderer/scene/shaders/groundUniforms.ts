import {
  Color,
  DataTexture,
  DataUtils,
  HalfFloatType,
  LinearFilter,
  LinearMipmapLinearFilter,
  LinearMipmapNearestFilter,
  LinearSRGBColorSpace,
  RedFormat,
  RepeatWrapping,
  RGBAFormat,
  type Texture,
  UnsignedByteType,
  Vector2,
  Vector3,
} from "three";
import { seededRng } from "../../../src/core/rng.js";
import type { HeightGrid } from "../../../src/geo/terrain/heightGrid.js";
import { type LightDirection, reliefPicture } from "../geometry/relief.js";
import type { TerrainGrids } from "../geometry/surface.js";
import type { SweptRaster } from "../geometry/sweptRaster.js";
import type { ShoreField } from "../geometry/shoreField.js";
import { ALWAYS_READABLE, type SceneLight } from "../light/sceneLight.js";
import type { ScenePalette } from "../scenePalette.js";

type Uniform<T> = { value: T };
const COLOUR_NAMES = [
  "haze",
  "deep",
  "sea",
  "shallow",
  "foam",
  "glint",
  "wetSand",
  "sand",
  "dune",
  "land",
  "field",
  "inland",
  "cliff",
  "grid",
  "swept",
  "horizon",
  "zenith",
  "mapTint",
  "steep15",
  "steep30",
  "steep45",
] as const;
/** Marks on the ground, the surf, and what a legend shows the colours of: light does not change them. */
const UNDIMMED: ReadonlySet<string> = new Set(["grid", "swept", "foam", "mapTint", "steep15", "steep30", "steep45"]);

/** Shared by sea, land and hills, so that one write reaches all three. */
export type GroundUniforms = Record<(typeof COLOUR_NAMES)[number], Uniform<Color>> & {
  readonly uField: Uniform<DataTexture>;
  readonly uFieldHalfM: Uniform<number>;
  readonly uSwept: Uniform<DataTexture>;
  readonly uSweptHalfM: Uniform<number>;
  readonly uSweptShown: Uniform<number>;
  readonly uNoise: Uniform<DataTexture>;
  readonly uTimeS: Uniform<number>;
  readonly uHazeM: Uniform<number>;
  readonly uIsDay: Uniform<number>;
  /** A map's pictures, and where each lies: metres east and north of its middle, half its width; no picture with a width of 0. */
  readonly uMapNear: Uniform<Texture>;
  readonly uMapNearAt: Uniform<Vector3>;
  readonly uMapFar: Uniform<Texture>;
  readonly uMapFarAt: Uniform<Vector3>;
  readonly uMapSaturation: Uniform<number>;
  /** 1: a map's colours are dimmed as the theme wants it; 0: they are the theme's own. */
  readonly uMapDimmed: Uniform<number>;
  readonly uTideM: Uniform<number>;
  /** Towards what lights the ground. */
  readonly uLight: Uniform<Vector3>;
  /** What a map's own brightness is multiplied by. */
  readonly uMapLevel: Uniform<number>;
  /** The relief of fine and of coarse heights (`reliefPicture`), and how much of a picture is a metre; 0 without one. */
  readonly uReliefNear: Uniform<DataTexture>;
  readonly uReliefFar: Uniform<DataTexture>;
  readonly uReliefPerM: Uniform<Vector2>;
};

const NOISE_SIZE = 128;

/** Tileable value noise, the same on every start: octaves are summed in the texture, not in the shader. */
function noiseTexture(isCalm: boolean): DataTexture {
  const rng = seededRng(7);
  const data = new Uint8Array(NOISE_SIZE * NOISE_SIZE);
  const octaves = [8, 16, 32, 64].map((cells) => ({
    cells,
    values: Array.from({ length: cells * cells }, rng.uniform),
  }));
  for (let y = 0; y < NOISE_SIZE; y++) {
    for (let x = 0; x < NOISE_SIZE; x++) {
      let sum = 0;
      octaves.forEach(({ cells, values }, octave) => {
        sum += latticeAt(values, cells, (x / NOISE_SIZE) * cells, (y / NOISE_SIZE) * cells) / 2 ** (octave + 1);
      });
      data[y * NOISE_SIZE + x] = Math.min(255, Math.round((sum / 0.9375) * 255));
    }
  }
  const texture = new DataTexture(data, NOISE_SIZE, NOISE_SIZE, RedFormat, UnsignedByteType);
  texture.wrapS = RepeatWrapping;
  texture.wrapT = RepeatWrapping;
  texture.magFilter = LinearFilter;
  texture.minFilter = isCalm ? LinearMipmapNearestFilter : LinearMipmapLinearFilter;
  texture.generateMipmaps = true;
  texture.needsUpdate = true;
  return texture;
}

function latticeAt(values: readonly number[], cells: number, x: number, y: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const read = (c: number, r: number): number => values[(r % cells) * cells + (c % cells)] ?? 0;
  const smooth = (t: number): number => t * t * (3 - 2 * t);
  const fx = smooth(x - column);
  const fy = smooth(y - row);
  const low = read(column, row) * (1 - fx) + read(column + 1, row) * fx;
  const high = read(column, row + 1) * (1 - fx) + read(column + 1, row + 1) * fx;
  return low * (1 - fy) + high * fy;
}

const linearTexture = (data: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>, size: number): DataTexture => {
  const type = data instanceof Uint16Array ? HalfFloatType : UnsignedByteType;
  const texture = new DataTexture(data, size, size, RedFormat, type);
  texture.magFilter = LinearFilter;
  texture.minFilter = LinearFilter;
  texture.needsUpdate = true;
  return texture;
};

/** `isCalm`: cheaper texture reads, for software GL. */
export function createGroundUniforms(isCalm: boolean): GroundUniforms {
  const colours = Object.fromEntries(COLOUR_NAMES.map((name) => [name, { value: new Color() }])) as Record<
    (typeof COLOUR_NAMES)[number],
    Uniform<Color>
  >;
  return {
    ...colours,
    uField: { value: linearTexture(new Uint16Array([DataUtils.toHalfFloat(-1000)]), 1) },
    uFieldHalfM: { value: 1 },
    uSwept: { value: linearTexture(new Uint8Array(1), 1) },
    uSweptHalfM: { value: 1 },
    uSweptShown: { value: 0 },
    uNoise: { value: noiseTexture(isCalm) },
    uTimeS: { value: 0 },
    uHazeM: { value: 9000 },
    uIsDay: { value: 0 },
    uMapNear: { value: linearTexture(new Uint8Array(1), 1) },
    uMapNearAt: { value: new Vector3() },
    uMapFar: { value: linearTexture(new Uint8Array(1), 1) },
    uMapFarAt: { value: new Vector3() },
    uMapSaturation: { value: 1 },
    uMapDimmed: { value: 1 },
    uTideM: { value: 0 },
    uLight: { value: new Vector3() },
    uMapLevel: { value: 1 },
    uReliefNear: { value: linearTexture(new Uint8Array(1), 1) },
    uReliefFar: { value: linearTexture(new Uint8Array(1), 1) },
    uReliefPerM: { value: new Vector2() },
  };
}

/** Of a map's own colours: all by day, few at night, where marks must stand out, and none in red light. */
const MAP_SATURATION: Readonly<Record<ScenePalette["name"], number>> = { day: 1, night: 0.65, red: 0 };

/** The sky's colour towards a sun near the horizon. */
const GLOW: Readonly<Record<ScenePalette["name"], string>> = { day: "#f3cfa4", night: "#6d4b34", red: "#3a0c08" };
/**
 * No theme gets darker than that part of itself: by day marks are dark on light ground, and lose their contrast on a darker one; in red
 * light land would no longer differ from sea.
 */
const DARKEST: Readonly<Record<ScenePalette["name"], number>> = { day: 1, night: 0, red: 0.65 };
const GLOW_PART = { horizon: 0.6, haze: 0.35 };

/** Colours go in as they are on the screen: these shaders write without tone mapping or conversion. */
export function applyLight(uniforms: GroundUniforms, palette: ScenePalette, light: SceneLight = ALWAYS_READABLE): void {
  const level = Math.max(light.level, DARKEST[palette.name]);
  for (const name of COLOUR_NAMES) {
    const colour = uniforms[name].value.setStyle(palette[name], LinearSRGBColorSpace);
    if (!UNDIMMED.has(name)) colour.multiplyScalar(level);
  }
  const glow = new Color().setStyle(GLOW[palette.name], LinearSRGBColorSpace);
  uniforms.horizon.value.lerp(glow, GLOW_PART.horizon * light.glow);
  uniforms.haze.value.lerp(glow, GLOW_PART.haze * light.glow);
  uniforms.uLight.value.set(light.direction.east, light.direction.north, light.direction.up);
  uniforms.uMapLevel.value = level;
  uniforms.uIsDay.value = palette.name === "day" ? 1 : 0;
  uniforms.uMapSaturation.value = MAP_SATURATION[palette.name];
}

/** Pictures of how the files' heights look in a light from there. */
export function applyRelief(uniforms: GroundUniforms, { near, far }: TerrainGrids, light: LightDirection): void {
  const pictureOf = (grid: HeightGrid | undefined): DataTexture => {
    const size = grid?.countPerSide ?? 1;
    const texture = new DataTexture(grid ? reliefPicture(grid, light) : new Uint8Array(4), size, size, RGBAFormat);
    texture.magFilter = LinearFilter;
    texture.minFilter = LinearFilter;
    texture.needsUpdate = true;
    return texture;
  };
  // Corners of the grid are middles of the picture's cells.
  const perM = (grid: HeightGrid | undefined): number =>
    grid ? (grid.countPerSide - 1) / grid.countPerSide / (2 * grid.halfWidthM) : 0;
  uniforms.uReliefNear.value.dispose();
  uniforms.uReliefFar.value.dispose();
  uniforms.uReliefNear.value = pictureOf(near);
  uniforms.uReliefFar.value = pictureOf(far);
  uniforms.uReliefPerM.value.set(perM(near), perM(far));
}

export function applyShoreField(uniforms: GroundUniforms, field: ShoreField): void {
  const data = new Uint16Array(field.metres.length);
  for (let i = 0; i < data.length; i++) data[i] = DataUtils.toHalfFloat(field.metres[i] ?? 0);
  uniforms.uField.value.dispose();
  uniforms.uField.value = linearTexture(data, field.size);
  uniforms.uFieldHalfM.value = field.halfWidthM;
}

export function applySweptRaster(uniforms: GroundUniforms, raster: SweptRaster): void {
  uniforms.uSwept.value.dispose();
  uniforms.uSwept.value = linearTexture(raster.cells, raster.size);
  uniforms.uSweptHalfM.value = raster.halfWidthM;
  uniforms.uSweptShown.value = 1;
}
