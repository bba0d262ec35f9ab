import { basename } from "node:path";
import type { Time } from "../../core/clock.js";
import { realSortieDisk } from "../../io/sortieDisk.js";
import type { StationBus } from "../bus.js";
import type { StationOptions } from "../stationTypes.js";
import { createRecorder, type Recorder } from "./recorder.js";
import { publishRecorderTrouble } from "./recorderTrouble.js";
import { listRecordings } from "./recordings.js";
import { noteSealed } from "./sealedJournal.js";
import { sortieFolders } from "./sortieFolders.js";
import { createStationKey } from "./stationKey.js";

/** The station's recorder: writes events of the bus into the sortie, and publishes its own state on the bus. */
export function createStationRecorder(
  options: StationOptions,
  sortiesFolder: string,
  time: Time,
  bus: StationBus,
): Recorder {
  const { folders, training, host, io } = options;
  const recorder = createRecorder({
    time,
    disk: io?.sortieDisk ?? realSortieDisk,
    nextFolder: sortieFolders({
      sortiesFolder,
      firstFolder: folders.sortie,
      label: training?.scenarioName ?? "sortie",
    }),
    stationKey: createStationKey(folders.data, host?.shellSeal),
    listener: {
      onStatus: (status) => bus.send({ kind: "recorder-status", status }),
      onTrouble: (trouble) => publishRecorderTrouble(bus, trouble),
      onSealed: (folder) => noteSealed(folders.data, folder),
    },
  });
  bus.on("mavlink-bytes", ({ bytes }) => recorder.telemetry(bytes));
  bus.on("record", ({ what, facts }) => recorder.event(what, facts));
  return recorder;
}

/** Publishes a notice for each sortie that an earlier run could not seal (killed, power failure). */
export async function noticeUnsealed(folders: Parameters<typeof listRecordings>[0], bus: StationBus): Promise<void> {
  const broken = (await listRecordings(folders)).findLast(
    ({ isSealed, kind, isBeingRecorded }) => !isSealed && kind === "sortie" && isBeingRecorded !== true,
  );
  if (!broken) return;
  const facts = { name: basename(broken.path), path: broken.path };
  bus.notice({ id: "unsealed", severity: "caution", key: "sortie-unsealed", facts });
}
