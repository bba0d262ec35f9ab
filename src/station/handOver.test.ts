/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { describe, expect, it } from "vitest";
import { destination } from "../geo/geodesic.js";
import type { Position } from "../geo/position.js";
import { readPlanFile, writePlanFile } from "../plan/formats/planFile.js";
import { missionItemsOf, type MissionItem, type Plan } from "../plan/plan.js";
import { handOver } from "./handOver.js";

const BEACH: Position = { latitudeDeg: 50.7745, longitudeDeg: 1.6075 };
const home = { position: BEACH, altitudeAmslM: 5 };
const reliefHome = { position: destination(BEACH, 90, 400), altitudeAmslM: 25 };

const command = (number: number, ...params: number[]): MissionItem => ({
  command: number,
  params: [params[0] ?? 0, params[1] ?? 0, params[2] ?? 0, params[3] ?? 0],
  autoContinue: true,
});
const place = (northM: number, valueM = 60): MissionItem => ({
  ...command(16),
  position: destination(BEACH, 0, northM),
  altitude: { datum: "home", valueM },
});
const takeOff: MissionItem = { ...place(0), command: 22 };
const planOf = (...items: MissionItem[]): Plan => ({
  name: "night",
  vehicleType: 2,
  firmwareType: 3,
  cruiseSpeedMps: 15,
  hoverSpeedMps: 5,
  plannedHome: home,
  items: items.map((item, i) => ({ kind: "simple", id: `i${i}`, item })),
  fenceJson: '{"version":2,"circles":[],"polygons":[]}',
  rallyJson: undefined,
  isTraining: true,
});
function rest(plan: Plan, currentItem: number) {
  const made = handOver({ plan, currentItem, home, reliefHome });
  if (!made.ok) throw new Error(made.error.kind);
  const items = missionItemsOf(made.value.plan);
  expect(made.value.countOfItems).toBe(items.length);
  return { ...made.value, items, commands: items.map((item) => item.command) };
}
const sortie = planOf(
  takeOff,
  command(178, 1, 12, -1),
  command(205, -45),
  command(206, 20),
  place(100),
  place(500),
  place(900),
  command(20),
);

describe("the relief's plan", () => {
  it("takes off from its own home, sets what is still in force, flies the rest and returns", () => {
    const { commands, items, fromItem, plan } = rest(sortie, 5);
    expect(commands).toEqual([22, 178, 205, 206, 16, 16, 16, 20]);
    expect(fromItem).toBe(5);
    expect(items[0]?.position).toEqual(reliefHome.position);
    expect(items[1]?.params).toEqual([1, 12, -1, 0]);
    expect(plan).toMatchObject({ name: "night-relief", plannedHome: reliefHome, isTraining: true });
    expect(plan.fenceJson).toBe(sortie.fenceJson);
  });
  it("flies the leg under way again from its start, the first from the take-off without", () => {
    expect(
      rest(sortie, 6)
        .items.filter((item) => item.command === 16)
        .map((item) => item.position),
    ).toEqual([place(500).position, place(900).position]);
    expect(rest(sortie, 4).commands).toEqual([22, 178, 205, 206, 16, 16, 16, 20]);
    expect(rest(sortie, 0).commands).toEqual([22, 178, 205, 206, 16, 16, 16, 20]);
  });
  it("keeps every height where it was above the sea", () => {
    expect(rest(sortie, 5).items.map((item) => item.altitude?.valueM)).toEqual([
      40,
      undefined,
      undefined,
      undefined,
      40,
      40,
      40,
      undefined,
    ]);
    const amsl: MissionItem = { ...place(700), altitude: { datum: "amsl", valueM: 80 } };
    expect(rest(planOf(takeOff, place(100), amsl), 2).items[2]?.altitude).toEqual({ datum: "amsl", valueM: 80 });
  });
  it("carries the last of each setting, and none that was ended", () => {
    const { items, commands } = rest(
      planOf(
        takeOff,
        command(178, 1, 12),
        command(178, 0, 18),
        command(178, 1, 7),
        command(206, 20),
        command(206, 0),
        command(2500),
        command(2501),
        { ...place(300), command: 195 },
        command(2000, 0, 2, 0),
        command(2000, 0, 0, 1),
        place(100),
        place(200),
        command(20),
      ),
      12,
    );
    expect(commands).toEqual([22, 178, 178, 195, 2000, 16, 16, 20]);
    expect(items.slice(1, 3).map((item) => item.params.slice(0, 2))).toEqual([
      [0, 18],
      [1, 7],
    ]);
  });
  it("keeps a loop whole that is still to be flown, its jump pointing at the same place", () => {
    const loop = planOf(
      takeOff,
      command(178, 1, 9),
      place(100),
      place(200),
      command(177, 3, 2),
      place(300),
      command(20),
    );
    const { commands, items, fromItem } = rest(loop, 3);
    expect(fromItem).toBe(2);
    expect(commands).toEqual([22, 178, 16, 16, 177, 16, 20]);
    const target = items.find((item) => item.command === 177)!.params[0]!;
    expect(items[target - 1]?.position).toEqual(place(100).position);
    expect(rest(loop, 5).commands).toEqual([22, 178, 16, 16, 20]);
  });
  it("moves a jump's target with the places, when more was flown than is put in front", () => {
    const loop = planOf(
      ...[takeOff, place(10), place(20), place(30), place(100), place(200)],
      ...[command(177, 5, 2), place(300), command(20)],
    );
    const { commands, items, fromItem } = rest(loop, 5);
    expect(fromItem).toBe(4);
    expect(commands).toEqual([22, 16, 16, 16, 177, 16, 20]);
    const target = items.find((item) => item.command === 177)!.params[0]!;
    expect(items[target - 1]?.position).toEqual(place(100).position);
  });
  it("has a take-off of its own, as high as the first place, where the plan had none", () => {
    const { items } = rest(planOf(command(178, 1, 9), place(100, 70), place(200)), 0);
    expect(items[0]).toMatchObject({ command: 22, position: reliefHome.position });
    // 70 m above a home at 5 m, from a home at 25 m.
    expect(items[0]?.altitude).toEqual({ datum: "home", valueM: 50 });
  });
  it("returns even where the plan ended in the air, and lands where the plan lands", () => {
    expect(rest(planOf(takeOff, place(100), place(200)), 2).commands).toEqual([22, 16, 16, 20]);
    expect(rest(planOf(takeOff, place(100), { ...place(0), command: 21 }), 1).commands).toEqual([22, 16, 21]);
    expect(rest(planOf(place(100, 70), place(200)), 1).commands).toEqual([22, 16, 16, 20]);
  });
  it("is refused without a home, and when nothing is left to fly", () => {
    expect(handOver({ plan: sortie, currentItem: 5, home, reliefHome: undefined })).toMatchObject({
      error: { kind: "no-home" },
    });
    expect(handOver({ plan: sortie, currentItem: 7, home, reliefHome })).toMatchObject({
      error: { kind: "nothing-left" },
    });
  });
  it("is a plan file that reads back", () => {
    const { plan, items } = rest(sortie, 5);
    const back = readPlanFile(writePlanFile(plan), "relief.plan");
    expect(back.ok && missionItemsOf(back.value)).toEqual(items);
  });
});
