/**
 * The frame header of a JPEG (ITU-T T.81, B.2.2): size and components, checked before memory of that size is allocated.
 */
import type { PictureProblem } from "../../core/mediaProblem.js";
import { err, ok, type Result } from "../../core/result.js";
import { sizeProblem } from "./sampledPicture.js";

type Component = { readonly id: number; readonly across: number; readonly down: number };

export type JpegFrame = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly isProgressive: boolean;
  readonly components: readonly Component[];
};

export function frameFrom(body: Uint8Array, isProgressive: boolean): Result<JpegFrame, PictureProblem> {
  const at = (index: number): number => body[index] ?? 0;
  const [bits, heightPx, widthPx] = [at(0), (at(1) << 8) | at(2), (at(3) << 8) | at(4)];
  if (bits !== 8) return err({ kind: "form-not-read", format: "JPEG", form: `${bits} bits a sample` });
  const problem = sizeProblem("JPEG", widthPx, heightPx);
  if (problem) return err(problem);
  const components = componentsOf(body);
  return components ? ok({ widthPx, heightPx, isProgressive, components }) : err({ kind: "damaged", format: "JPEG" });
}

function componentsOf(body: Uint8Array): readonly Component[] | undefined {
  const count = body[5] ?? 0;
  if (count < 1 || count > 4 || body.byteLength < 6 + 3 * count) return undefined;
  const components = Array.from({ length: count }, (_, i): Component => {
    const [id = 0, sampling = 0] = body.subarray(6 + 3 * i, 8 + 3 * i);
    return { id, across: sampling >> 4, down: sampling & 15 };
  });
  const isInRange = (factor: number): boolean => factor >= 1 && factor <= 4;
  return components.every(({ across, down }) => isInRange(across) && isInRange(down)) ? components : undefined;
}

/** Number of 8 x 8 blocks of all components. */
export function blocksOf(frame: JpegFrame): number {
  const { across, down } = interleavedUnits(frame);
  return frame.components.reduce((sum, component) => sum + across * down * component.across * component.down, 0);
}

/**
 * Number of units (MCUs) in a scan of these components, which restart intervals count too: blocks for a single
 * component, else groups of blocks.
 */
export function unitsOf(frame: JpegFrame, ids: readonly number[]): number {
  const lone = ids.length === 1 ? frame.components.find(({ id }) => id === ids[0]) : undefined;
  const { across, down } = interleavedUnits(frame);
  if (!lone) return across * down;
  const blocks = (sizePx: number, factor: number, factorMax: number): number =>
    Math.ceil(Math.ceil((sizePx * factor) / factorMax) / 8);
  const { acrossMax, downMax } = factorsMax(frame);
  return blocks(frame.widthPx, lone.across, acrossMax) * blocks(frame.heightPx, lone.down, downMax);
}

const factorsMax = ({ components }: JpegFrame) => ({
  acrossMax: Math.max(...components.map(({ across }) => across)),
  downMax: Math.max(...components.map(({ down }) => down)),
});

function interleavedUnits(frame: JpegFrame): { readonly across: number; readonly down: number } {
  const { acrossMax, downMax } = factorsMax(frame);
  return { across: Math.ceil(frame.widthPx / (8 * acrossMax)), down: Math.ceil(frame.heightPx / (8 * downMax)) };
}
