/** Thermal palettes. No rainbow palette: its brightness does not rise with temperature (SCREENS.md, Tokens). */
export type ThermalPalette = "white-hot" | "black-hot" | "ironbow";
export const THERMAL_PALETTES: readonly ThermalPalette[] = ["white-hot", "black-hot", "ironbow"];

type Stop = readonly [at: number, red: number, green: number, blue: number];
// The usual ironbow: black, violet, red, orange, yellow, white, with luminance rising all the way.
const IRONBOW: readonly Stop[] = [
  [0, 0, 0, 10],
  [0.2, 45, 0, 90],
  [0.4, 140, 10, 120],
  [0.6, 215, 60, 50],
  [0.8, 250, 155, 20],
  [0.93, 255, 230, 110],
  [1, 255, 255, 245],
];

/** 256 RGBA entries for a palette, alpha 255. */
export function paletteTable(palette: ThermalPalette): Uint8Array<ArrayBuffer> {
  const table = new Uint8Array(256 * 4);
  for (let i = 0; i < 256; i++) {
    const [red, green, blue] = colourAt(palette, i / 255);
    table.set([red, green, blue, 255], i * 4);
  }
  return table;
}

function colourAt(palette: ThermalPalette, level: number): readonly [number, number, number] {
  if (palette === "white-hot") return [level * 255, level * 255, level * 255];
  if (palette === "black-hot") return [255 - level * 255, 255 - level * 255, 255 - level * 255];
  const next = IRONBOW.findIndex(([at]) => at >= level);
  const high = IRONBOW[Math.max(1, next)];
  const low = IRONBOW[Math.max(1, next) - 1];
  if (!high || !low) return [255, 255, 255];
  const t = (level - low[0]) / (high[0] - low[0]);
  const mix = (a: number, b: number): number => Math.round(a + (b - a) * t);
  return [mix(low[1], high[1]), mix(low[2], high[2]), mix(low[3], high[3])];
}
