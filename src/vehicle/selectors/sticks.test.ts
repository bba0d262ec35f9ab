import { describe, expect, it } from "vitest";
import { at, heartbeat, NOW_MS, ONE_OF_EACH, phase, receive, type Received } from "../testing/vehicleBuilder.js";
import { lacksSticks } from "./sticks.js";

const STABILIZE = 0;
const AUTO = 3;
const throttle = (throttleUs: number | undefined): Received => ({ kind: "sticks", sticks: { throttleUs } });
const flying = (...events: readonly Received[]) => receive([heartbeat(), phase("air"), ...events]);

describe("a mode that is flown by sticks", () => {
  it("would let an aircraft fall that receives no radio", () => {
    expect(lacksSticks(flying(), STABILIZE)).toBe(true);
    expect(lacksSticks(flying(throttle(undefined)), STABILIZE)).toBe(true);
    expect(lacksSticks(flying(throttle(1500)), STABILIZE)).toBe(false);
  });
  it("needs the throttle above its bottom, 1200 µs", () => {
    expect(lacksSticks(flying(throttle(1200)), STABILIZE)).toBe(true);
    expect(lacksSticks(flying(throttle(1201)), STABILIZE)).toBe(false);
  });
  it("needs sticks that were received at most 3 s before the last message", () => {
    const sticks = at(NOW_MS, throttle(1500));
    expect(lacksSticks(flying(sticks, at(NOW_MS + 3000, ONE_OF_EACH.gps)), STABILIZE)).toBe(false);
    expect(lacksSticks(flying(sticks, at(NOW_MS + 3001, ONE_OF_EACH.gps)), STABILIZE)).toBe(true);
  });
  it("is harmless on the ground, and other modes need no sticks", () => {
    expect(lacksSticks(flying(phase("ground")), STABILIZE)).toBe(false);
    expect(lacksSticks(flying(), AUTO)).toBe(false);
  });
});
