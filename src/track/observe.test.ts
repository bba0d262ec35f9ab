import { describe, expect, it } from "vitest";
import type { Detection, ObjectClass } from "../detect/detection.js";
import { localFrameAt } from "../geo/localFrame.js";
import type { GroundFix } from "./geolocate.js";
import { circular } from "./covariance.js";
import { observe } from "./observe.js";
import { SENSOR } from "./testing/slantedView.js";

const frame = localFrameAt(SENSOR);
const PICTURE = { widthPx: 640, heightPx: 512 };
/** An eighth: sizes in metres are then exact in binary, and the ends of each range can be tested exactly. */
const METRES_PER_PIXEL = 0.125;

/** Seen from above, north up; `change` slants it. */
const fixWith = (change: Partial<GroundFix> = {}): GroundFix => ({
  position: SENSOR,
  ground: { heightAmslM: 12, sigmaM: 1, surface: "sea", waterlineDistanceM: undefined },
  slantRangeM: 100,
  perMetreUp: { eastM: 0, northM: 0 },
  ...{ bias: circular(4), noise: circular(0.01) },
  perPixel: { right: { eastM: METRES_PER_PIXEL, northM: 0 }, down: { eastM: 0, northM: -METRES_PER_PIXEL } },
  ...change,
});

type Size = {
  readonly lengthM: number;
  readonly widthM: number;
  readonly contrast?: number;
  readonly angleRad?: number;
};

const detectionOf = ({ lengthM, widthM, contrast = 90, angleRad = 0 }: Size, change: Partial<Detection> = {}) => {
  const [majorPx, minorPx] = [lengthM / METRES_PER_PIXEL, widthM / METRES_PER_PIXEL];
  const box = { x: 100, y: 100, w: majorPx, h: minorPx, centroidX: 100 + majorPx / 2, centroidY: 100 + minorPx / 2 };
  const shape = { majorPx, minorPx, angleRad, contrast };
  const detection: Detection = { ...box, class: "unknown", classBasis: "size", score: 0.7, shape, ...change };
  return detection;
};
const look = (size: Size, change: Partial<Detection> = {}, fix = fixWith()) =>
  observe(detectionOf(size, change), fix, frame, PICTURE);

describe("the class of a warm thing by its metres on the ground", () => {
  it.each<readonly [lengthM: number, widthM: number, kind: ObjectClass]>([
    [0.24, 0.2, "unknown"],
    [0.25, 0.2, "person"],
    [1.8, 0.6, "person"],
    [2.2, 0.6, "person"],
    [2.21, 0.6, "unknown"],
    // A car: from 2.8 by 1 m, up to where only a boat is so long.
    [2.79, 1.5, "unknown"],
    [2.8, 1.5, "vehicle"],
    [3, 0.99, "unknown"],
    [3, 1, "vehicle"],
    [6.19, 2.5, "vehicle"],
    [6.2, 2.5, "boat"],
    // An inflatable: from 4 m on, at least 3.2 times as long as wide.
    [4, 1.25, "boat"],
    [4, 1.26, "vehicle"],
    [3.99, 1.2, "vehicle"],
    [5, 0.5, "boat"],
    // Larger than any of these.
    [14, 5, "boat"],
    [14.01, 5, "unknown"],
    [14, 5.01, "unknown"],
  ])("%f m by %f m: %s", (lengthM, widthM, kind) => {
    expect(look({ lengthM, widthM })).toMatchObject({ class: kind, lengthM, widthM });
  });

  it("a person is warmer than the ground, a boat may be colder", () => {
    const person = { lengthM: 0.6, widthM: 0.5 };
    expect(look({ ...person, contrast: 1 }).class).toBe("person");
    expect(look({ ...person, contrast: 0 }).class).toBe("unknown");
    expect(look({ ...person, contrast: -30 }).class).toBe("unknown");
    expect(look({ lengthM: 8, widthM: 2, contrast: -30 }).class).toBe("boat");
  });

  it("is left alone where the detector knows what it looks like", () => {
    const seen = look({ lengthM: 8, widthM: 2 }, { class: "person", classBasis: "appearance" });
    expect(seen.class).toBe("person");
  });
});

describe("the size of a thing on the ground", () => {
  it("its axis turns with the picture: right is east, down is south", () => {
    expect(look({ lengthM: 3, widthM: 1 }).axisRad).toBeCloseTo(0, 12);
    expect(look({ lengthM: 3, widthM: 1, angleRad: Math.PI / 2 }).axisRad).toBeCloseTo(-Math.PI / 2, 12);
    expect(look({ lengthM: 3, widthM: 1, angleRad: Math.PI / 6 }).axisRad).toBeCloseTo(-Math.PI / 6, 12);
  });

  it("a slanted view squeezes what lies along it: what looks wide may be long", () => {
    // A pixel down covers four times as much ground: 8 px across are 1 m, 4 px along are 2 m.
    const perPixel = { right: { eastM: 0.125, northM: 0 }, down: { eastM: 0, northM: -0.5 } };
    const seen = look({ lengthM: 1, widthM: 0.5 }, {}, fixWith({ perPixel }));
    expect(seen.lengthM).toBeCloseTo(2, 12);
    expect(seen.widthM).toBeCloseTo(1, 12);
    expect(Math.abs(seen.axisRad)).toBeCloseTo(Math.PI / 2, 12);
  });

  it("the picture's right may be any direction: here north-east, down south-east", () => {
    const perPixel = { right: { eastM: 0.06, northM: 0.08 }, down: { eastM: 0.08, northM: -0.06 } };
    const along = look({ lengthM: 2.5, widthM: 1.25 }, {}, fixWith({ perPixel }));
    expect(along.lengthM).toBeCloseTo(2, 12);
    expect(along.widthM).toBeCloseTo(1, 12);
    expect(along.axisRad).toBeCloseTo(Math.atan2(0.08, 0.06), 12);
    const across = look({ lengthM: 2.5, widthM: 1.25, angleRad: Math.PI / 2 }, {}, fixWith({ perPixel }));
    expect(across.axisRad).toBeCloseTo(Math.atan2(-0.06, 0.08), 12);
  });
});

describe("the place of a thing on the ground", () => {
  // What is seen of a person is 0.9 m above its feet; a boat and what is unknown 0.4 m, a car 0.8 m.
  it.each<readonly [ObjectClass, number]>([
    ["person", 0.9],
    ["boat", 0.4],
    ["vehicle", 0.8],
    ["unknown", 0.4],
  ])("of a %s is %f m of height towards the camera from where its warm middle seems to be", (kind, heightM) => {
    const perMetreUp = { eastM: -1.5, northM: 2 };
    const change = { class: kind, classBasis: "appearance" } as const;
    const seen = look({ lengthM: 1, widthM: 1 }, change, fixWith({ perMetreUp }));
    const { eastM, northM } = frame.toEnu(seen.position, 12);
    expect(eastM).toBeCloseTo(-1.5 * heightM, 6);
    expect(northM).toBeCloseTo(2 * heightM, 6);
    expect(seen.heightAmslM).toBe(12);
  });

  it("is less certain by 0.4 m of that height, along the line of sight, in all frames alike", () => {
    const perMetreUp = { eastM: -1.5, northM: 2 };
    const { bias, noise } = look({ lengthM: 1, widthM: 1 }, {}, fixWith({ perMetreUp }));
    expect(bias.eastEastM2).toBeCloseTo(4 + 0.36, 12);
    expect(bias.eastNorthM2).toBeCloseTo(-0.48, 12);
    expect(bias.northNorthM2).toBeCloseTo(4 + 0.64, 12);
    expect(noise).toEqual(circular(0.01));
  });

  it("is of the surface that the ground says, with the detector's score", () => {
    expect(look({ lengthM: 1, widthM: 1 })).toMatchObject({ surface: "sea", score: 0.7 });
  });
});

describe("a thing cut by the edge of the picture", () => {
  const box = (x: number, y: number, w: number, h: number) => look({ lengthM: 1, widthM: 1 }, { x, y, w, h }).isCut;
  it("is one whose box comes within 3 pixels of it, on any side", () => {
    expect(box(3, 3, 634, 506)).toBe(false);
    expect(box(2.9, 100, 10, 10)).toBe(true);
    expect(box(100, 2.9, 10, 10)).toBe(true);
    expect(box(100, 100, 537.1, 10)).toBe(true);
    expect(box(100, 100, 10, 409.1)).toBe(true);
    expect(box(630, 100, 10, 10)).toBe(true);
    expect(box(100, 502, 10, 10)).toBe(true);
  });
});
