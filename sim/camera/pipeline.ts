import type { Scenario } from "../scenario.js";
import type { Exposure } from "./cameraPort.js";
import { openPoseKlv } from "./poseKlv.js";
import { openRenderer } from "./renderer.js";
import { openTsMuxer } from "./tsMuxer.js";
import { openThermalEncoder } from "./videoEncoder.js";

/** With more frames than this in the encoder, it cannot keep up and new frames are dropped. */
const ENCODER_WAITING_MAX = 4;

type Pipeline = {
  /** Draws, encodes and sends one frame; false if it was dropped because the encoder is too slow. */
  readonly expose: (exposure: Exposure) => boolean;
  readonly close: () => Promise<void>;
};

type PipelineOptions = {
  readonly scenario: Scenario;
  readonly seed: number;
  /** Called once per frame, with whole transport stream packets. */
  readonly onPackets: (packets: Uint8Array) => void;
  readonly onFailure: (message: string) => void;
};

/** From exposure to transport stream, without thread and socket. */
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
