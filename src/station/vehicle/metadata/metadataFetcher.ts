import { join } from "node:path";
import { readBytes, writeAtomic } from "../../../io/fileStore.js";
import type { MavlinkFrame } from "../../../mavlink/frame.js";
import { crc32Part } from "../../../core/crc32.js";
import { ftpPathOf, metadataPlace } from "../../../mavlink/componentMetadata.js";
import {
  generalFileFrom,
  metadataRequestMessage,
  startMetadataRequest,
  stepMetadataRequest,
  type GeneralFile,
  type MetadataRequestEffect,
  type MetadataRequestEvent,
  type MetadataRequestState,
} from "../../../mavlink/protocols/metadata/metadataRequest.js";
import { readWholeFile, type FtpRunner } from "../ftpRunner.js";
import { runMachine } from "../machineRun.js";
import type { VehicleServiceContext } from "../vehicleService.js";

/** Cache folder of metadata; each file is named by its checksum. */
const metadataFolder = (dataFolder: string): string => join(dataFolder, "params", "metadata");
/** The CRC-32 as eight hexadecimal digits. */
export const metadataFileName = (fileCrc: number): string => (fileCrc >>> 0).toString(16).padStart(8, "0");

/**
 * The autopilot's metadata of its parameters and events: fetched once over MAVFTP and cached by checksum, so that the
 * next start needs only one message. https://mavlink.io/en/services/component_metadata.html
 */
export class MetadataFetcher {
  readonly #context: VehicleServiceContext;
  readonly #ftp: FtpRunner;
  #onEvent: ((event: MetadataRequestEvent) => void) | undefined;
  #cancelFile: (() => void) | undefined;
  /** For a cancellation between a reply and its file, while only the disk is read. */
  #isCancelled = false;

  constructor(context: VehicleServiceContext, ftp: FtpRunner) {
    this.#context = context;
    this.#ftp = ftp;
  }

  readonly onFrame = (frame: MavlinkFrame): void => {
    const file = generalFileFrom(frame, this.#context.link.vehicle);
    if (file) this.#onEvent?.({ kind: "received", file });
  };

  readonly cancel = (): void => {
    this.#isCancelled = true;
    this.#cancelFile?.();
    this.#onEvent?.({ kind: "cancel" });
  };

  /**
   * Metadata of a type (`COMP_METADATA_TYPE`); undefined when the autopilot has none, or when the transfer was
   * cancelled. Never rejects.
   */
  readonly fetch = async (type: number): Promise<unknown> => {
    this.#isCancelled = false;
    const file = await this.#ask();
    const generalPath = ftpPathOf(file?.uri);
    if (!file || generalPath === undefined) return undefined;
    const general = await this.#json(generalPath, file.fileCrc);
    const place = metadataPlace(general, type);
    return place && this.#json(place.path, place.fileCrc);
  };

  #ask(): Promise<GeneralFile | undefined> {
    const { link, time } = this.#context;
    return new Promise((resolve) => {
      this.#onEvent = runMachine<MetadataRequestState, MetadataRequestEvent, MetadataRequestEffect>({
        scheduler: time.scheduler,
        machine: {
          first: startMetadataRequest(link.roundTripMs()),
          step: stepMetadataRequest,
          timeoutEvent: { kind: "timeout" },
          isOver: ({ phase }) => phase !== "asking",
        },
        perform: () => link.send(metadataRequestMessage(link.vehicle)),
        onState: (state) => {
          if (state.phase !== "asking") resolve(state.phase === "done" ? state.file : undefined);
        },
      });
    });
  }

  /** A JSON file of the vehicle; from the cache when it holds one with this checksum. */
  async #json(path: string, fileCrc: number | undefined): Promise<unknown> {
    const kept = fileCrc === undefined ? undefined : this.#keptPath(fileCrc);
    const known = kept === undefined ? undefined : await readBytes(kept);
    if (known?.ok && crc32Part(known.value) === fileCrc) return this.#read(known.value);
    if (this.#isCancelled) return undefined;
    const file = readWholeFile(this.#ftp, path);
    this.#cancelFile = file.cancel;
    const ending = await file.ending;
    this.#cancelFile = undefined;
    if (!ending.isOk) return undefined;
    const bytes = file.bytes();
    // Cached as received, so that a later reader can verify the checksum again.
    if (kept !== undefined && crc32Part(bytes) === fileCrc) await writeAtomic(kept, bytes);
    return this.#read(bytes);
  }

  async #read(bytes: Uint8Array): Promise<unknown> {
    const json = await this.#context.environment.reading.read({ kind: "metadata", bytes });
    return json.ok ? json.value : undefined;
  }

  #keptPath(fileCrc: number): string {
    return join(metadataFolder(this.#context.environment.dataFolder), metadataFileName(fileCrc));
  }
}
