/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { describe, expect, it } from "vitest";
import type { MissionItem, Plan } from "../../plan/plan.js";
import { px4MissionFromWire, px4MissionToWire } from "./px4Mission.js";

const AT = { latitudeDeg: 50.7264, longitudeDeg: 1.6138999 };
const takeOff: MissionItem = {
  command: 22,
  params: [undefined, 0, 0, undefined],
  position: AT,
  altitude: { datum: "home", valueM: 60 },
  autoContinue: true,
};
const overSea: MissionItem = { ...takeOff, command: 16, altitude: { datum: "amsl", valueM: 80 } };
const slower: MissionItem = { command: 178, params: [1, 12, -1, undefined], autoContinue: true };
const pointed: MissionItem = { command: 205, params: [-45, 0, 0, undefined], tail: [0, 0, 2], autoContinue: true };
const aPlan = (items: readonly MissionItem[]): Plan => ({
  name: "test",
  vehicleType: 2,
  firmwareType: 12,
  cruiseSpeedMps: 15,
  hoverSpeedMps: 8,
  plannedHome: undefined,
  items: items.map((item, i) => ({ kind: "simple", id: `i${i}`, item })),
  fenceJson: undefined,
  rallyJson: undefined,
  isTraining: false,
});
const because = (plan: Plan) => {
  const result = px4MissionToWire(plan);
  return result.ok ? "yes" : result.error.kind === "not-possible" && result.error.because;
};

describe("a plan for PX4", () => {
  it("has no home at item 0, NaN for what is left to the vehicle, and whole-number frames", () => {
    expect(px4MissionToWire(aPlan([takeOff, slower, overSea, pointed]))).toMatchObject({
      ok: true,
      value: [
        { seq: 0, current: 0, frame: 6, command: 22, params: [NaN, 0, 0, NaN], x: 507264000, y: 16138999, z: 60 },
        { seq: 1, frame: 2, params: [1, 12, -1, NaN], x: 0, y: 0, z: 0 },
        { seq: 2, frame: 5, z: 80 },
        { seq: 3, frame: 2, command: 205, x: 0, y: 0, z: 2 },
      ],
    });
  });
  it("reads back as the items it was made of", () => {
    const items = [takeOff, slower, overSea, pointed];
    const wire = px4MissionToWire(aPlan(items));
    expect(wire.ok && px4MissionFromWire(wire.value)).toEqual(items);
  });
  it("is refused when it is empty, has a height above the ground or a place without one", () => {
    const { altitude: _altitude, ...noHeight } = takeOff;
    const overGround: MissionItem = { ...takeOff, altitude: { datum: "terrain", valueM: 40 } };
    expect([because(aPlan([])), because(aPlan([noHeight])), because(aPlan([overGround]))]).toEqual([
      "plan-empty",
      "place-without-height",
      "frame-not-understood",
    ]);
  });
});
