import { localFrameAt } from "../../src/geo/localFrame.js";
import type { Scenario } from "../scenario.js";
import { groundOf } from "../world/ground.js";
import { openActorLayer } from "./actorLayer.js";
import type { Exposure } from "./cameraPort.js";
import { openGain } from "./gain.js";
import { groundHides } from "./groundRay.js";
import { openGroundLayer } from "./groundLayer.js";
import { viewOf } from "./projection.js";
import { openSensor } from "./sensor.js";

type Renderer = {
  /** Draws one frame: grey levels, row by row from the top left. The buffer is reused for the next frame. */
  readonly draw: (exposure: Exposure) => Uint8Array;
};

/**
 * The camera before the encoder. Deterministic: the same scenario, seed and sequence of exposures (scenario times and true poses) give
 * the same pixels. Opening it precomputes the ground, which takes about a second.
 */
export function openRenderer(scenario: Scenario, seed: number): Renderer {
  const ground = groundOf(scenario);
  const frame = localFrameAt(scenario.home);
  const groundLayer = openGroundLayer(scenario, ground, seed);
  const actorLayer = openActorLayer(scenario, ground, seed);
  const sensor = openSensor(scenario.camera, seed);
  const gain = openGain();
  const pixels = scenario.camera.widthPx * scenario.camera.heightPx;
  const temperaturesC = new Float32Array(pixels);
  const luma = new Uint8Array(pixels);
  let countOfFrames = 0;
  let lastUnixUs: number | undefined;

  return {
    draw: (exposure) => {
      // Before the scenario starts only the sea moves; its time is counted in frames, independent of the real clock.
      const worldS = exposure.scenarioS >= 0 ? exposure.scenarioS : countOfFrames / scenario.camera.framesPerS;
      const afterS = lastUnixUs === undefined ? 0 : (exposure.unixTimeUs - lastUnixUs) / 1e6;
      lastUnixUs = exposure.unixTimeUs;
      countOfFrames++;
      const view = viewOf(exposure.truth, scenario.camera, frame);
      groundLayer.draw(view, worldS, temperaturesC);
      actorLayer.draw({ view, temperaturesC, hides: groundHides(ground, view) }, exposure.scenarioS);
      sensor.expose(temperaturesC, worldS, Math.round(worldS * 1000));
      gain.apply(temperaturesC, afterS, luma);
      return luma;
    },
  };
}
