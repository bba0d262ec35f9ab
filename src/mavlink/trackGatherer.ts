import { geodesicDistanceM } from "../geo/geodesic.js";
import type { Position } from "../geo/position.js";
import type { RecordedSample } from "../vehicle/recordedTrack.js";
import type { GlobalPosition, VehicleState } from "../vehicle/vehicleState.js";

/** At most ten samples a second, one in each tenth: a 10 Hz stream with jitter then loses hardly any. */
const SAMPLE_SLOT_US = 100_000;

/**
 * Samples kept of one vehicle: more than a time line or map can show. A longer flight is thinned out; the exact state
 * at an instant is folded from the recording itself.
 */
const SAMPLES_MAX = 40_000;

/** A vehicle's track from one source of positions. */
export class TrackGatherer {
  #samples: RecordedSample[] = [];
  #lengthM = 0;
  #maxAboveHomeM = -Infinity;
  #maxAmslM = -Infinity;
  #firstAmslM: number | undefined;
  #lastPosition: Position | undefined;
  #slotUs = SAMPLE_SLOT_US;
  #lastSlot = -1;

  get isEmpty(): boolean {
    return this.#lastPosition === undefined;
  }

  get samples(): readonly RecordedSample[] {
    return this.#samples;
  }

  get lengthM(): number {
    return this.#lengthM;
  }

  /** The maximum of the received heights above home, thinned-out samples included. */
  get maxAboveHomeM(): number {
    return this.#maxAboveHomeM;
  }

  get maxAmslM(): number {
    return this.#maxAmslM;
  }

  get firstAmslM(): number | undefined {
    return this.#firstAmslM;
  }

  add(unixTimeUs: number, fix: GlobalPosition, state: VehicleState): void {
    if (this.#lastPosition) this.#lengthM += geodesicDistanceM(this.#lastPosition, fix.position);
    this.#lastPosition = fix.position;
    this.#firstAmslM ??= fix.altitudeAmslM;
    this.#maxAmslM = Math.max(this.#maxAmslM, fix.altitudeAmslM);
    this.#maxAboveHomeM = Math.max(this.#maxAboveHomeM, fix.altitudeAboveHomeM);
    const slot = Math.floor(unixTimeUs / this.#slotUs);
    if (slot === this.#lastSlot) return;
    this.#lastSlot = slot;
    this.#samples.push(sampleOf(unixTimeUs, fix, state));
    if (this.#samples.length > SAMPLES_MAX) this.#coarsen();
  }

  /** Halves the sampling rate from here on, and drops every second sample so far. */
  #coarsen(): void {
    this.#slotUs *= 2;
    this.#samples = this.#samples.filter((_, index) => index % 2 === 0);
    this.#lastSlot = Math.floor(this.#lastSlot / 2);
  }
}

function sampleOf(unixTimeUs: number, fix: GlobalPosition, state: VehicleState): RecordedSample {
  const { attitude, velocity, airData, battery } = state;
  return {
    unixTimeUs,
    position: fix.position,
    altitudeAmslM: fix.altitudeAmslM,
    altitudeAboveHomeM: fix.altitudeAboveHomeM,
    headingDeg: attitude?.value.headingDeg,
    rollDeg: attitude?.value.rollDeg,
    pitchDeg: attitude?.value.pitchDeg,
    groundSpeedMps: velocity?.value.groundSpeedMps,
    climbRateMps: airData?.value.climbRateMps ?? climbOf(velocity?.value.downMps),
    batteryFraction: battery?.value.remainingFraction,
    batteryVoltageV: battery?.value.voltageV,
  };
}

const climbOf = (downMps: number | undefined): number | undefined => (downMps === undefined ? undefined : -downMps);
