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
/** Everyone turns back when so far away, so that a long sortie keeps its company. */
const TURN_AFTER_S = 600;
const ADSB = { coordinates: 1, altitude: 2, heading: 4, velocity: 8, callsign: 16, squawk: 32, simulated: 64 } as const;
const ADSB_FLAGS = Object.values(ADSB).reduce((all, flag) => all | flag, 0);
const AIS = { cog: 2, velocity: 4, dimensions: 64, largeBow: 128, callsign: 2048, name: 4096 } as const;
const LARGEST_M = 511;

/** Two aircraft over the coast and three vessels off it; the seed moves them a little. */
function tracksFor(seed: number): readonly Track[] {
  const rng = seededRng(seed * 7919 + 5);
  const near = (value: number, spread: number): number => value + spread * (rng.uniform() - 0.5);
  const none = [0, 0, 0, 0] as const;
  return [
    {
      kind: "aircraft",
      id: 0x3a_1f04,
      callsign: "FGKSA",
      name: "",
      type: 1,
      ...at(-2500, 1800),
      courseDeg: near(95, 30),
      speedMps: 55,
      altitudeAmslM: near(450, 80),
      dimensionsM: none,
    },
    {
      kind: "aircraft",
      id: 0x40_6b2c,
      callsign: "RESCUE1",
      name: "",
      type: 7,
      ...at(3200, -2600),
      courseDeg: near(300, 30),
      speedMps: 45,
      altitudeAmslM: near(180, 60),
      dimensionsM: none,
    },
    {
      kind: "vessel",
      id: 227_006_000,
      callsign: "FABC",
      name: "COTE D OPALE",
      type: 60,
      ...at(-9000, 6000),
      courseDeg: near(310, 10),
      speedMps: 9,
      altitudeAmslM: 0,
      dimensionsM: [120, 60, 14, 14],
    },
    {
      kind: "vessel",
      id: 235_112_500,
      callsign: "MWXY2",
      name: "CHANNEL TRADER",
      type: 70,
      ...at(-14_000, -3000),
      courseDeg: near(40, 10),
      speedMps: 7,
      altitudeAmslM: 0,
      dimensionsM: [LARGEST_M, 80, 20, 20],
    },
    {
      kind: "vessel",
      id: 227_123_450,
      callsign: "",
      name: "PETIT BATEAU",
      type: 30,
      ...at(-3500, 1200),
      courseDeg: near(180, 40),
      speedMps: 2,
      altitudeAmslM: 0,
      dimensionsM: none,
    },
  ];
}
const at = (eastM: number, northM: number) => ({ eastM, northM });

type Placed = { readonly latDegE7: number; readonly lonDegE7: number; readonly courseDeg: number };

/** To and fro along the course. */
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

/** Aircraft and vessels this aircraft hears, as ADSB_VEHICLE and AIS_VESSEL; not actors of the scenario. */
export function createTraffic(view: AircraftView): Service {
  const tracks = tracksFor(view.seed);
  const dueMs = new Map(tracks.map(({ id }, i) => [id, i * 250]));
  return {
    hear: () => undefined,
    tick: (nowMs) =>
      tracks.flatMap((track) => {
        if (nowMs < (dueMs.get(track.id) ?? 0)) return [];
        dueMs.set(track.id, nowMs + (track.kind === "aircraft" ? AIRCRAFT_EVERY_MS : VESSEL_EVERY_MS));
        const where = placed(track, nowMs, view);
        return [track.kind === "aircraft" ? adsbVehicle(track, where) : aisVessel(track, where)];
      }),
  };
}
