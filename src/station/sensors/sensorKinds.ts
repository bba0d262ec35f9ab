import type { SensorKinds } from "./sensor.js";

/**
 * The kinds of sensor, by the word that begins their URI: `ais+udp://:10110` is the sensor "ais" at `udp://:10110`. To
 * add one, write a file beside this one and list it here.
 */
export const SENSORS: SensorKinds = {};

/** The kind and the address in a sensor's URI; undefined where it has no kind. */
export function sensorUri(uri: string): { readonly kind: string; readonly address: string } | undefined {
  const [, kind, address] = /^([a-z0-9-]+)\+(.+)$/.exec(uri) ?? [];
  return kind !== undefined && address !== undefined ? { kind, address } : undefined;
}
