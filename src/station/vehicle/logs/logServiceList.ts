import { err, ok, type Result } from "../../../core/result.js";
import type { LogFailure } from "../../../contract/serviceMessages.js";
import { mayHaveFiles } from "../../../mavlink/capabilities.js";
import type { MavlinkFrame } from "../../../mavlink/frame.js";
import type { FtpEntry } from "../../../mavlink/protocols/files/ftpListing.js";
import {
  logListWaitMs,
  startLogList,
  stepLogList,
  type LogListEffect,
  type LogListEvent,
  type LogListState,
} from "../../../mavlink/protocols/logs/logList.js";
import { logEntryFrom, logRequestList, type ReceivedLogEntry } from "../../../mavlink/protocols/logs/logWire.js";
import type { FtpRunner } from "../ftpRunner.js";
import { runMachine } from "../machineRun.js";
import type { VehicleServiceContext } from "../vehicleService.js";
import { isArmed } from "../../../vehicle/selectors/airborne.js";

/** A log on board: a file where the autopilot has MAVFTP, else a log id of the older LOG_* messages. */
type LogPlace = { readonly way: "ftp"; readonly path: string } | { readonly way: "log-messages"; readonly id: number };
export type OnboardLog = {
  readonly logId: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly unixTimeUs: number | undefined;
  readonly place: LogPlace;
};

/**
 * First the folder that the MAVLink page names (PX4 1.17, ArduPilot 4.7), then where each autopilot has always put its
 * logs.
 */
const ROOTS: Readonly<Record<string, readonly string[]>> = {
  px4: ["@MAV_LOG", "/fs/microsd/log", "/log"],
  ardupilot: ["@MAV_LOG", "/APM/LOGS"],
  other: ["@MAV_LOG"],
};
const LOG_FILE = /\.(bin|ulg)$/i;
/** PX4 has one folder per day, or per session. */
const DEPTH_MAX = 1;

type Logs = Result<readonly OnboardLog[], LogFailure>;

/** Lists the logs on board, over MAVFTP if possible. */
export class LogLister {
  readonly #context: VehicleServiceContext;
  readonly #ftp: FtpRunner;
  #onEvent: ((event: LogListEvent) => void) | undefined;

  constructor(context: VehicleServiceContext, ftp: FtpRunner) {
    this.#context = context;
    this.#ftp = ftp;
  }

  readonly onFrame = (frame: MavlinkFrame): void => {
    const entry = this.#onEvent && logEntryFrom(frame, this.#context.link.vehicle);
    if (entry) this.#onEvent?.({ kind: "entry", entry });
  };
  readonly onLost = (): void => this.#onEvent?.({ kind: "vehicle-lost" });

  /** Newest first, where the names contain a date. Never rejects. */
  readonly list = async (): Promise<Logs> => {
    const vehicle = this.#context.vehicle.state();
    const { version, autopilot } = vehicle;
    for (const root of mayHaveFiles(version) ? (ROOTS[autopilot] ?? []) : []) {
      const files = await this.#files(root, 0);
      if (files.ok) return ok([...files.value].sort((a, b) => (a.name < b.name ? 1 : -1)));
      if (files.error === "vehicle-lost") return err({ kind: "vehicle-lost" });
      if (files.error === "no-reply") break;
    }
    // While armed, ArduPilot answers the LOG_* messages only with a text.
    if (autopilot === "ardupilot" && isArmed(vehicle) === true) return err({ kind: "armed" });
    return this.#byMessages();
  };

  async #files(folder: string, depth: number): Promise<Result<readonly OnboardLog[], string>> {
    const ending = await this.#ftp.run({ kind: "list", path: folder }).ending;
    if (!ending.isOk) return err(ending.failure.kind);
    const entries = ending.outcome.kind === "listed" ? ending.outcome.entries : [];
    const logs: OnboardLog[] = [];
    for (const entry of entries) {
      const path = `${folder}/${entry.name}`;
      if (entry.kind === "file") {
        if (LOG_FILE.test(entry.name)) logs.push(fileLog(path, entry));
        continue;
      }
      const deeper = depth < DEPTH_MAX ? await this.#files(path, depth + 1) : ok([]);
      // A folder that cannot be read hides only its own logs.
      if (deeper.ok) logs.push(...deeper.value);
      else if (deeper.error === "vehicle-lost" || deeper.error === "no-reply") return deeper;
    }
    return ok(logs);
  }

  #byMessages(): Promise<Logs> {
    const { time, link } = this.#context;
    return new Promise((resolve) => {
      this.#onEvent = runMachine<LogListState, LogListEvent, LogListEffect>({
        scheduler: time.scheduler,
        machine: {
          first: startLogList(logListWaitMs(link.roundTripMs())),
          step: stepLogList,
          timeoutEvent: { kind: "timeout" },
          isOver: ({ phase }) => phase !== "listing",
        },
        perform: (effect) => {
          link.send(logRequestList(link.vehicle, effect.first, effect.last));
        },
        onState: (state) => {
          if (state.phase === "done") resolve(ok(state.entries.map(messageLog).reverse()));
          else if (state.phase === "failed") resolve(err(state.failure));
        },
      });
    });
  }
}

function fileLog(path: string, { name, sizeBytes, unixTimeS }: Extract<FtpEntry, { kind: "file" }>): OnboardLog {
  const day = /(\d{4}-\d\d-\d\d)\/[^/]+$/.exec(path)?.[1];
  const unixTimeUs = unixTimeS === undefined ? timeOfNames(day, name) : unixTimeS * 1e6;
  const shown = day === undefined ? name : `${day} ${name}`;
  return { logId: `ftp:${path}`, name: shown, sizeBytes, unixTimeUs, place: { way: "ftp", path } };
}

/** PX4 names folder and file by UTC: "2026-11-23/02_10_00.ulg". */
function timeOfNames(day: string | undefined, name: string): number | undefined {
  const time = /^(\d\d)_(\d\d)_(\d\d)/.exec(name);
  if (day === undefined || !time) return undefined;
  const unixMs = Date.parse(`${day}T${time.slice(1).join(":")}Z`);
  return Number.isNaN(unixMs) ? undefined : unixMs * 1000;
}

const messageLog = ({ id, sizeBytes, unixTimeS }: ReceivedLogEntry): OnboardLog => ({
  logId: `log:${id}`,
  name: `log-${String(id).padStart(5, "0")}`,
  sizeBytes,
  unixTimeUs: unixTimeS === undefined ? undefined : unixTimeS * 1e6,
  place: { way: "log-messages", id },
});
