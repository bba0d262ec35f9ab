/**
 * The worker thread that turns a camera's video into observations, so that links and screens never wait for a picture.
 * It owns the demultiplexer, the decoder (or the relay to Chromium's) and the detector; see `visionMessages.ts`.
 */
import { parentPort, workerData } from "node:worker_threads";
import { createNapiDecoder } from "../../io/decoderNapi.js";
import type { VideoDecoderPort } from "../../io/decoderPort.js";
import { createRemoteDecoder } from "../../io/decoderRemote.js";
import { realClock, realScheduler } from "../../io/realClock.js";
import type { GroundModel } from "../../geo/ground/ground.js";
import { createFrameObserver } from "../../track/frameObserver.js";
import { terrainModelOf } from "../terrain/readTerrainFile.js";
import { CoverageMaker } from "./coverageMaker.js";
import { createDecoderRelay } from "./decoderRelay.js";
import { DETECTORS } from "./detectors.js";
import { groundFromCoast } from "./groundFromCoast.js";
import type { FromVision, ToVision, VisionWorkerData } from "./visionMessages.js";
import { createVisionPipeline, type PipelineFrame, type VisionPipeline } from "./visionPipeline.js";

const STATUS_EVERY_MS = 500;

const port = parentPort;
if (!port) throw new Error("Invariant: the vision worker runs as a worker thread");
const data = workerData as VisionWorkerData;

const send = (message: FromVision, transfer: readonly ArrayBuffer[] = []): void => {
  port.postMessage(message, transfer);
};

let ground: GroundModel = groundFromCoast(undefined, undefined);
const coverage = new CoverageMaker();
const relay = createDecoderRelay(send);
let pipeline: VisionPipeline | undefined;
let close: () => Promise<void> = () => Promise.resolve();
let isEnding = false;
const waiting: Extract<ToVision, { kind: "bytes" }>[] = [];

port.on("message", (message: ToVision) => {
  switch (message.kind) {
    case "bytes":
      if (isEnding) break;
      if (pipeline) pipeline.push(message.bytes, message.arrivedUnixUs);
      else if (waiting.length < 1000) waiting.push(message);
      break;
    case "ground":
      ground = groundFromCoast(message.ground.coastJson, message.ground.home, terrainModelOf(message.ground.terrain));
      coverage.setGround(ground);
      break;
    case "coverage-origin":
      coverage.setOrigin(message.origin);
      break;
    case "from-decoder":
    case "decoder-lost":
      relay.onMessage(message);
      break;
    case "end":
      void end();
      break;
  }
});

async function openDecoder(): Promise<VideoDecoderPort | undefined> {
  if (data.decoder === "relay") return createRemoteDecoder(relay.port, { stream: data.cameraId });
  const opened = await createNapiDecoder();
  if (opened.ok) return opened.value;
  send({ kind: "failed", because: opened.error.because });
  return undefined;
}

/** Exits only once the decoder is idle: see `endWorker`. */
async function end(): Promise<void> {
  isEnding = true;
  await started;
  await close();
  process.exit();
}

async function start(): Promise<void> {
  const decoder = await openDecoder();
  if (!decoder) return;
  const onFrame = ({ image, observed }: PipelineFrame): void => {
    const { widthPx, heightPx, luma } = image;
    const { unixTimeUs, placed } = observed;
    const patch = placed?.footprint && coverage.patchOf(unixTimeUs, placed.footprint, widthPx, placed.view);
    if (patch) send({ kind: "covered", patch }, [patch.cells.buffer]);
    // Only a KLV time says when the picture was taken; without it there is no latency.
    const latencyMs = placed ? (realClock.unixUs() - unixTimeUs) / 1000 : undefined;
    send({ kind: "observed", picture: { widthPx, heightPx, luma, observed, latencyMs } }, [luma.buffer]);
  };
  const opened = createVisionPipeline({
    decoder,
    observer: createFrameObserver({
      ground: {
        heightAt: (position) => ground.heightAt(position),
        get roughness() {
          return ground.roughness;
        },
      },
      detector: DETECTORS[data.detector](),
    }),
    liveUnixUs: realClock.unixUs,
    time: { monoMs: realClock.monoMs, scheduler: realScheduler },
    onFrame,
    onUnsearched: (because) => send({ kind: "unsearched", because }),
  });
  close = opened.close;
  pipeline = opened;
  for (const message of waiting.splice(0)) opened.push(message.bytes, message.arrivedUnixUs);
  setInterval(() => {
    send({ kind: "status", status: { ts: opened.tsStatus(), decoder: decoder.stats(), ...opened.counts() } });
  }, STATUS_EVERY_MS);
}

const started = start();
