import { setTimeout as sleep } from "node:timers/promises";
import type { Result } from "../../core/result.js";
import type { VideoFrame } from "../../contract/messages.js";
import type { DecoderFailure, LumaFrame, VideoDecoderPort } from "../../io/decoderPort.js";
import { openPlainFile } from "../../io/fileStore.js";
import { neverErrors } from "../../io/neverErrors.js";
import type { GroundModel } from "../../geo/ground/ground.js";
import { createContactTracker } from "../../track/contactTracker.js";
import { createFrameObserver } from "../../track/frameObserver.js";
import { createFrameSync } from "../../video/frameSync.js";
import type { FramePose } from "../../video/framePose.js";
import { createTsDemuxer } from "../../video/tsDemuxer.js";
import type { AccessUnit, TsEvent } from "../../video/tsEvents.js";
import type { Opening } from "./openFlight.js";

export type OpenDecoder = () => Promise<Result<VideoDecoderPort, DecoderFailure>>;

/** A picture of the recording: the byte offset of its keyframe, and the time it shows. */
type IndexedFrame = {
  readonly ptsUs: number;
  readonly isKeyframe: boolean;
  readonly byteOffset: number;
  unixTimeUs: number | undefined;
  pose: FramePose | undefined;
};

/** A picture's KLV may follow it in the stream: its time is looked up this many pictures later. */
const KLV_LAG_FRAMES = 8;
const READ_BYTES = 188 * 64;
/** A decoder's window that went away never answers: after this long, what was decoded so far is shown. */
const DECODE_WITHIN_MS = 5000;
/** Groups of pictures kept decoded: playing back and forth over the edge of a group decodes nothing twice. */
const GROUPS_KEPT = 3;

/** `video.ts` of a sortie: indexed once, then gives the picture of any instant. */
export type RecordedVideo = {
  readonly firstUnixUs: number;
  readonly lastUnixUs: number;
  readonly countOfFrames: number;
  readonly frameAt: (unixTimeUs: number, ground: GroundModel) => Promise<VideoFrame | undefined>;
  readonly close: () => void;
};

type RecordedVideoOptions = {
  /** When recording began: the times of a video without KLV count from it. */
  readonly fallbackStartUnixUs: number;
  /** Camera clock minus station clock: subtracted from KLV times to get the station's time. */
  readonly cameraOffsetUs: number;
  readonly openDecoder: OpenDecoder;
  readonly opening: Opening;
};

/** Reads the whole file once for its index. Undefined when it contains no pictures, or when it was cancelled. */
export async function openRecordedVideo(
  path: string,
  options: RecordedVideoOptions,
): Promise<RecordedVideo | undefined> {
  const { openDecoder } = options;
  const frames = await indexFrames(path, options);
  const times = frames.flatMap((frame) => frame.unixTimeUs ?? []);
  const [firstUnixUs] = times;
  const lastUnixUs = times.at(-1);
  if (firstUnixUs === undefined || lastUnixUs === undefined) return undefined;
  const groups = new Map<number, Promise<ReadonlyMap<number, LumaFrame>>>();

  const groupOf = (keyIndex: number, endIndex: number): Promise<ReadonlyMap<number, LumaFrame>> => {
    const known = groups.get(keyIndex);
    if (known) return known;
    const decoded = decodeGroup({ path, frames, keyIndex, endIndex, openDecoder });
    groups.set(keyIndex, decoded);
    for (const oldest of groups.keys()) {
      if (groups.size <= GROUPS_KEPT) break;
      groups.delete(oldest);
    }
    return decoded;
  };
  const frameAt = async (unixTimeUs: number, ground: GroundModel): Promise<VideoFrame | undefined> => {
    const index = lastIndexAtOrBefore(frames, unixTimeUs);
    if (index === undefined) return undefined;
    let keyIndex = index;
    while (keyIndex > 0 && frames[keyIndex]?.isKeyframe !== true) keyIndex--;
    let endIndex = index + 1;
    while (endIndex < frames.length && frames[endIndex]?.isKeyframe !== true) endIndex++;
    const pictures = await groupOf(keyIndex, endIndex);
    const frame = frames[index];
    const image = frame && pictures.get(frame.ptsUs);
    if (!image || frame.unixTimeUs === undefined) return undefined;
    const { unixTimeUs: takenUnixUs, pose } = frame;
    const observed = await createFrameObserver({ ground }).observe({ unixTimeUs: takenUnixUs, image, pose });
    // A new tracker for every picture: boxes and ground as they were, without creating contacts of its own.
    const { boxes } = createContactTracker().track(observed, 1);
    const { widthPx, heightPx } = image;
    // A copy: transferring the reply would detach the cached one.
    const luma = image.luma.slice();
    const picture = { frameId: index, unixTimeUs: takenUnixUs, widthPx, heightPx, luma };
    return { ...picture, boxes, ground: observed.placed?.footprint };
  };
  return { firstUnixUs, lastUnixUs, countOfFrames: frames.length, frameAt, close: () => groups.clear() };
}

async function indexFrames(path: string, options: RecordedVideoOptions): Promise<IndexedFrame[]> {
  const demuxer = createTsDemuxer();
  const sync = createFrameSync();
  const frames: IndexedFrame[] = [];
  let countOfTimed = 0;
  let pushedAt = 0;
  // A picture is output when the next one begins: its own bytes begin where the previous one was output.
  let beganAt = 0;
  const time = (untilIndex: number): void => {
    for (; countOfTimed < untilIndex; countOfTimed++) {
      const frame = frames[countOfTimed];
      if (!frame) return;
      const synced = sync.frame(frame.ptsUs);
      frame.unixTimeUs = synced.unixTimeUs;
      frame.pose = synced.pose;
    }
  };
  const take = (events: readonly TsEvent[]): void => {
    for (const event of events) {
      if (event.kind === "klv") {
        sync.onKlv(event);
        continue;
      }
      const ptsUs = event.ptsUs ?? (frames.at(-1)?.ptsUs ?? 0) + 1;
      sync.onAccessUnit(ptsUs);
      const { isKeyframe } = event;
      frames.push({ ptsUs, isKeyframe, byteOffset: beganAt, unixTimeUs: undefined, pose: undefined });
      beganAt = pushedAt;
      time(frames.length - KLV_LAG_FRAMES);
    }
  };
  for await (const chunk of readPlain(path, { highWaterMark: READ_BYTES * 64 })) {
    if (options.opening.isCancelled) return [];
    for (let at = 0; at < chunk.byteLength; at += READ_BYTES) {
      const piece = chunk.subarray(at, at + READ_BYTES);
      take(demuxer.push(piece));
      pushedAt += piece.byteLength;
    }
  }
  take(demuxer.flush());
  time(frames.length);
  return onStationClock(frames, options);
}

/** A video without any KLV uses the recorder's clock; one with some keeps only the times that are known. */
function onStationClock(frames: IndexedFrame[], options: RecordedVideoOptions): IndexedFrame[] {
  const { fallbackStartUnixUs, cameraOffsetUs } = options;
  const firstPtsUs = frames[0]?.ptsUs;
  if (firstPtsUs === undefined) return frames;
  const hasOwnTime = frames.some((frame) => frame.unixTimeUs !== undefined);
  for (const frame of frames) {
    if (!hasOwnTime) frame.unixTimeUs = fallbackStartUnixUs + (frame.ptsUs - firstPtsUs);
    else if (frame.unixTimeUs !== undefined) frame.unixTimeUs -= cameraOffsetUs;
  }
  return frames;
}

/** Yields nothing unless the path is a regular file: reading a FIFO, for example, would block. */
async function* readPlain(
  path: string,
  options: { readonly highWaterMark?: number; readonly start?: number; readonly end?: number },
): AsyncGenerator<Uint8Array> {
  // A recording without this file has no video.
  const file = await openPlainFile(path).catch(() => undefined);
  if (file) yield* file.createReadStream(options) as AsyncIterable<Uint8Array>;
}

function lastIndexAtOrBefore(frames: readonly IndexedFrame[], unixTimeUs: number): number | undefined {
  let best: number | undefined;
  let low = 0;
  let high = frames.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = frames[middle]?.unixTimeUs ?? Number.NEGATIVE_INFINITY;
    if (at <= unixTimeUs) {
      if (at !== Number.NEGATIVE_INFINITY) best = middle;
      low = middle + 1;
    } else high = middle - 1;
  }
  return best;
}

type Group = {
  readonly path: string;
  readonly frames: readonly IndexedFrame[];
  readonly keyIndex: number;
  readonly endIndex: number;
  readonly openDecoder: OpenDecoder;
};

/** Decodes one group of pictures, keyframe to keyframe; by presentation time. Empty without a decoder. */
async function decodeGroup({ path, frames, keyIndex, endIndex, openDecoder }: Group): Promise<Map<number, LumaFrame>> {
  const pictures = new Map<number, LumaFrame>();
  const decoder = await openDecoder();
  if (!decoder.ok) return pictures;
  const subscription = decoder.value.frames$.subscribe({
    next: (picture) => pictures.set(picture.tagUs, picture),
    error: neverErrors,
  });
  const wanted = frames.slice(keyIndex, endIndex);
  for (const unit of await accessUnitsOf(path, frames, keyIndex, endIndex)) {
    const frame = wanted.shift();
    if (!frame) break;
    decoder.value.decode({ tagUs: frame.ptsUs, isKeyframe: unit.isKeyframe, bytes: unit.bytes });
  }
  await Promise.race([decoder.value.flush(), sleep(DECODE_WITHIN_MS)]);
  subscription.unsubscribe();
  await Promise.race([decoder.value.close(), sleep(DECODE_WITHIN_MS)]);
  return pictures;
}

async function accessUnitsOf(
  path: string,
  frames: readonly IndexedFrame[],
  keyIndex: number,
  endIndex: number,
): Promise<readonly AccessUnit[]> {
  const demuxer = createTsDemuxer();
  // The tables at the head of the file tell which packets are video; any pictures found here are discarded.
  for await (const chunk of readPlain(path, { end: 188 * 512 })) demuxer.push(chunk);
  demuxer.flush();
  const start = frames[keyIndex]?.byteOffset ?? 0;
  const end = (frames[endIndex + 1]?.byteOffset ?? Number.POSITIVE_INFINITY) + READ_BYTES;
  const units: AccessUnit[] = [];
  const take = (events: readonly TsEvent[]): void => {
    for (const event of events) if (event.kind === "access-unit") units.push(event);
  };
  for await (const chunk of readPlain(path, { start, end })) take(demuxer.push(chunk));
  take(demuxer.flush());
  const keyframes = units.flatMap((unit, i) => (unit.isKeyframe ? [i] : []));
  const first = keyframes[countOfKeyframesBefore(frames, keyIndex)];
  return first === undefined ? [] : units.slice(first);
}

/** Small pictures: several groups may begin in one portion of the file, and all of them are read from its start. */
function countOfKeyframesBefore(frames: readonly IndexedFrame[], keyIndex: number): number {
  let count = 0;
  for (let i = keyIndex - 1; frames[i]?.byteOffset === frames[keyIndex]?.byteOffset && i >= 0; i--)
    if (frames[i]?.isKeyframe) count++;
  return count;
}
