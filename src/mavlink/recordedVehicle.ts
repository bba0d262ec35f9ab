import { geodesicDistanceM } from "../geo/geodesic.js";
import type { Position } from "../geo/position.js";
import { componentName } from "../vehicle/componentNames.js";
import type { VehicleEvent } from "../vehicle/events.js";
import type { ReportedEvent, ReportedMissionItem, ReportedText, VehicleReport } from "../vehicle/flightReport.js";
import type { EventDescriber } from "./events/eventDescriber.js";
import { newTexts, withExpiredTexts } from "../vehicle/foldText.js";
import { withDescription } from "../vehicle/foldVehicleEvent.js";
import type { RecordedSample, RecordedTrack } from "../vehicle/recordedTrack.js";
import type { VehicleState, VehicleText } from "../vehicle/vehicleState.js";

/** Ten a second at most, by tenths of a second: a 10 Hz stream with jitter then keeps nearly every sample. */
const SAMPLE_SLOT_US = 100_000;

type ModeLine = VehicleReport["modes"][number];
type ArmedSpan = VehicleReport["armed"][number];
type PositionEvent = Extract<VehicleEvent, { kind: "position" }>;

/**
 * Samples kept of one vehicle: more than any time line or map can show. A longer flight is kept in coarser steps; what
 * was exactly true at an instant is folded from the recording itself.
 */
const SAMPLES_MAX = 40_000;

/** Everything a report says of one vehicle, gathered event by event. */
export class RecordedVehicleBuilder {
  readonly systemId: number;
  readonly componentId: number;
  readonly #modes: ModeLine[] = [];
  readonly #armed: ArmedSpan[] = [];
  #texts: VehicleText[] = [];
  readonly #reachedSeqs: number[] = [];
  #track: RecordedSample[] = [];
  #state: VehicleState;
  #trackLengthM = 0;
  #maxAltitudeAboveHomeM: number | undefined;
  #lastPosition: Position | undefined;
  #slotUs = SAMPLE_SLOT_US;
  #lastSlot = -1;

  constructor(vehicle: VehicleState) {
    this.systemId = vehicle.systemId;
    this.componentId = vehicle.componentId;
    this.#state = vehicle;
  }

  /** An event of this system, with the vehicle before and after it was folded in. */
  folded(event: VehicleEvent, before: VehicleState, after: VehicleState): void {
    this.#state = after;
    // The state keeps the newest texts only; the report wants them all.
    this.#texts.push(...newTexts(before.texts, after.texts));
    if (event.componentId !== after.componentId) return;
    if (event.kind === "heartbeat") this.#onHeartbeat(event);
    if (event.kind === "position") this.#onPosition(event, after);
    if (event.kind === "mission-reached") this.#reachedSeqs.push(event.seq);
  }

  /** The recording is over: what waits for its last pieces is told, and events for which there were no words yet. */
  end(events: EventDescriber): void {
    const ended = withExpiredTexts(this.#state, Infinity);
    this.#texts.push(...newTexts(this.#state.texts, ended.texts));
    this.#state = ended;
    const descriptions = events.descriptionsOf(this.#texts, this.#state.autopilot);
    this.#texts = this.#texts.map((text) => withDescription(text, descriptions));
  }

  report(missionItems: readonly ReportedMissionItem[]): VehicleReport {
    const events = this.#texts.flatMap(reportedEvent);
    return {
      systemId: this.systemId,
      type: this.#state.mavType,
      autopilot: this.#state.mavAutopilot,
      modes: this.#modes,
      armed: this.#armed,
      trackLengthM: this.#trackLengthM,
      maxAltitudeAboveHomeM: this.#maxAltitudeAboveHomeM ?? 0,
      homeAmslM: this.#state.home?.value.altitudeAmslM,
      missionItems,
      reachedSeqs: this.#reachedSeqs,
      texts: this.#texts.filter(({ event }) => event === undefined).map(reportedText),
      ...(events.length > 0 && { events }),
    };
  }

  track(): RecordedTrack {
    return { systemId: this.systemId, isSimulated: this.#state.isSimulated, track: this.#track };
  }

  #onHeartbeat({ unixTimeUs, heartbeat }: Extract<VehicleEvent, { kind: "heartbeat" }>): void {
    const { customMode, modeName, isArmed } = heartbeat;
    if (this.#modes.at(-1)?.customMode !== customMode) this.#modes.push({ unixTimeUs, customMode, name: modeName });
    const open = this.#armed.at(-1);
    const isOpen = open !== undefined && open.toUnixUs === null;
    if (isArmed && !isOpen) this.#armed.push({ fromUnixUs: unixTimeUs, toUnixUs: null });
    if (!isArmed && isOpen) this.#armed[this.#armed.length - 1] = { fromUnixUs: open.fromUnixUs, toUnixUs: unixTimeUs };
  }

  #onPosition({ unixTimeUs, position: fix }: PositionEvent, state: VehicleState): void {
    if (this.#lastPosition) this.#trackLengthM += geodesicDistanceM(this.#lastPosition, fix.position);
    this.#lastPosition = fix.position;
    this.#maxAltitudeAboveHomeM = Math.max(this.#maxAltitudeAboveHomeM ?? -Infinity, fix.altitudeAboveHomeM);
    const slot = Math.floor(unixTimeUs / this.#slotUs);
    if (slot === this.#lastSlot) return;
    this.#lastSlot = slot;
    this.#track.push(sampleOf(unixTimeUs, fix, state));
    if (this.#track.length > SAMPLES_MAX) this.#coarsen();
  }

  /** Half as many samples a second from here on, and every second one of those before. */
  #coarsen(): void {
    this.#slotUs *= 2;
    this.#track = this.#track.filter((_, index) => index % 2 === 0);
    this.#lastSlot = Math.floor(this.#lastSlot / 2);
  }
}

function sampleOf(unixTimeUs: number, fix: PositionEvent["position"], state: VehicleState): RecordedSample {
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

const reportedText = ({ unixTimeUs, severity, text, componentId }: VehicleText): ReportedText => ({
  ...{ unixTimeUs, severity, text },
  ...(componentId !== undefined && { componentId, component: componentName(componentId) }),
});

function reportedEvent(said: VehicleText): readonly ReportedEvent[] {
  if (!said.event) return [];
  const { id: eventId, name, detail } = said.event;
  const words = { ...(name !== undefined && { name }), ...(detail !== undefined && { detail }) };
  return [{ ...reportedText(said), eventId, ...words }];
}

const climbOf = (downMps: number | undefined): number | undefined => (downMps === undefined ? undefined : -downMps);
