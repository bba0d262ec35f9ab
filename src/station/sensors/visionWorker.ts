/**
 * The worker thread in which the video becomes contacts: the link and the screens never wait for a picture. It owns the
 * demultiplexer, the decoder (or the relay to Chromium's), the detector and the tracker; see `visionMessages.ts`.
 */
import { parentPort, workerData } from "node:worker_threads";
import { createNapiDecoder } from "../../io/decoderNapi.js";
import type { VideoDecoderPort } from "../../io/decoderPort.js";
import { createRemoteDecoder } from "../../io/decoderRemote.js";
import type { MessagePortLike } from "../../io/messagePortLike.js";
import { realClock } from "../../io/realClock.js";
import type { GroundModel } from "../../geo/groundModel.js";
import { createVision } from "../../track/vision.js";
import { ContactPictures } from "./contactPictures.js";
import { groundFromCoast } from "./groundFromCoast.js";
import type { FromVision, ToVision, VisionWorkerData } from "./visionMessages.js";
import { createVisionPipeline, type PipelineFrame, type VisionPipeline } from "./visionPipeline.js";

const STATUS_EVERY_MS = 500;
/** Contacts go out at most five times a second, new ones at once. */
const CONTACTS_EVERY_MS = 200;

const port = parentPort;
if (!port) throw new Error("Invariant: the vision worker runs as a worker thread");
const data = workerData as VisionWorkerData;

const say = (message: FromVision, transfer: readonly ArrayBuffer[] = []): void => {
  port.postMessage(message, transfer);
};

let ground: GroundModel = groundFromCoast(data.coastJson, undefined);
let onDecoderMessage: (message: unknown) => void = () => undefined;
let pipeline: VisionPipeline | undefined;
let forgetContacts: () => void = () => undefined;
let closeDecoder: () => Promise<void> = () => Promise.resolve();
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
      ground = groundFromCoast(message.coastJson, message.home);
      break;
    case "start-over":
      forgetContacts();
      say({ kind: "started-over" });
      break;
    case "from-decoder":
      onDecoderMessage(message.message);
      break;
    case "decoder-lost":
      onDecoderMessage({ kind: "failure", because: "the decoder's window went away" });
      break;
    case "end":
      void end();
      break;
  }
});

const relay: MessagePortLike = {
  postMessage: (message) => say({ kind: "to-decoder", message }),
  onMessage: (listener) => {
    onDecoderMessage = listener;
  },
  onClose: () => undefined,
  close: () => undefined,
};

async function openDecoder(): Promise<VideoDecoderPort | undefined> {
  if (data.decoder === "relay") return createRemoteDecoder(relay, { stream: "live" });
  const opened = await createNapiDecoder();
  if (opened.ok) return opened.value;
  say({ kind: "failed", because: opened.error.because });
  return undefined;
}

/** Not before the decoder is idle: see `endWorker`. */
async function end(): Promise<void> {
  isEnding = true;
  await started;
  await closeDecoder();
  process.exit();
}

async function start(): Promise<void> {
  const decoder = await openDecoder();
  if (!decoder) return;
  closeDecoder = decoder.close;
  let pictures = new ContactPictures();
  const vision = createVision({
    ground: { heightAt: (position) => ground.heightAt(position) },
    firstContactNumber: data.firstContactNumber,
  });
  let frameId = 0;
  let areContactsDirty = false;
  let contactsSaidAtMonoMs = 0;

  forgetContacts = () => {
    vision.startOver();
    pictures = new ContactPictures();
    areContactsDirty = false;
  };
  const onFrame = ({ image, unixTimeUs, pose, result }: PipelineFrame): void => {
    areContactsDirty ||= result.areContactsChanged;
    const nowMs = realClock.monoMs();
    const isDue = areContactsDirty && nowMs - contactsSaidAtMonoMs >= CONTACTS_EVERY_MS;
    if (isDue || result.newContacts.length > 0) {
      say({ kind: "contacts", contacts: result.contacts, newIds: result.newContacts });
      areContactsDirty = false;
      contactsSaidAtMonoMs = nowMs;
    }
    for (const picture of pictures.better(image, result.boxes))
      say({ kind: "picture", picture }, [picture.luma.buffer]);
    const { widthPx, heightPx, luma } = image;
    const { boxes, frameGround } = result;
    // Only a KLV time says when the picture was taken; without one there is nothing to measure from.
    const latencyMs = pose ? (realClock.unixUs() - unixTimeUs) / 1000 : undefined;
    const frame = { frameId: frameId++, unixTimeUs, widthPx, heightPx, luma, boxes, ground: frameGround };
    say({ kind: "frame", frame, latencyMs }, [luma.buffer]);
  };
  const opened = createVisionPipeline({
    decoder,
    vision,
    liveUnixUs: realClock.unixUs,
    monoMs: realClock.monoMs,
    onFrame,
  });
  pipeline = opened;
  for (const message of waiting.splice(0)) opened.push(message.bytes, message.arrivedUnixUs);
  setInterval(() => {
    say({ kind: "status", status: { ts: opened.tsStatus(), decoder: decoder.stats(), ...opened.counts() } });
  }, STATUS_EVERY_MS);
}

const started = start();
