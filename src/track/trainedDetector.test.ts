import { describe, expect, it } from "vitest";
import type { Detection, ObjectClass } from "../detect/detection.js";
import type { Detector } from "../detect/detector.js";
import { localFrameAt } from "../geo/localFrame.js";
import { seaLevelGround } from "../geo/ground/seaLevelGround.js";
import { createVision } from "./vision.js";

const HERE = { latitudeDeg: 50.77, longitudeDeg: 1.6 };
const local = localFrameAt(HERE);
const METRES_PER_PIXEL = (2 * 70 * Math.tan((22.5 * Math.PI) / 180)) / 640;
const IMAGE = { widthPx: 640, heightPx: 512, luma: new Uint8Array(640 * 512) };

type Box = Pick<Detection, "class" | "classBasis"> & { readonly lengthM: number; readonly widthM: number };

/** Boxes only, as a neural network gives them: no shape, no contrast. */
const detectorOf = (boxes: readonly Box[]): Detector => ({
  detect: async () => {
    await Promise.resolve();
    return boxes.map(({ lengthM, widthM, class: kind, classBasis }, i) => {
      const [x, y, w, h] = [100 + 150 * i, 240, lengthM / METRES_PER_PIXEL, widthM / METRES_PER_PIXEL];
      const centre = { centroidX: x + w / 2, centroidY: y + h / 2 };
      return { ...{ x, y, w, h }, ...centre, class: kind, classBasis, score: 0.9, shape: undefined };
    });
  },
});

/** Two seconds from 70 m, looking straight down; surface unknown. */
async function contactsOf(boxes: readonly Box[]) {
  const vision = createVision({ ground: seaLevelGround(), detector: detectorOf(boxes) });
  let contacts: Awaited<ReturnType<typeof vision.process>>["contacts"] = [];
  for (let i = 0; i < 20; i++) {
    const { position } = local.toPosition({ eastM: 0, northM: 0, upM: 0 });
    const unixTimeUs = i * 100_000;
    const pose = {
      unixTimeUs,
      sensor: { position, altitudeAmslM: 70 },
      platform: { headingDeg: 0, pitchDeg: 0, rollDeg: 0 },
      gimbal: { azimuthDeg: 0, elevationDeg: -90, rollDeg: 0 },
      ...{ hfovDeg: 45, vfovDeg: 36.7 },
    };
    ({ contacts } = await vision.process({ unixTimeUs, image: IMAGE, pose }));
  }
  return contacts;
}
const classesOf = async (boxes: readonly Box[]): Promise<readonly ObjectClass[]> =>
  (await contactsOf(boxes)).map((contact) => contact.class);

describe("the class of a contact", () => {
  const sizes = { person: [0.6, 0.5], vehicle: [4.5, 1.8], boat: [8, 2] } as const;
  const boxOf = (size: keyof typeof sizes, kind: ObjectClass, classBasis: Box["classBasis"]): Box => ({
    ...{ lengthM: sizes[size][0], widthM: sizes[size][1], class: kind, classBasis },
  });

  it("is the detector's where it knows what things look like, whatever their size", async () => {
    const kinds = ["boat", "person", "vehicle"] as const;
    const boxes = (["person", "vehicle", "boat"] as const).map((size, i) => boxOf(size, kinds[i]!, "appearance"));
    expect(await classesOf(boxes)).toEqual(kinds);
  });

  it("stays unknown where such a detector says so", async () => {
    expect(await classesOf([boxOf("person", "unknown", "appearance")])).toEqual(["unknown"]);
  });

  it("is judged by metres on the ground where the detector only measured pixels", async () => {
    const boxes = (["person", "vehicle", "boat"] as const).map((size) => boxOf(size, "unknown", "size"));
    expect(await classesOf(boxes)).toEqual(["person", "vehicle", "boat"]);
  });

  it("the score is the detector's, and a box alone is as long as its longer side", async () => {
    const [contact] = await contactsOf([boxOf("boat", "boat", "appearance")]);
    expect(contact?.score).toBeCloseTo(0.9, 6);
    expect(contact?.lengthM).toBeCloseTo(8, 1);
  });
});
