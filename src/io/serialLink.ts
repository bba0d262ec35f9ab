import { BehaviorSubject, Subject } from "rxjs";
import type { Cancel, Clock, Scheduler } from "../core/clock.js";
import type { Result } from "../core/result.js";
import type { Rng } from "../core/rng.js";
import { LinkBackOff } from "./linkBackOff.js";
import type { LinkChunk, LinkPort, LinkPortState } from "./linkPort.js";
import { loadSerialDriver, type SerialDriver, type SerialStream } from "./serialPorts.js";

/** Four seconds of a 57,600 baud radio: data that wait longer are out of date. */
const SEND_BUFFER_MAX_BYTES = 24 * 1024;
/** A port whose device was unplugged may report no error and just read nothing, so the device is checked this often. */
const DEVICE_CHECK_EVERY_MS = 1000;

type SerialOptions = {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly rng: Rng;
  /** For tests: a driver without hardware. */
  readonly load?: () => Promise<Result<SerialDriver, string>>;
};
type SerialPlace = { readonly device: string; readonly baudRate: number };

/** A serial port that is reopened without limit: it works again after the device was unplugged and plugged in. */
export const openSerialLink = (uri: string, place: SerialPlace, options: SerialOptions): LinkPort =>
  new SerialLink(uri, place, options);

class SerialLink implements LinkPort {
  readonly uri: string;
  readonly isDatagram = false;
  readonly #place: SerialPlace;
  readonly #options: SerialOptions;
  readonly #backOff: LinkBackOff;
  readonly #chunks$ = new Subject<LinkChunk>();
  readonly #state$ = new BehaviorSubject<LinkPortState>({ kind: "opening" });
  readonly chunks$ = this.#chunks$.asObservable();
  readonly state$ = this.#state$.asObservable();
  #stream: SerialStream | undefined;
  #isDisposed = false;
  #cancelRetry: Cancel = () => undefined;
  #cancelCheck: Cancel = () => undefined;

  constructor(uri: string, place: SerialPlace, options: SerialOptions) {
    this.uri = uri;
    this.#place = place;
    this.#options = options;
    this.#backOff = new LinkBackOff(options.rng);
    void this.#open();
  }

  readonly send = (bytes: Uint8Array): void => {
    const stream = this.#stream;
    if (stream?.isOpen === true && stream.writableLength <= SEND_BUFFER_MAX_BYTES) stream.write(bytes);
  };

  readonly dispose = (): Promise<void> => {
    if (this.#isDisposed) return Promise.resolve();
    this.#isDisposed = true;
    this.#cancelRetry();
    this.#cancelCheck();
    this.#chunks$.complete();
    this.#state$.complete();
    const stream = this.#stream;
    return new Promise((resolve) => {
      if (stream?.isOpen === true) stream.close(() => resolve());
      else resolve();
    });
  };

  async #open(): Promise<void> {
    const driver = await (this.#options.load ?? loadSerialDriver)();
    if (this.#isDisposed) return;
    if (!driver.ok) {
      this.#retry("failed", driver.error);
      return;
    }
    const { device, baudRate } = this.#place;
    const stream = driver.value.create(device, baudRate);
    this.#stream = stream;
    stream.on("data", (bytes) => {
      this.#backOff.reset();
      this.#chunks$.next({ bytes, from: device });
    });
    // When the device is gone, "close" follows a failed write; otherwise it was only a lost packet.
    stream.on("error", () => undefined);
    stream.on("close", (cause) => {
      if (this.#stream === stream) this.#retry("lost", cause?.message ?? "closed");
    });
    stream.open((cause) => {
      if (cause) this.#retry("failed", cause.message);
      else if (this.#isDisposed) stream.close(() => undefined);
      else {
        this.#state$.next({ kind: "open", address: device, port: baudRate });
        this.#checkDevice(stream, driver.value);
      }
    });
  }

  #checkDevice(stream: SerialStream, driver: SerialDriver): void {
    this.#cancelCheck = this.#options.scheduler.after(DEVICE_CHECK_EVERY_MS, () => {
      void driver.isThere(this.#place.device).then((isThere) => {
        if (this.#stream !== stream || this.#isDisposed) return;
        if (isThere) {
          this.#checkDevice(stream, driver);
          return;
        }
        this.#retry("lost", "the device is gone");
        if (stream.isOpen) stream.close(() => undefined);
      });
    });
  }

  #retry(kind: "lost" | "failed", because: string): void {
    this.#stream = undefined;
    this.#cancelCheck();
    if (this.#isDisposed) return;
    const afterMs = this.#backOff.nextMs();
    const retryAtMonoMs = this.#options.clock.monoMs() + afterMs;
    // An unplugged device cannot be opened either: the state stays "lost" until it is back.
    this.#state$.next({ kind: this.#state$.value.kind === "lost" ? "lost" : kind, because, retryAtMonoMs });
    this.#cancelRetry = this.#options.scheduler.after(afterMs, () => void this.#open());
  }
}
