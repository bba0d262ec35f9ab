import { describe, expect, it } from "vitest";
import { ReadAhead } from "./readAhead.js";

describe("reading a file at the decoder's pace", () => {
  it("is never further ahead than the poses are kept", async () => {
    let [countOfRead, countOfDecoded, furthest] = [0, 0, 0];
    const decodeOne = () => Promise.resolve(countOfDecoded++);
    const ahead = new ReadAhead(() => ({ countOfRead, countOfDecoded }), decodeOne);
    for (let i = 0; i < 100; i++) {
      countOfRead += 4;
      await ahead.wait();
      furthest = Math.max(furthest, countOfRead - countOfDecoded);
    }
    expect(furthest).toBeLessThanOrEqual(50);
    expect(countOfDecoded).toBe(350);
  });

  it("goes on when the decoder gives nothing, and waits for what comes after", async () => {
    const countOfDecoded = 0;
    let [countOfRead, countOfPauses] = [60, 0];
    const ahead = new ReadAhead(
      () => ({ countOfRead, countOfDecoded }),
      () => Promise.resolve(countOfPauses++),
    );
    await ahead.wait();
    expect(countOfPauses).toBe(100);
    countOfRead += 50;
    await ahead.wait();
    expect(countOfPauses).toBe(100);
    countOfRead += 10;
    await ahead.wait();
    expect(countOfPauses).toBe(200);
  });
});
