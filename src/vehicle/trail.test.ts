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
  it("lets the oldest go", () => {
    const trail = new Trail();
    const [here, there] = [at(0), at(5)];
    for (let i = 0; i <= TRAIL_CAPACITY + 5; i++) trail.add(a, i % 2 === 0 ? here : there);
    expect(stepsOf(trail)).toHaveLength(TRAIL_CAPACITY);
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
