import type { Subscription } from "rxjs";
import type { Cancel, Clock } from "../../core/clock.js";
import type { VideoProblem } from "../../core/mediaProblem.js";
import type { VideoStatus } from "../../contract/messages.js";
import type { LinkPortState } from "../../io/linkPort.js";
import { neverErrors } from "../../io/neverErrors.js";
import { openVideoReceiver, type VideoPort } from "../../io/videoReceiver.js";
import type { CoveragePatch } from "../../sortie/coverageTiles.js";
import type { TrackedFrame } from "../../track/contactTracker.js";
import { VideoDatagrams } from "../../video/videoDatagrams.js";
import { RateMeter } from "../mavlinkNetwork/rateMeter.js";
import type { CameraFeed, CameraFeedOptions } from "./cameraTypes.js";
import { ContactPictures } from "./contactPictures.js";
import { VideoDiagnosis } from "./videoDiagnosis.js";
import type { CameraGround, ObservedPicture, VisionStatus } from "./visionMessages.js";
import { startVisionHost, type VisionHost, type VisionUpdate } from "./visionHost.js";

/** A picture older than this is shown as stale: about twenty missed frames. */
const STALE_AFTER_MS = 1000;
const CHECK_EVERY_MS = 500;
/** Contacts are published at most five times a second, new ones at once. */
const CONTACTS_EVERY_MS = 200;

export const openCameraFeed = (options: CameraFeedOptions, workerFile?: string): CameraFeed =>
  new SocketCameraFeed(options, workerFile);

class SocketCameraFeed implements CameraFeed {
  readonly #options: CameraFeedOptions;
  readonly #frameRate = new RateMeter();
  readonly #port: VideoPort | undefined;
  readonly #vision: VisionHost | undefined;
  readonly #subscriptions: readonly Subscription[];
  #countOfFrames = 0;
  #lastFrameMonoMs: number | undefined;
  #latencyMs: number | undefined;
  #skewMs: number | undefined;
  #seen: VisionStatus | undefined;
  readonly #datagrams = new VideoDatagrams();
  readonly #diagnosis = new VideoDiagnosis();
  #pictures = new ContactPictures();
  #hasUnsentContacts = false;
  #contactsSentAtMonoMs = Number.NEGATIVE_INFINITY;
  /** A problem of the station itself, until the next picture arrives. */
  #trouble: VideoProblem | undefined;
  #reported: VideoProblem | undefined;
  #cancelCheck: Cancel = () => undefined;
  #portState: LinkPortState = { kind: "opening" };

  constructor(options: CameraFeedOptions, workerFile: string | undefined) {
    this.#options = options;
    const { listener, camera, time } = options;
    const { clock } = time;
    const received = openVideoReceiver(camera.uri, time.scheduler);
    if (!received.ok) {
      this.#trouble = { kind: "port-failed", uri: camera.uri, reason: received.error.problem };
      this.#subscriptions = [];
      this.#check();
      return;
    }
    const vision = startVisionHost({
      camera,
      decoderPort: options.decoderPort,
      ...(workerFile === undefined ? {} : { workerFile }),
      onMessage: (message) => this.#onVision(message),
      onCrash: (because) => {
        this.#diagnosis.onWorkerRestart(clock.monoMs());
        this.#fail({ kind: "worker-stopped" }, because);
      },
    });
    this.#vision = vision;
    this.#port = received.value;
    const onDatagram = (datagram: Uint8Array): void => {
      this.#diagnosis.onBytes(clock.monoMs());
      for (const bytes of this.#datagrams.push(datagram)) {
        listener.onBytes(bytes);
        vision.push(bytes, clock.unixUs());
      }
    };
    this.#subscriptions = [
      received.value.chunks$.subscribe({ next: onDatagram, error: neverErrors }),
      received.value.state$.subscribe({ next: (state) => (this.#portState = state), error: neverErrors }),
    ];
    this.#check();
  }

  get #clock(): Clock {
    return this.#options.time.clock;
  }

  readonly status = (): VideoStatus => ({
    ...this.#state(),
    uri: this.#options.camera.uri,
    framesPerS: this.#frameRate.perS(this.#countOfFrames, this.#clock.monoMs()),
    hasKlv: this.#seen?.hasKlv ?? false,
    skewMs: this.#skewMs,
    latencyMs: this.#latencyMs,
  });

  readonly setGround = (ground: CameraGround): void => this.#vision?.setGround(ground);

  readonly setSkewMs = (skewMs: number | undefined): void => {
    this.#skewMs = skewMs;
  };

  readonly startOver = (): void => {
    this.#options.tracking.reset(this.#options.camera.id);
    this.#pictures = new ContactPictures();
    this.#hasUnsentContacts = false;
    this.#vision?.setCoverageOrigin(undefined);
  };

  readonly dispose = async (): Promise<void> => {
    this.#cancelCheck();
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
    await Promise.all([this.#port?.dispose(), this.#vision?.dispose()]);
  };

  #onVision(message: VisionUpdate): void {
    switch (message.kind) {
      case "observed":
        this.#onObserved(message.picture);
        break;
      case "covered":
        this.#onCovered(message.patch);
        break;
      case "status":
        this.#seen = message.status;
        // The restarted worker delivers pictures.
        if (this.#trouble?.kind === "worker-stopped") this.#trouble = undefined;
        this.#diagnosis.onStatus(message.status);
        break;
      case "unsearched":
        if (this.#trouble?.kind !== "detector-stopped") this.#fail({ kind: "detector-stopped" }, message.because);
        break;
      case "failed":
        this.#fail({ kind: "decoder-missing" }, message.because);
        break;
    }
  }

  #onObserved({ observed, latencyMs, ...image }: ObservedPicture): void {
    const { listener, tracking, camera } = this.#options;
    const nowMonoMs = this.#clock.monoMs();
    this.#lastFrameMonoMs = nowMonoMs;
    this.#diagnosis.onFrame(nowMonoMs);
    this.#trouble = undefined;
    if (latencyMs !== undefined) this.#latencyMs = smoothed(this.#latencyMs, latencyMs);
    const tracked = tracking.track(camera.id, observed);
    this.#sendContacts(tracked, nowMonoMs);
    for (const picture of this.#pictures.better(image, tracked.boxes)) listener.onPicture(picture);
    const { unixTimeUs, placed } = observed;
    const frameId = this.#countOfFrames++;
    listener.onFrame({ frameId, unixTimeUs, ...image, boxes: tracked.boxes, ground: placed?.footprint });
  }

  /** A worker with another coverage origin (it was restarted, or another camera was first) is sent the station's. */
  #onCovered(patch: CoveragePatch): void {
    const origin = this.#options.listener.onCoverage(patch);
    const isSame = origin.latitudeDeg === patch.origin.latitudeDeg && origin.longitudeDeg === patch.origin.longitudeDeg;
    if (!isSame) this.#vision?.setCoverageOrigin(origin);
  }

  #sendContacts({ contacts, newIds, areContactsChanged }: TrackedFrame, nowMonoMs: number): void {
    this.#hasUnsentContacts ||= areContactsChanged;
    const isDue = this.#hasUnsentContacts && nowMonoMs - this.#contactsSentAtMonoMs >= CONTACTS_EVERY_MS;
    if (!isDue && newIds.length === 0) return;
    this.#hasUnsentContacts = false;
    this.#contactsSentAtMonoMs = nowMonoMs;
    this.#options.listener.onContacts(contacts, newIds);
  }

  #fail(problem: VideoProblem, detail: string): void {
    this.#trouble = problem;
    this.#report(problem, detail);
  }

  /** Publishes each problem once, and once that it is over. */
  #report(problem: VideoProblem | undefined, detail?: string): void {
    if (problem?.kind === this.#reported?.kind && detail === undefined) return;
    this.#reported = problem;
    this.#options.listener.onProblem(problem, detail);
  }

  readonly #check = (): void => {
    this.#cancelCheck = this.#options.time.scheduler.after(CHECK_EVERY_MS, this.#check);
    const problem = this.#problem();
    const hasPicture = this.#state().state === "live";
    if (problem || hasPicture) this.#report(problem);
  };

  #problem(): VideoProblem | undefined {
    if (this.#trouble) return this.#trouble;
    if (this.#portState.kind === "failed") return portProblem(this.#options.camera.uri, this.#portState.because);
    return this.#diagnosis.problem(this.#clock.monoMs(), this.#datagrams.problem());
  }

  #state(): Pick<VideoStatus, "state" | "because"> {
    const because = this.#problem();
    if (because !== undefined) return { state: "failed", because };
    if (this.#lastFrameMonoMs === undefined) return { state: "waiting", because };
    const ageMs = this.#clock.monoMs() - this.#lastFrameMonoMs;
    return { state: ageMs > STALE_AFTER_MS ? "stale" : "live", because };
  }
}

const portProblem = (uri: string, because: string): VideoProblem =>
  because.includes("EADDRINUSE") ? { kind: "port-taken", uri } : { kind: "port-failed", uri, reason: because };

const smoothed = (before: number | undefined, next: number): number =>
  before === undefined ? next : before + (next - before) * 0.1;
