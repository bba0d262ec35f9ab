import type { Brand } from "../core/brand.js";

/** One camera of the station: "camera-1" is the first in the list it was started with. Stable until the station ends. */
export type CameraId = Brand<string, "CameraId">;

/** A sensor other than a camera: an AIS receiver, a radar, a CoT feed. */
export type SensorId = Brand<string, "SensorId">;

/** `number` counts from 1. */
export const cameraIdOf = (number: number): CameraId => `camera-${number}` as CameraId;
