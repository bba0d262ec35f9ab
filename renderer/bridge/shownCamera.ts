import { cameraIdOf } from "../../src/track/sensorIds.js";

/** The camera whose picture these screens show. The messages of others are not for them yet. */
export const SHOWN_CAMERA_ID = cameraIdOf(1);
