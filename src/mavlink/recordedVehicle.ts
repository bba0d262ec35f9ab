import { componentName } from "../vehicle/componentNames.js";
import { OTHER_SOURCES, type OtherSource, type VehicleEvent } from "../vehicle/events.js";
import type { ReportedEvent, ReportedMissionItem, ReportedText, VehicleReport } from "../vehicle/flightReport.js";
import type { EventDescriber } from "./events/eventDescriber.js";
import { newTexts, withExpiredTexts } from "../vehicle/foldText.js";
import { withDescription } from "../vehicle/foldVehicleEvent.js";
import type { RecordedTrack } from "../vehicle/recordedTrack.js";
import type { VehicleState, VehicleText } from "../vehicle/vehicleState.js";
import { TrackGatherer } from "./trackGatherer.js";

type ModeLine = VehicleReport["modes"][number];
type ArmedSpan = VehicleReport["armed"][number];
type OtherPosition = Extract<VehicleEvent, { kind: "other-position" }>;

/** Names of the position sources that the track comes from where the recording has no position estimate. */
const SOURCE_NAMES: Readonly<Record<OtherSource, string>> = {
  gps: "the GPS receiver",
  "second-gps": "the second GPS receiver",
  "second-estimate": "the second estimate of position (AHRS2)",
};

/** Collects all that a flight report says of one vehicle, event by event. */
export class RecordedVehicleBuilder {
  readonly systemId: number;
  readonly componentId: number;
  readonly #modes: ModeLine[] = [];
  readonly #armed: ArmedSpan[] = [];
  #texts: VehicleText[] = [];
  readonly #reachedSeqs: number[] = [];
  readonly #estimate = new TrackGatherer();
  /** Used as long as no position estimate has been received. */
  readonly #others = new Map<OtherSource, TrackGatherer>();
  /** Altitudes that came without a position. */
  #heights: { readonly firstAmslM: number; readonly maxAmslM: number } | undefined;
  #state: VehicleState;

  constructor(vehicle: VehicleState) {
    this.systemId = vehicle.systemId;
    this.componentId = vehicle.componentId;
    this.#state = vehicle;
  }

  /** One event of this system, with the vehicle's state before and after folding it. */
  folded(event: VehicleEvent, before: VehicleState, after: VehicleState): void {
    this.#state = after;
    // The state keeps only the newest texts; the report needs them all.
    this.#texts.push(...newTexts(before.texts, after.texts));
    if (event.componentId !== after.componentId) return;
    if (event.kind === "heartbeat") this.#onHeartbeat(event);
    if (event.kind === "position") this.#onEstimate(event, after);
    if (event.kind === "other-position") this.#onOther(event, after);
    if (event.kind === "other-height") this.#onHeight(event.altitudeAmslM);
    if (event.kind === "mission-reached") this.#reachedSeqs.push(event.seq);
  }

  /**
   * At the end of the recording: adds texts whose last chunks never came, and describes events that came before their
   * metadata.
   */
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
      trackLengthM: this.#best()?.gatherer.lengthM,
      maxAltitudeAboveHomeM: this.#maxAboveHomeM(),
      homeAmslM: this.#state.home?.value.altitudeAmslM,
      missionItems,
      reachedSeqs: this.#reachedSeqs,
      texts: this.#texts.filter(({ event }) => event === undefined).map(reportedText),
      ...(events.length > 0 && { events }),
    };
  }

  track(): RecordedTrack {
    const { isSimulated } = this.#state;
    return { systemId: this.systemId, isSimulated, track: this.#best()?.gatherer.samples ?? [] };
  }

  /** Notes on which parts of the track and its heights come from an unusual source. */
  problems(): readonly string[] {
    const best = this.#best();
    const source = best?.source && SOURCE_NAMES[best.source];
    const hasHeights = best?.source !== undefined || (!best && this.#heights !== undefined);
    const who = `vehicle ${this.systemId}`;
    return [
      ...(source === undefined
        ? []
        : [`${who}: no estimate of its position in this recording: the track is that of ${source}`]),
      ...(hasHeights && !this.#state.home
        ? [`${who}: no home in this recording: heights are above the first one`]
        : []),
    ];
  }

  #best(): { readonly gatherer: TrackGatherer; readonly source: OtherSource | undefined } | undefined {
    if (!this.#estimate.isEmpty) return { gatherer: this.#estimate, source: undefined };
    const source = OTHER_SOURCES.find((one) => this.#others.has(one));
    const gatherer = source && this.#others.get(source);
    return gatherer && { gatherer, source };
  }

  /** Undefined when the recording has no height at all. */
  #maxAboveHomeM(): number | undefined {
    const best = this.#best();
    if (best && best.source === undefined) return best.gatherer.maxAboveHomeM;
    const { maxAmslM, firstAmslM } = best?.gatherer ?? this.#heights ?? { maxAmslM: undefined, firstAmslM: undefined };
    const homeAmslM = this.#state.home?.value.altitudeAmslM ?? firstAmslM;
    return maxAmslM === undefined || homeAmslM === undefined ? undefined : maxAmslM - homeAmslM;
  }

  #onHeartbeat({ unixTimeUs, heartbeat }: Extract<VehicleEvent, { kind: "heartbeat" }>): void {
    const { customMode, modeName, isArmed } = heartbeat;
    if (this.#modes.at(-1)?.customMode !== customMode) this.#modes.push({ unixTimeUs, customMode, name: modeName });
    const open = this.#armed.at(-1);
    const isOpen = open !== undefined && open.toUnixUs === null;
    if (isArmed && !isOpen) this.#armed.push({ fromUnixUs: unixTimeUs, toUnixUs: null });
    if (!isArmed && isOpen)
      this.#armed[this.#armed.length - 1] = {
        fromUnixUs: open.fromUnixUs,
        toUnixUs: Math.max(open.fromUnixUs, unixTimeUs),
      };
  }

  #onEstimate({ unixTimeUs, position }: Extract<VehicleEvent, { kind: "position" }>, state: VehicleState): void {
    this.#others.clear();
    this.#estimate.add(unixTimeUs, position, state);
  }

  #onOther({ unixTimeUs, source, position, altitudeAmslM }: OtherPosition, state: VehicleState): void {
    if (!this.#estimate.isEmpty) return;
    const gatherer = this.#others.get(source) ?? new TrackGatherer();
    this.#others.set(source, gatherer);
    const homeAmslM = state.home?.value.altitudeAmslM ?? gatherer.firstAmslM ?? altitudeAmslM;
    gatherer.add(unixTimeUs, { position, altitudeAmslM, altitudeAboveHomeM: altitudeAmslM - homeAmslM }, state);
  }

  #onHeight(altitudeAmslM: number): void {
    const { firstAmslM = altitudeAmslM, maxAmslM = altitudeAmslM } = this.#heights ?? {};
    this.#heights = { firstAmslM, maxAmslM: Math.max(maxAmslM, altitudeAmslM) };
  }
}

const reportedText = ({ unixTimeUs, severity, text, componentId }: VehicleText): ReportedText => ({
  ...{ unixTimeUs, severity, text },
  ...(componentId !== undefined && { componentId, component: componentName(componentId) }),
});

function reportedEvent(reported: VehicleText): readonly ReportedEvent[] {
  if (!reported.event) return [];
  const { id: eventId, name, detail } = reported.event;
  const words = { ...(name !== undefined && { name }), ...(detail !== undefined && { detail }) };
  return [{ ...reportedText(reported), eventId, ...words }];
}
