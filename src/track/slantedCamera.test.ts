import { describe, expect, it } from "vitest";
import type { Detection } from "../detect/detection.js";
import type { GroundModel } from "../geo/ground/ground.js";
import { localFrameAt } from "../geo/localFrame.js";
import type { FramePose } from "../video/framePose.js";
import type { Contact } from "./contact.js";
import type { Footprint } from "./footprint.js";
import { createVision } from "./vision.js";

/**
 * A camera with a slanted view from 70 m above ground that is 20 m above sea level. The projection of the objects is computed here
 * independently, so that an error in the program's own projection is not repeated in the test.
 */
const HERE = { latitudeDeg: 50.77, longitudeDeg: 1.6 };
const local = localFrameAt(HERE);
const HEIGHT_M = 70;
const GROUND_AMSL_M = 20;
const [WIDTH, HEIGHT, HFOV_DEG, VFOV_DEG] = [640, 512, 45, 36.6];
const RAD = Math.PI / 180;
const ground: GroundModel = {
  heightAt: () => ({ heightAmslM: GROUND_AMSL_M, sigmaM: 2, surface: "land", waterlineDistanceM: undefined }),
};

type View = { readonly azimuthDeg: number; readonly depressionDeg: number };
type Vector = readonly [eastM: number, northM: number, upM: number];
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** Pixel of a point given by its ground distance along the view's azimuth, its distance to the right of it, and its height. */
function pixelOf({ azimuthDeg, depressionDeg }: View, point: Vector): readonly [number, number] {
  const [sa, ca] = [Math.sin(azimuthDeg * RAD), Math.cos(azimuthDeg * RAD)];
  const [sd, cd] = [Math.sin(depressionDeg * RAD), Math.cos(depressionDeg * RAD)];
  const forward: Vector = [sa * cd, ca * cd, -sd];
  const right: Vector = [ca, -sa, 0];
  const down: Vector = [-sa * sd, -ca * sd, -cd];
  const ray: Vector = [point[0], point[1], point[2] - HEIGHT_M];
  const depth = dot(ray, forward);
  return [
    WIDTH / 2 + ((dot(ray, right) / depth) * (WIDTH / 2)) / Math.tan((HFOV_DEG / 2) * RAD),
    HEIGHT / 2 + ((dot(ray, down) / depth) * (HEIGHT / 2)) / Math.tan((VFOV_DEG / 2) * RAD),
  ];
}

const onGround = ({ azimuthDeg, depressionDeg }: View, asideM: number, beyondM: number): readonly [number, number] => {
  const alongM = HEIGHT_M / Math.tan(depressionDeg * RAD) + beyondM;
  const [sa, ca] = [Math.sin(azimuthDeg * RAD), Math.cos(azimuthDeg * RAD)];
  return [alongM * sa + asideM * ca, alongM * ca - asideM * sa];
};

/** One second of a hovering camera looking at a person whose warm centre is 0.9 m above the ground. */
async function look(view: View, asideM: number, beyondM: number) {
  const [eastM, northM] = onGround(view, asideM, beyondM);
  const [x, y] = pixelOf(view, [eastM, northM, 0.9]);
  const person: Detection = {
    ...{ x: x - 3, y: y - 5, w: 6, h: 10, centroidX: x, centroidY: y },
    ...{ class: "person", classBasis: "appearance", score: 0.9, shape: undefined },
  };
  const vision = createVision({ ground, detector: { detect: () => Promise.resolve([person]) } });
  let contacts: readonly Contact[] = [];
  let footprint: Footprint | undefined;
  for (let i = 0; i < 12; i++) {
    const unixTimeUs = i * 100_000;
    const pose: FramePose = {
      unixTimeUs,
      sensor: { position: HERE, altitudeAmslM: GROUND_AMSL_M + HEIGHT_M },
      // The azimuth is divided between aircraft heading and gimbal, as in flight.
      platform: { headingDeg: view.azimuthDeg - 15, pitchDeg: 0, rollDeg: 0 },
      gimbal: { azimuthDeg: 15, elevationDeg: -view.depressionDeg, rollDeg: 0 },
      ...{ hfovDeg: HFOV_DEG, vfovDeg: VFOV_DEG },
    };
    const image = { widthPx: WIDTH, heightPx: HEIGHT, luma: new Uint8Array(WIDTH * HEIGHT) };
    const result = await vision.process({ unixTimeUs, image, pose });
    contacts = result.contacts;
    footprint = result.frameGround;
  }
  const [contact] = contacts;
  if (!contact || !footprint) throw new Error("nothing seen");
  const found = local.toEnu(contact.position, GROUND_AMSL_M);
  return { contact, footprint, errorM: Math.hypot(found.eastM - eastM, found.northM - northM) };
}

/** Angle between two undirected axes, degrees. */
const between = (aDeg: number, bDeg: number): number => Math.abs(((((aDeg - bDeg) % 180) + 270) % 180) - 90);

const VIEWS: readonly View[] = [
  { azimuthDeg: 50, depressionDeg: 40 },
  { azimuthDeg: 310, depressionDeg: 35 },
  { azimuthDeg: 160, depressionDeg: 55 },
];

describe.each(VIEWS)("a camera that looks $depressionDeg° down to $azimuthDeg°", (view) => {
  it.each([
    [0, 0],
    [12, -8],
    [-15, 10],
  ])(
    "review 2: puts a person's feet where they are, not where the warm middle hides the ground (%f m aside, %f m beyond)",
    async (asideM, beyondM) => {
      // The centre, 0.9 m up, projects to ground 0.9 m / tan(depression) behind the person: 0.6 to 1.3 m.
      const { contact, errorM } = await look(view, asideM, beyondM);
      expect(errorM).toBeLessThan(0.1);
      expect(contact.class).toBe("person");
    },
  );

  it("review 2: is least sure of the distance: the long axis of the ellipse lies along the line of sight", async () => {
    const { contact, footprint } = await look(view, 0, 0);
    const axis = view.azimuthDeg % 180;
    expect(between(contact.ellipse95.orientationDeg, axis)).toBeLessThan(5);
    expect(between(footprint.centreEllipse95.orientationDeg, axis)).toBeLessThan(5);
    expect(contact.ellipse95.semiMajorM).toBeGreaterThan(1.1 * contact.ellipse95.semiMinorM);
    // Also in the covariance: east and north are positively correlated where the line of sight runs south-west to north-east.
    const { eastNorthM2 } = contact.covariance;
    expect(Math.sign(eastNorthM2)).toBe(Math.sign(Math.sin(2 * view.azimuthDeg * RAD)));
  });

  it("sees further at the top of its picture than at the bottom", async () => {
    const { footprint } = await look(view, 0, 0);
    const distances = footprint.corners.map(({ position }) => {
      const { eastM, northM } = local.toEnu(position, GROUND_AMSL_M);
      return Math.hypot(eastM, northM);
    });
    const half = (VFOV_DEG / 2) * RAD;
    const topM = HEIGHT_M / Math.tan(view.depressionDeg * RAD - half);
    expect(Math.min(distances[0]!, distances[1]!)).toBeGreaterThan(topM);
    expect(Math.max(distances[2]!, distances[3]!)).toBeLessThan(topM);
    expect(footprint.depressionDeg).toBeCloseTo(view.depressionDeg, 6);
    expect(footprint.azimuthDeg).toBeCloseTo(view.azimuthDeg, 6);
  });
});
