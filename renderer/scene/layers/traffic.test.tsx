// @vitest-environment happy-dom
import * as THREE from "three";
import { describe, expect, it } from "vitest";
import { geodesicDistanceM, initialBearingDeg } from "../../../src/geo/geodesic.js";
import type { TrafficTarget } from "../../../src/vehicle/traffic.js";
import { makeFormat } from "../../app/format.js";
import { DICTIONARIES } from "../../app/dictionary.js";
import { Latest } from "../../bridge/latest.js";
import { change, openLayer } from "../testing/openLayer.js";
import { TrafficLayer } from "./TrafficLayer.js";
import { isTrafficOld, trafficLabel, trafficPlace, trafficUpM } from "./trafficMarks.js";
import { trafficGeometry } from "./trafficShapes.js";

const helicopter: TrafficTarget = {
  id: "icao:39AC47",
  kind: "aircraft",
  callsign: "SAMU62",
  position: { latitudeDeg: 50.7, longitudeDeg: 1.6 },
  altitudeAmslM: 300,
  groundSpeedMps: 50,
  courseDeg: 90,
  climbRateMps: 0,
  lengthM: undefined,
  seenAtMonoMs: 10_000,
};
const ferry: TrafficTarget = {
  ...helicopter,
  id: "mmsi:227000001",
  kind: "ship",
  callsign: "COTE D OPALE",
  altitudeAmslM: undefined,
  groundSpeedMps: 9,
  lengthM: { valueM: 180, isAtLeast: false },
};
const wordsIn = (language: "en" | "fr", units: Parameters<typeof makeFormat>[1]) => {
  const t = (key: string, facts: Readonly<Record<string, unknown>> = {}): string =>
    (DICTIONARIES[language][key] ?? key).replace(/{{(\w+)}}/g, (_, name: string) => String(facts[name]));
  return (target: TrafficTarget, nowMonoMs: number): string =>
    trafficLabel(t, makeFormat(language, units), target, nowMonoMs).replaceAll("\u00a0", " ");
};
const metric = wordsIn("en", { lengths: "m", speeds: "mps", positions: "deg" });
const french = wordsIn("fr", { lengths: "m", speeds: "mps", positions: "deg" });
const aviation = wordsIn("en", { lengths: "ft", speeds: "kn", positions: "deg" });

describe("traffic", () => {
  it("goes on by course and speed for fifteen seconds and not a metre further", () => {
    const after = (ms: number) => trafficPlace(helicopter, helicopter.seenAtMonoMs + ms);
    expect(geodesicDistanceM(helicopter.position, after(4000))).toBeCloseTo(200, 3);
    expect(initialBearingDeg(helicopter.position, after(4000))).toBeCloseTo(90, 3);
    expect(geodesicDistanceM(helicopter.position, after(15_000))).toBeCloseTo(750, 3);
    expect(after(60_000)).toEqual(after(15_000));
  });
  it("stays where it was reported when course or speed is not told, or the report is of the future", () => {
    expect(trafficPlace({ ...helicopter, courseDeg: undefined }, 20_000)).toBe(helicopter.position);
    expect(trafficPlace({ ...helicopter, groundSpeedMps: undefined }, 20_000)).toBe(helicopter.position);
    expect(trafficPlace(helicopter, 9000)).toBe(helicopter.position);
  });
  it("grows old: an aircraft after ten seconds, a ship after thirty", () => {
    expect([19_999, 20_001].map((ms) => isTrafficOld(helicopter, ms))).toEqual([false, true]);
    expect([39_999, 40_001].map((ms) => isTrafficOld(ferry, ms))).toEqual([false, true]);
  });
  it("names callsign and height or length, and its age once it is not live", () => {
    expect(metric(helicopter, 10_500)).toBe("SAMU62 300 m AMSL");
    expect(metric(helicopter, 22_000)).toBe("SAMU62 300 m AMSL, 12 s ago");
    expect(french(helicopter, 22_000)).toBe("SAMU62 300 m AMSL, il y a 12 s");
    expect(aviation(helicopter, 10_500)).toBe("SAMU62 984 ft AMSL");
    expect(metric(ferry, 10_500)).toBe("COTE D OPALE 180 m");
    expect(metric({ ...ferry, lengthM: { valueM: 511, isAtLeast: true } }, 10_500)).toBe("COTE D OPALE ≥ 511 m");
    expect(metric({ ...ferry, callsign: undefined, lengthM: undefined }, 10_500)).toBe("MMSI:227000001");
  });
  it("draws an aircraft without a height at the sea, and says that none was told", () => {
    const silent = { ...helicopter, altitudeAmslM: undefined };
    expect(trafficUpM(silent)).toBe(0);
    expect(metric(silent, 10_500)).toBe("SAMU62 height not told");
    expect(trafficUpM(ferry)).toBe(0);
    expect(trafficUpM(helicopter)).toBe(300);
  });
});

describe("traffic marks", () => {
  it.each(["aircraft", "ship"] as const)("%s: rim and mark in one geometry, the rim wider all round", (kind) => {
    const geometry = trafficGeometry(kind);
    const places = geometry.getAttribute("position");
    const rims = geometry.getAttribute("rim");
    const reach = (isRim: number, axis: 0 | 1): number =>
      Math.max(
        ...Array.from({ length: places.count }, (_, i) =>
          rims.getX(i) === isRim ? (axis === 0 ? places.getX(i) : places.getY(i)) : -Infinity,
        ),
      );
    for (const axis of [0, 1] as const) expect(reach(1, axis)).toBeGreaterThan(reach(0, axis) + 0.1);
    // Drawn in order: the rim first, the mark over it.
    expect(rims.getX(0)).toBe(1);
    expect(rims.getX(rims.count - 1)).toBe(0);
  });
});

describe("traffic layer", () => {
  it("draws one mesh a kind where the targets are, labels each, and nothing when there is nobody", async () => {
    const traffic = new Latest<readonly TrafficTarget[]>([]);
    const { scene, draw, labels } = await openLayer(<TrafficLayer traffic={traffic} nowMonoMs={() => 12_000} />);
    const mesh = (kind: string): THREE.InstancedMesh | undefined => {
      const found = scene.getObjectByName(`traffic ${kind}`);
      return found instanceof THREE.InstancedMesh ? found : undefined;
    };
    expect(mesh("aircraft")).toBeUndefined();

    await change(() => traffic.set([helicopter, ferry, { ...ferry, id: "mmsi:2" }]));
    draw(0.1);
    expect([mesh("aircraft")?.count, mesh("ship")?.count]).toEqual([1, 2]);
    const matrix = new THREE.Matrix4();
    mesh("aircraft")?.getMatrixAt(0, matrix);
    // Two seconds old at 50 m/s, eastward.
    expect(matrix.elements[12]).toBeCloseTo(100, 1);
    expect(matrix.elements[14]).toBeCloseTo(300, 3);
    expect(labels()).toHaveLength(3);

    await change(() => traffic.set([]));
    expect(mesh("aircraft")).toBeUndefined();
    expect(labels()).toHaveLength(0);
  });
});
