import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Subject } from "rxjs";
import { describe, expect, it } from "vitest";
import { ok } from "../../core/result.js";
import { seaLevelGround } from "../../geo/ground/seaLevelGround.js";
import type { AccessUnit, LumaFrame, VideoDecoderPort } from "../../io/decoderPort.js";
import { recording } from "../../mavlink/testing/golden.js";
import { createEventChain } from "../../sortie/eventChain.js";
import { sha256 } from "../../sortie/testing/sortieBuilders.js";
import { klvChecksum } from "../../video/klv.js";
import { fakeUnit, joinBytes, KLVA_REGISTRATION, TsMuxer } from "../../video/testing/tsMuxer.js";
import { newOpening } from "./openFlight.js";
import { openRecordedVideo } from "./recordedVideo.js";
import { createRecordingStore } from "./recordings.js";

const START_UNIX_US = 1_795_400_000_000_000;
const FRAME_US = 40_000;
/** More than the reader takes at once: no two pictures begin in the same portion. */
const PICTURE_BYTES = 20_000;
const STREAMS = [
  { streamType: 0x1b, pid: 0x100, descriptors: [] },
  { streamType: 0x06, pid: 0x101, descriptors: KLVA_REGISTRATION },
];

/** Answers each picture with a grey one whose first pixel is the number in its slice. */
class NumberDecoder implements VideoDecoderPort {
  readonly #frames$ = new Subject<LumaFrame>();
  readonly frames$ = this.#frames$.asObservable();

  decode({ tagUs, isKeyframe, bytes }: AccessUnit): void {
    const number = (bytes[isKeyframe ? 31 : 10] ?? 0) & 0x7f;
    this.#frames$.next({ tagUs, widthPx: 64, heightPx: 48, luma: new Uint8Array(64 * 48).fill(number) });
  }

  readonly flush = () => Promise.resolve();
  readonly stats = () => ({ countOfDecoded: 0, countOfDropped: 0, countOfFailures: 0 });
  readonly close = () => Promise.resolve();
}

const bigEndian = (value: number, size: number): number[] =>
  Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** (size - 1 - i)) % 256);

/** A local set of a camera about 1000 m above the sea that looks straight down. */
function klvAt(unixTimeUs: number): Uint8Array {
  const key = [0x06, 0x0e, 0x2b, 0x34, 0x02, 0x0b, 0x01, 0x01, 0x0e, 0x01, 0x03, 0x01, 0x01, 0, 0, 0];
  const item = (tag: number, value: number, size: number): number[] => [tag, size, ...bigEndian(value, size)];
  const items = [
    ...item(2, unixTimeUs, 8),
    ...[5, 90, 91, 18, 20].flatMap((tag) => item(tag, 0, tag === 5 ? 2 : 4)),
    ...item(13, 2 ** 30, 4),
    ...item(14, 2 ** 24, 4),
    ...item(15, 6257, 2),
    ...item(16, 15000, 2),
    ...item(17, 12000, 2),
    ...item(19, 2 ** 32 - 2 ** 30, 4),
  ];
  const head = [...key, items.length + 4, ...items, 1, 2];
  return Uint8Array.from([...head, ...bigEndian(klvChecksum(Uint8Array.from(head)), 2)]);
}

/** A video of that many pictures, every fourth a keyframe; `klvUnixUs` is the camera's time of the first one. */
function videoOf(count: number, klvUnixUs?: number, { every = 4, pictureBytes = PICTURE_BYTES } = {}): Uint8Array {
  const muxer = new TsMuxer();
  const packets = Array.from({ length: count }, (_, i) => [
    ...(i === 0 ? muxer.tables(STREAMS) : []),
    ...muxer.pes(0x100, 0xe0, fakeUnit(i % every === 0, pictureBytes, i), { pts: 3600 * i }),
    ...(klvUnixUs === undefined ? [] : muxer.pes(0x101, 0xbd, klvAt(klvUnixUs + i * FRAME_US))),
  ]);
  return joinBytes(packets.flat());
}

const folderOf = (): string => mkdtempSync(join(tmpdir(), "vigie-recorded-video-"));

async function opened(bytes: Uint8Array, cameraOffsetUs = 0) {
  const path = join(folderOf(), "video.ts");
  writeFileSync(path, bytes);
  let countOfDecoders = 0;
  const openDecoder = () => {
    countOfDecoders++;
    return Promise.resolve(ok(new NumberDecoder()));
  };
  const options = { fallbackStartUnixUs: START_UNIX_US, cameraOffsetUs, openDecoder, opening: newOpening() };
  const video = await openRecordedVideo(path, options);
  if (!video) throw new Error("no pictures found");
  const numberAt = async (index: number): Promise<number | undefined> =>
    (await video.frameAt(START_UNIX_US + index * FRAME_US, seaLevelGround()))?.luma[0];
  return { video, numberAt, countOfDecoders: () => countOfDecoders };
}

describe("the video of a sortie", () => {
  it("without metadata counts from the start of the recording and shows the picture of every moment", async () => {
    const { video, numberAt } = await opened(videoOf(12));
    expect(video).toMatchObject({
      countOfFrames: 12,
      firstUnixUs: START_UNIX_US,
      lastUnixUs: START_UNIX_US + 11 * FRAME_US,
    });
    for (const index of [6, 0, 3, 4, 11]) expect(await numberAt(index), `picture ${index}`).toBe(index);
    const between = await video.frameAt(START_UNIX_US + 6.5 * FRAME_US, seaLevelGround());
    expect(between).toMatchObject({ frameId: 6, unixTimeUs: START_UNIX_US + 6 * FRAME_US });
    expect(await numberAt(-1)).toBeUndefined();
  });

  it.each([
    [1, 3000],
    [1, 8000],
    [1, 20_000],
    [4, 2000],
    [4, 4000],
    [10, 500],
  ])("shows each moment's own picture: a keyframe every %i, %i bytes each", async (every, pictureBytes) => {
    const { numberAt } = await opened(videoOf(30, undefined, { every, pictureBytes }));
    const shown: (number | undefined)[] = [];
    for (let index = 0; index < 30; index++) shown.push(await numberAt(index));
    expect(shown).toEqual(Array.from({ length: 30 }, (_, index) => index));
  });

  it("with metadata has the camera's times moved to the station's clock, and metadata is no picture", async () => {
    const aheadUs = 5_000_000;
    const { video, numberAt } = await opened(videoOf(12, START_UNIX_US + aheadUs), aheadUs);
    expect(video).toMatchObject({
      countOfFrames: 12,
      firstUnixUs: START_UNIX_US,
      lastUnixUs: START_UNIX_US + 11 * FRAME_US,
    });
    expect(await numberAt(6)).toBe(6);
  });

  it("keeps the last three groups of pictures decoded, and decodes an older one again", async () => {
    const { numberAt, countOfDecoders } = await opened(videoOf(16));
    for (const index of [0, 5, 9]) await numberAt(index);
    for (const index of [2, 6, 10]) expect(await numberAt(index)).toBe(index);
    expect(countOfDecoders()).toBe(3);
    await numberAt(13);
    for (const index of [4, 8, 12]) expect(await numberAt(index)).toBe(index);
    expect(countOfDecoders()).toBe(4);
    expect(await numberAt(1)).toBe(1);
    expect(countOfDecoders()).toBe(5);
  });
});

async function sortieWithVideo(video: Uint8Array, telemetry?: Uint8Array) {
  const sortiesFolder = join(folderOf(), "sorties");
  const folder = join(sortiesFolder, "2026-01-01T00-00-00Z-video");
  mkdirSync(folder, { recursive: true });
  const started = { unixTimeUs: START_UNIX_US, kind: "video-started", facts: {} };
  writeFileSync(join(folder, "events.jsonl"), createEventChain(sha256).next(started));
  writeFileSync(join(folder, "video.ts"), video);
  if (telemetry) writeFileSync(join(folder, "telemetry.tlog"), telemetry);
  const recordings = createRecordingStore({
    sortiesFolder,
    openFolder: () => undefined,
    openDecoder: () => Promise.resolve(ok(new NumberDecoder())),
    coastJson: () => undefined,
  });
  const document = await recordings.open(folder);
  if (!document.ok) throw new Error("not opened");
  return { recordings, document: document.value };
}

describe("pictures of a recording", () => {
  it("are shown of a sortie without any telemetry, from the time at which its video started", async () => {
    const { recordings, document } = await sortieWithVideo(videoOf(4));
    expect(document.video).toEqual({ firstUnixUs: START_UNIX_US, lastUnixUs: START_UNIX_US + 3 * FRAME_US });
    const frame = await recordings.frame(document.recordingId, START_UNIX_US + FRAME_US);
    expect(frame).toMatchObject({ ok: true, value: { frameId: 1, unixTimeUs: START_UNIX_US + FRAME_US } });
  });

  it("are placed on ground halfway between home and the sea, or at sea level when home is not known", async () => {
    const groundHeightM = async (telemetry?: Uint8Array): Promise<number | undefined> => {
      const { recordings, document } = await sortieWithVideo(videoOf(4, START_UNIX_US), telemetry);
      const frame = await recordings.frame(document.recordingId, START_UNIX_US + FRAME_US);
      return frame.ok ? frame.value?.ground?.centre.heightAmslM : undefined;
    };
    const telemetry = recording("copter");
    const { document } = await sortieWithVideo(videoOf(4), telemetry);
    const homeAmslM = document.report.vehicles[0]?.homeAmslM ?? Number.NaN;
    expect(homeAmslM).not.toBe(0);
    expect(await groundHeightM(telemetry)).toBeCloseTo(homeAmslM / 2, 3);
    expect(await groundHeightM()).toBe(0);
  });

  it("are refused of a recording that is not open, and of one without video", async () => {
    const { recordings } = await sortieWithVideo(videoOf(4));
    expect(await recordings.frame("R-99", START_UNIX_US)).toMatchObject({ ok: false, error: { kind: "not-found" } });
    const log = await recordings.openBytes("a.tlog", recording("copter"));
    if (!log.ok) throw new Error("not opened");
    expect(await recordings.frame(log.value.recordingId, 0)).toEqual({ ok: false, error: { kind: "no-video" } });
  });
});
