import { err, ok, type Result } from "../../core/result.js";
import type { StationFailure } from "../../contract/failures.js";
import type { RecordingPart } from "../recordingStore.js";

/** One per screen; what a disconnected screen left unfinished must not fill the memory. */
const UPLOADS_MAX = 2;

type Upload = {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  countOfBytes: number;
  isCancelled: boolean;
};

/** Recordings uploaded in parts. Parts must come in order; one that does not fit ends its upload. */
export class RecordingUploads {
  readonly #uploads = new Map<string, Upload>();

  /** The whole recording with the last part; undefined before that. */
  put(part: RecordingPart): Result<Uint8Array | undefined, StationFailure> {
    const { uploadId, name, totalBytes, offsetBytes, bytes } = part;
    const upload = offsetBytes === 0 ? this.#begin(uploadId, name, totalBytes) : this.#uploads.get(uploadId);
    if (upload?.isCancelled === true) {
      this.#uploads.delete(uploadId);
      return err({ kind: "log", failure: { kind: "cancelled" } });
    }
    const isFitting = upload?.countOfBytes === offsetBytes && offsetBytes + bytes.byteLength <= upload.bytes.byteLength;
    if (!isFitting || bytes.byteLength === 0) {
      this.#uploads.delete(uploadId);
      return err({ kind: "bad-request", problem: `${name}: a part that does not follow the one before` });
    }
    upload.bytes.set(bytes, offsetBytes);
    upload.countOfBytes += bytes.byteLength;
    if (upload.countOfBytes < upload.bytes.byteLength) return ok(undefined);
    this.#uploads.delete(uploadId);
    return ok(upload.bytes);
  }

  /** The failure is returned for the next part. */
  cancel(name: string): void {
    for (const upload of this.#uploads.values()) if (upload.name === name) upload.isCancelled = true;
  }

  #begin(uploadId: string, name: string, totalBytes: number): Upload {
    const upload: Upload = { name, bytes: new Uint8Array(totalBytes), countOfBytes: 0, isCancelled: false };
    this.#uploads.delete(uploadId);
    this.#uploads.set(uploadId, upload);
    for (const oldest of this.#uploads.keys()) {
      if (this.#uploads.size <= UPLOADS_MAX) break;
      this.#uploads.delete(oldest);
    }
    return upload;
  }
}
