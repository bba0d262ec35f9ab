import type { Subscription } from "rxjs";
import type { Clock, Scheduler } from "../../core/clock.js";
import type { VideoFrame, VideoStatus } from "../../contract/messages.js";
import type { LinkPortState } from "../../io/linkPort.js";
import type { MessagePortLike } from "../../io/messagePortLike.js";
import { openVideoReceiver, type VideoPort } from "../../io/videoReceiver.js";
import type { Contact } from "../../track/contact.js";
import type { HomeState } from "../../vehicle/vehicleState.js";
import { RateMeter } from "../link/rateMeter.js";
import type { ContactPicture, FromVision, VisionStatus } from "./visionMessages.js";
import { startVisionHost, type VisionHost } from "./visionHost.js";

/** A picture older than this is drawn as stale: twenty frames missed. */
const STALE_AFTER_MS = 1000;

export type VideoNews = {
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
export function openVideoFeed(options: VideoFeedOptions): VideoFeed {
  const { clock, news, uri } = options;
  const frameRate = new RateMeter();
  let countOfFrames = 0;
  let lastFrameMonoMs: number | undefined;
  let latencyMs: number | undefined;
  let skewMs: number | undefined;
  let seen: VisionStatus | undefined;
  let trouble: string | undefined;
  let portState: LinkPortState = { kind: "opening" };

  const onMessage = (message: Exclude<FromVision, { kind: "to-decoder" }>): void => {
    switch (message.kind) {
      case "frame":
        countOfFrames++;
        lastFrameMonoMs = clock.monoMs();
        trouble = undefined;
        if (message.latencyMs !== undefined) latencyMs = smoothed(latencyMs, message.latencyMs);
        news.onFrame(message.frame);
        break;
      case "contacts":
        news.onContacts(message.contacts, message.newIds);
        break;
      case "picture":
        news.onPicture(message.picture);
        break;
      case "status":
        seen = message.status;
        break;
      case "failed":
        trouble = message.because;
        news.onTrouble(message.because);
        break;
    }
  };
  const received = openVideoReceiver(uri, options.scheduler);
  const port: VideoPort | undefined = received.ok ? received.value : undefined;
  if (!received.ok) trouble = received.error.problem;
  const vision: VisionHost | undefined = port
    ? startVisionHost({
        decoderPort: options.decoderPort,
        coastJson: options.coastJson,
        onMessage,
        onCrash: (because) => {
          trouble = "the vision worker stopped; starting it again";
          news.onTrouble(because);
        },
      })
    : undefined;
  const subscriptions: readonly Subscription[] = port
    ? [
        port.chunks$.subscribe((bytes) => {
          news.onBytes(bytes);
          vision?.push(bytes, clock.unixUs());
        }),
        port.state$.subscribe((state) => {
          portState = state;
        }),
      ]
    : [];

  const state = (): Pick<VideoStatus, "state" | "because"> => {
    if (trouble !== undefined) return { state: "failed", because: trouble };
    if (portState.kind === "failed") return { state: "failed", because: portState.because };
    const unsupported = seen?.ts.video.startsWith("unsupported") === true ? seen.ts.video : undefined;
    if (unsupported !== undefined) return { state: "failed", because: unsupported };
    if (lastFrameMonoMs === undefined) return { state: "waiting", because: undefined };
    return { state: clock.monoMs() - lastFrameMonoMs > STALE_AFTER_MS ? "stale" : "live", because: undefined };
  };
  return {
    status: () => ({
      ...state(),
      uri,
      framesPerS: frameRate.perS(countOfFrames, clock.monoMs()),
      hasKlv: seen?.hasKlv ?? false,
      skewMs,
      latencyMs,
    }),
    setGround: (home, coastJson) => vision?.setGround(home, coastJson),
    setSkewMs: (measured) => {
      skewMs = measured;
    },
    dispose: async () => {
      for (const subscription of subscriptions) subscription.unsubscribe();
      await Promise.all([port?.dispose(), vision?.dispose()]);
    },
  };
}

const smoothed = (before: number | undefined, next: number): number =>
  before === undefined ? next : before + (next - before) * 0.1;
