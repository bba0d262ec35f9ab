import { localFrameAt } from "../../geo/localFrame.js";
import type { HomeState, VehicleState } from "../../vehicle/vehicleState.js";
import type { Camera } from "./cameraTypes.js";

/**
 * Homes this close count as one field: the ground is assumed level this far around it (`groundModel.ts`), and GPS
 * heights of homes vary.
 */
const SAME_FIELD_M = 500;
const SAME_HEIGHT_M = 5;

/** The vehicle that carries the camera: the configured one, else the only one; undefined while it is unknown. */
export function carrierOf<Vehicle extends Pick<VehicleState, "id">>(
  { carrierId }: Pick<Camera, "carrierId">,
  vehicles: readonly Vehicle[],
): Vehicle | undefined {
  if (carrierId !== undefined) return vehicles.find(({ id }) => id === carrierId);
  return vehicles.length === 1 ? vehicles[0] : undefined;
}

/**
 * Home of the vehicle that carries the camera: it gives the height of the ground in view. Where the carrier is unknown,
 * the home of a field that all vehicles share, otherwise undefined.
 */
export function cameraHome(
  camera: Pick<Camera, "carrierId">,
  vehicles: readonly Pick<VehicleState, "id" | "home">[],
): HomeState | undefined {
  if (camera.carrierId !== undefined) return carrierOf(camera, vehicles)?.home?.value;
  const [first, ...others] = vehicles.map(({ home }) => home?.value);
  if (!first) return undefined;
  const isShared = others.every((home) => home !== undefined && isSameField(first, home));
  return isShared ? first : undefined;
}

function isSameField(a: HomeState, b: HomeState): boolean {
  const { eastM, northM } = localFrameAt(a.position).toEnu(b.position, 0);
  return Math.hypot(eastM, northM) <= SAME_FIELD_M && Math.abs(a.altitudeAmslM - b.altitudeAmslM) <= SAME_HEIGHT_M;
}
