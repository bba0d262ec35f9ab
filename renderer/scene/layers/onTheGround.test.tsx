// @vitest-environment happy-dom
/** With heights of the ground everything that stands or lies on it does so there, not at sea level. */
import { useEffect } from "react";
import * as THREE from "three";
import { describe, expect, it } from "vitest";
import type { VideoFrame } from "../../../src/contract/messages.js";
import { commandAt, planOfItems } from "../../../src/plan/testing/planBuilders.js";
import { settingsStore } from "../../app/settings.js";
import { Latest } from "../../bridge/latest.js";
import { useStore } from "../../bridge/StoresContext.js";
import { aContact } from "../../bridge/testing/builders.js";
import type { Surface } from "../geometry/surface.js";
import { at, change, instancesNamed, meshNamed, openLayer, pointerAt, segmentsOf } from "../testing/openLayer.js";
import { ContactLayer } from "./ContactLayer.js";
import type { FoundPlace } from "../find/finder.js";
import type { Measuring } from "../measure/measuring.js";
import { FootprintLayer } from "./FootprintLayer.js";
import { FoundLayer } from "./FoundLayer.js";
import { GraticuleLayer } from "./GraticuleLayer.js";
import { HandlePoints } from "./HandlePoints.js";
import { HomeLayer } from "./HomeLayer.js";
import { MeasureLayer } from "./MeasureLayer.js";
import { RouteLayer } from "./RouteLayer.js";
import { TargetLayer } from "./TargetLayer.js";
import { VehicleLayer } from "./VehicleLayer.js";

/** Rises by a metre every ten to the east. */
const SLOPE: Surface = { heightM: (eastM) => Math.max(0, eastM / 10), highestM: 1000 };

const labelUpM = (labels: readonly { readonly id: string; readonly upM: number }[], id: string) =>
  labels.find((label) => label.id.includes(id))?.upM;

/** As with the switch in the settings on. */
function GraticuleInUse() {
  const settings = useStore(settingsStore);
  useEffect(() => settings.change({ isGraticuleShown: true }), [settings]);
  return <GraticuleLayer />;
}

describe("on a slope", () => {
  it("contacts and their labels stand on the ground, and are picked where they are drawn", async () => {
    const picked: string[] = [];
    const layer = await openLayer(
      <ContactLayer
        contacts={new Latest([aContact({ id: "C-1", class: "boat", position: at(200, 0) })])}
        selectedId={new Latest<string | undefined>(undefined)}
        onSelect={(id) => picked.push(id)}
        describe={({ id }) => id}
        isOld={() => false}
      />,
      SLOPE,
    );
    layer.draw(0);
    for (const name of ["boat marks", "ellipses"]) {
      const matrix = new THREE.Matrix4();
      instancesNamed(layer.scene, name).getMatrixAt(0, matrix);
      expect(Math.round(new THREE.Vector3().setFromMatrixPosition(matrix).z)).toBe(name === "ellipses" ? 20 : 21);
    }
    expect(labelUpM(layer.labels(), "C-1")).toBeCloseTo(20.6, 3);
    const asked: number[] = [];
    const event = pointerAt(840, 360);
    const toScreen: typeof event.toScreen = (position, heightAmslM) => {
      asked.push(Math.round(heightAmslM));
      return event.toScreen(position, heightAmslM);
    };
    for (const { onClick } of layer.handlers()) onClick?.({ ...event, toScreen });
    expect([picked, asked]).toEqual([["C-1"], [21]]);
  });

  it("home and the corners of an area stand on it", async () => {
    const home = await openLayer(<HomeLayer home={new Latest(at(300, 0))} />, SLOPE);
    home.draw(0);
    expect(home.scene.getObjectByName("home")?.position.z).toBeCloseTo(30.5, 3);
    expect(labelUpM(home.labels(), "home")).toBeCloseTo(30, 3);
    const handles = await openLayer(<HandlePoints places={[at(100, 0)]} sizePx={10} fill="#fff" rim="#000" />, SLOPE);
    const points = handles.scene.getObjectByName("handles");
    if (!(points instanceof THREE.Points)) throw new Error("no handles");
    expect((points.geometry as THREE.BufferGeometry).getAttribute("position").getZ(0)).toBeCloseTo(10.8, 3);
  });

  it("an aircraft's stem ends on it, and one that would be under it is drawn upon it", async () => {
    const vehicle = { name: "", label: "", headingDeg: 0, pitchDeg: 0, rollDeg: 0, isTarget: true, isOld: false };
    const vehicles = [
      { ...vehicle, id: "high", position: at(200, 0), altitudeAmslM: 90 },
      { ...vehicle, id: "low", position: at(500, 0), altitudeAmslM: 10 },
    ];
    const { scene, draw, labels } = await openLayer(<VehicleLayer vehicles={new Latest(vehicles)} />, SLOPE);
    draw(0);
    const heightsOf = (id: string) => {
      const group = scene.getObjectByName(`vehicle ${id}`);
      if (!group) throw new Error(`no vehicle ${id}`);
      const stem = group.children.find((child) => child instanceof THREE.LineSegments);
      return [group.position.z, group.position.z + meshNamed(group, "body").position.z, stem?.scale.z].map(
        (heightM) => Math.round((heightM ?? Number.NaN) * 10) / 10,
      );
    };
    expect(heightsOf("high")).toEqual([20, 90, 70]);
    expect(heightsOf("low")).toEqual([50, 50.5, 0.5]);
    expect(labelUpM(labels(), "low")).toBeCloseTo(50.5, 3);
  });

  it("a measured line follows it, and its first point is closed where it is drawn", async () => {
    const measuring = new Latest<Measuring | undefined>({ places: [at(0, 0), at(300, 0)], isClosed: false });
    const layer = await openLayer(<MeasureLayer measuring={measuring} />, SLOPE);
    const line = segmentsOf(layer.scene.getObjectByName("measured line"));
    expect(line.length).toBe(10);
    for (const [eastM = 0, , upM = 0] of line) expect(upM).toBeCloseTo(SLOPE.heightM(eastM, 0) + 0.7, 1);
    expect(labelUpM(layer.labels(), "leg 0")).toBeCloseTo(15, 1);
    const asked: number[] = [];
    const event = pointerAt(640, 260);
    const toScreen: typeof event.toScreen = (position, heightAmslM) => {
      asked.push(Math.round(heightAmslM));
      return event.toScreen(position, heightAmslM);
    };
    await change(() => {
      for (const { onClick } of layer.handlers()) onClick?.({ ...event, toScreen });
    });
    expect(asked).toEqual([30]);
  });

  it("the lines of latitude and longitude follow it", async () => {
    const { scene, draw, labels } = await openLayer(<GraticuleInUse />, SLOPE);
    draw(0);
    const lines = segmentsOf(scene.getObjectByName("graticule"));
    expect(lines.length).toBeGreaterThan(1000);
    for (const [eastM = 0, , upM = 0] of lines)
      expect(Math.abs(upM - SLOPE.heightM(eastM, 0) - 0.4)).toBeLessThan(0.02);
    for (const { eastM, upM } of labels()) expect(upM).toBeCloseTo(SLOPE.heightM(eastM, 0), 6);
  });

  it("a place that was searched for is marked on it", async () => {
    const shown = new Latest<FoundPlace | undefined>({ position: at(200, 0), label: "Wissant" });
    const { scene, labels } = await openLayer(<FoundLayer shown={shown} />, SLOPE);
    const points = scene.getObjectByName("handles");
    if (!(points instanceof THREE.Points)) throw new Error("no mark");
    expect((points.geometry as THREE.BufferGeometry).getAttribute("position").getZ(0)).toBeCloseTo(20.8, 3);
    expect(labels().map(({ text, upM }) => [text, Math.round(upM)])).toEqual([["Wissant", 20]]);
    await change(() => shown.set(undefined));
    expect([labels(), scene.getObjectByName("handles")]).toEqual([[], undefined]);
  });

  it("a target's cross lies on it, and the route's shadow follows it", async () => {
    const target = { id: "t", from: undefined, position: at(400, 0), altitudeAmslM: 120, radiusM: 0, label: "" };
    const targets = await openLayer(<TargetLayer targets={[{ ...target, isPreview: false }]} />, SLOPE);
    const upright = segmentsOf(targets.scene.getObjectByName("target")).at(-1);
    expect([upright?.[2], upright?.[5]]).toEqual([41, 120]);
    const place = (eastM: number) => ({ ...commandAt(16, 0, 0, 50), position: at(eastM, 0) });
    const plan = planOfItems([place(0), place(250)]);
    const route = await openLayer(<RouteLayer plan={new Latest(plan)} homeAmslM={0} isDraft />, SLOPE);
    const shadow = segmentsOf(route.scene.getObjectByName("route on the ground"));
    expect(shadow.length).toBe(9);
    expect(shadow.at(-1)?.[5]).toBeCloseTo(25.5, 1);
    for (const [eastM = 0, , upM = 0] of shadow) expect(upM).toBeCloseTo(SLOPE.heightM(eastM, 0) + 0.5, 1);
  });

  it("the thermal picture lies on it, corner by corner", async () => {
    const corner = (eastM: number, northM: number) => ({ position: at(eastM, northM), heightAmslM: eastM / 10 });
    const frame: VideoFrame = {
      ...{ frameId: 1, unixTimeUs: 1, widthPx: 1, heightPx: 1, luma: new Uint8Array(1), boxes: [] },
      ground: {
        corners: [corner(100, 200), corner(300, 200), corner(300, 50), corner(100, 50)],
        centre: corner(200, 100),
        centreEllipse95: { semiMajorM: 1, semiMinorM: 1, orientationDeg: 0 },
        sensor: { position: at(200, 0), altitudeAmslM: 90 },
        ...{ depressionDeg: 30, azimuthDeg: 0, hfovDeg: 45 },
      },
    };
    const layer = await openLayer(<FootprintLayer video={new Latest(frame)} thermalPalette="white-hot" />, SLOPE);
    layer.draw(0);
    const places = meshNamed(layer.scene, "thermal footprint").geometry.getAttribute("position");
    expect([0, 1, 2, 3].map((i) => Math.round(places.getZ(i) * 10) / 10)).toEqual([10.3, 30.3, 30.3, 10.3]);
  });
});
