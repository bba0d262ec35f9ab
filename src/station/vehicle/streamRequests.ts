import type { Clock } from "../../core/clock.js";
import type { MavlinkFrame, OutgoingMessage } from "../../mavlink/frame.js";
import { requestAllStreams, requestAvailableModes, requestRates, requestVehicleFacts } from "../../mavlink/outgoing.js";
import type { MavAddress } from "../../mavlink/protocols/mission/missionMessages.js";
import { type StreamRate, streamRates } from "../../mavlink/streamRates.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";

const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;
/** A radio must not be flooded: further requests wait for the next tick. */
const REQUESTS_PER_TICK = 4;
/**
 * A message that an autopilot may not know is requested this often: each refusal may be a text on the pilot's screen.
 */
const ASKED_AT_MOST = 4;
/** A vehicle without a position this long after the first request may be too old to know that request. */
const OLD_VEHICLE_AFTER_MS = 10_000;
/** Rates are requested again when the link's capacity has changed by this factor. */
const SCALE_CHANGE = 1.25;

type RateRequest = { askedAtMonoMs: number; retryMs: number; timesAsked: number };

/** Requests messages that do not arrive, at growing intervals; a vehicle that streams by itself is left alone. */
type StreamRequests = {
  readonly onFrame: (frame: MavlinkFrame) => void;
  readonly tick: (vehicle: VehicleState) => readonly OutgoingMessage[];
  /** Call after the vehicle was lost: it may have restarted with default rates. */
  readonly reset: () => void;
};

/** `rateScale`: the fraction of the usual rates that the link can carry, at most 1. */
export const createStreamRequests = (clock: Clock, address: MavAddress, rateScale = () => 1): StreamRequests =>
  new Requests(clock, address, rateScale);

class Requests implements StreamRequests {
  readonly #clock: Clock;
  readonly #address: MavAddress;
  readonly #rateScale: () => number;
  readonly #receivedAtMonoMs = new Map<number, number>();
  readonly #requests = new Map<string, RateRequest>();
  /** Messages that do arrive, but must be requested at another rate. */
  readonly #slower = new Set<number>();
  #startedAtMonoMs: number;
  #scale = 1;
  #rates: readonly StreamRate[] = [];
  #ratesAreFor: VehicleState["autopilot"] | undefined;

  constructor(clock: Clock, address: MavAddress, rateScale: () => number) {
    this.#clock = clock;
    this.#address = address;
    this.#rateScale = rateScale;
    this.#startedAtMonoMs = clock.monoMs();
  }

  readonly onFrame = (frame: MavlinkFrame): void => {
    this.#receivedAtMonoMs.set(frame.messageId, this.#clock.monoMs());
  };

  readonly tick = (vehicle: VehicleState): readonly OutgoingMessage[] => {
    // Over a satellite nothing is streamed, and every request costs a minute.
    if (vehicle.isHighLatency) return [];
    this.#followLink(vehicle);
    const messages: OutgoingMessage[] = [];
    if ((!vehicle.version || !vehicle.home) && this.#isDue("facts"))
      messages.push(...requestVehicleFacts(this.#address));
    for (const rate of this.#rates) {
      if (messages.length >= REQUESTS_PER_TICK) break;
      if (this.#isToBeAsked(rate)) messages.push(...requestRates(this.#address, [rate]));
    }
    if (messages.length < REQUESTS_PER_TICK) messages.push(...this.#modesRequests(vehicle));
    const isOld = !vehicle.position && this.#clock.monoMs() - this.#startedAtMonoMs > OLD_VEHICLE_AFTER_MS;
    if (isOld && this.#isDue("all")) messages.push(requestAllStreams(this.#address));
    return messages;
  };

  readonly reset = (): void => {
    this.#requests.clear();
    this.#receivedAtMonoMs.clear();
    this.#startedAtMonoMs = this.#clock.monoMs();
  };

  #followLink({ autopilot }: VehicleState): void {
    const scale = this.#rateScale();
    const isOther = scale > this.#scale * SCALE_CHANGE || scale < this.#scale / SCALE_CHANGE;
    if (!isOther && this.#ratesAreFor === autopilot) return;
    this.#rates = streamRates(autopilot, scale);
    this.#ratesAreFor = autopilot;
    if (!isOther) return;
    this.#scale = scale;
    for (const { messageId } of this.#rates) {
      this.#requests.delete(`stream ${messageId}`);
      this.#slower.add(messageId);
    }
  }

  #isToBeAsked(rate: StreamRate): boolean {
    const mustChange = this.#slower.has(rate.messageId);
    if (!mustChange && !this.#isMissing(rate)) return false;
    const isDue = this.#isDue(`stream ${rate.messageId}`, rate.isVital ? Infinity : ASKED_AT_MOST);
    if (isDue) this.#slower.delete(rate.messageId);
    return isDue;
  }

  /** Missing: not received for three of its intervals plus three seconds. */
  #isMissing({ messageId, intervalUs }: StreamRate): boolean {
    const received = this.#receivedAtMonoMs.get(messageId);
    return received === undefined || this.#clock.monoMs() - received > 3000 + (3 * intervalUs) / 1000;
  }

  /** The whole list of modes once; then those that were lost, one by one. */
  #modesRequests({ offeredModes, autopilot }: VehicleState): readonly OutgoingMessage[] {
    if (autopilot === "other" || offeredModes?.isComplete === true) return [];
    const received = offeredModes?.byIndex ?? {};
    const version = offeredModes?.modesVersion ?? "";
    const isBegun = Object.keys(received).length > 0;
    if (!isBegun) return this.#isDue(`modes ${version}`, ASKED_AT_MOST) ? [requestAvailableModes(this.#address)] : [];
    let index = 1;
    while (received[index] !== undefined) index++;
    return this.#isDue(`mode ${version} ${index}`) ? [requestAvailableModes(this.#address, index)] : [];
  }

  #isDue(key: string, timesAtMost = Infinity): boolean {
    const nowMonoMs = this.#clock.monoMs();
    const request = this.#requests.get(key);
    if (request && (request.timesAsked >= timesAtMost || nowMonoMs - request.askedAtMonoMs < request.retryMs))
      return false;
    const retryMs = request ? Math.min(request.retryMs * 2, LONGEST_RETRY_MS) : FIRST_RETRY_MS;
    this.#requests.set(key, { askedAtMonoMs: nowMonoMs, retryMs, timesAsked: (request?.timesAsked ?? 0) + 1 });
    return true;
  }
}
