/* eslint-disable id-denylist -- MAVLink's own field names (lat, lon, altitude, heading) are written here */
import { seededRng } from "../../../src/core/rng.js";
import { wrap360 } from "../../../src/geo/angles.js";
import type { AircraftView } from "../../aircraftView.js";
import type { WireMessage } from "../../wire/mavlinkCodec.js";
import type { Service } from "../service.js";

type Track = {
  readonly kind: "aircraft" | "vessel";
  readonly id: number;
  readonly callsign: string;
  readonly name: string;
  readonly type: number;
  readonly eastM: number;
  readonly northM: number;
  readonly courseDeg: number;
  readonly speedMps: number;
  readonly altitudeAmslM: number;
  readonly dimensionsM: readonly [number, number, number, number];
};

const AIRCRAFT_EVERY_MS = 1000;
const VESSEL_EVERY_MS = 6000;
/** Time after which traffic turns back, so that it stays nearby during a long sortie. */
const TURN_AFTER_S = 600;
const ADSB = { coordinates: 1, altitude: 2, heading: 4, velocity: 8, callsign: 16, squawk: 32, simulated: 64 } as const;
const ADSB_FLAGS = Object.values(ADSB).reduce((all, flag) => all | flag, 0);
const AIS = { cog: 2, velocity: 4, dimensions: 64, largeBow: 128, callsign: 2048, name: 4096 } as const;
const LARGEST_M = 511;

const NO_DIMENSIONS = [0, 0, 0, 0] as const;
type Sketch = Pick<Track, "id" | "callsign" | "type" | "eastM" | "northM" | "courseDeg" | "speedMps">;
const aircraft = (sketch: Sketch, altitudeAmslM: number): Track => ({
  ...sketch,
  ...{ kind: "aircraft", name: "", altitudeAmslM, dimensionsM: NO_DIMENSIONS },
});
const vessel = (sketch: Sketch, name: string, dimensionsM: Track["dimensionsM"]): Track => ({
  ...sketch,
  ...{ kind: "vessel", name, altitudeAmslM: 0, dimensionsM },
});

/** Two aircraft over the coast and three vessels at sea; positions vary slightly with the seed. */
function tracksFor(seed: number): readonly Track[] {
  const rng = seededRng(seed * 7919 + 5);
  const near = (value: number, spread: number): number => value + spread * (rng.uniform() - 0.5);
  const moving = (eastM: number, northM: number, courseDeg: number, speedMps: number) => ({
    ...{ eastM, northM, courseDeg: near(courseDeg, 20), speedMps },
  });
  return [
    aircraft({ id: 0x3a_1f04, callsign: "FGKSA", type: 1, ...moving(-2500, 1800, 95, 55) }, near(450, 80)),
    aircraft({ id: 0x40_6b2c, callsign: "RESCUE1", type: 7, ...moving(3200, -2600, 300, 45) }, near(180, 60)),
    vessel(
      { id: 227_006_000, callsign: "FABC", type: 60, ...moving(-9000, 6000, 310, 9) },
      "COTE D OPALE",
      [120, 60, 14, 14],
    ),
    vessel({ id: 235_112_500, callsign: "MWXY2", type: 70, ...moving(-14_000, -3000, 40, 7) }, "CHANNEL TRADER", [
      LARGEST_M,
      80,
      20,
      20,
    ]),
    vessel({ id: 227_123_450, callsign: "", type: 30, ...moving(-3500, 1200, 180, 2) }, "PETIT BATEAU", NO_DIMENSIONS),
  ];
}

type Placed = { readonly latDegE7: number; readonly lonDegE7: number; readonly courseDeg: number };

/** Back and forth along the course. */
function placed(track: Track, nowMs: number, view: AircraftView): Placed {
  const cycleS = (nowMs / 1000) % (2 * TURN_AFTER_S);
  const isBack = cycleS > TURN_AFTER_S;
  const alongM = track.speedMps * (isBack ? 2 * TURN_AFTER_S - cycleS : cycleS);
  const course = (track.courseDeg * Math.PI) / 180;
  const enu = {
    eastM: track.eastM + alongM * Math.sin(course),
    northM: track.northM + alongM * Math.cos(course),
    upM: 0,
  };
  const { position } = view.frame.toPosition(enu);
  return {
    latDegE7: Math.round(position.latitudeDeg * 1e7),
    lonDegE7: Math.round(position.longitudeDeg * 1e7),
    courseDeg: wrap360(track.courseDeg + (isBack ? 180 : 0)),
  };
}

function adsbVehicle(track: Track, { latDegE7, lonDegE7, courseDeg }: Placed): WireMessage {
  return {
    name: "ADSB_VEHICLE",
    fields: {
      ICAOAddress: track.id,
      lat: latDegE7,
      lon: lonDegE7,
      altitudeType: 1,
      altitude: Math.round(track.altitudeAmslM * 1000),
      heading: Math.round(courseDeg * 100),
      horVelocity: Math.round(track.speedMps * 100),
      verVelocity: 0,
      callsign: track.callsign,
      emitterType: track.type,
      tslc: 0,
      flags: ADSB_FLAGS,
      squawk: 7000,
    },
  };
}

function aisVessel(track: Track, { latDegE7, lonDegE7, courseDeg }: Placed): WireMessage {
  const [bow, stern, port, starboard] = track.dimensionsM;
  const optional = (isThere: boolean, flag: number): number => (isThere ? flag : 0);
  return {
    name: "AIS_VESSEL",
    fields: {
      MMSI: track.id,
      lat: latDegE7,
      lon: lonDegE7,
      COG: Math.round(courseDeg * 100),
      heading: Math.round(courseDeg * 100),
      velocity: Math.round(track.speedMps * 100),
      turnRate: 0,
      navigationalStatus: 0,
      type: track.type,
      dimensionBow: bow,
      dimensionStern: stern,
      dimensionPort: port,
      dimensionStarboard: starboard,
      callsign: track.callsign,
      name: track.name,
      tslc: 1,
      flags:
        AIS.cog |
        AIS.velocity |
        AIS.name |
        optional(bow > 0, AIS.dimensions) |
        optional(bow === LARGEST_M, AIS.largeBow) |
        optional(track.callsign !== "", AIS.callsign),
    },
  };
}

/** Traffic received as ADSB_VEHICLE and AIS_VESSEL; not actors of the scenario. */
export function createTraffic(view: AircraftView): Service {
  const tracks = tracksFor(view.seed);
  const dueMs = new Map(tracks.map(({ id }, i) => [id, i * 250]));
  return {
    receive: () => undefined,
    tick: (nowMs) =>
      tracks.flatMap((track) => {
        if (nowMs < (dueMs.get(track.id) ?? 0)) return [];
        dueMs.set(track.id, nowMs + (track.kind === "aircraft" ? AIRCRAFT_EVERY_MS : VESSEL_EVERY_MS));
        const where = placed(track, nowMs, view);
        return [track.kind === "aircraft" ? adsbVehicle(track, where) : aisVessel(track, where)];
      }),
  };
}
