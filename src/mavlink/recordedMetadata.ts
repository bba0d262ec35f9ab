import { COMP_METADATA_TYPE, metadataPlace } from "./componentMetadata.js";
import { EventDescriber } from "./events/eventDescriber.js";
import type { MavlinkFrame } from "./frame.js";
import { metadataJson } from "./metadataJson.js";
import { FtpFileObserver, type ObservedFile } from "./protocols/files/ftpFileObserver.js";

const isMetadataFile = (path: string): boolean => /\.json(?:\.xz)?$/i.test(path);

/** The vehicle's metadata files in a recording: they are there when a station downloaded them while it was made. */
export class RecordedMetadata {
  readonly events = new EventDescriber();
  readonly #files = new FtpFileObserver(isMetadataFile);
  #receivedUntil = 0;
  #eventsPath: string | undefined;
  /** The CRC-32 of the events file, when the recording has it but not the file itself. */
  eventsFileCrc: number | undefined;

  /** Frames come in order the first time; seeking passes the same ones again. */
  onFrame(frame: MavlinkFrame, at: number): void {
    if (at <= this.#receivedUntil) return;
    this.#receivedUntil = at;
    if (frame.name !== "FILE_TRANSFER_PROTOCOL") return;
    const file = this.#files.onFrame(frame);
    if (file) this.#onFile(file);
  }

  #onFile({ path, bytes }: ObservedFile): void {
    const isEvents = path === this.#eventsPath || /event/i.test(path);
    if (!isEvents && !/general/i.test(path)) return;
    const json = metadataJson(bytes);
    if (isEvents) {
      if (this.events.learn(json)) this.eventsFileCrc = undefined;
      return;
    }
    const place = metadataPlace(json, COMP_METADATA_TYPE.events);
    if (!place) return;
    this.#eventsPath = place.path;
    if (!this.events.hasOwn) this.eventsFileCrc = place.fileCrc;
  }
}
