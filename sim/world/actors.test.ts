import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { geodesicDistanceM } from "../../src/geo/geodesic.js";
import { localFrameAt } from "../../src/geo/localFrame.js";
import type { Position } from "../../src/geo/position.js";
import { aBeach, COMMITTED_SCENARIOS, committedScenario } from "../testing/scenarios.js";
import { openActors } from "./actors.js";
import { groundOf } from "./ground.js";

const at = (eastM: number, northM: number) => ({ eastM, northM });

describe("actors", () => {
  it("carry a boat: followers keep their place beside it while it moves, and stop with it", () => {
    const scenario = aBeach([
      {
        id: "person-1",
        kind: "person",
        at: at(3, 2),
        steps: [{ kind: "follow", actorId: "boat-1", untilS: 100 }],
      },
      {
        id: "boat-1",
        kind: "boat",
        at: at(0, 0),
        headingDeg: 90,
        steps: [
          { kind: "stay", untilS: 10 },
          { kind: "move", to: at(-20, 0), groundSpeedMps: 0.5 },
        ],
      },
    ]);
    const actorsAt = openActors(scenario, 3);
    const [person0, boat0] = actorsAt(0);
    const [person1, boat1] = actorsAt(30);
    expect(boat1!.eastM - boat0!.eastM).toBeLessThan(-9);
    // The simulated gait moves a person by a few centimetres.
    expect(person1!.eastM - boat1!.eastM).toBeCloseTo(person0!.eastM - boat0!.eastM, 0);
    expect(person1!.groundSpeedMps).toBeCloseTo(boat1!.groundSpeedMps, 9);
    expect(boat1!.courseDeg).toBeCloseTo(270, 6);
    expect(actorsAt(99).map((actor) => actor.groundSpeedMps)).toEqual([0, 0]);
  });

  it("drift on a course without turning", () => {
    const drift = { kind: "drift", courseDeg: 0, groundSpeedMps: 0.2, untilS: 500 } as const;
    const scenario = aBeach([{ id: "boat-1", kind: "boat", at: at(0, 0), headingDeg: 120, steps: [drift] }]);
    const actorsAt = openActors(scenario, 1);
    const [before] = actorsAt(0);
    const [after] = actorsAt(100);
    expect(after!.northM - before!.northM).toBeCloseTo(20, 6);
    expect(after).toMatchObject({ headingDeg: 120, courseDeg: 0 });
  });

  it("answer the same whatever was asked before, and stand still before the clock starts", () => {
    const scenario = committedScenario("boulogne-night-1");
    const once = openActors(scenario, 5);
    const forward = [0, 40, 90].map((s) => once(s));
    const again = openActors(scenario, 5);
    const backward = [90, 40, 0].map((s) => again(s)).reverse();
    expect(backward).toEqual(forward);
    expect(once(-20)).toEqual(forward[0]);
  });

  it("stay put when they follow each other in a circle or nobody", () => {
    const follow = (actorId: string) => [{ kind: "follow", actorId, untilS: 50 }] as const;
    const scenario = aBeach([
      { id: "a", kind: "person", at: at(0, 0), steps: follow("b") },
      { id: "b", kind: "person", at: at(5, 0), steps: follow("a") },
      { id: "c", kind: "person", at: at(9, 0), steps: follow("nobody") },
    ]);
    for (const actor of openActors(scenario, 1)(20)) expect(actor.groundSpeedMps).toBe(0);
  });

  it("are another sortie with another seed, but the same story", () => {
    const scenario = committedScenario("boulogne-night-1");
    const one = openActors(scenario, 1)(0);
    const two = openActors(scenario, 2)(0);
    const moved = one.map((actor, i) => Math.hypot(actor.eastM - two[i]!.eastM, actor.northM - two[i]!.northM));
    expect(Math.max(...moved)).toBeGreaterThan(0.3);
    expect(Math.max(...moved)).toBeLessThan(3);
  });

  it("are where the map says: their degrees and their metres agree with the geodesic", () => {
    const scenario = aBeach([{ id: "rock-1", kind: "rock", at: at(120, -200) }]);
    const [rock] = openActors(scenario, 1)(0);
    const awayM = geodesicDistanceM(scenario.home, rock!.position);
    expect(awayM).toBeCloseTo(Math.hypot(rock!.eastM, rock!.northM), 2);
  });
});

describe.each(COMMITTED_SCENARIOS)("scenario %s", (name) => {
  const scenario = committedScenario(name);
  const countOf = (kind: string) => scenario.actors.filter((actor) => actor.kind === kind).length;

  it("has two boats, twelve people, two vehicles and clutter", () => {
    expect(countOf("boat")).toBeGreaterThanOrEqual(2);
    expect(countOf("person")).toBeGreaterThanOrEqual(12);
    expect(countOf("vehicle")).toBe(2);
    for (const kind of ["rock", "gull", "glint"]) expect(countOf(kind)).toBeGreaterThanOrEqual(2);
    expect(new Set(scenario.actors.map((actor) => actor.id)).size).toBe(scenario.actors.length);
  });

  it("keeps people two and a half metres apart for four minutes, with any of ten seeds", () => {
    for (let seed = 1; seed <= 10; seed++) {
      const actorsAt = openActors(scenario, seed);
      for (let s = 0; s <= 240; s += 5) {
        const people = actorsAt(s).filter((actor) => actor.kind === "person");
        for (const [i, a] of people.entries()) {
          for (const b of people.slice(0, i)) {
            const apartM = Math.hypot(a.eastM - b.eastM, a.northM - b.northM);
            expect(apartM, `seed ${seed}, ${s} s, ${a.id} and ${b.id}`).toBeGreaterThan(2.5);
          }
        }
      }
    }
  });

  it("has people and vehicles on land, and boats where the story says", () => {
    const ground = groundOf(scenario);
    for (const actor of openActors(scenario, 1)(60)) {
      const inlandM = ground.inlandM(actor.eastM, actor.northM);
      if (actor.kind === "person" || actor.kind === "vehicle") expect(inlandM, actor.id).toBeGreaterThan(0);
    }
    expect(ground.inlandM(0, 0)).toBeGreaterThan(100);
    expect(ground.inlandM(0, 0)).toBeLessThan(140);
  });

  it("takes its waterline from the committed coast", () => {
    const coast = JSON.parse(readFileSync("missions/coast/channel.json", "utf8")) as {
      land: { outline: Position[] }[];
    };
    const corners = coast.land.flatMap((land) => land.outline);
    const frame = localFrameAt(scenario.home);
    for (const offset of scenario.waterline ?? []) {
      const { position } = frame.toPosition({ ...offset, upM: 0 });
      const nearest = Math.min(...corners.map((corner) => geodesicDistanceM(corner, position)));
      // Offsets are metres in the tangent plane, and the file rounds to decimetres.
      expect(nearest).toBeLessThan(3);
    }
  });
});
