import { localFrameAt } from "../../geo/localFrame.js";
import type { HomeState, VehicleState } from "../../vehicle/vehicleState.js";

/** Homes on one field: land is taken to be level so far round it (`groundModel.ts`), and a home is as high as GPS says. */
const SAME_FIELD_M = 500;
const SAME_HEIGHT_M = 5;

/**
 * Where the aircraft that carries the camera took off: the height of the ground it looks at rests on it. With several aircraft
 * nobody says whose the camera is: then only a field that all of them share is known, and otherwise none.
 */
export function cameraHome(states: readonly Pick<VehicleState, "home">[]): HomeState | undefined {
  const [first, ...others] = states.map(({ home }) => home?.value);
  if (!first) return undefined;
  const isShared = others.every((home) => home !== undefined && isSameField(first, home));
  return isShared ? first : undefined;
}

function isSameField(a: HomeState, b: HomeState): boolean {
  const { eastM, northM } = localFrameAt(a.position).toEnu(b.position, 0);
  return Math.hypot(eastM, northM) <= SAME_FIELD_M && Math.abs(a.altitudeAmslM - b.altitudeAmslM) <= SAME_HEIGHT_M;
}
