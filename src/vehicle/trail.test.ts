import { describe, expect, it } from "vitest";
import { localFrameAt } from "../geo/localFrame.js";
import { TRAIL_CAPACITY, Trail, trailOf } from "./trail.js";
import type { VehicleId } from "./vehicleState.js";

const frame = localFrameAt({ latitudeDeg: 50.7, longitudeDeg: 1.6 });
const a = "udp:14550/1" as VehicleId;
const b = "udp:14550/2" as VehicleId;
const at = (eastM: number) => ({
  position: frame.toPosition({ eastM, northM: 0, upM: 0 }).position,
  altitudeAmslM: 60,
});
const stepsOf = (trail: Trail, first = 0): string[] => {
  const steps: string[] = [];
  const east = (point: ReturnType<typeof at>): number => Math.round(frame.toEnu(point.position, 0).eastM);
  trail.since(first, ({ vehicleId, from, to }) => steps.push(`${vehicleId.slice(-1)} ${east(from)}-${east(to)}`));
  return steps;
};

describe("the trail", () => {
  it("is kept for whoever looks later, then only what is new", () => {
    const trail = new Trail();
    for (const eastM of [0, 10, 20, 30]) trail.add(a, at(eastM));
    expect(stepsOf(trail)).toEqual(["1 0-10", "1 10-20", "1 20-30"]);
    expect(stepsOf(trail, 2)).toEqual(["1 20-30"]);
  });
  it("leaves out standing still, breaks at a gap, keeps aircraft apart", () => {
    const trail = new Trail();
    for (const eastM of [0, 0.5, 1, 10, 900, 910]) trail.add(a, at(eastM));
    trail.add(b, at(0));
    expect(stepsOf(trail)).toEqual(["1 0-10", "1 900-910"]);
  });
  it("has a step of 1.5 m, and none over 400 m, height included", () => {
    const grows = (eastM: number, upM = 0): boolean => {
      const trail = new Trail();
      trail.add(a, at(0));
      const { position, altitudeAmslM } = at(eastM);
      return trail.add(a, { position, altitudeAmslM: altitudeAmslM + upM });
    };
    expect([grows(1.49), grows(1.51), grows(399.9), grows(400.1)]).toEqual([false, true, true, false]);
    expect([grows(0, 1.49), grows(0, -1.5), grows(0, 400), grows(0, 400.1)]).toEqual([false, true, true, false]);
    // 3-4-5: 300 m east and 400 m up are 500 m.
    expect([grows(0.9, 1.1), grows(0.9, 1.3), grows(300, 400)]).toEqual([false, true, false]);
  });
  it("begins without a step", () => {
    const trail = new Trail();
    expect(trail.add(a, at(0))).toBe(false);
    expect([trail.count, trail.tracks()]).toEqual([0, []]);
    expect(trail.add(a, at(10))).toBe(true);
    expect(trail.count).toBe(1);
  });
  it("is one track for each aircraft, in pieces where nothing was received between", () => {
    const trail = new Trail();
    for (const eastM of [0, 10, 20, 900, 910]) {
      trail.add(a, at(eastM));
      trail.add(b, at(eastM / 2));
    }
    const piecesOf = (id: VehicleId) =>
      trail
        .tracks()
        .find(({ vehicleId }) => vehicleId === id)
        ?.pieces.map((piece) => piece.map(({ position }) => Math.round(frame.toEnu(position, 0).eastM)));
    expect(trail.tracks().map(({ vehicleId }) => vehicleId)).toEqual([a, b]);
    expect(piecesOf(a)).toEqual([
      [0, 10, 20],
      [900, 910],
    ]);
    expect(piecesOf(b)).toEqual([
      [0, 5, 10],
      [450, 455],
    ]);
  });
  it("lets the oldest go", () => {
    const trail = new Trail();
    const [here, there] = [at(0), at(5)];
    for (let i = 0; i <= TRAIL_CAPACITY + 5; i++) trail.add(a, i % 2 === 0 ? here : there);
    expect(stepsOf(trail)).toHaveLength(TRAIL_CAPACITY);
    expect(trail.count).toBe(TRAIL_CAPACITY + 5);
    // The first kept one is the sixth, from 5 m back to 0; who asks for more gets what is kept.
    expect(stepsOf(trail, 3)[0]).toBe("1 5-0");
    expect(stepsOf(trail, TRAIL_CAPACITY + 4)).toEqual(["1 0-5"]);
  });
  it("is the same trail for one who joins late, gaps and several aircraft included (findings 5.9)", () => {
    const trail = new Trail();
    for (const eastM of [0, 10, 900, 910, 920]) {
      trail.add(a, at(eastM));
      trail.add(b, at(eastM + 100));
    }
    const late = trailOf(JSON.parse(JSON.stringify(trail.tracks())) as ReturnType<Trail["tracks"]>);
    expect(stepsOf(late).sort()).toEqual(stepsOf(trail).sort());
    late.add(a, at(930));
    expect(stepsOf(late, late.count - 1)).toEqual(["1 920-930"]);
  });
});
