import type { AircraftView } from "../../aircraftView.js";
import { modeFor } from "../../autopilot/modes.js";
import type { StoredFiles } from "../files/fileService.js";
import { definitionsOf, type ParamDefinition } from "../params/definitions.js";
import { dataflashLog } from "./dataflashWriter.js";
import { storedFlight, type StoredFlight } from "./storedFlight.js";
import { ulogFile } from "./ulogWriter.js";

export type StoredLog = {
  /** Where MAVFTP has it. */
  readonly path: string;
  readonly beganUnixUs: number;
  /** When it was last written to; when it was begun without it. */
  readonly changedUnixUs?: () => number;
  readonly bytes: () => Uint8Array;
};

/** Three flights of the days before: seconds they lasted, days ago, with how much of the parameter table. */
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

/** What this aircraft has on board from earlier flights: DataFlash on ArduPilot, ULog on PX4; made when first wanted. */
export function storedLogs(view: AircraftView): readonly StoredLog[] {
  const isPx4 = view.flavour.autopilot === "px4";
  return FLIGHTS.map(({ lastsS, daysAgo, params }, index) => {
    // Whole seconds: the names of PX4's files carry them.
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

/** How long the log of this power-up goes on growing, and what a flight that is written so slowly lasts. */
const GROWS_FOR_MS = 1_200_000;
const WRITTEN_FLIGHT_S = 300;
/** Header and definitions are there at once. */
const FIRST_BYTES = 2500;

/**
 * The log that a PX4 writes from its boot on: every listing finds it longer and younger than the one before (recordings; the
 * date of an entry is the file's own, mavlink_log_handler.cpp). An ArduPilot shows none while it is armed.
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

/** The same logs as files, with ArduPilot's note of which is the last. */
export function logFiles(view: AircraftView, logs: readonly StoredLog[]): StoredFiles {
  const files = new Map(logs.map(({ path, bytes }) => [path, bytes]));
  if (view.flavour.autopilot === "ardupilot") {
    files.set("/APM/LOGS/LASTLOG.TXT", () => Buffer.from(`${logs.length}\n`));
  }
  return files;
}
