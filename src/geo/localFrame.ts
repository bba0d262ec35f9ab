import type { EnuPoint, Position } from "./position.js";
import { DEG_PER_RAD, RAD_PER_DEG } from "./angles.js";

// WGS-84 (NIMA TR8350.2, table 3.1).
export const WGS84_SEMI_MAJOR_M = 6378137;
const WGS84_FLATTENING = 1 / 298.257223563;
const E2 = WGS84_FLATTENING * (2 - WGS84_FLATTENING);

/**
 * An east-north-up tangent-plane frame, computed through earth-centred coordinates and so exact at any distance. The plane does
 * not follow the earth's curvature: 10 km out, `upM` of a point at sea level is about -8 m. Heights are above the ellipsoid, or
 * AMSL where the geoid is level enough over the area.
 */
export type LocalFrame = {
  readonly origin: Position;
  readonly toEnu: (position: Position, heightM: number) => EnuPoint;
  readonly toPosition: (point: EnuPoint) => { readonly position: Position; readonly heightM: number };
};

type Ecef = { readonly xM: number; readonly yM: number; readonly zM: number };

/** Earth-centred, earth-fixed coordinates: z through the north pole, x through 0° N 0° E. */
export function ecefFromGeodetic(position: Position, heightM: number): Ecef {
  const latRad = position.latitudeDeg * RAD_PER_DEG;
  const lonRad = position.longitudeDeg * RAD_PER_DEG;
  const sinLat = Math.sin(latRad);
  const cosLat = Math.cos(latRad);
  const primeVerticalM = WGS84_SEMI_MAJOR_M / Math.sqrt(1 - E2 * sinLat * sinLat);
  return {
    xM: (primeVerticalM + heightM) * cosLat * Math.cos(lonRad),
    yM: (primeVerticalM + heightM) * cosLat * Math.sin(lonRad),
    zM: (primeVerticalM * (1 - E2) + heightM) * sinLat,
  };
}

/** Bowring's starting value and Newton-like iteration: below a nanometre after three rounds near the surface. */
function geodeticFromEcef({ xM, yM, zM }: Ecef): { readonly position: Position; readonly heightM: number } {
  const equatorialM = Math.hypot(xM, yM);
  let latRad = Math.atan2(zM, equatorialM * (1 - E2));
  let heightM = 0;
  for (let i = 0; i < 4; i++) {
    const sinLat = Math.sin(latRad);
    const primeVerticalM = WGS84_SEMI_MAJOR_M / Math.sqrt(1 - E2 * sinLat * sinLat);
    heightM = equatorialM / Math.cos(latRad) - primeVerticalM;
    latRad = Math.atan2(zM, equatorialM * (1 - (E2 * primeVerticalM) / (primeVerticalM + heightM)));
  }
  return {
    position: { latitudeDeg: latRad * DEG_PER_RAD, longitudeDeg: Math.atan2(yM, xM) * DEG_PER_RAD },
    heightM,
  };
}

/** The frame at `origin`, whose height 0 is the surface of the ellipsoid. */
export function localFrameAt(origin: Position): LocalFrame {
  const zero = ecefFromGeodetic(origin, 0);
  const sinLat = Math.sin(origin.latitudeDeg * RAD_PER_DEG);
  const cosLat = Math.cos(origin.latitudeDeg * RAD_PER_DEG);
  const sinLon = Math.sin(origin.longitudeDeg * RAD_PER_DEG);
  const cosLon = Math.cos(origin.longitudeDeg * RAD_PER_DEG);
  const toEnu = (position: Position, heightM: number): EnuPoint => {
    const point = ecefFromGeodetic(position, heightM);
    const dx = point.xM - zero.xM;
    const dy = point.yM - zero.yM;
    const dz = point.zM - zero.zM;
    return {
      eastM: -sinLon * dx + cosLon * dy,
      northM: -sinLat * cosLon * dx - sinLat * sinLon * dy + cosLat * dz,
      upM: cosLat * cosLon * dx + cosLat * sinLon * dy + sinLat * dz,
    };
  };
  const toPosition = ({ eastM, northM, upM }: EnuPoint) =>
    geodeticFromEcef({
      xM: zero.xM - sinLon * eastM - sinLat * cosLon * northM + cosLat * cosLon * upM,
      yM: zero.yM + cosLon * eastM - sinLat * sinLon * northM + cosLat * sinLon * upM,
      zM: zero.zM + cosLat * northM + sinLat * upM,
    });
  return { origin, toEnu, toPosition };
}
