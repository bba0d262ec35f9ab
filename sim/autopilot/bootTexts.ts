import type { Flavour } from "../flavour.js";

type BootText = { readonly atMs: number; readonly text: string };

function ardupilot(banner: string, frame: readonly string[]): readonly BootText[] {
  return [
    { atMs: 200, text: `${banner} V4.7.0-dev (vigie sim)` },
    ...frame.map((text) => ({ atMs: 200, text })),
    { atMs: 600, text: "Barometer 1 calibration complete" },
    { atMs: 900, text: "ArduPilot Ready" },
    { atMs: 1200, text: "EKF3 IMU0 initialised" },
    { atMs: 1800, text: "EKF3 IMU0 tilt alignment complete" },
  ];
}
// PX4 sends no banner; its version is in AUTOPILOT_VERSION.
const NOTHING: readonly BootText[] = [];

/** Texts in the first two seconds after boot; the words are those of recordings. */
export const BOOT_TEXTS: Readonly<
  Record<Flavour["autopilot"], Readonly<Record<Flavour["airframe"], readonly BootText[]>>>
> = {
  ardupilot: {
    copter: ardupilot("ArduCopter", ["Frame: QUAD/X"]),
    plane: ardupilot("ArduPlane", []),
    vtol: ardupilot("ArduPlane", ["QuadPlane Frame: QUAD/X"]),
  },
  px4: { copter: NOTHING, plane: NOTHING, vtol: NOTHING },
};
