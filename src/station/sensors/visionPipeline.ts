import type { Subscription } from "rxjs";
import type { Scheduler } from "../../core/clock.js";
import { neverErrors } from "../../io/neverErrors.js";
import type { LumaFrame, VideoDecoderPort } from "../../io/decoderPort.js";
import type { FrameObserver } from "../../track/frameObserver.js";
import type { ObservedFrame } from "../../track/observedFrame.js";
import { createFrameSync, type SyncedFrame } from "../../video/frameSync.js";
import { createTsDemuxer } from "../../video/tsDemuxer.js";
import type { AccessUnit, TsStatus } from "../../video/tsEvents.js";

/** A live picture later than this is skipped: three frames of waiting on top of the decoder's own delay. */
const LATE_US = 250_000;
/**
 * Live pictures that may wait for a detector slower than the camera. Four absorb a burst from the decoder; a detector
 * of 40 ms on 30 pictures a second then works on pictures less than 0.2 s old instead of nearly late ones.
 */
const WAITING_MAX = 4;
/** A detector that takes longer hangs: the next picture is tried, and an answer that comes later is not used. */
const ANSWERS_WITHIN_MS = 5000;
/** Access units without a time stamp get that of the previous one plus this: enough to tell them apart. */
const UNSTAMPED_STEP_US = 1;
/** Arrival times kept for frames inside the decoder. */
const ARRIVALS_MAX = 256;

export type PipelineFrame = {
  readonly image: LumaFrame;
  readonly observed: ObservedFrame;
};

export type PipelineCounts = {
  /** Decoded but skipped: they arrived, or would have been processed, too late to be of use live. */
  readonly countOfLate: number;
  readonly countOfProcessed: number;
  readonly hasKlv: boolean;
  /** From the start of a picture's processing to its observations, a running mean. */
  readonly processMs: number;
};

export type VisionPipeline = {
  /** Bytes of a transport stream; `arrivedUnixUs` is when they arrived, or were recorded. */
  readonly push: (bytes: Uint8Array, arrivedUnixUs: number) => void;
  /** Resolves when no decoded picture is waiting: the reader of a file pauses on it. */
  readonly idle: () => Promise<void>;
  /** Resolves when everything pushed so far has been processed. */
  readonly flush: () => Promise<void>;
  readonly tsStatus: () => TsStatus;
  readonly counts: () => PipelineCounts;
  /** Finishes the current picture and drops those that wait. */
  readonly close: () => Promise<void>;
};

type VisionPipelineOptions = {
  readonly decoder: VideoDecoderPort;
  readonly observer: FrameObserver;
  /** Set for live video: frames older than a quarter of a second are then skipped and counted. */
  readonly liveUnixUs: (() => number) | undefined;
  readonly time: { readonly monoMs: () => number; readonly scheduler: Scheduler };
  readonly onFrame: (frame: PipelineFrame) => void;
  /** A picture was not searched: its detector failed, or has not answered within `ANSWERS_WITHIN_MS`. */
  readonly onUnsearched: (because: string) => void;
};

/** Transport stream → access units and poses → pictures → observations, in the order of the pictures. */
export const createVisionPipeline = (options: VisionPipelineOptions): VisionPipeline => new LiveVisionPipeline(options);

type Waiting = { readonly image: LumaFrame; readonly synced: SyncedFrame; readonly arrivedUnixUs: number | undefined };

class LiveVisionPipeline implements VisionPipeline {
  readonly #options: VisionPipelineOptions;
  readonly #demuxer = createTsDemuxer();
  readonly #sync = createFrameSync();
  readonly #arrivals = new Map<number, number>();
  readonly #subscription: Subscription;
  readonly #waiting: Waiting[] = [];
  #isWorking = false;
  /** Resolves when the waiting pictures have been processed. */
  #working: Promise<void> = Promise.resolve();
  #lastTagUs = 0;
  #lastArrivedUnixUs = 0;
  #countOfLate = 0;
  #countOfProcessed = 0;
  #processMs = 0;

  constructor(options: VisionPipelineOptions) {
    this.#options = options;
    this.#subscription = options.decoder.frames$.subscribe({
      next: (image) => this.#onPicture(image),
      error: neverErrors,
    });
  }

  readonly push = (bytes: Uint8Array, arrivedUnixUs: number): void => {
    this.#lastArrivedUnixUs = arrivedUnixUs;
    this.#take(this.#demuxer.push(bytes), arrivedUnixUs);
  };

  readonly idle = (): Promise<void> => this.#working;

  readonly flush = async (): Promise<void> => {
    this.#take(this.#demuxer.flush(), this.#lastArrivedUnixUs);
    await this.#options.decoder.flush();
    await this.#working;
  };

  readonly tsStatus = (): TsStatus => this.#demuxer.status();

  readonly counts = (): PipelineCounts => ({
    countOfLate: this.#countOfLate,
    countOfProcessed: this.#countOfProcessed,
    hasKlv: this.#sync.status().hasKlv,
    processMs: this.#processMs,
  });

  readonly close = async (): Promise<void> => {
    this.#subscription.unsubscribe();
    this.#waiting.length = 0;
    await this.#working;
    await this.#options.decoder.close();
  };

  #take(events: ReturnType<ReturnType<typeof createTsDemuxer>["push"]>, arrivedUnixUs: number): void {
    for (const event of events) {
      if (event.kind === "klv") this.#sync.onKlv(event);
      else this.#onAccessUnit(event, arrivedUnixUs);
    }
  }

  #onAccessUnit(unit: AccessUnit, arrivedUnixUs: number): void {
    const tagUs = unit.ptsUs ?? this.#lastTagUs + UNSTAMPED_STEP_US;
    this.#lastTagUs = tagUs;
    this.#arrivals.set(tagUs, arrivedUnixUs);
    if (this.#arrivals.size > ARRIVALS_MAX) forgetFirst(this.#arrivals);
    this.#sync.onAccessUnit(tagUs);
    this.#options.decoder.decode({ tagUs, isKeyframe: unit.isKeyframe, bytes: unit.bytes });
  }

  #onPicture(image: LumaFrame): void {
    const arrivedUnixUs = this.#arrivals.get(image.tagUs);
    this.#arrivals.delete(image.tagUs);
    this.#waiting.push({ image, synced: this.#sync.frame(image.tagUs), arrivedUnixUs });
    if (this.#options.liveUnixUs && this.#waiting.length > WAITING_MAX) {
      this.#waiting.shift();
      this.#countOfLate++;
    }
    if (!this.#isWorking) this.#working = this.#work();
  }

  #isLate(arrivedUnixUs: number | undefined): boolean {
    const { liveUnixUs } = this.#options;
    return liveUnixUs !== undefined && arrivedUnixUs !== undefined && liveUnixUs() - arrivedUnixUs > LATE_US;
  }

  /** One picture after the other, so that the observer gets them in order however long the detector takes. */
  async #work(): Promise<void> {
    this.#isWorking = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      if (this.#isLate(next.arrivedUnixUs)) this.#countOfLate++;
      else await this.#observe(next);
    }
    this.#isWorking = false;
  }

  async #observe({ image, synced, arrivedUnixUs }: Waiting): Promise<void> {
    const { observer, time, onFrame, onUnsearched } = this.#options;
    const unixTimeUs = synced.unixTimeUs ?? arrivedUnixUs ?? 0;
    const startMs = time.monoMs();
    const observed = await answerOf(observer.observe({ unixTimeUs, image, pose: synced.pose }), time.scheduler);
    // Not shown as a picture in which nobody was found: nobody has looked.
    if ("because" in observed) {
      onUnsearched(observed.because);
      return;
    }
    const tookMs = time.monoMs() - startMs;
    this.#processMs = this.#countOfProcessed === 0 ? tookMs : this.#processMs * 0.95 + tookMs * 0.05;
    this.#countOfProcessed++;
    onFrame({ image, observed });
  }
}

type Unsearched = { readonly because: string };

function answerOf(answer: Promise<ObservedFrame>, scheduler: Scheduler): Promise<ObservedFrame | Unsearched> {
  return new Promise((resolve) => {
    const cancel = scheduler.after(ANSWERS_WITHIN_MS, () =>
      resolve({ because: `no answer within ${ANSWERS_WITHIN_MS} ms` }),
    );
    answer.then(resolve, (problem: unknown) => resolve({ because: String(problem) })).finally(cancel);
  });
}

function forgetFirst(map: Map<number, number>): void {
  for (const key of map.keys()) {
    map.delete(key);
    return;
  }
}
