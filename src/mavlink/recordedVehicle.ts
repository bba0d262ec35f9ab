import { geodesicDistanceM } from "../geo/geodesic.js";
import type { Position } from "../geo/position.js";
import type { VehicleEvent } from "../vehicle/events.js";
import type { ReportedMissionItem, VehicleReport } from "../vehicle/flightReport.js";
import type { RecordedSample, RecordedTrack } from "../vehicle/recordedTrack.js";
import { emptyVehicle, reduceVehicle } from "../vehicle/reduceVehicle.js";
import type { VehicleState, VehicleText } from "../vehicle/vehicleState.js";
import { vehicleEventsFrom } from "./decode.js";
import type { MavlinkFrame } from "./frame.js";
import { fieldsOf } from "./messageFields.js";
import { wireItemFrom } from "./protocols/missionMessages.js";

/** Ten a second at most, by tenths of a second: a 10 Hz stream with jitter then keeps nearly every sample. */
const SAMPLE_SLOT_US = 100_000;

type ModeLine = VehicleReport["modes"][number];
type ArmedSpan = VehicleReport["armed"][number];

/** Everything a report says of one vehicle, gathered record by record. */
export class RecordedVehicleBuilder {
  readonly #modes: ModeLine[] = [];
  readonly #armed: ArmedSpan[] = [];
  readonly #texts: VehicleText[] = [];
  readonly #reachedSeqs: number[] = [];
  readonly #track: RecordedSample[] = [];
  readonly #missionItems = new Map<number, ReportedMissionItem>();
  #state: VehicleState;
  #trackLengthM = 0;
  #maxAltitudeAboveHomeM: number | undefined;
  #lastPosition: Position | undefined;
  #lastSlot = -1;

  constructor(systemId: number, componentId: number) {
    this.#state = emptyVehicle({ linkName: "recording", systemId, componentId });
  }

  /** A frame this system sent. */
  heard(unixTimeUs: number, frame: MavlinkFrame): void {
    for (const event of vehicleEventsFrom(frame, { receivedAtMonoMs: unixTimeUs / 1000, unixTimeUs })) {
      const before = this.#state;
      this.#state = reduceVehicle(before, event);
      this.#gatherTexts(before.texts);
      if (event.componentId === this.#state.componentId) this.#onEvent(event);
    }
    this.#gatherMission(frame);
  }

  report(): VehicleReport {
    return {
      systemId: this.#state.systemId,
      type: this.#state.mavType,
      autopilot: this.#state.mavAutopilot,
      modes: this.#modes,
      armed: this.#armed,
      trackLengthM: this.#trackLengthM,
      maxAltitudeAboveHomeM: this.#maxAltitudeAboveHomeM ?? 0,
      homeAmslM: this.#state.home?.value.altitudeAmslM,
      missionItems: [...this.#missionItems.values()].sort((a, b) => a.seq - b.seq),
      reachedSeqs: this.#reachedSeqs,
      texts: this.#texts,
    };
  }

  track(): RecordedTrack {
    return { systemId: this.#state.systemId, track: this.#track };
  }

  #onEvent(event: VehicleEvent): void {
    if (event.kind === "heartbeat") this.#onHeartbeat(event);
    if (event.kind === "position") this.#onPosition(event);
    if (event.kind === "mission-reached") this.#reachedSeqs.push(event.seq);
  }

  #onHeartbeat({ unixTimeUs, heartbeat }: Extract<VehicleEvent, { kind: "heartbeat" }>): void {
    const { customMode, modeName, isArmed } = heartbeat;
    if (this.#modes.at(-1)?.customMode !== customMode) this.#modes.push({ unixTimeUs, customMode, name: modeName });
    const open = this.#armed.at(-1);
    const isOpen = open !== undefined && open.toUnixUs === null;
    if (isArmed && !isOpen) this.#armed.push({ fromUnixUs: unixTimeUs, toUnixUs: null });
    if (!isArmed && isOpen) this.#armed[this.#armed.length - 1] = { fromUnixUs: open.fromUnixUs, toUnixUs: unixTimeUs };
  }

  #onPosition({ unixTimeUs, position: fix }: Extract<VehicleEvent, { kind: "position" }>): void {
    if (this.#lastPosition) this.#trackLengthM += geodesicDistanceM(this.#lastPosition, fix.position);
    this.#lastPosition = fix.position;
    this.#maxAltitudeAboveHomeM = Math.max(this.#maxAltitudeAboveHomeM ?? -Infinity, fix.altitudeAboveHomeM);
    const slot = Math.floor(unixTimeUs / SAMPLE_SLOT_US);
    if (slot === this.#lastSlot) return;
    this.#lastSlot = slot;
    const { attitude, velocity, airData, battery } = this.#state;
    this.#track.push({
      unixTimeUs,
      position: fix.position,
      altitudeAmslM: fix.altitudeAmslM,
      altitudeAboveHomeM: fix.altitudeAboveHomeM,
      headingDeg: attitude?.value.headingDeg,
      rollDeg: attitude?.value.rollDeg,
      pitchDeg: attitude?.value.pitchDeg,
      groundSpeedMps: velocity?.value.groundSpeedMps,
      climbRateMps: airData?.value.climbRateMps,
      batteryFraction: battery?.value.remainingFraction,
      batteryVoltageV: battery?.value.voltageV,
    });
  }

  /** The state keeps the newest texts only; the report wants them all, long ones joined. */
  #gatherTexts(before: readonly VehicleText[]): void {
    const { texts } = this.#state;
    if (texts === before) return;
    const known = before.at(-1);
    this.#texts.push(...texts.slice(known ? texts.indexOf(known) + 1 : 0));
  }

  #gatherMission(frame: MavlinkFrame): void {
    if (frame.name === "MISSION_COUNT") this.#missionItems.clear(); // a new read-back begins
    const fields = fieldsOf(frame, "MISSION_ITEM_INT");
    if (!fields || (fields.mission_type as number | undefined)) return; // fences and rally points are not the mission
    const { seq, command, frame: mavFrame, x, y, z } = wireItemFrom(fields);
    this.#missionItems.set(seq, {
      seq,
      command,
      frame: mavFrame,
      latitudeDeg: x / 1e7,
      longitudeDeg: y / 1e7,
      altitudeM: z,
    });
  }
}
