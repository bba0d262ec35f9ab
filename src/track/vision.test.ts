import { describe, expect, it } from "vitest";
import { drawScene, type Thing } from "../detect/testing/scene.js";
import { seededRng } from "../core/rng.js";
import { localFrameAt } from "../geo/localFrame.js";
import type { FramePose } from "../video/framePose.js";
import type { Contact } from "./contact.js";
import { seaLevelGround } from "../geo/ground/seaLevelGround.js";
import { createVision } from "./vision.js";
import type { VisionResult } from "./visionTypes.js";

/**
 * A camera that looks straight down from 70 m and flies north at 8 m/s over objects on level ground; its reported pose is off
 * by `bias`. Independent of the simulator: in nadir view the projection is only a scale and an offset.
 */
const HOME = { latitudeDeg: 50.77, longitudeDeg: 1.6 };
const FRAME = localFrameAt(HOME);
const HEIGHT_M = 70;
const HFOV_DEG = 45;
const MPP = (2 * HEIGHT_M * Math.tan((HFOV_DEG / 2) * (Math.PI / 180))) / 640;
const VFOV_DEG = 2 * Math.atan((256 * MPP) / HEIGHT_M) * (180 / Math.PI);

type Place = { eastM: number; northM: number };
type Item = {
  at: (timeS: number) => Place;
  lengthM: number;
  widthM: number;
  level: number;
  isLit?: (timeS: number) => boolean;
};
const person = (eastM: number, northM: number, velocity: Place = { eastM: 0, northM: 0 }): Item => ({
  at: (t) => ({ eastM: eastM + velocity.eastM * t, northM: northM + velocity.northM * t }),
  lengthM: 0.55,
  widthM: 0.45,
  level: 110,
});

type Flight = {
  items: readonly Item[];
  path: (timeS: number) => Place;
  bias?: (timeS: number) => Place;
  durationS: number;
  fps?: number;
  startOverAtS?: number;
};

async function fly({
  items,
  path,
  bias = () => ({ eastM: 0, northM: 0 }),
  durationS,
  fps = 10,
  startOverAtS,
}: Flight): Promise<{
  results: VisionResult[];
  contacts: readonly Contact[];
  appearedS: Map<string, number>;
}> {
  const vision = createVision({ ground: seaLevelGround(0.5) });
  const results: VisionResult[] = [];
  const appearedS = new Map<string, number>();
  for (let i = 0; i < durationS * fps; i++) {
    const t = i / fps;
    if (t === startOverAtS) vision.startOver();
    const camera = path(t);
    const b = bias(t);
    const things = items.flatMap((item): Thing[] => {
      if (item.isLit && !item.isLit(t)) return [];
      const at = item.at(t);
      const x = 320 + (at.eastM - camera.eastM) / MPP;
      const y = 256 - (at.northM - camera.northM) / MPP;
      return [
        {
          x,
          y,
          halfLength: item.lengthM / 2 / MPP,
          halfWidth: item.widthM / 2 / MPP,
          level: item.level,
          isRound: item.lengthM < 2,
        },
      ];
    });
    const position = FRAME.toPosition({
      eastM: camera.eastM + b.eastM,
      northM: camera.northM + b.northM,
      upM: 0,
    }).position;
    const pose: FramePose = {
      unixTimeUs: Math.round(t * 1e6),
      sensor: { position, altitudeAmslM: HEIGHT_M },
      platform: { headingDeg: 0, pitchDeg: 0, rollDeg: 0 },
      gimbal: { azimuthDeg: 0, elevationDeg: -90, rollDeg: 0 },
      hfovDeg: HFOV_DEG,
      vfovDeg: VFOV_DEG,
    };
    const result = await vision.process({ unixTimeUs: pose.unixTimeUs, image: drawScene({ seed: i, things }), pose });
    for (const id of result.newContacts) appearedS.set(id, t);
    results.push(result);
  }
  return { results, contacts: results.at(-1)?.contacts ?? [], appearedS };
}

const placeOf = (contact: Contact): Place => FRAME.toEnu(contact.position, 0);
const NORTH_8 = (t: number): Place => ({ eastM: 0, northM: -40 + 8 * t });

describe("vision over time", () => {
  it("turns people in view into contacts within half a second, each once, where they are", async () => {
    const people = [person(-5, 0), person(-2.4, 0.2), person(3, 5)];
    const { contacts, appearedS } = await fly({ items: people, path: () => ({ eastM: 0, northM: 0 }), durationS: 2 });
    expect(contacts.map((contact) => contact.class)).toEqual(["person", "person", "person"]);
    for (const item of people) {
      const near = contacts.map((contact) =>
        Math.hypot(placeOf(contact).eastM - item.at(0).eastM, placeOf(contact).northM - item.at(0).northM),
      );
      expect(Math.min(...near)).toBeLessThan(0.3);
    }
    expect(Math.max(...appearedS.values())).toBeLessThanOrEqual(0.6);
  });

  it("does not double a standing group that the second pass sees shifted by 2 m, nor merge it", async () => {
    const people = [0, 2.6, 5.2, 8].map((eastM, i) => person(eastM - 4, i % 2 === 0 ? 0 : 1.5));
    const there = (t: number): Place =>
      t < 10 ? { eastM: 0, northM: -40 + 8 * t } : { eastM: 12, northM: 40 - 8 * (t - 10) };
    const bias = (t: number): Place => (t < 10 ? { eastM: 0, northM: 0 } : { eastM: 1.6, northM: -1.2 });
    const { contacts } = await fly({ items: people, path: there, bias, durationS: 20 });
    expect(contacts).toHaveLength(4);
    expect(contacts.every((contact) => contact.lastSeenUnixUs > 12e6 && contact.firstSeenUnixUs < 8e6)).toBe(true);
  });

  it("keeps the stated error honest: a bias common to all frames is not averaged away", async () => {
    const { contacts } = await fly({
      items: [person(0, 0)],
      path: NORTH_8,
      durationS: 9,
      bias: () => ({ eastM: 1.5, northM: 1 }),
    });
    expect(contacts).toHaveLength(1);
    expect(contacts[0]?.observationCount).toBeGreaterThan(40);
    expect(contacts[0]?.ce95M).toBeGreaterThan(2.5);
    expect(contacts[0]?.ce95M).toBeLessThan(8);
  });

  it("ignores flashes shorter than 0.3 s, a bird, and a weak warm stone", async () => {
    const rng = seededRng(3);
    const flashes = Array.from({ length: 12 }, (_, i): Item => {
      const startS = 1 + rng.uniform() * 6;
      return { ...person(-8 + i * 1.4, -20 + i * 3), isLit: (t) => t > startS && t < startS + 0.28 };
    });
    const gull: Item = { ...person(-15, -30, { eastM: 3, northM: 10 }), lengthM: 0.4, widthM: 0.3, level: 60 };
    const stone: Item = { ...person(4, 2), lengthM: 0.8, widthM: 0.6, level: 28 };
    const { contacts } = await fly({ items: [...flashes, gull, stone], path: NORTH_8, durationS: 9, fps: 20 });
    expect(contacts).toEqual([]);
  });

  it("tells a walker's speed and course, and none for somebody standing", async () => {
    const { contacts } = await fly({
      items: [person(-6, -6, { eastM: 1.2, northM: 0 }), person(6, 6)],
      path: () => ({ eastM: 0, northM: 0 }),
      durationS: 6,
    });
    const [walker, standing] = [...contacts].sort((a, b) => (b.groundSpeedMps ?? 0) - (a.groundSpeedMps ?? 0));
    expect(walker?.groundSpeedMps).toBeCloseTo(1.2, 1);
    expect(walker?.courseDeg).toBeCloseTo(90, -1);
    expect(standing?.groundSpeedMps).toBeUndefined();
  });

  it("sees one boat in a hull with engine and people aboard, and the person 2 m beside it", async () => {
    const hull: Item = { at: () => ({ eastM: 0, northM: 0 }), lengthM: 8, widthM: 2, level: 50 };
    const aboard = [-3.6, -1, 1.5].map((eastM) => person(eastM, 0));
    const { contacts, results } = await fly({ items: [hull, ...aboard, person(1, 3.2)], path: NORTH_8, durationS: 9 });
    expect(contacts.map((contact) => contact.class).sort()).toEqual(["boat", "person"]);
    expect(contacts.find((contact) => contact.class === "boat")?.lengthM).toBeCloseTo(8, -0.3);
    const boxes = results.flatMap((result) => result.boxes.filter((box) => box.contactId !== undefined));
    expect(new Set(boxes.map((box) => box.contactId)).size).toBe(2);
  });

  it("shows detections without a pose, but claims no place", async () => {
    const vision = createVision({ ground: seaLevelGround() });
    const image = drawScene({ seed: 1, things: [{ x: 100, y: 100, halfLength: 3, halfWidth: 3, level: 100 }] });
    for (let i = 0; i < 30; i++) {
      const result = await vision.process({ unixTimeUs: i * 40_000, image, pose: undefined });
      expect(result).toMatchObject({ frameGround: undefined, contacts: [], areContactsChanged: false });
      expect(result.boxes).toMatchObject([{ contactId: undefined }]);
    }
  });

  it("forgets every contact when another sortie begins, and never gives a number twice", async () => {
    const still = (): Place => ({ eastM: 0, northM: 0 });
    const items = [person(-5, 0), person(3, 5)];
    const { results, contacts } = await fly({ items, path: still, durationS: 4, startOverAtS: 2 });
    expect(results[19]?.contacts.map((contact) => contact.id)).toEqual(["C-1", "C-2"]);
    expect(results[20]).toMatchObject({ contacts: [], newContacts: [] });
    expect(contacts.map((contact) => contact.id)).toEqual(["C-3", "C-4"]);
    expect(contacts.every((contact) => contact.firstSeenUnixUs >= 2e6)).toBe(true);
  });

  it("gives the same contacts again from the same frames", async () => {
    const flight: Flight = { items: [person(0, 0), person(3, 1)], path: NORTH_8, durationS: 9 };
    expect((await fly(flight)).contacts).toEqual((await fly(flight)).contacts);
  });
});
