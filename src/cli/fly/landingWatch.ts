import { isArmed, reportedLandedState, whereabouts } from "../../vehicle/selectors/airborne.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";

/** Metres from the height of take-off, or of home: a barometer drifts by metres in an hour. */
const NEAR_M = 3;
const STANDING_MPS = 1;
const LEVEL_MPS = 0.5;
/** The aircraft must stand this long: a single bad estimate is not enough. */
const STANDING_FOR_MS = 2000;
/** A position older than this says nothing about the present. */
const PLACE_COUNTS_MS = 3000;
/** Silent for this long around the disarming: the landing was not observed. An autopilot reboots in about that time. */
const SILENT_MS = 3000;
/** ArduPilot disarms as it touches down and reports "on ground" up to a second later. */
const SETTLE_MS = 4000;
const HIGH_M = 10;

/** What was observed of the end of a flight. */
export type LandingSeen =
  /** Seen flying, then on the ground, then disarmed. */
  | { readonly kind: "landed" }
  | { readonly kind: "never-took-off" }
  /** Nothing was received between the flight and the disarming. */
  | { readonly kind: "landing-not-seen"; readonly silentS: number }
  | {
      readonly kind: "not-on-the-ground";
      readonly heightM: number | undefined;
      readonly speedMps: number | undefined;
      readonly reportsFlying: boolean;
    };

const NO_SILENCE = { fromMonoMs: Number.NEGATIVE_INFINITY, forMs: 0 };

/** Collects the evidence of a landing: a disarmed aircraft has not necessarily landed. */
export class LandingWatch {
  /** Height above home when it was armed. */
  readonly #takeOffHeightM: number;
  #hasBeenArmed = false;
  #hasFlown = false;
  #isOnGround = false;
  #stillSinceMonoMs: number | undefined;
  #lastReceivedMonoMs: number | undefined;
  /** The longest gap in reception since the last armed heartbeat. */
  #silence = NO_SILENCE;
  #disarmedAtMonoMs: number | undefined;

  constructor(takeOffHeightM: number | undefined) {
    this.#takeOffHeightM = takeOffHeightM ?? 0;
  }

  hasFlown(): boolean {
    return this.#hasFlown;
  }

  /** It was seen armed and is now disarmed; how it ended may not be decided yet. */
  isDisarmed(): boolean {
    return this.#disarmedAtMonoMs !== undefined;
  }

  /** Undefined while it flies, and while evidence is still coming in. */
  look(vehicle: VehicleState, nowMonoMs: number): LandingSeen | undefined {
    this.#noteSilence(vehicle);
    if (isArmed(vehicle) === true) this.#onArmed(vehicle);
    this.#noteGround(vehicle, nowMonoMs);
    if (isArmed(vehicle) !== false || !this.#hasBeenArmed) return undefined;
    this.#disarmedAtMonoMs ??= nowMonoMs;
    return this.#verdict(vehicle, nowMonoMs - this.#disarmedAtMonoMs);
  }

  #noteSilence({ lastReceivedMonoMs }: VehicleState): void {
    const fromMonoMs = this.#lastReceivedMonoMs ?? lastReceivedMonoMs;
    this.#lastReceivedMonoMs = lastReceivedMonoMs;
    const silence = { fromMonoMs, forMs: lastReceivedMonoMs - fromMonoMs };
    if (!this.isDisarmed() && silence.forMs > this.#silence.forMs) this.#silence = silence;
  }

  #onArmed(vehicle: VehicleState): void {
    if ((vehicle.heartbeat?.receivedAtMonoMs ?? 0) > this.#silence.fromMonoMs) this.#silence = NO_SILENCE;
    this.#hasBeenArmed = true;
    this.#disarmedAtMonoMs = undefined;
    if (whereabouts(vehicle) === "air") this.#hasFlown = true;
  }

  /** On the ground stays true through a gap in reception, until the aircraft is seen in the air again. */
  #noteGround(vehicle: VehicleState, nowMonoMs: number): void {
    const reported = reportedLandedState(vehicle);
    if (reported !== undefined || !this.#isStandingLow(vehicle, nowMonoMs)) this.#stillSinceMonoMs = undefined;
    else this.#stillSinceMonoMs ??= nowMonoMs;
    const hasStood = this.#stillSinceMonoMs !== undefined && nowMonoMs - this.#stillSinceMonoMs >= STANDING_FOR_MS;
    // A landed state received after a gap may be of an autopilot that has just restarted and knows nothing of the
    // flight.
    if (reported === "ground" || hasStood) this.#isOnGround ||= this.#silence.forMs < SILENT_MS;
    else if (whereabouts(vehicle) !== "ground") this.#isOnGround = false;
  }

  #isStandingLow({ position, velocity }: VehicleState, nowMonoMs: number): boolean {
    if (!position || !velocity || nowMonoMs - position.receivedAtMonoMs > PLACE_COUNTS_MS) return false;
    const heightM = position.value.altitudeAboveHomeM;
    const isNear = Math.min(Math.abs(heightM), Math.abs(heightM - this.#takeOffHeightM)) < NEAR_M;
    const { groundSpeedMps, downMps } = velocity.value;
    return isNear && groundSpeedMps < STANDING_MPS && Math.abs(downMps) < LEVEL_MPS;
  }

  #verdict(vehicle: VehicleState, sinceDisarmedMs: number): LandingSeen | undefined {
    if (this.#isOnGround) return this.#hasFlown ? { kind: "landed" } : { kind: "never-took-off" };
    if (this.#silence.forMs >= SILENT_MS) return { kind: "landing-not-seen", silentS: this.#silence.forMs / 1000 };
    const heightM = vehicle.position && vehicle.position.value.altitudeAboveHomeM - this.#takeOffHeightM;
    const reportsFlying = reportedLandedState(vehicle) === "air";
    const isHigh = reportsFlying && heightM !== undefined && heightM > HIGH_M;
    if (sinceDisarmedMs < SETTLE_MS && !isHigh) return undefined;
    return { kind: "not-on-the-ground", heightM, speedMps: vehicle.velocity?.value.groundSpeedMps, reportsFlying };
  }
}
