/** 32-bit hash (the finaliser of MurmurHash3): neighbouring inputs give unrelated outputs. */
export function hash32(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const cornerValue = (ix: number, iy: number, seed: number): number =>
  hash32(Math.imul(ix, 0x27d4eb2d) ^ Math.imul(iy, 0x165667b1) ^ seed) / 2147483648 - 1;

/** Smooth value noise in [-1, 1] with features about one unit across. */
export function valueNoise(x: number, y: number, seed: number): number {
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  const fx = x - ix;
  const fy = y - iy;
  const sx = fx * fx * (3 - 2 * fx);
  const sy = fy * fy * (3 - 2 * fy);
  const a = cornerValue(ix, iy, seed);
  const b = cornerValue(ix + 1, iy, seed);
  const c = cornerValue(ix, iy + 1, seed);
  const d = cornerValue(ix + 1, iy + 1, seed);
  return a + (b - a) * sx + (c - a) * sy + (a - b - c + d) * sx * sy;
}

/** Sum of octaves of value noise, each half as large and half as strong; about in [-1, 1]. */
export function fractalNoise(x: number, y: number, octaves: number, seed: number): number {
  let sum = 0;
  let weight = 0.5;
  let scale = 1;
  for (let i = 0; i < octaves; i++) {
    sum += weight * valueNoise(x * scale, y * scale, seed + i * 101);
    weight /= 2;
    // Not exactly 2, so that the grids of the octaves do not coincide.
    scale *= 2.03;
  }
  return sum;
}
