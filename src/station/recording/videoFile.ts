import type { Result } from "../../core/result.js";
import { ok } from "../../core/result.js";
import type { AppendFile } from "../../io/appendFile.js";
import type { IoFailure } from "../../io/fileStore.js";

/** After a failed write, video is retried this many attempts (seconds) later. */
const ATTEMPTS_BETWEEN = 10;

type VideoFileOptions = {
  /** `before`: the earlier file, when it is opened again. */
  readonly open: (before: AppendFile | undefined) => Result<AppendFile, IoFailure>;
  readonly event: (kind: string, facts: Readonly<Record<string, unknown>>) => void;
};

type Stop = { readonly because: string; readonly isOrdered: boolean; countOfAttempts: number };

/**
 * `video.ts` of a sortie: given up first when space is short, and its failure never stops the sortie. Every stop and
 * resumption is logged as an event, so that a gap in the video is not taken for footage without findings.
 */
export class VideoFile {
  readonly #options: VideoFileOptions;
  #file: AppendFile | undefined;
  /** The file, open or closed; undefined before it was first opened. */
  #newest: AppendFile | undefined;
  #lostBytes = 0;
  #hasStarted = false;
  #stop: Stop | undefined;

  constructor(options: VideoFileOptions) {
    this.#options = options;
  }

  bytes(): number {
    return this.#newest?.bytes() ?? 0;
  }

  /** The file as written, open or closed. */
  file(): AppendFile | undefined {
    return this.#newest;
  }

  append(bytes: Uint8Array, isFolderWritten: boolean): void {
    if (!isFolderWritten || this.#stop) {
      this.#lostBytes += bytes.byteLength;
      return;
    }
    const opened = this.#file ? ok(this.#file) : this.#options.open(this.#newest);
    if (!opened.ok) {
      this.#failed(opened.error, bytes);
      return;
    }
    this.#file = opened.value;
    this.#newest = opened.value;
    // Its time is the clock of a video without KLV when the sortie is opened again.
    if (!this.#hasStarted) this.#options.event("video-started", {});
    this.#hasStarted = true;
    // The event may have found the disk full and closed all files: this write then fails as "closed".
    const written = opened.value.append(bytes);
    if (written.ok) return;
    if (written.error.code === "closed") this.#lostBytes += bytes.byteLength;
    else this.#failed(written.error, bytes);
  }

  isStopped(): boolean {
    return this.#stop !== undefined;
  }

  /** Stopped from outside: only `allow` resumes it. */
  stop(because: string): void {
    if (this.#stop?.isOrdered === true) return;
    const isNew = this.#stop === undefined;
    this.#stop = { because, isOrdered: true, countOfAttempts: 0 };
    if (isNew) this.#options.event("video-stopped", { because });
  }

  allow(): void {
    if (this.#stop?.isOrdered === true) this.#resume();
  }

  /** Called once a second: retries a failed video after a while. */
  retry(): void {
    if (!this.#stop || this.#stop.isOrdered || ++this.#stop.countOfAttempts < ATTEMPTS_BETWEEN) return;
    this.#resume();
  }

  /** Bytes not written since the last call. */
  takeLost(): number {
    const lost = this.#lostBytes;
    this.#lostBytes = 0;
    return lost;
  }

  sync(): Promise<Result<void, IoFailure>> {
    return this.#file?.sync() ?? Promise.resolve(ok(undefined));
  }

  close(): void {
    if (!this.#file) return;
    this.#file.close();
    this.#file = undefined;
  }

  /** Closes for good and cuts off what a failed write left behind the last complete record. True once that is done. */
  end(): boolean {
    this.close();
    if (this.#newest?.isTorn() !== true) return true;
    const again = this.#options.open(this.#newest);
    if (!again.ok) return false;
    this.#newest = again.value;
    again.value.close();
    return !again.value.isTorn();
  }

  #failed({ code }: IoFailure, bytes: Uint8Array): void {
    this.close();
    this.#lostBytes += bytes.byteLength;
    this.#stop = { because: code, isOrdered: false, countOfAttempts: 0 };
    this.#options.event("video-stopped", { because: code });
  }

  #resume(): void {
    this.#stop = undefined;
    this.#options.event("video-resumed", { lostBytes: this.takeLost() });
  }
}
