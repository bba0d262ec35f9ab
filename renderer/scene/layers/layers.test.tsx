// @vitest-environment happy-dom
/** What stands on the map of the flight: aircraft, their trail, home, targets, route. */
import * as THREE from "three";
import { describe, expect, it } from "vitest";
import type { VehicleId } from "../../../src/vehicle/vehicleState.js";
import { commandAt, planOfItems } from "../../../src/plan/testing/planBuilders.js";
import type { Plan } from "../../../src/plan/plan.js";
import type { Position } from "../../../src/geo/position.js";
import { Latest } from "../../bridge/latest.js";
import { TrailRecord } from "../../bridge/trailRecord.js";
import type { SceneVehicle } from "../sceneVehicle.js";
import { at, change, meshNamed, openLayer, segmentsOf } from "../testing/openLayer.js";
import { HomeLayer } from "./HomeLayer.js";
import { RollingSegments } from "./rollingSegments.js";
import { RouteLayer } from "./RouteLayer.js";
import { type SceneTarget, TargetLayer } from "./TargetLayer.js";
import { TrackLayer, TrailLayer } from "./TrailLayer.js";
import { VehicleLayer } from "./VehicleLayer.js";

const vehicleAt = (eastM: number, more: Partial<SceneVehicle> = {}): SceneVehicle => ({
  id: "v",
  label: "SIM-1",
  position: at(eastM, 0),
  altitudeAmslM: 60,
  headingDeg: 90,
  pitchDeg: 0,
  rollDeg: 0,
  name: "SIM-1",
  isTarget: true,
  isOld: false,
  ...more,
});

describe("vehicle layer", () => {
  const openVehicles = async (list: readonly SceneVehicle[]) => {
    const vehicles = new Latest(list);
    const layer = await openLayer(<VehicleLayer vehicles={vehicles} />);
    const group = (id: string): THREE.Object3D => {
      const found = layer.scene.getObjectByName(`vehicle ${id}`);
      if (found) return found;
      throw new Error(`no vehicle ${id}`);
    };
    const body = (id: string): THREE.Mesh => meshNamed(group(id), "body");
    return { ...layer, vehicles, group, body };
  };

  it("moves an aircraft through 60 frames without React rendering once more", async () => {
    const { vehicles, draw, group, countOfRenders } = await openVehicles([vehicleAt(0)]);
    const before = countOfRenders();
    for (let i = 1; i <= 60; i++) {
      vehicles.set([vehicleAt(i)]);
      draw(i / 60);
    }
    expect(before).toBeGreaterThan(0);
    expect(group("v").position.x).toBeCloseTo(60, 3);
    expect(countOfRenders()).toBe(before);
  });

  // The nose is +y of the model, its right side +x, its top +z; the scene's axes are east, north and up.
  it.each([
    ["heading 0", { headingDeg: 0 }, "nose", [0, 1, 0]],
    ["heading 90", { headingDeg: 90 }, "nose", [1, 0, 0]],
    ["heading 210", { headingDeg: 210 }, "nose", [-0.5, -0.866, 0]],
    ["pitch 30 up", { headingDeg: 0, pitchDeg: 30 }, "nose", [0, 0.866, 0.5]],
    ["roll 30 to the right", { headingDeg: 0, rollDeg: 30 }, "right", [0.866, 0, -0.5]],
    ["roll right, heading 90", { headingDeg: 90, rollDeg: 30 }, "right", [0, -0.866, -0.5]],
  ] as const)("%s", async (_, pose, axis, wanted) => {
    const { draw, body } = await openVehicles([vehicleAt(0, pose)]);
    draw(0);
    const local = axis === "nose" ? new THREE.Vector3(0, 1, 0) : new THREE.Vector3(1, 0, 0);
    const { x, y, z } = local.applyEuler(body("v").rotation);
    [x, y, z].forEach((value, i) => expect(value).toBeCloseTo(wanted[i] ?? 0, 3));
  });

  it("draws each aircraft at its own height and age: a silent one grey, the others not", async () => {
    const list = [
      vehicleAt(0),
      vehicleAt(100, { id: "w", label: "SIM-2", altitudeAmslM: 25, isTarget: false, isOld: true }),
      vehicleAt(-100, { id: "low", altitudeAmslM: -3 }),
    ];
    const { draw, body, group, labels } = await openVehicles(list);
    draw(0);
    expect(["v", "w", "low"].map((id) => body(id).position.z)).toEqual([60, 25, 0.5]);
    expect(["v", "w"].map((id) => Math.round(group(id).position.x))).toEqual([0, 100]);
    expect(body("w").material).not.toBe(body("v").material);
    expect(body("low").material).toBe(body("v").material);
    expect(labels().map(({ text, tone, priority, upM }) => [text, tone, priority, upM])).toEqual([
      ["SIM-1", "aircraft", 90, 60],
      ["SIM-2", "unknown", 85, 25],
      ["SIM-1", "aircraft", 90, 0.5],
    ]);
  });

  it("takes an aircraft that is gone off the map, with its label", async () => {
    const { vehicles, scene, labels } = await openVehicles([vehicleAt(0), vehicleAt(9, { id: "w" })]);
    await change(() => vehicles.set([vehicleAt(0)]));
    expect(scene.getObjectByName("vehicle w")).toBeUndefined();
    expect(labels()).toHaveLength(1);
  });
});

describe("trail", () => {
  const A = "udp/1" as VehicleId;
  const B = "udp/2" as VehicleId;
  const point = (eastM: number, northM = 0, altitudeAmslM = 60) => ({ position: at(eastM, northM), altitudeAmslM });

  it("is drawn from where each aircraft was to where it is, and goes on", async () => {
    const trail = new TrailRecord();
    trail.add(A, point(0));
    trail.add(A, point(10));
    const { scene } = await openLayer(<TrailLayer trail={trail} />);
    const lines = () => segmentsOf(scene.getObjectByName("trail"));
    expect(lines()).toEqual([[0, 0, 60, 10, 0, 60]]);
    await change(() => {
      trail.add(B, point(0, 50, 30));
      trail.add(A, point(20));
      trail.add(B, point(0, 60, 30));
    });
    expect(lines()).toEqual([
      [0, 0, 60, 10, 0, 60],
      [10, 0, 60, 20, 0, 60],
      [0, 50, 30, 0, 60, 30],
    ]);
  });

  it("is drawn anew when the station gives the whole of it, and goes with the layer", async () => {
    const trail = new TrailRecord();
    trail.add(A, point(0));
    trail.add(A, point(10));
    const { scene, unmount } = await openLayer(<TrailLayer trail={trail} />);
    await change(() => trail.replace([{ vehicleId: A, pieces: [[point(100), point(110)]] }]));
    expect(segmentsOf(scene.getObjectByName("trail"))).toEqual([[100, 0, 60, 110, 0, 60]]);
    await unmount();
    expect(scene.getObjectByName("trail")).toBeUndefined();
  });

  it("of a recording leaves out a gap of 400 m and more", async () => {
    const { scene } = await openLayer(<TrackLayer track={[point(0), point(399), point(800), point(810)]} />);
    expect(segmentsOf(scene.getObjectByName("track"))).toEqual([
      [0, 0, 60, 399, 0, 60],
      [800, 0, 60, 810, 0, 60],
    ]);
  });
});

describe("trail buffer", () => {
  it("writes over its oldest segment and never grows", () => {
    const trail = new RollingSegments(3, { colour: "#fff", widthPx: 1, opacity: 1 });
    for (let i = 0; i < 5; i++) trail.push([i, 0, 0], [i + 1, 0, 0]);
    expect(segmentsOf(trail.object).map(([x]) => x)).toEqual([3, 4, 2]);
    trail.clear();
    expect(segmentsOf(trail.object)).toEqual([]);
    trail.push([7, 0, 0], [8, 0, 0]);
    expect(segmentsOf(trail.object)).toEqual([[7, 0, 0, 8, 0, 0]]);
    trail.dispose();
  });
});

describe("home", () => {
  it("stands where the aircraft returns to, and nowhere while that is not known", async () => {
    const home = new Latest<Position | undefined>(undefined);
    const { draw, scene, labels } = await openLayer(<HomeLayer home={home} />);
    const mark = () => scene.getObjectByName("home");
    draw(0);
    expect([mark()?.visible, labels()[0]?.isShown]).toEqual([false, false]);
    home.set(at(40, -30));
    draw(1);
    expect([mark()?.visible, labels()[0]?.isShown]).toEqual([true, true]);
    expect([mark()?.position.x, mark()?.position.y].map((m) => Math.round(m ?? 0))).toEqual([40, -30]);
    expect(labels()[0]?.text).toBe("Home");
  });
});

describe("targets", () => {
  const target = (more: Partial<SceneTarget> = {}): SceneTarget => ({
    ...{ id: "t", from: at(0, 0), position: at(100, 50), altitudeAmslM: 60 },
    ...{ radiusM: 0, label: "SIM-1 goes here", isPreview: false },
    ...more,
  });

  it("have a cross on the ground, a line to the height, and the way there at that height", async () => {
    const { scene, labels } = await openLayer(<TargetLayer targets={[target()]} />);
    expect(segmentsOf(scene.getObjectByName("target"))).toEqual([
      [88, 50, 1, 112, 50, 1],
      [100, 38, 1, 100, 62, 1],
      [100, 50, 1, 100, 50, 60],
    ]);
    expect(segmentsOf(scene.getObjectByName("way to the target"))).toEqual([[0, 0, 60, 100, 50, 60]]);
    const [label] = labels();
    expect([label?.text, Math.round(label?.eastM ?? 0), label?.upM]).toEqual(["SIM-1 goes here", 100, 60]);
  });

  it("of a circle show it round its middle, closed, at its radius", async () => {
    const { scene } = await openLayer(<TargetLayer targets={[target({ radiusM: 80, from: undefined })]} />);
    const circle = segmentsOf(scene.getObjectByName("target")).slice(3);
    expect(circle).toHaveLength(72);
    for (const [x = 0, y = 0, z] of circle) {
      expect(Math.hypot(x - 100, y - 50)).toBeCloseTo(80, 1);
      expect(z).toBe(60);
    }
    expect(circle.at(-1)?.slice(3)).toEqual(circle[0]?.slice(0, 3));
    expect(segmentsOf(scene.getObjectByName("way to the target"))).toEqual([]);
  });

  it.each([true, false])("that are not sent yet (%s) are dashed", async (isPreview) => {
    const { scene } = await openLayer(<TargetLayer targets={[target({ isPreview })]} />);
    const way = scene.getObjectByName("way to the target");
    expect(way instanceof THREE.Mesh && "dashed" in way.material && way.material.dashed).toBe(isPreview);
  });
});

describe("route", () => {
  const place = (eastM: number) => ({ ...commandAt(16, 0, 0, 50), position: at(eastM, 0) });
  const plan = planOfItems([place(0), place(100), place(250)]);

  it("is drawn at its height above the sea, with its shadow below, and the leg being flown over it", async () => {
    const current = new Latest<number | undefined>(undefined);
    const { scene } = await openLayer(
      <RouteLayer plan={new Latest<Plan | undefined>(plan)} currentItemIndex={current} homeAmslM={4} />,
    );
    const legs = [
      [0, 0, 54, 100, 0, 54],
      [100, 0, 54, 250, 0, 54],
    ];
    expect(segmentsOf(scene.getObjectByName("route"))).toEqual(legs);
    expect(segmentsOf(scene.getObjectByName("route on the ground")).map(([, , z]) => z)).toEqual([0.5, 0.5]);
    expect(segmentsOf(scene.getObjectByName("active leg"))).toEqual([]);
    await change(() => current.set(2));
    expect(segmentsOf(scene.getObjectByName("active leg"))).toEqual([legs[1]]);
  });

  it("that is only a draft has no active leg; without a plan there is no route", async () => {
    const shown = new Latest<Plan | undefined>(plan);
    const { scene } = await openLayer(<RouteLayer plan={shown} homeAmslM={4} isDraft />);
    expect(scene.getObjectByName("active leg")).toBeUndefined();
    await change(() => shown.set(undefined));
    expect(segmentsOf(scene.getObjectByName("route"))).toEqual([]);
  });
});
