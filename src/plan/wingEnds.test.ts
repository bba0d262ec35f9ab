/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { describe, expect, it } from "vitest";
import { geodesicDistanceM, initialBearingDeg } from "../geo/geodesic.js";
import { BEACH, metres } from "./testing/planBuilders.js";
import { landingFor, takeOffFor } from "./wingEnds.js";

const [COPTER, PLANE, VTOL] = [2, 1, 22];
const home = { position: BEACH, altitudeAmslM: 4 };
const ends = (mavType: number, changes: Partial<Parameters<typeof takeOffFor>[0]> = {}) => ({
  home,
  mavType,
  heightAboveHomeM: 80,
  wind: { fromDeg: 250, speedMps: 4 },
  towards: metres(0, 1000),
  ...changes,
});

describe("the take-off of a plan", () => {
  it("goes straight up for a copter and a VTOL, each with its own command", () => {
    const straightUp = (command: number) => ({
      command,
      params: [0, 0, 0, undefined],
      position: BEACH,
      altitude: { datum: "home", valueM: 80 },
      autoContinue: true,
    });
    expect(takeOffFor(ends(COPTER))).toEqual(straightUp(22));
    expect(takeOffFor(ends(VTOL))).toEqual(straightUp(84));
  });

  it("climbs at twelve degrees over 250 m for a plane: into the wind, towards the area in calm air", () => {
    const { command, params, position } = takeOffFor(ends(PLANE));
    expect([command, params]).toEqual([22, [12, 0, 0, undefined]]);
    expect(geodesicDistanceM(BEACH, position!)).toBeCloseTo(250, 3);
    expect(initialBearingDeg(BEACH, position!)).toBeCloseTo(250, 3);
    const calm = takeOffFor(ends(PLANE, { wind: { fromDeg: 250, speedMps: 0 } }));
    expect(initialBearingDeg(BEACH, calm.position!)).toBeCloseTo(0, 1);
    const over = takeOffFor(ends(PLANE, { wind: { fromDeg: 610, speedMps: 4 } }));
    expect(initialBearingDeg(BEACH, over.position!)).toBeCloseTo(250, 3);
  });
});

describe("the landing of a plan", () => {
  it("is none for a copter and a rover", () => {
    expect(landingFor(ends(COPTER), "landing")).toBeUndefined();
    expect(landingFor(ends(10), "landing")).toBeUndefined();
  });

  it.each([
    ["plane", PLANE, "fwLandingPattern", 21, 575],
    ["VTOL", VTOL, "vtolLandingPattern", 85, 300],
  ] as const)("of a %s leaves a clockwise circle into the wind", (...row) => {
    const [, mavType, complexItemType, command, straightM] = row;
    const landing = landingFor(ends(mavType), "the-end")!;
    expect(landing).toMatchObject({ kind: "opaque", id: "the-end", complexItemType });
    expect(landing.items.map((item) => item.command)).toEqual([189, 31, command]);
    const [, circle, down] = landing.items;
    expect(circle).toMatchObject({ params: [1, 75, 0, 1], altitude: { datum: "home", valueM: 40 } });
    expect(down).toMatchObject({ position: BEACH, altitude: { datum: "home", valueM: 0 } });
    // The circle's centre is 75 m to the right of the straight line home, abeam of the point where it is left.
    const centre = circle!.position!;
    expect(geodesicDistanceM(BEACH, centre)).toBeCloseTo(Math.hypot(straightM, 75), 1);
    const asideDeg = (Math.atan(75 / straightM) * 180) / Math.PI;
    expect(initialBearingDeg(BEACH, centre)).toBeCloseTo(70 - asideDeg, 1);
  });

  it("is not higher than the flight, and is laid towards the area in calm air", () => {
    const low = landingFor(ends(PLANE, { heightAboveHomeM: 30, wind: { fromDeg: 250, speedMps: 0 } }), "landing")!;
    expect(low.items[1]).toMatchObject({ altitude: { datum: "home", valueM: 30 } });
    const asideDeg = (Math.atan(75 / 575) * 180) / Math.PI;
    expect(initialBearingDeg(BEACH, low.items[1]!.position!)).toBeCloseTo(180 - asideDeg, 1);
  });
});
