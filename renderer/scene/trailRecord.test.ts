import { describe, expect, it } from "vitest";
import { sceneFrameAt } from "./sceneFrame.js";
import { TRAIL_CAPACITY, TrailRecord } from "./trailRecord.js";

const frame = sceneFrameAt({ latitudeDeg: 50.7, longitudeDeg: 1.6 });
const at = (eastM: number) => ({ position: frame.positionOf(eastM, 0), altitudeAmslM: 60 });
const fromEast = (trail: TrailRecord, first = 0): number[] => {
  const east: number[] = [];
  trail.since(first, ({ from }) => east.push(Math.round(frame.pointOf(from.position).eastM)));
  return east;
};

describe("the trail", () => {
  it("is kept for whoever looks later, then only what is new", () => {
    const trail = new TrailRecord();
    for (const eastM of [0, 10, 20, 30]) trail.add("a", at(eastM));
    expect(fromEast(trail)).toEqual([0, 10, 20]);
    expect(fromEast(trail, 2)).toEqual([20]);
  });
  it("leaves out standing still, breaks at a gap, keeps aircraft apart", () => {
    const trail = new TrailRecord();
    for (const eastM of [0, 0.5, 1, 10, 900, 910]) trail.add("a", at(eastM));
    trail.add("b", at(0));
    expect(fromEast(trail)).toEqual([0, 900]);
  });
  it("lets the oldest go", () => {
    const trail = new TrailRecord();
    for (let i = 0; i <= TRAIL_CAPACITY + 5; i++) trail.add("a", at((i % 2) * 5));
    expect(fromEast(trail)).toHaveLength(TRAIL_CAPACITY);
  });
});
