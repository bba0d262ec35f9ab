import { expect, it } from "vitest";
import type { MissionItem, Plan } from "../../plan/plan.js";
import { px4MissionFromWire, px4MissionToWire } from "./px4Mission.js";

const AT = { latitudeDeg: 50.7264, longitudeDeg: 1.6138999 };
const waypoint: MissionItem = {
  command: 16,
  params: [undefined, 0, 0, undefined],
  position: AT,
  altitude: { datum: "home", valueM: 60 },
  autoContinue: true,
};
/** To the plan's second item, as `doJumpId` counts: from 1. */
const jump: MissionItem = { command: 177, params: [2, 3, 0, 0], autoContinue: true };
const plan = {
  items: [waypoint, waypoint, jump].map((item, i) => ({ kind: "simple", id: `i${i}`, item })),
} as unknown as Plan;

it("counts a plan's items from 0, the target of a jump too, and back again", () => {
  const wire = px4MissionToWire(plan);
  if (!wire.ok) throw new Error(wire.error.kind);
  expect(wire.value).toMatchObject([
    { seq: 0, command: 16, frame: 6, params: [Number.NaN, 0, 0, Number.NaN], x: 507264000, y: 16138999, z: 60 },
    { seq: 1, command: 16 },
    { seq: 2, command: 177, frame: 2, params: [1, 3, 0, 0] },
  ]);
  expect(px4MissionFromWire(wire.value)).toEqual([waypoint, waypoint, jump]);
});
