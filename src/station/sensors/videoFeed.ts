import type { Subscription } from "rxjs";
import type { Cancel, Clock, Scheduler } from "../../core/clock.js";
import type { VideoProblem } from "../../core/mediaProblem.js";
import type { VideoFrame, VideoStatus } from "../../contract/messages.js";
import type { LinkPortState } from "../../io/linkPort.js";
import type { MessagePortLike } from "../../io/messagePortLike.js";
import { neverErrors } from "../../io/neverErrors.js";
import { openVideoReceiver, type VideoPort } from "../../io/videoReceiver.js";
import type { Contact } from "../../track/contact.js";
import type { HomeState } from "../../vehicle/vehicleState.js";
import { VideoDatagrams } from "../../video/videoDatagrams.js";
import { RateMeter } from "../link/rateMeter.js";
import { allContacts, emptyContactStore, nextContactNumber, reduceContacts } from "../tracking/contactStore.js";
import { VideoDiagnosis } from "./videoDiagnosis.js";
import type { ContactPicture, VisionStatus } from "./visionMessages.js";
import { startVisionHost, type VisionHost, type VisionNews } from "./visionHost.js";

/** A picture older than this is drawn as stale: twenty frames missed. */
const STALE_AFTER_MS = 1000;
const LOOK_EVERY_MS = 500;

type VideoNews = {
  readonly onBytes: (bytes: Uint8Array) => void;
  readonly onFrame: (frame: VideoFrame) => void;
  readonly onContacts: (contacts: readonly Contact[], newIds: readonly string[]) => void;
  readonly onPicture: (picture: ContactPicture) => void;
  /** Undefined: the trouble is over. `detail` is for the log, not for a person. */
  readonly onProblem: (problem: VideoProblem | undefined, detail: string | undefined) => void;
};

export type VideoFeed = {
  readonly status: () => VideoStatus;
  readonly setGround: (home: HomeState | undefined, coastJson: string | undefined) => void;
  readonly setSkewMs: (skewMs: number | undefined) => void;
  /** Another sortie: no contact of before is told from now on, and new ones get numbers never given. */
  readonly startOver: () => void;
  readonly dispose: () => Promise<void>;
};

export type VideoFeedOptions = {
  readonly uri: string;
  readonly decoderPort: MessagePortLike | undefined;
  readonly coastJson: string | undefined;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly news: VideoNews;
};

/** The video from its socket to frames and contacts, and what is to be said of its health. */
export const openVideoFeed = (options: VideoFeedOptions): VideoFeed => new SocketVideoFeed(options);

class SocketVideoFeed implements VideoFeed {
  readonly #options: VideoFeedOptions;
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
  #contacts = emptyContactStore;
  /** Of the station itself, until the next picture. */
  #trouble: VideoProblem | undefined;
  #told: VideoProblem | undefined;
  #cancelLook: Cancel = () => undefined;
  #portState: LinkPortState = { kind: "opening" };

  constructor(options: VideoFeedOptions) {
    this.#options = options;
    const { news, clock } = options;
    const received = openVideoReceiver(options.uri, options.scheduler);
    if (!received.ok) {
      this.#trouble = { kind: "port-failed", uri: options.uri, reason: received.error.problem };
      this.#subscriptions = [];
      this.#look();
      return;
    }
    const vision = startVisionHost({
      decoderPort: options.decoderPort,
      coastJson: options.coastJson,
      onMessage: (message) => this.#take(message),
      firstContactNumber: () => nextContactNumber(this.#contacts),
      onCrash: (because) => {
        this.#contacts = reduceContacts(this.#contacts, { kind: "worker-restarted" });
        this.#diagnosis.onWorkerRestart(clock.monoMs());
        this.#fail({ kind: "worker-stopped" }, because);
      },
    });
    this.#vision = vision;
    this.#port = received.value;
    const next = (datagram: Uint8Array): void => {
      this.#diagnosis.onBytes(clock.monoMs());
      for (const bytes of this.#datagrams.push(datagram)) {
        news.onBytes(bytes);
        vision.push(bytes, clock.unixUs());
      }
    };
    this.#subscriptions = [
      received.value.chunks$.subscribe({ next, error: neverErrors }),
      received.value.state$.subscribe({ next: (state) => (this.#portState = state), error: neverErrors }),
    ];
    this.#look();
  }

  readonly status = (): VideoStatus => ({
    ...this.#state(),
    uri: this.#options.uri,
    framesPerS: this.#frameRate.perS(this.#countOfFrames, this.#options.clock.monoMs()),
    hasKlv: this.#seen?.hasKlv ?? false,
    skewMs: this.#skewMs,
    latencyMs: this.#latencyMs,
  });

  readonly setGround = (home: HomeState | undefined, coastJson: string | undefined): void =>
    this.#vision?.setGround(home, coastJson);

  readonly setSkewMs = (skewMs: number | undefined): void => {
    this.#skewMs = skewMs;
  };

  readonly startOver = (): void => {
    this.#contacts = reduceContacts(this.#contacts, { kind: "sortie-started" });
    this.#vision?.startOver();
  };

  readonly dispose = async (): Promise<void> => {
    this.#cancelLook();
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
    await Promise.all([this.#port?.dispose(), this.#vision?.dispose()]);
  };

  #take(message: VisionNews): void {
    const { news, clock } = this.#options;
    switch (message.kind) {
      case "frame":
        this.#countOfFrames++;
        this.#lastFrameMonoMs = clock.monoMs();
        this.#diagnosis.onFrame(clock.monoMs());
        this.#trouble = undefined;
        if (message.latencyMs !== undefined) this.#latencyMs = smoothed(this.#latencyMs, message.latencyMs);
        news.onFrame(message.frame);
        break;
      case "contacts":
        this.#contacts = reduceContacts(this.#contacts, { ...message, kind: "contacts-seen" });
        news.onContacts(allContacts(this.#contacts), message.newIds);
        break;
      case "picture":
        news.onPicture(message.picture);
        break;
      case "status":
        this.#seen = message.status;
        // The one that took the place of the dead works.
        if (this.#trouble?.kind === "worker-stopped") this.#trouble = undefined;
        this.#diagnosis.onStatus(message.status);
        break;
      case "failed":
        this.#fail({ kind: "decoder-missing" }, message.because);
        break;
    }
  }

  #fail(problem: VideoProblem, detail: string): void {
    this.#trouble = problem;
    this.#tell(problem, detail);
  }

  /** Each problem once, and that it is over. */
  #tell(problem: VideoProblem | undefined, detail?: string): void {
    if (problem?.kind === this.#told?.kind && detail === undefined) return;
    this.#told = problem;
    this.#options.news.onProblem(problem, detail);
  }

  readonly #look = (): void => {
    this.#cancelLook = this.#options.scheduler.after(LOOK_EVERY_MS, this.#look);
    const problem = this.#problem();
    const hasPicture = this.#state().state === "live";
    if (problem || hasPicture) this.#tell(problem);
  };

  #problem(): VideoProblem | undefined {
    if (this.#trouble) return this.#trouble;
    if (this.#portState.kind === "failed") return portProblem(this.#options.uri, this.#portState.because);
    return this.#diagnosis.problem(this.#options.clock.monoMs(), this.#datagrams.problem());
  }

  #state(): Pick<VideoStatus, "state" | "because"> {
    const because = this.#problem();
    if (because !== undefined) return { state: "failed", because };
    if (this.#lastFrameMonoMs === undefined) return { state: "waiting", because };
    const ageMs = this.#options.clock.monoMs() - this.#lastFrameMonoMs;
    return { state: ageMs > STALE_AFTER_MS ? "stale" : "live", because };
  }
}

const portProblem = (uri: string, because: string): VideoProblem =>
  because.includes("EADDRINUSE") ? { kind: "port-taken", uri } : { kind: "port-failed", uri, reason: because };

const smoothed = (before: number | undefined, next: number): number =>
  before === undefined ? next : before + (next - before) * 0.1;
