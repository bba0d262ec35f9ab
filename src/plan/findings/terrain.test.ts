/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { describe, expect, it } from "vitest";
import type { Coast } from "../../geo/coast.js";
import type { AltitudeDatum, Position } from "../../geo/position.js";
import { createTerrainModel, type TerrainModel } from "../../geo/terrain/terrainModel.js";
import type { MissionItem, Plan } from "../plan.js";
import { anAircraft, BEACH, command, commandAt, metres, offset, planOfItems } from "../testing/planBuilders.js";
import { groundOf } from "../testing/groundOf.js";
import { straightCoast } from "../testing/straightCoast.js";
import { CALM, planFindings } from "./planFindings.js";
import { terrainFindings } from "./terrain.js";

const ridgeOf = (heightM: number, from = 200, to = 240) =>
  groundOf((eastM) => (eastM >= from && eastM <= to ? heightM : 4));

const [TAKE_OFF, RETURN] = [commandAt(22, 0, 0), command(20)];
const at = (item: MissionItem, datum: AltitudeDatum, valueM: number): MissionItem => ({
  ...item,
  altitude: { datum, valueM },
});
const found = (items: readonly MissionItem[], terrain: TerrainModel, coast?: Coast) =>
  terrainFindings(planOfItems(items), { terrain, coast }).findings;

describe("the way over the ground", () => {
  it("is clear with 20 m and more under it all along", () => {
    expect(found([TAKE_OFF, commandAt(16, 400, 0), RETURN], ridgeOf(34))).toEqual([]);
  });

  it("is too near between two places that are clear: the item, the place and the heights are named", () => {
    const [near, ...others] = found([TAKE_OFF, commandAt(16, 400, 0)], ridgeOf(40));
    expect(others).toEqual([]);
    expect(near).toMatchObject({ kind: "near-terrain", severity: "caution", seq: 2 });
    // 50 m above home's ground at 4 m, and the ridge at 40 m.
    expect(near?.facts).toMatchObject({ clearanceM: expect.closeTo(14, 3), groundAmslM: expect.closeTo(40, 3) });
    const { latitudeDeg = 0, longitudeDeg = 0 } = near?.facts as Partial<Position>;
    const { xM, yM } = offset({ latitudeDeg, longitudeDeg });
    expect([xM, yM]).toEqual([expect.closeTo(205, -1.3), expect.closeTo(0, 1)]);
  });

  it("leads into a hill where the file's error leaves nothing", () => {
    const cautious = found([TAKE_OFF, commandAt(16, 400, 0)], ridgeOf(54 - 0.6));
    expect(cautious.map(({ kind }) => kind)).toEqual(["near-terrain"]);
    const [into] = found([TAKE_OFF, commandAt(16, 400, 0)], ridgeOf(54 - 0.4));
    expect(into).toMatchObject({ kind: "into-terrain", severity: "danger", seq: 2 });
    // A third of the file's error, one-sided: home's ground errs alike.
    expect(into?.facts["plusMinusM"]).toBeCloseTo(0.3 * 1.645, 3);
    const [below] = found([TAKE_OFF, commandAt(16, 400, 0)], ridgeOf(80));
    expect(below).toMatchObject({ kind: "below-ground", severity: "danger", facts: { depthM: expect.closeTo(26, 3) } });
  });

  it("counts heights above home from the ground there, and says that the plan's home is wrong", () => {
    const plateau = groundOf(() => 100);
    const findings = found([TAKE_OFF, commandAt(16, 400, 0)], plateau);
    expect(findings).toEqual([
      {
        kind: "home-height-differs",
        severity: "caution",
        facts: { plannedAmslM: 4, groundAmslM: expect.closeTo(100, 3) },
      },
    ]);
    expect(found([TAKE_OFF, at(commandAt(16, 400, 0), "amsl", 54)], plateau)[0]?.kind).toBe("below-ground");
    expect(
      found(
        [TAKE_OFF, commandAt(16, 400, 0)],
        groundOf(() => 15),
      ).map(({ kind }) => kind),
    ).toEqual([]);
  });

  it("back home keeps its height, over what lies there", () => {
    const round = [TAKE_OFF, commandAt(16, 0, 300), commandAt(16, 400, 300), RETURN];
    const hill = groundOf((eastM, northM) => (Math.hypot(eastM - 200, northM - 150) < 40 ? 60 : 4));
    expect(found(round, hill)).toMatchObject([{ kind: "below-ground", seq: 4 }]);
  });

  it("to a landing keeps the height of the item before", () => {
    const landing = [TAKE_OFF, commandAt(16, 0, 300), at(commandAt(21, 400, 300), "home", 0)];
    expect(found(landing, ridgeOf(30))).toEqual([]);
    expect(found(landing, ridgeOf(60))).toMatchObject([{ kind: "below-ground", seq: 3 }]);
  });

  it("to a height above the ground follows the ground, and is not judged", () => {
    const places = [150, 300].map((eastM) => at(commandAt(16, eastM, 0), "terrain", 50));
    expect(found([TAKE_OFF, ...places], ridgeOf(100))).toEqual([]);
    expect(found([TAKE_OFF, ...places.slice(1)], ridgeOf(100))).toEqual([]);
    // From there to a height above home it is a straight line again.
    const [into] = found([TAKE_OFF, ...places, commandAt(16, 0, 0, 50)], ridgeOf(100));
    expect(into).toMatchObject({ kind: "below-ground", seq: 4 });
  });

  it("without a take-off begins on the ground: that is another finding's", () => {
    expect(found([commandAt(16, 400, 0)], ridgeOf(4))).toEqual([]);
  });
});

describe("what an aircraft does on its way", () => {
  it("takes off and lands near the ground: beside home and a landing place that is nothing", () => {
    const low = [commandAt(22, 0, 0, 10), commandAt(16, 0, 0, 15), commandAt(16, 45, 0, 50), commandAt(16, 400, 0, 50)];
    const level = groundOf(() => 4);
    expect(found(low, level)).toEqual([]);
    const places = [TAKE_OFF, commandAt(16, 300, 0, 50), commandAt(16, 340, 0, 25)];
    const rising = groundOf((eastM) => (eastM > 365 ? 12 : 4));
    expect(found([...places, commandAt(21, 400, 0, 0)], rising)).toEqual([]);
    expect(found([...places, commandAt(16, 400, 0, 25)], rising)).toMatchObject([{ kind: "near-terrain" }]);
  });

  it("climbs or sinks where it is, by an item without a place: the way after it has that height", () => {
    const sinks: MissionItem = { ...command(31), altitude: { datum: "home", valueM: 15 } };
    expect(found([TAKE_OFF, commandAt(16, 300, 0), RETURN], ridgeOf(34))).toEqual([]);
    expect(found([TAKE_OFF, commandAt(16, 300, 0), sinks, RETURN], ridgeOf(34))).toMatchObject([
      { kind: "below-ground", seq: 4, facts: { depthM: expect.closeTo(15, 3) } },
    ]);
    for (const item of [at(sinks, "home", 400), at(command(22), "home", 400)]) {
      expect(found([TAKE_OFF, commandAt(16, 300, 0), item], ridgeOf(4))).toMatchObject([
        { kind: "too-high-above-ground", severity: "danger", seq: 3 },
      ]);
    }
  });

  it("keeps its height at a loiter of height 0", () => {
    expect(found([TAKE_OFF, commandAt(17, 300, 0, 0), RETURN], ridgeOf(30))).toEqual([]);
  });
});

describe("home", () => {
  it("of the aircraft counts too, where it is known: it may stand lower than the plan's", () => {
    const step = groundOf((eastM) => (eastM < -100 ? 4 : 100));
    const plannedHome = { position: BEACH, altitudeAmslM: 100 };
    const plan = planOfItems([TAKE_OFF, commandAt(16, 400, 0)], { plannedHome });
    const known = { terrain: step, coast: undefined };
    expect(terrainFindings(plan, known).findings).toEqual([]);
    const actualHome = { position: metres(-300, 0), altitudeAmslM: 4 };
    expect(terrainFindings(plan, known, actualHome).findings).toMatchObject([
      { kind: "below-ground", severity: "danger", facts: { depthM: expect.closeTo(46, 3) } },
    ]);
  });

  it("known by a coarser file than the way adds that file's error", () => {
    const [fine] = ridgeOf(45).sources;
    if (!fine) throw new Error("no source");
    const eastOnly = {
      ...fine,
      heightAt: (place: Position) => (offset(place).xM > 100 ? fine.heightAt(place) : undefined),
    };
    const rough = { ...fine, resolutionM: 90, accuracy: { verticalSigmaM: 10, horizontalSigmaM: 0 } };
    expect(found([TAKE_OFF, commandAt(16, 400, 0)], ridgeOf(45))).toMatchObject([{ kind: "near-terrain" }]);
    expect(found([TAKE_OFF, commandAt(16, 400, 0)], createTerrainModel([eastOnly, rough]))).toMatchObject([
      { kind: "into-terrain", facts: { plusMinusM: expect.closeTo(1.645 * Math.hypot(1, 10), 2) } },
    ]);
  });
});

describe("a coarse file", () => {
  const coarse = groundOf(() => 4, { verticalSigmaM: 9.7, horizontalSigmaM: 0 });

  it("does not forbid to fly low near home, where its error is the same", () => {
    expect(found([commandAt(22, 0, 0, 15), commandAt(16, 400, 0, 15)], coarse)).toMatchObject([
      { kind: "near-terrain", severity: "caution" },
    ]);
    expect(found([commandAt(22, 0, 0, 25), commandAt(16, 400, 0, 25)], coarse)).toEqual([]);
  });

  it("counts whole for heights above the sea", () => {
    const low = at(commandAt(16, 400, 0), "amsl", 19);
    const on = at(commandAt(16, 600, 0), "amsl", 19);
    expect(found([TAKE_OFF, low, on], coarse)).toMatchObject([{ kind: "into-terrain" }]);
  });

  it("leaves a height over the legal one a danger near home", () => {
    expect(found([TAKE_OFF, commandAt(16, 400, 0, 130)], coarse)).toMatchObject([
      { kind: "too-high-above-ground", severity: "danger" },
    ]);
  });
});

describe("a file that may be off to the side", () => {
  it("moves a cliff's edge under the way, but makes no ground higher than there is", () => {
    const cliff = (horizontalSigmaM: number) =>
      groundOf((_, northM) => (northM >= 30 ? 60 : 4), { verticalSigmaM: 1, horizontalSigmaM });
    const along = [TAKE_OFF, commandAt(16, 400, 0)];
    expect(found(along, cliff(5))).toEqual([]);
    expect(found(along, cliff(30))).toMatchObject([{ kind: "below-ground", seq: 2 }]);
    // 26 m above the top of the cliff that crosses the way: steep, and clear.
    const across = [TAKE_OFF, at(commandAt(16, 0, 400), "amsl", 86)];
    expect(found([commandAt(22, 0, 0, 82), ...across.slice(1)], cliff(30))).toEqual([]);
  });
});

describe("ground that is not known", () => {
  it("is said, with the length of the way over it; at sea the coast's line is enough", () => {
    // The sea begins west of home.
    const beach = groundOf((eastM) => (eastM < -100 ? Number.NaN : 4));
    const out = [TAKE_OFF, commandAt(16, -500, 0)];
    const [unknown] = found(out, beach);
    expect(unknown).toMatchObject({ kind: "terrain-unknown", severity: "caution" });
    expect(unknown?.facts["lengthM"]).toBeGreaterThan(395);
    expect(unknown?.facts["lengthM"]).toBeLessThan(415);
    const coast = straightCoast();
    expect(found(out, beach, coast)).toEqual([]);
    expect(found([TAKE_OFF, at(commandAt(16, -500, 0), "amsl", 12)], beach, coast)).toMatchObject([
      { kind: "near-terrain", facts: { clearanceM: expect.closeTo(12, 3), groundAmslM: 0 } },
    ]);
  });

  it("at sea is believed where the file stands high: the coast's line lacks an islet", () => {
    const islet = groundOf((eastM) => (eastM < -200 && eastM > -300 ? 90 : 0));
    expect(found([TAKE_OFF, commandAt(16, -500, 0)], islet, straightCoast())).toMatchObject([{ kind: "below-ground" }]);
  });

  it("is nothing without a home or without files", () => {
    const plan = planOfItems([TAKE_OFF, commandAt(16, 400, 0)]);
    const none = { findings: [], isWholeWayKnown: false };
    expect(terrainFindings(plan, { terrain: undefined, coast: undefined })).toEqual(none);
    const homeless = { ...plan, plannedHome: undefined };
    expect(terrainFindings(homeless, { terrain: ridgeOf(4), coast: undefined })).toEqual(none);
  });
});

describe("the legal height", () => {
  it("counts from the nearest ground: at a cliff's edge that is the edge", () => {
    const high = [commandAt(22, 0, 0, 100), commandAt(16, 0, 60, 130), commandAt(16, 400, 60, 130)];
    expect(
      found(
        high,
        groundOf(() => 4),
      ),
    ).toMatchObject([
      { kind: "too-high-above-ground", severity: "danger", facts: { heightAboveGroundM: expect.closeTo(130, 3) } },
    ]);
    expect(
      found(
        high,
        groundOf((_, northM) => (northM >= 90 ? 74 : 4)),
      ),
    ).toEqual([]);
  });

  it("of places above the ground is judged as if it were level, as the way between them is not followed here", () => {
    const high = [TAKE_OFF, at(commandAt(16, 150, 0), "terrain", 150), at(commandAt(16, 300, 0), "terrain", 150)];
    const plan = planOfItems([...high, commandAt(16, 300, 50, 60)]);
    expect(terrainFindings(plan, { terrain: groundOf(() => 4), coast: undefined }).isWholeWayKnown).toBe(false);
  });

  it("is not said of the way to a landing, along which an aeroplane descends", () => {
    const valley = groundOf((eastM) => (eastM > 300 ? -60 : 4));
    const places = [TAKE_OFF, commandAt(16, 200, 0, 100)];
    expect(found([...places, commandAt(21, 500, 0, 0)], valley)).toEqual([]);
    expect(found([...places, commandAt(16, 500, 0, 100)], valley)).toMatchObject([{ kind: "too-high-above-ground" }]);
  });

  it("within the file's error of it is for somebody to look at", () => {
    const high = [TAKE_OFF, commandAt(16, 400, 0, 120.3)];
    expect(
      found(
        high,
        groundOf(() => 4),
      ),
    ).toMatchObject([{ kind: "too-high-above-ground", severity: "caution" }]);
  });

  it("is judged over the ground where all of it is known, else above home", () => {
    const plan = planOfItems([
      TAKE_OFF,
      commandAt(16, 100, 0, 60),
      commandAt(16, 400, 0, 150),
      commandAt(16, 100, 0, 60),
      RETURN,
    ]);
    const kindsWith = (terrain: TerrainModel | undefined) =>
      planFindings(plan, {
        ...{ aircraft: anAircraft(), assumed: undefined, vehicle: undefined, home: undefined },
        ...{ wind: CALM, ground: { coast: undefined, terrain } },
      }).map(({ kind }) => kind);
    const slope = (eastM: number): number => (eastM < 100 ? 4 : 4 + (eastM - 100) * 0.3);
    expect(kindsWith(undefined)).toEqual(["too-high"]);
    expect(kindsWith(groundOf(slope))).toEqual([]);
    const partly = groundOf((eastM) => (eastM > 350 ? Number.NaN : slope(eastM)));
    expect(kindsWith(partly)).toEqual(["too-high", "terrain-unknown"]);
  });
});

it("the beach is where these tests think it is", () => {
  expect(ridgeOf(40).heightAt(BEACH)?.heightAmslM).toBeCloseTo(4, 6);
  expect(ridgeOf(40).heightAt(metres(220, 0))?.heightAmslM).toBeCloseTo(40, 6);
});

describe("loiter circles", () => {
  const PLANE = { vehicleType: 1 };
  const kindsOf = (item: MissionItem, terrain: TerrainModel, changes: Partial<Plan> = PLANE) =>
    terrainFindings(planOfItems([TAKE_OFF, item], changes), { terrain, coast: undefined }).findings.map(
      ({ kind, seq }) => `${kind} ${seq}`,
    );
  const turns = (radiusM: number): MissionItem => ({ ...commandAt(18, 0, 300), params: [2, 0, radiusM, 0] });
  /** The way to the loiter is level at 4 m; a hill stands 150 m east of its middle. */
  const hill = groundOf((eastM, northM) => (Math.hypot(eastM - 150, northM - 300) < 25 ? 90 : 4));

  it("lead over all of the ground around, clockwise or not", () => {
    expect(kindsOf(turns(150), hill)).toEqual(["below-ground 2"]);
    expect(kindsOf(turns(-150), hill)).toEqual(["below-ground 2"]);
    expect(kindsOf(turns(60), hill)).toEqual([]);
  });

  it("have the aircraft's default radius where none is stated; a copter circles in turns with a radius only", () => {
    const near = groundOf((eastM, northM) => (Math.hypot(eastM - 60, northM - 300) < 25 ? 90 : 4));
    expect(kindsOf(commandAt(17, 0, 300), near)).toEqual(["below-ground 2"]);
    expect(kindsOf(commandAt(17, 0, 300), near, {})).toEqual([]);
    expect(kindsOf(turns(60), near, {})).toEqual(["below-ground 2"]);
    expect(kindsOf(turns(0), near, {})).toEqual([]);
    // PX4: 80 m.
    expect(kindsOf(commandAt(17, 0, 300), near, { vehicleType: 1, firmwareType: 12 })).toEqual(["below-ground 2"]);
    expect(kindsOf(commandAt(16, 0, 300), near)).toEqual([]);
  });
});

describe("a jump", () => {
  const ridge = groundOf((eastM, northM) => (Math.abs(eastM - 200) < 15 && northM > 150 ? 90 : 4));
  const square = [
    TAKE_OFF,
    commandAt(16, 0, 400),
    commandAt(16, 0, 50),
    commandAt(16, 400, 50),
    commandAt(16, 400, 400),
  ];

  it("leads back to its item over what lies between", () => {
    expect(found(square, ridge)).toEqual([]);
    expect(found([...square, command(177, [2, 1, 0, 0])], ridge)).toMatchObject([{ kind: "below-ground", seq: 2 }]);
    expect(found([...square, command(177, [2, -1, 0, 0])], ridge)).toMatchObject([{ kind: "below-ground", seq: 2 }]);
    expect(found([...square, command(177, [2, 0, 0, 0])], ridge)).toEqual([]);
  });
});

describe("a VTOL's take-off with a place", () => {
  const hill = groundOf((eastM) => (eastM > 100 && eastM < 140 ? 90 : 4));
  const items = [commandAt(84, 300, 0), commandAt(16, 300, 200)];
  const kindsOf = (firmwareType: number) =>
    terrainFindings(planOfItems(items, { vehicleType: 22, firmwareType }), {
      terrain: hill,
      coast: undefined,
    }).findings.map(({ kind, seq }) => `${kind} ${seq}`);
  it("leads there after the climb with PX4; ArduPlane climbs where it stands and flies to the next item from there", () => {
    expect(kindsOf(12)).toEqual(["below-ground 1"]);
    expect(kindsOf(3)).toEqual(["below-ground 2"]);
  });
});

describe("a return after places above the ground", () => {
  it("is straight at its height above the sea, and judged", () => {
    const places = [TAKE_OFF, at(commandAt(16, 0, 300), "terrain", 50), at(commandAt(16, 400, 300), "terrain", 50)];
    const hill = groundOf((eastM, northM) => (Math.hypot(eastM - 200, northM - 150) < 40 ? 90 : 4));
    expect(found([...places, RETURN], hill)).toMatchObject([{ kind: "below-ground", seq: 4 }]);
  });
});
