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
  type Texture,
  UnsignedByteType,
  Vector3,
} from "three";
import { seededRng } from "../../../src/core/rng.js";
import type { SweptRaster } from "../geometry/sweptRaster.js";
import type { ShoreField } from "../geometry/shoreField.js";
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
  "mapTint",
] as const;

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
  };
}

/** Of a map's own colours: all by day, few at night, where marks must stand out, and none in red light. */
const MAP_SATURATION: Readonly<Record<ScenePalette["name"], number>> = { day: 1, night: 0.65, red: 0 };

/** Colours go in as they are on the screen: these shaders write without tone mapping or conversion. */
export function applyPalette(uniforms: GroundUniforms, palette: ScenePalette): void {
  for (const name of COLOUR_NAMES) uniforms[name].value.setStyle(palette[name], LinearSRGBColorSpace);
  uniforms.uIsDay.value = palette.name === "day" ? 1 : 0;
  uniforms.uMapSaturation.value = MAP_SATURATION[palette.name];
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
