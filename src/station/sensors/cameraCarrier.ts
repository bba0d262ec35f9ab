import { localFrameAt } from "../../geo/localFrame.js";
import type { HomeState, VehicleState } from "../../vehicle/vehicleState.js";
import type { Camera } from "./cameraTypes.js";

/** Homes on one field: land is taken to be level so far round it (`groundModel.ts`), and a home is as high as GPS says. */
const SAME_FIELD_M = 500;
const SAME_HEIGHT_M = 5;

/** The vehicle that carries the camera: the one that was named, else the only one; undefined while it is not known. */
export function carrierOf<Vehicle extends Pick<VehicleState, "id">>(
  { carrierId }: Pick<Camera, "carrierId">,
  vehicles: readonly Vehicle[],
): Vehicle | undefined {
  if (carrierId !== undefined) return vehicles.find(({ id }) => id === carrierId);
  return vehicles.length === 1 ? vehicles[0] : undefined;
}

/**
 * Where the vehicle that carries the camera took off: the height of the ground it looks at rests on it. Where nobody says
 * which one that is, only a field that all of them share is known, and otherwise none.
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
