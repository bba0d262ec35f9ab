import type { AircraftView } from "../../aircraftView.js";
import { modeFor } from "../../autopilot/modes.js";
import type { StoredFiles } from "../files/fileService.js";
import { definitionsOf, type ParamDefinition } from "../params/definitions.js";
import { dataflashLog } from "./dataflashWriter.js";
import { storedFlight, type StoredFlight } from "./storedFlight.js";
import { ulogFile } from "./ulogWriter.js";

export type StoredLog = {
  /** Path for MAVFTP. */
  readonly path: string;
  readonly beganUnixUs: number;
  /** Time of the last change; without it, the log's start time. */
  readonly changedUnixUs?: () => number;
  readonly bytes: () => Uint8Array;
};

/** Three flights of previous days: duration in seconds, days ago, and how much of the parameter table the log has. */
const FLIGHTS = [
  { lastsS: 60, daysAgo: 3, params: 0 },
  { lastsS: 120, daysAgo: 2, params: 60 },
  { lastsS: 240, daysAgo: 1, params: Infinity },
] as const;
/** MAV_TYPE quadrotor, fixed wing, VTOL with a fixed lift. */
const MAV_TYPES = { copter: 2, plane: 1, vtol: 22 } as const;
const DAY_US = 24 * 3600 * 1e6;

function px4PathOf(unixUs: number): string {
  const [date = "", time = ""] = new Date(unixUs / 1000).toISOString().split("T");
  return `/fs/microsd/log/${date}/${time.slice(0, 8).replaceAll(":", "_")}.ulg`;
}

function dataflashOf(flight: StoredFlight, view: AircraftView, params: readonly ParamDefinition[]): Uint8Array {
  const { flavour } = view;
  const numberOf = (role: "guided" | "mission" | "return"): number => modeFor(flavour, role)?.customMode ?? 0;
  const kind = flavour.airframe === "copter" ? "ArduCopter" : "ArduPlane";
  return dataflashLog({
    flight,
    firmware: `${kind} V4.7.0-dev (vigiesim)`,
    params,
    modes: [numberOf("guided"), numberOf("mission"), numberOf("return")],
  });
}

/** Logs of earlier flights on board: DataFlash on ArduPilot, ULog on PX4; generated at the first access. */
export function storedLogs(view: AircraftView): readonly StoredLog[] {
  const isPx4 = view.flavour.autopilot === "px4";
  return FLIGHTS.map(({ lastsS, daysAgo, params }, index) => {
    // Whole seconds, because PX4's file names contain the time in seconds.
    const beganUnixUs = Math.floor((view.unixTimeUs() - daysAgo * DAY_US) / 1e6) * 1e6;
    const make = (): Uint8Array => {
      const { frame, originAmslM: homeAmslM } = view;
      const flight = storedFlight({ frame, homeAmslM, beganUnixUs, lastsS, seed: view.seed * 31 + index });
      const listed = definitionsOf(view.flavour).slice(0, params);
      if (isPx4) return ulogFile({ flight, params: listed, mavType: MAV_TYPES[view.flavour.airframe] });
      return dataflashOf(flight, view, listed);
    };
    let made: Uint8Array | undefined;
    const path = isPx4 ? px4PathOf(beganUnixUs) : `/APM/LOGS/${String(index + 1).padStart(8, "0")}.BIN`;
    return { path, beganUnixUs, bytes: () => (made ??= make()) };
  });
}

/** How long the log of this power-up grows, and the duration of the flight used for it. */
const GROWS_FOR_MS = 1_200_000;
const WRITTEN_FLIGHT_S = 300;
/** Header and definitions, present at once. */
const FIRST_BYTES = 2500;

/**
 * The log that PX4 writes from boot on: larger and with a later date at every listing (recordings; the date of an entry is the
 * file's own, mavlink_log_handler.cpp). ArduPilot lists none while armed.
 */
export function growingLog(view: AircraftView): StoredLog {
  const beganUnixUs = Math.floor(view.unixTimeUs() / 1e6) * 1e6;
  let whole: Uint8Array | undefined;
  const make = (): Uint8Array => {
    const { frame, originAmslM: homeAmslM, seed } = view;
    const flight = storedFlight({ frame, homeAmslM, beganUnixUs, lastsS: WRITTEN_FLIGHT_S, seed: seed * 31 + 7 });
    return ulogFile({ flight, params: [], mavType: MAV_TYPES[view.flavour.airframe] });
  };
  return {
    path: px4PathOf(beganUnixUs),
    beganUnixUs,
    changedUnixUs: view.unixTimeUs,
    bytes: () => {
      whole ??= make();
      const written = FIRST_BYTES + ((whole.length - FIRST_BYTES) * view.nowMs()) / GROWS_FOR_MS;
      return whole.subarray(0, Math.min(whole.length, Math.floor(written)));
    },
  };
}

/** The same logs as files, with ArduPilot's LASTLOG file. */
export function logFiles(view: AircraftView, logs: readonly StoredLog[]): StoredFiles {
  const files = new Map(logs.map(({ path, bytes }) => [path, bytes]));
  if (view.flavour.autopilot === "ardupilot") {
    files.set("/APM/LOGS/LASTLOG.TXT", () => Buffer.from(`${logs.length}\n`));
  }
  return files;
}
