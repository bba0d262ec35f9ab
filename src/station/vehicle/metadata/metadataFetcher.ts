import { join } from "node:path";
import { readBytes, writeAtomic } from "../../../io/fileStore.js";
import type { MavlinkFrame } from "../../../mavlink/frame.js";
import { fieldsOf } from "../../../mavlink/messageFields.js";
import { crc32Part } from "../../../core/crc32.js";
import { ftpPathOf, metadataPlace } from "../../../mavlink/componentMetadata.js";
import { readWholeFile, type FtpRunner } from "../ftpRunner.js";
import type { VehicleServiceContext } from "../vehicleService.js";

const REQUEST_MESSAGE = 512;
const COMPONENT_METADATA = 397;
const ASKS_MAX = 3;

type Received = { readonly uri: string; readonly fileCrc: number };

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
  #onReceived: ((received: Received | undefined) => void) | undefined;
  #cancelFile: (() => void) | undefined;

  constructor(context: VehicleServiceContext, ftp: FtpRunner) {
    this.#context = context;
    this.#ftp = ftp;
  }

  readonly onFrame = (frame: MavlinkFrame): void => {
    const address = this.#context.link.vehicle;
    if (frame.systemId !== address.systemId || frame.componentId !== address.componentId) return;
    const fields = fieldsOf(frame, "COMPONENT_METADATA");
    if (fields) this.#onReceived?.({ uri: fields.uri, fileCrc: fields.file_crc });
  };

  readonly cancel = (): void => {
    this.#cancelFile?.();
    this.#onReceived?.(undefined);
  };

  /**
   * Metadata of a type (`COMP_METADATA_TYPE`); undefined when the autopilot has none, or when the transfer was
   * cancelled. Never rejects.
   */
  readonly fetch = async (type: number): Promise<unknown> => {
    const received = await this.#ask();
    const generalPath = ftpPathOf(received?.uri ?? "");
    if (!received || generalPath === undefined) return undefined;
    const general = await this.#json(generalPath, received.fileCrc);
    const place = metadataPlace(general, type);
    return place && this.#json(place.path, place.fileCrc);
  };

  async #ask(): Promise<Received | undefined> {
    const { link, time } = this.#context;
    const { systemId, componentId } = link.vehicle;
    for (let asked = 0; asked < ASKS_MAX; asked++) {
      const received = await new Promise<Received | undefined>((resolve) => {
        const cancel = time.scheduler.after(1000 + 2 * (link.roundTripMs() ?? 250), () => resolve(undefined));
        this.#onReceived = (published) => {
          cancel();
          resolve(published);
        };
        const target = { target_system: systemId, target_component: componentId };
        const request = { ...target, command: REQUEST_MESSAGE, param1: COMPONENT_METADATA, confirmation: 0 };
        link.send({ name: "COMMAND_LONG", fields: request });
      });
      this.#onReceived = undefined;
      if (received || this.#context.vehicle.isLost()) return received;
    }
    return undefined;
  }

  /** A JSON file of the vehicle; from the cache when it holds one with this checksum. */
  async #json(path: string, fileCrc: number | undefined): Promise<unknown> {
    const kept = fileCrc === undefined ? undefined : this.#keptPath(fileCrc);
    const known = kept === undefined ? undefined : await readBytes(kept);
    if (known?.ok && crc32Part(known.value) === fileCrc) return this.#read(known.value);
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
