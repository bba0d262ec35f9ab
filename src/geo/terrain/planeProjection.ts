/**
 * The coordinate systems in which files of heights lie, by their EPSG number, as GeoTIFF's keys give it. proj4 calculates;
 * its definitions here are those of the EPSG registry (https://epsg.org), as `gdalsrsinfo -o proj4` prints them.
 */
import proj4 from "proj4";
import type { Position } from "../position.js";

/** In the system's own unit: metres, or degrees where `isGeographic`. */
type PlanePoint = { readonly x: number; readonly y: number };

export type PlaneProjection = {
  readonly isGeographic: boolean;
  readonly toPlane: (position: Position) => PlanePoint;
  readonly toPosition: (point: PlanePoint) => Position;
};

/** Latitude and longitude on an ellipsoid that is WGS 84's within centimetres, or within a metre (ETRS89, NAD83). */
const GEOGRAPHIC: ReadonlySet<number> = new Set([4326, 4979, 4258, 4937, 4171, 4964, 4269, 7912, 9000]);

const LAMBERT_93 = "+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 +ellps=GRS80";
const DEFINITIONS: ReadonlyMap<number, string> = new Map([
  [2154, LAMBERT_93],
  // RGF93 v2 and v2b: moved by centimetres.
  [9793, LAMBERT_93],
  [9794, LAMBERT_93],
  // British National Grid: seven parameters, good to 5 m; the grid of corrections (OSTN15) is not shipped.
  [
    27700,
    "+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy +towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489",
  ],
  // Belgian Lambert 2008 and 72.
  [
    3812,
    "+proj=lcc +lat_0=50.797815 +lon_0=4.35921583333333 +lat_1=49.8333333333333 +lat_2=51.1666666666667 +x_0=649328 +y_0=665262 +ellps=GRS80",
  ],
  [
    31370,
    "+proj=lcc +lat_0=90 +lon_0=4.36748666666667 +lat_1=51.1666672333333 +lat_2=49.8333339 +x_0=150000.013 +y_0=5400088.438 +ellps=intl +towgs84=-106.8686,52.2978,-103.7239,0.3366,-0.457,1.8422,-1.2747",
  ],
  // The Netherlands' RD New.
  [
    28992,
    "+proj=sterea +lat_0=52.1561605555556 +lon_0=5.38763888888889 +k=0.9999079 +x_0=155000 +y_0=463000 +ellps=bessel +towgs84=565.4171,50.3319,465.5524,-0.398957,0.343988,-1.877402,4.0725",
  ],
  // Europe's equal-area grid, and the tiles of web maps.
  [3035, "+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80"],
  [3857, "+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +nadgrids=@null"],
]);

/** Undefined for a system that is not known here: its heights would be somewhere else. */
export function planeProjection(epsg: number): PlaneProjection | undefined {
  if (GEOGRAPHIC.has(epsg)) return DEGREES;
  const definition = DEFINITIONS.get(epsg) ?? zoneDefinition(epsg);
  if (definition === undefined) return undefined;
  const converter = proj4("EPSG:4326", `${definition} +units=m +no_defs`);
  return {
    isGeographic: false,
    toPlane: ({ latitudeDeg, longitudeDeg }) => {
      const [x, y] = converter.forward([longitudeDeg, latitudeDeg]);
      return { x, y };
    },
    toPosition: ({ x, y }) => {
      const [longitudeDeg, latitudeDeg] = converter.inverse([x, y]);
      return { latitudeDeg, longitudeDeg };
    },
  };
}

const DEGREES: PlaneProjection = {
  isGeographic: true,
  toPlane: ({ latitudeDeg, longitudeDeg }) => ({ x: longitudeDeg, y: latitudeDeg }),
  toPosition: ({ x, y }) => ({ latitudeDeg: y, longitudeDeg: x }),
};

/** Systems of many zones. */
function zoneDefinition(epsg: number): string | undefined {
  const within = (from: number, to: number): boolean => epsg >= from && epsg <= to;
  // UTM on WGS 84, north and south, and on ETRS89.
  if (within(32_601, 32_660)) return `+proj=utm +zone=${epsg - 32_600} +ellps=WGS84`;
  if (within(32_701, 32_760)) return `+proj=utm +zone=${epsg - 32_700} +south +ellps=WGS84`;
  if (within(25_828, 25_838)) return `+proj=utm +zone=${epsg - 25_800} +ellps=GRS80`;
  if (!within(3942, 3950)) return undefined;
  // France's nine conic zones, each 42 to 50 degrees north.
  const middleDeg = epsg - 3900;
  const [southDeg, northDeg] = [middleDeg - 0.75, middleDeg + 0.75];
  const northingM = 1_200_000 + 1_000_000 * (middleDeg - 42);
  return `+proj=lcc +lat_0=${middleDeg} +lon_0=3 +lat_1=${southDeg} +lat_2=${northDeg} +x_0=1700000 +y_0=${northingM} +ellps=GRS80`;
}
