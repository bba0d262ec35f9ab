import { BLOCK_CELLS, blockAt, fieldHeightM, halfWidthM, isRimBlock, type HeightField } from "./heightField.js";
import type { Bounds, Relief } from "./relief.js";

type Rising = {
  readonly heightAmslM: (eastM: number, northM: number) => number;
  readonly relief: Relief;
};

/** The ground with a field of heights on it, which meets it along the field's outer edge. */
export function fieldOn({ heightAmslM, relief }: Rising, field: HeightField): Rising {
  const reachM = halfWidthM(field);
  // One object for each block, since a picture asks hundreds of thousands of times.
  const blocks = Array.from(field.highestAmslM, (highestAmslM, block) => {
    const near = { highestAmslM, steepestRatio: field.steepestRatio[block] ?? 0 };
    return { ...(isRimBlock(field, block) ? both(near, relief) : near), radiusM: field.spacingM * BLOCK_CELLS };
  });
  const whole = blocks.reduce<Bounds>(both, relief);
  return {
    heightAmslM: (eastM, northM) => fieldHeightM(field, eastM, northM) ?? heightAmslM(eastM, northM),
    relief: {
      highestAmslM: whole.highestAmslM,
      steepestRatio: whole.steepestRatio,
      around: (eastM, northM) => {
        const outsideM = Math.max(Math.abs(eastM), Math.abs(northM)) - reachM;
        const block = outsideM < 0 ? blocks[blockAt(field, eastM, northM)] : undefined;
        if (block) return block;
        const there = relief.around(eastM, northM);
        return { ...there, radiusM: Math.min(there.radiusM, Math.max(0, outsideM)) };
      },
    },
  };
}

const both = (one: Bounds, other: Bounds): Bounds => ({
  highestAmslM: Math.max(one.highestAmslM, other.highestAmslM),
  steepestRatio: Math.max(one.steepestRatio, other.steepestRatio),
});
