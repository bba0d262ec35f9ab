import type { Scenario } from "../scenario.js";
import type { Exposure } from "./cameraPort.js";
import { openPoseKlv } from "./poseKlv.js";
import { openRenderer } from "./renderer.js";
import { openTsMuxer } from "./tsMuxer.js";
import { openThermalEncoder } from "./videoEncoder.js";

/** More frames than this inside the encoder means that it cannot keep up. */
const ENCODER_WAITING_MAX = 4;

type Pipeline = {
  /** Draws, encodes and sends one frame; false if it was dropped because the encoder is behind. */
  readonly expose: (exposure: Exposure) => boolean;
  readonly close: () => Promise<void>;
};

type PipelineOptions = {
  readonly scenario: Scenario;
  readonly seed: number;
  /** Whole transport stream packets, one call a frame. */
  readonly onPackets: (packets: Uint8Array) => void;
  readonly onFailure: (message: string) => void;
};

/** Exposure in, transport stream out: everything but the thread and the socket. */
export function openPipeline({ scenario, seed, onPackets, onFailure }: PipelineOptions): Pipeline {
  const renderer = openRenderer(scenario, seed);
  const poseKlv = openPoseKlv(scenario);
  const muxer = openTsMuxer();
  const klvByTime = new Map<number, Uint8Array>();
  const encoder = openThermalEncoder({
    ...scenario.camera,
    onFailure,
    onFrame: ({ timeUs, bytes, isKeyframe }) => {
      const klv = klvByTime.get(timeUs);
      klvByTime.delete(timeUs);
      if (!klv) throw new Error(`Invariant: a coded frame without its pose at ${timeUs}`);
      onPackets(muxer.mux({ timeUs, video: bytes, klv, isKeyframe }));
    },
  });
  return {
    expose: (exposure) => {
      if (encoder.waiting() > ENCODER_WAITING_MAX || klvByTime.has(exposure.unixTimeUs)) return false;
      klvByTime.set(exposure.unixTimeUs, poseKlv(exposure));
      encoder.encode(renderer.draw(exposure), exposure.unixTimeUs);
      return true;
    },
    close: encoder.close,
  };
}
