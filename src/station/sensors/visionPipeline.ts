import type { Subscription } from "rxjs";
import { neverErrors } from "../../io/neverErrors.js";
import type { LumaFrame, VideoDecoderPort } from "../../io/decoderPort.js";
import type { Vision, VisionResult } from "../../track/visionTypes.js";
import { createFrameSync } from "../../video/frameSync.js";
import type { FramePose } from "../../video/framePose.js";
import { createTsDemuxer } from "../../video/tsDemuxer.js";
import type { AccessUnit, TsStatus } from "../../video/tsEvents.js";

/** Later than this a live picture is skipped: three frames of waiting on top of what the decoder itself holds back. */
const LATE_US = 250_000;
/** Access units without a time stamp follow the one before by an instant: enough to tell them apart. */
const UNSTAMPED_STEP_US = 1;
/** Arrival times kept for frames that are in the decoder. */
const ARRIVALS_MAX = 256;

export type PipelineFrame = {
  readonly image: LumaFrame;
  readonly unixTimeUs: number;
  readonly pose: FramePose | undefined;
  readonly result: VisionResult;
};

export type VisionPipeline = {
  /** Transport stream bytes; `arrivedUnixUs` is when they came, or when they were recorded. */
  readonly push: (bytes: Uint8Array, arrivedUnixUs: number) => void;
  /** Everything pushed so far comes out before this resolves. */
  readonly flush: () => Promise<void>;
  readonly tsStatus: () => TsStatus;
  readonly counts: () => {
    readonly countOfLate: number;
    readonly countOfProcessed: number;
    readonly hasKlv: boolean;
    readonly processMs: number;
  };
  readonly close: () => Promise<void>;
};

type PipelineOptions = {
  readonly decoder: VideoDecoderPort;
  readonly vision: Vision;
  /** Given for live video: frames older than a quarter of a second are then skipped, and counted. */
  readonly liveUnixUs: (() => number) | undefined;
  readonly monoMs: () => number;
  readonly onFrame: (frame: PipelineFrame) => void;
};

/** Transport stream → access units and poses → pictures → detections and contacts. */
export function createVisionPipeline(options: PipelineOptions): VisionPipeline {
  const demuxer = createTsDemuxer();
  const sync = createFrameSync();
  const arrivals = new Map<number, number>();
  let lastTagUs = 0;
  let countOfLate = 0;
  let countOfProcessed = 0;
  let processMs = 0;

  const onAccessUnit = (unit: AccessUnit, arrivedUnixUs: number): void => {
    const tagUs = unit.ptsUs ?? lastTagUs + UNSTAMPED_STEP_US;
    lastTagUs = tagUs;
    arrivals.set(tagUs, arrivedUnixUs);
    if (arrivals.size > ARRIVALS_MAX) forgetFirst(arrivals);
    sync.onAccessUnit(tagUs);
    options.decoder.decode({ tagUs, isKeyframe: unit.isKeyframe, bytes: unit.bytes });
  };
  const onPicture = (image: LumaFrame): void => {
    const arrivedUnixUs = arrivals.get(image.tagUs);
    arrivals.delete(image.tagUs);
    if (options.liveUnixUs && arrivedUnixUs !== undefined && options.liveUnixUs() - arrivedUnixUs > LATE_US) {
      countOfLate++;
      return;
    }
    const synced = sync.frame(image.tagUs);
    const unixTimeUs = synced.unixTimeUs ?? arrivedUnixUs ?? 0;
    const startMs = options.monoMs();
    const result = options.vision.process({ unixTimeUs, image, pose: synced.pose });
    const tookMs = options.monoMs() - startMs;
    processMs = countOfProcessed === 0 ? tookMs : processMs * 0.95 + tookMs * 0.05;
    countOfProcessed++;
    options.onFrame({ image, unixTimeUs, pose: synced.pose, result });
  };
  const take = (events: ReturnType<typeof demuxer.push>, arrivedUnixUs: number): void => {
    for (const event of events) {
      if (event.kind === "klv") sync.onKlv(event);
      else onAccessUnit(event, arrivedUnixUs);
    }
  };
  const subscription: Subscription = options.decoder.frames$.subscribe({ next: onPicture, error: neverErrors });
  let lastArrivedUnixUs = 0;
  return {
    push: (bytes, arrivedUnixUs) => {
      lastArrivedUnixUs = arrivedUnixUs;
      take(demuxer.push(bytes), arrivedUnixUs);
    },
    flush: async () => {
      take(demuxer.flush(), lastArrivedUnixUs);
      await options.decoder.flush();
    },
    tsStatus: () => demuxer.status(),
    counts: () => ({ countOfLate, countOfProcessed, hasKlv: sync.status().hasKlv, processMs }),
    close: () => {
      subscription.unsubscribe();
      return options.decoder.close();
    },
  };
}

function forgetFirst(map: Map<number, number>): void {
  for (const key of map.keys()) {
    map.delete(key);
    return;
  }
}
