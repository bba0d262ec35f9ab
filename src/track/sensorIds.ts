import type { Brand } from "../core/brand.js";

/** One camera of the station, stable from its start to its end: "camera-1" is the first in the list it was started with. */
export type CameraId = Brand<string, "CameraId">;

/** A sensor that is not a camera: a receiver of AIS, a radar, a feed of CoT events. */
export type SensorId = Brand<string, "SensorId">;

/** `number`: from 1. */
export const cameraIdOf = (number: number): CameraId => `camera-${number}` as CameraId;
