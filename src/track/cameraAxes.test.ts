import { describe, expect, it } from "vitest";
import { cameraAxes, rayAt, type Angles, type Vector3 } from "./cameraAxes.js";

const R = Math.SQRT1_2;
type Triple = readonly [eastM: number, northM: number, upM: number];
const anglesOf = (platform: Triple, gimbal: Triple): Angles => ({
  platform: { headingDeg: platform[0], pitchDeg: platform[1], rollDeg: platform[2] },
  gimbal: { azimuthDeg: gimbal[0], elevationDeg: gimbal[1], rollDeg: gimbal[2] },
});

/** Rounded to 1e-9; adding 0 turns -0 into 0. */
const rounded = ({ eastM, northM, upM }: Vector3): Triple => {
  const cell = (value: number): number => Math.round(value * 1e9) / 1e9 + 0;
  return [cell(eastM), cell(northM), cell(upM)];
};
const close = (found: Vector3, expected: Triple): void => {
  rounded(found).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 8));
};

describe("the axes of the camera, east north up", () => {
  // By hand: heading and azimuth turn clockwise, pitch and elevation raise the nose, roll lowers the right side.
  it.each<readonly [string, Triple, Triple, { forward: Triple; right: Triple; down: Triple }]>([
    ["level, to the north", [0, 0, 0], [0, 0, 0], { forward: [0, 1, 0], right: [1, 0, 0], down: [0, 0, -1] }],
    ["level, to the east", [90, 0, 0], [0, 0, 0], { forward: [1, 0, 0], right: [0, -1, 0], down: [0, 0, -1] }],
    ["nose up 45°", [0, 45, 0], [0, 0, 0], { forward: [0, R, R], right: [1, 0, 0], down: [0, R, -R] }],
    ["banked right 45°", [0, 0, 45], [0, 0, 0], { forward: [0, 1, 0], right: [R, 0, -R], down: [-R, 0, -R] }],
    ["to the right of the nose", [0, 0, 0], [90, 0, 0], { forward: [1, 0, 0], right: [0, -1, 0], down: [0, 0, -1] }],
    ["down 45°", [0, 0, 0], [0, -45, 0], { forward: [0, R, -R], right: [1, 0, 0], down: [0, -R, -R] }],
    ["rolled right 45°", [0, 0, 0], [0, 0, 45], { forward: [0, 1, 0], right: [R, 0, -R], down: [-R, 0, -R] }],
    ["nadir, flying east", [90, 0, 0], [0, -90, 0], { forward: [0, 0, -1], right: [0, -1, 0], down: [-1, 0, 0] }],
    // Heading east and gimbal 90° to the left cancel out; bank and elevation then act about the same axis.
    ["bank seen from the side", [90, 0, 45], [-90, 45, 0], { forward: [0, 0, 1], right: [1, 0, 0], down: [0, 1, 0] }],
    // Nose up 45° and camera down 45° leave a level camera.
    ["pitch undone by elevation", [0, 45, 0], [0, -45, 0], { forward: [0, 1, 0], right: [1, 0, 0], down: [0, 0, -1] }],
    // Pitched up by 90° the nose points to the zenith, and what was azimuth turns about the horizontal.
    ["pitch before azimuth", [0, 90, 0], [90, 0, 0], { forward: [1, 0, 0], right: [0, 0, -1], down: [0, 1, 0] }],
    // Elevation is applied after azimuth and before roll: rolled 90°, the right side hangs along the slanted down axis.
    [
      "roll about the slanted axis",
      [0, 0, 0],
      [0, -45, 90],
      { forward: [0, R, -R], right: [0, -R, -R], down: [-1, 0, 0] },
    ],
    [
      "yaw, pitch and roll at once",
      [90, 45, 90],
      [0, 0, 0],
      { forward: [R, 0, R], right: [R, 0, -R], down: [0, 1, 0] },
    ],
  ])("%s", (_, platform, gimbal, expected) => {
    const axes = cameraAxes(anglesOf(platform, gimbal));
    close(axes.forward, expected.forward);
    close(axes.right, expected.right);
    close(axes.down, expected.down);
  });

  it("stay a right-handed frame of unit vectors, whatever the six angles", () => {
    const dot = (a: Vector3, b: Vector3): number => a.eastM * b.eastM + a.northM * b.northM + a.upM * b.upM;
    const { forward, right, down } = cameraAxes(anglesOf([37, -12, 21], [64, -33, 17]));
    for (const axis of [forward, right, down]) expect(dot(axis, axis)).toBeCloseTo(1, 12);
    const across: Vector3 = {
      eastM: forward.northM * right.upM - forward.upM * right.northM,
      northM: forward.upM * right.eastM - forward.eastM * right.upM,
      upM: forward.eastM * right.northM - forward.northM * right.eastM,
    };
    expect(dot(across, down)).toBeCloseTo(1, 12);
  });

  it("a ray leans to the picture's right and bottom by its tangents", () => {
    const level = cameraAxes(anglesOf([0, 0, 0], [0, 0, 0]));
    close(rayAt(level, 0.5, 0.25), [0.5, 1, -0.25]);
    const slanted = cameraAxes(anglesOf([0, 0, 0], [0, -45, 0]));
    close(rayAt(slanted, 2, 1), [2, 0, -2 * R]);
    // Banked to the right, what is right in the picture is lower.
    close(rayAt(cameraAxes(anglesOf([0, 0, 45], [0, 0, 0])), 1, 0), [R, 1, -R]);
  });
});
