import { describe, expect, it } from "vitest";
import { FrameDetail } from "./frameDetail.js";

const aScene = () => new FrameDetail({ slowMs: 90, fastMs: 30, shares: [1, 0.7, 0.5] });
const draw = (detail: FrameDetail, costMs: number, times = 9): void => {
  for (let i = 0; i < times; i++) detail.note(costMs);
};

describe("the detail of a scene", () => {
  it("goes down a level while frames are slow, to the last and no further", () => {
    const detail = aScene();
    draw(detail, 100, 8);
    expect(detail.share).toBe(1);
    draw(detail, 100, 1);
    expect(detail.share).toBe(0.7);
    draw(detail, 100, 90);
    expect(detail.share).toBe(0.5);
  });

  it("is left alone by frames that waited for something else, and between slow and fast", () => {
    const detail = aScene();
    for (let i = 0; i < 20; i++) {
      draw(detail, 40, 5);
      draw(detail, 900, 4);
    }
    expect(detail.share).toBe(1);
    draw(detail, 100);
    draw(detail, 40, 200);
    expect(detail.share).toBe(0.7);
  });

  it("comes back only after a long time of fast frames, a level at a time", () => {
    const detail = aScene();
    draw(detail, 100, 18);
    draw(detail, 10, 27);
    draw(detail, 40);
    draw(detail, 10, 27);
    expect(detail.share).toBe(0.5);
    draw(detail, 10);
    expect(detail.share).toBe(0.7);
    draw(detail, 10, 35);
    expect(detail.share).toBe(0.7);
    draw(detail, 10, 1);
    expect(detail.share).toBe(1);
  });
});
