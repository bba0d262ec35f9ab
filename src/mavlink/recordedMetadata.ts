import { COMP_METADATA_TYPE, metadataPlace } from "./componentMetadata.js";
import { EventDescriber } from "./events/eventDescriber.js";
import type { MavlinkFrame } from "./frame.js";
import { metadataJson } from "./metadataJson.js";
import { FtpFileObserver, type ObservedFile } from "./protocols/files/ftpFileObserver.js";

const isMetadataFile = (path: string): boolean => /\.json(?:\.xz)?$/i.test(path);

/** What a recording holds of the vehicle's own metadata, because somebody fetched them while it was made. */
export class RecordedMetadata {
  readonly events = new EventDescriber();
  readonly #files = new FtpFileObserver(isMetadataFile);
  #receivedUntil = 0;
  #eventsPath: string | undefined;
  /** The checksum of the events' file, where the recording tells it and holds no such file. */
  eventsFileCrc: number | undefined;

  /** Frames come in order the first time; a seek walks over the same ones again. */
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
