import type { Subscription } from "rxjs";
import type { Clock, Scheduler } from "../../core/clock.js";
import type { VideoFrame, VideoStatus } from "../../contract/messages.js";
import type { LinkPortState } from "../../io/linkPort.js";
import type { MessagePortLike } from "../../io/messagePortLike.js";
import { neverErrors } from "../../io/neverErrors.js";
import { openVideoReceiver, type VideoPort } from "../../io/videoReceiver.js";
import type { Contact } from "../../track/contact.js";
import type { HomeState } from "../../vehicle/vehicleState.js";
import { RateMeter } from "../link/rateMeter.js";
import type { ContactPicture, VisionStatus } from "./visionMessages.js";
import { startVisionHost, type VisionHost, type VisionNews } from "./visionHost.js";

/** A picture older than this is drawn as stale: twenty frames missed. */
const STALE_AFTER_MS = 1000;

type VideoNews = {
  readonly onBytes: (bytes: Uint8Array) => void;
  readonly onFrame: (frame: VideoFrame) => void;
  readonly onContacts: (contacts: readonly Contact[], newIds: readonly string[]) => void;
  readonly onPicture: (picture: ContactPicture) => void;
  readonly onTrouble: (because: string) => void;
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
  #trouble: string | undefined;
  #portState: LinkPortState = { kind: "opening" };

  constructor(options: VideoFeedOptions) {
    this.#options = options;
    const { news, clock } = options;
    const received = openVideoReceiver(options.uri, options.scheduler);
    if (!received.ok) {
      this.#trouble = received.error.problem;
      this.#subscriptions = [];
      return;
    }
    const vision = startVisionHost({
      decoderPort: options.decoderPort,
      coastJson: options.coastJson,
      onMessage: (message) => this.#take(message),
      onCrash: (because) => this.#fail("the vision worker stopped; starting it again", because),
    });
    this.#vision = vision;
    this.#port = received.value;
    const next = (bytes: Uint8Array): void => {
      news.onBytes(bytes);
      vision.push(bytes, clock.unixUs());
    };
    this.#subscriptions = [
      received.value.chunks$.subscribe({ next, error: neverErrors }),
      received.value.state$.subscribe({ next: (state) => (this.#portState = state), error: neverErrors }),
    ];
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

  readonly startOver = (): void => this.#vision?.startOver();

  readonly dispose = async (): Promise<void> => {
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
    await Promise.all([this.#port?.dispose(), this.#vision?.dispose()]);
  };

  #take(message: VisionNews): void {
    const { news, clock } = this.#options;
    switch (message.kind) {
      case "frame":
        this.#countOfFrames++;
        this.#lastFrameMonoMs = clock.monoMs();
        this.#trouble = undefined;
        if (message.latencyMs !== undefined) this.#latencyMs = smoothed(this.#latencyMs, message.latencyMs);
        news.onFrame(message.frame);
        break;
      case "contacts":
        news.onContacts(message.contacts, message.newIds);
        break;
      case "picture":
        news.onPicture(message.picture);
        break;
      case "status":
        this.#seen = message.status;
        break;
      case "failed":
        this.#fail(message.because, message.because);
        break;
    }
  }

  #fail(shown: string, because: string): void {
    this.#trouble = shown;
    this.#options.news.onTrouble(because);
  }

  #state(): Pick<VideoStatus, "state" | "because"> {
    const tsVideo = this.#seen?.ts.video;
    const isUnsupported = tsVideo === "other";
    const socketFailure = this.#portState.kind === "failed" ? this.#portState.because : undefined;
    const because = this.#trouble ?? socketFailure ?? (isUnsupported ? tsVideo : undefined);
    if (because !== undefined) return { state: "failed", because };
    if (this.#lastFrameMonoMs === undefined) return { state: "waiting", because };
    const ageMs = this.#options.clock.monoMs() - this.#lastFrameMonoMs;
    return { state: ageMs > STALE_AFTER_MS ? "stale" : "live", because };
  }
}

const smoothed = (before: number | undefined, next: number): number =>
  before === undefined ? next : before + (next - before) * 0.1;
