import { describe, expect, it } from "vitest";
import { destination } from "../../geo/geodesic.js";
import type { VehicleCommand } from "../commands.js";
import { emptyVehicle, reduceVehicle } from "../reduceVehicle.js";
import type { AircraftFence, FenceAreas } from "../transfers.js";
import type { Battery, VehicleState } from "../vehicleState.js";
import { placeQuestions, reckonPlace } from "./placeDanger.js";

const HERE = { latitudeDeg: 50.77, longitudeDeg: 1.61 };
const NOW_MS = 100_000;
const stamped = <T>(value: T, receivedAtMonoMs = NOW_MS) => ({ value, receivedAtMonoMs });
const PLACED = { position: HERE, altitudeAmslM: 60, altitudeAboveHomeM: 50 };
const FULL: Battery = { voltageV: 22, currentA: 10, remainingFraction: 0.9, timeRemainingS: undefined };
/** An ArduPilot copter whose battery lasts for hours, so that only the test's own change can require a confirmation. */
const flying = (change: Partial<VehicleState> = {}): VehicleState => ({
  ...emptyVehicle({ linkName: "udp", systemId: 1, componentId: 1 }),
  ...{ autopilot: "ardupilot", airframe: "copter", lastReceivedMonoMs: NOW_MS },
  heartbeat: stamped({ customMode: 4, modeName: "GUIDED", isArmed: true, systemStatus: 4 }),
  position: stamped(PLACED),
  home: stamped({ position: HERE, altitudeAmslM: 10 }),
  battery: stamped(FULL),
  batteryUse: { fromFraction: 1, sinceMonoMs: 0, perS: 1e-5 },
  ...change,
});
const NO_AREAS: FenceAreas = { polygons: [], circles: [] };
const fenceOf = (areas: FenceAreas | undefined, change: Partial<AircraftFence> = {}): AircraftFence => ({
  ...{ isEnabled: true, isBreached: false, actionName: "return", combination: undefined, countOfItems: 4, areas },
  items: { kind: "read", countOfItems: 4, unixTimeUs: 1 },
  ...change,
});
const NO_FENCE = fenceOf(NO_AREAS);
const goTo = (bearingDeg: number, distanceM: number): VehicleCommand => ({
  kind: "go-to",
  position: destination(HERE, bearingDeg, distanceM),
  height: { datum: "home", valueM: 50 },
});
const orbit = (bearingDeg: number, distanceM: number, radiusM: number): VehicleCommand => ({
  kind: "orbit",
  centre: destination(HERE, bearingDeg, distanceM),
  height: { datum: "home", valueM: 50 },
  radiusM,
  direction: "clockwise",
});
const square = (sizeM: number, isInclusion: boolean, at = HERE) => ({
  isInclusion,
  corners: [45, 135, 225, 315].map((bearingDeg) => destination(at, bearingDeg, sizeM * Math.SQRT2)),
});
const asksOf = (command: VehicleCommand, vehicle = flying(), fence: AircraftFence | undefined = NO_FENCE) =>
  placeQuestions(command, { vehicle, fence });

describe("findings 5.5: what a flight to a place would be", () => {
  it("says how far, how long and how much of the battery", () => {
    const reckoned = reckonPlace(goTo(90, 600), { vehicle: flying(), fence: NO_FENCE });
    expect(reckoned?.distanceM).toBeCloseTo(600, 3);
    expect(reckoned?.timeS).toBeCloseTo(60, 3);
    expect(reckoned?.usedFraction).toBeCloseTo(60e-5, 8);
    expect(reckoned?.leftAtHomeFraction).toBeCloseTo(0.9 - 120e-5, 8);
    expect(reckoned?.asks).toEqual([]);
  });
  it("has nothing against what names no place", () => {
    const lost = { ...flying(), position: undefined };
    for (const kind of ["pause", "return", "land"] as const) expect(asksOf({ kind }, lost, undefined)).toEqual([]);
    expect(asksOf({ kind: "change-altitude", height: { datum: "home", valueM: 90 } }, lost)).toEqual([]);
  });
});

describe("far", () => {
  it("is past 5 km from the aircraft or from home, a circle's rim included", () => {
    expect(asksOf(goTo(270, 4950))).toEqual([]);
    expect(asksOf(goTo(270, 5050))).toEqual(["far"]);
    const away = flying({ home: stamped({ position: destination(HERE, 90, 4000), altitudeAmslM: 0 }) });
    expect(asksOf(goTo(270, 2000), away)).toEqual(["far"]);
    expect(asksOf(orbit(270, 4950, 80))).toEqual(["far"]);
    expect(asksOf(orbit(270, 100, 9000))).toEqual(["far"]);
  });
});

describe("the fence that the aircraft carries", () => {
  const inside = fenceOf({ ...NO_AREAS, polygons: [square(1000, true)] });
  it("asks beyond an inclusion, into an exclusion, through one, and for a circle that leaves", () => {
    expect(asksOf(goTo(0, 900), flying(), inside)).toEqual([]);
    expect(asksOf(goTo(0, 1100), flying(), inside)).toEqual(["beyond-fence"]);
    expect(asksOf(orbit(0, 950, 80), flying(), inside)).toEqual(["beyond-fence"]);
    const barred = fenceOf({ ...NO_AREAS, polygons: [square(100, false, destination(HERE, 0, 500))] });
    expect(asksOf(goTo(0, 500), flying(), barred)).toEqual(["beyond-fence"]);
    expect(asksOf(goTo(0, 900), flying(), barred)).toEqual(["beyond-fence"]);
    const round = fenceOf({ ...NO_AREAS, circles: [{ isInclusion: true, centre: HERE, radiusM: 300 }] });
    expect(asksOf(goTo(0, 290), flying(), round)).toEqual([]);
    expect(asksOf(goTo(0, 310), flying(), round)).toEqual(["beyond-fence"]);
  });
  it("is one of several areas to PX4 and all of them to ArduPilot, unless the aircraft says otherwise", () => {
    const two: FenceAreas = { ...NO_AREAS, polygons: [square(1000, true), square(100, true)] };
    expect(asksOf(goTo(0, 500), flying(), fenceOf(two))).toEqual(["beyond-fence"]);
    expect(asksOf(goTo(0, 500), flying(), fenceOf(two, { combination: "union" }))).toEqual([]);
    expect(asksOf(goTo(0, 500), flying({ autopilot: "px4" }), fenceOf(two))).toEqual([]);
  });
  it("counts while it is switched off, and while nobody knows whether it still holds", () => {
    expect(asksOf(goTo(0, 1100), flying(), { ...inside, isEnabled: false })).toEqual(["beyond-fence"]);
    const doubted = {
      kind: "to-be-read-again",
      because: "silence",
      countOfItems: 4,
      planHash: "",
      unixTimeUs: 1,
    } as const;
    expect(asksOf(goTo(0, 900), flying(), { ...inside, items: doubted })).toEqual([]);
    expect(asksOf(goTo(0, 1100), flying(), { ...inside, items: doubted })).toEqual(["beyond-fence", "fence-unknown"]);
  });
  it("asks where it was never read, as soon as the way there and home is over 2 km", () => {
    for (const unread of [undefined, fenceOf(undefined, { items: { kind: "unknown" } })]) {
      const facts = { vehicle: flying(), fence: unread };
      expect(placeQuestions(goTo(0, 990), facts)).toEqual([]);
      expect(placeQuestions(goTo(0, 1010), facts)).toEqual(["fence-unknown"]);
    }
  });
});

describe("the battery", () => {
  const use = (perS: number | undefined) => ({ fromFraction: 1, sinceMonoMs: 0, perS });
  const charged = (change: Partial<Battery>) => stamped({ ...FULL, ...change });
  it("asks where it would not bring it home with a reserve", () => {
    const vehicle = flying({ battery: charged({ remainingFraction: 0.4 }), batteryUse: use(0.001) });
    const reckoned = reckonPlace(goTo(0, 2000), { vehicle, fence: NO_FENCE });
    expect(reckoned?.usedFraction).toBeCloseTo(0.2, 4);
    expect(reckoned?.leftAtHomeFraction).toBeCloseTo(0, 4);
    expect(reckoned?.asks).toEqual(["battery"]);
    expect(asksOf(goTo(0, 900), vehicle)).toEqual([]);
    expect(asksOf(goTo(0, 1100), vehicle)).toEqual(["battery"]);
  });
  it("is reckoned at the speed such an aircraft flies, and twice the way where home is not known", () => {
    const px4 = flying({ autopilot: "px4", battery: charged({ remainingFraction: 0.4 }), batteryUse: use(0.001) });
    expect(asksOf(goTo(0, 600), px4)).toEqual(["battery"]);
    const homeless = flying({ battery: charged({ remainingFraction: 0.4 }), batteryUse: use(0.001), home: undefined });
    expect(asksOf(goTo(0, 1100), homeless)).toEqual(["battery"]);
  });
  it("goes by the aircraft's own prediction, too: the worse of the two", () => {
    const reported = flying({
      battery: charged({ remainingFraction: 0.4, timeRemainingS: 400 }),
      batteryUse: undefined,
    });
    expect(asksOf(goTo(0, 1100), reported)).toEqual(["battery"]);
    expect(asksOf(goTo(0, 1100), { ...reported, batteryUse: use(1e-6) })).toEqual(["battery"]);
  });
  it("that nobody knows is never enough: it asks as soon as the way there and home is over 2 km", () => {
    const unknowns: readonly Partial<VehicleState>[] = [
      { battery: undefined },
      { battery: charged({ remainingFraction: undefined }) },
      { batteryUse: undefined },
      // Received a long time ago.
      { battery: stamped(FULL, NOW_MS - 20_000) },
    ];
    for (const unknown of unknowns) {
      expect(asksOf(goTo(0, 990), flying(unknown))).toEqual([]);
      expect(asksOf(goTo(0, 1010), flying(unknown))).toEqual(["battery-unknown"]);
    }
  });
  it("that is below its reserve already asks for any way", () => {
    const low = flying({ battery: charged({ remainingFraction: 0.15 }), batteryUse: undefined });
    expect(asksOf(goTo(0, 10), low)).toEqual(["battery"]);
  });
});

describe("the usual speed of an aircraft", () => {
  const hover = { landed: "air", vtol: "hover" } as const;
  const forward = { landed: "air", vtol: "forward" } as const;
  it.each([
    ["ardupilot", "copter", undefined, 10],
    ["ardupilot", "plane", undefined, 12],
    ["ardupilot", "vtol", undefined, 10],
    ["ardupilot", "vtol", hover, 10],
    ["ardupilot", "vtol", forward, 12],
    ["px4", "copter", undefined, 5],
    ["px4", "plane", undefined, 15],
    ["px4", "vtol", forward, 15],
    ["other", "copter", undefined, 5],
    ["other", "plane", undefined, 12],
  ] as const)("of %s %s (%j) is %d m/s", (autopilot, airframe, phase, speedMps) => {
    const vehicle = flying({ autopilot, airframe, flightPhase: phase && stamped(phase) });
    expect(reckonPlace(goTo(90, 600), { vehicle, fence: NO_FENCE })?.timeS).toBeCloseTo(600 / speedMps, 6);
  });
});

describe("the way that is reckoned", () => {
  const left = (command: VehicleCommand, change: Partial<VehicleState> = {}) =>
    reckonPlace(command, { vehicle: flying(change), fence: NO_FENCE });
  it("is there and home, with twice the radius of a circle, at 10 m/s", () => {
    // 0.9 is the charge, 1e-5 a second of it is used.
    expect(left(orbit(90, 600, 100))?.leftAtHomeFraction).toBeCloseTo(0.9 - 1e-5 * 140, 9);
    const home = stamped({ position: destination(HERE, 90, 1000), altitudeAmslM: 0 });
    expect(left(goTo(90, 600), { home })?.leftAtHomeFraction).toBeCloseTo(0.9 - 1e-5 * 100, 9);
    expect(left(goTo(90, 600), { home: undefined })?.leftAtHomeFraction).toBeCloseTo(0.9 - 1e-5 * 120, 9);
  });
  it("uses no battery that is known of where its use is not known", () => {
    const unknown = left(goTo(90, 600), { batteryUse: undefined });
    expect(unknown).toMatchObject({ usedFraction: undefined, leftAtHomeFraction: undefined, asks: [] });
    expect(left(goTo(90, 600), { battery: undefined })).toMatchObject({ leftAtHomeFraction: undefined });
  });
  it("is none for a command without a place", () => {
    expect(left({ kind: "land" })).toBeUndefined();
    expect(left(goTo(90, 600), { position: undefined })).toBeUndefined();
  });
  it("uses readings younger than 15 s", () => {
    const aged = (ageMs: number) => left(goTo(90, 600), { battery: stamped(FULL, NOW_MS - ageMs) });
    expect(aged(14_999)?.leftAtHomeFraction).toBeCloseTo(0.8988, 6);
    expect(aged(15_000)?.leftAtHomeFraction).toBeUndefined();
  });
});

describe("how fast the battery is used by the aircraft's own prediction", () => {
  const used = (battery: Partial<Battery>, perS: number | undefined) =>
    reckonPlace(goTo(90, 600), {
      vehicle: flying({
        battery: stamped({ ...FULL, ...battery }),
        batteryUse: { fromFraction: 1, sinceMonoMs: 0, perS },
      }),
      fence: NO_FENCE,
    })?.usedFraction;
  it("is its charge over its remaining time, and the larger rate counts", () => {
    // 60 s at 0.9 in 900 s.
    expect(used({ timeRemainingS: 900 }, undefined)).toBeCloseTo(0.06, 9);
    expect(used({ timeRemainingS: 900 }, 0.0001)).toBeCloseTo(0.06, 9);
    expect(used({ timeRemainingS: 900 }, 0.01)).toBeCloseTo(0.6, 9);
  });
  it("is not known with no time left, no prediction or no charge", () => {
    expect(used({ timeRemainingS: 0 }, undefined)).toBeUndefined();
    expect(used({ timeRemainingS: -1 }, undefined)).toBeUndefined();
    expect(used({ timeRemainingS: undefined }, undefined)).toBeUndefined();
    expect(used({ timeRemainingS: 900, remainingFraction: undefined }, undefined)).toBeUndefined();
    expect(used({ timeRemainingS: 0 }, 0.01)).toBeCloseTo(0.6, 9);
  });
});

describe("a fence on board", () => {
  const long = goTo(0, 1100);
  const fenceAs = (items: AircraftFence["items"], areas: FenceAreas | undefined = NO_AREAS) =>
    asksOf(long, flying(), fenceOf(areas, { items }));
  it("is known when it was read or verified, with its areas", () => {
    expect(fenceAs({ kind: "read", countOfItems: 4, unixTimeUs: 1 })).toEqual([]);
    expect(fenceAs({ kind: "verified", countOfItems: 4, planHash: "", unixTimeUs: 1 })).toEqual([]);
    expect(fenceAs({ kind: "unknown" })).toEqual(["fence-unknown"]);
    const read = fenceOf(undefined, { items: { kind: "read", countOfItems: 4, unixTimeUs: 1 } });
    expect(asksOf(long, flying(), read)).toEqual(["fence-unknown"]);
  });
});

describe("several questions", () => {
  it("come the worst first", () => {
    const vehicle = flying({ battery: stamped({ ...FULL, remainingFraction: 0.15 }), batteryUse: undefined });
    const inside = fenceOf(
      { ...NO_AREAS, polygons: [square(1000, true)] },
      { items: { kind: "uncertain", failure: { kind: "cancelled" } } },
    );
    expect(asksOf(goTo(0, 6000), vehicle, inside)).toEqual([
      "beyond-fence",
      "battery",
      "far",
      "fence-unknown",
      "battery-unknown",
    ]);
  });
});

describe("an aircraft that does not tell where it is", () => {
  it("asks for any place", () => {
    expect(asksOf(goTo(0, 10), flying({ position: undefined }))).toEqual(["position-unknown"]);
    const stale = flying({ position: stamped(PLACED, NOW_MS - 20_000) });
    expect(asksOf(orbit(0, 10, 80), stale)).toEqual(["position-unknown"]);
  });
});

describe("how fast the battery is used", () => {
  const from = { systemId: 1, componentId: 1, unixTimeUs: 0 };
  const after = (atS: number, remainingFraction: number, state: VehicleState, heightM = 50): VehicleState => {
    const receivedAtMonoMs = atS * 1000;
    const position = { ...PLACED, altitudeAboveHomeM: heightM };
    const identity = { autopilot: "ardupilot", mavAutopilot: 3, airframe: "copter", mavType: 2 } as const;
    const heartbeat = { customMode: 4, modeName: "GUIDED", isArmed: true, systemStatus: heightM > 0 ? 4 : 3 };
    const at = { ...from, receivedAtMonoMs };
    const battery = { ...FULL, remainingFraction };
    return [
      { ...at, kind: "position", position, velocity: undefined } as const,
      { ...at, kind: "heartbeat", identity, heartbeat } as const,
      { ...at, kind: "battery", battery, isSummary: true } as const,
    ].reduce(reduceVehicle, state);
  };
  const empty = emptyVehicle({ linkName: "udp", systemId: 1, componentId: 1 });
  it("is learned in the air, after a minute and two per cent", () => {
    const up = after(10, 0.9, after(0, 0.95, empty, 0));
    expect(up.batteryUse).toEqual({ fromFraction: 0.9, sinceMonoMs: 10_000, perS: undefined });
    expect(after(60, 0.8, up).batteryUse?.perS).toBeUndefined();
    expect(after(110, 0.89, up).batteryUse?.perS).toBeUndefined();
    expect(after(110, 0.8, up).batteryUse?.perS).toBeCloseTo(0.001, 9);
  });
  it("is forgotten on the ground, and with another battery", () => {
    const known = after(110, 0.8, after(10, 0.9, empty));
    expect(after(120, 0.8, known, 0).batteryUse).toBeUndefined();
    expect(after(120, 0.99, known).batteryUse).toMatchObject({ fromFraction: 0.99, perS: undefined });
  });
});
