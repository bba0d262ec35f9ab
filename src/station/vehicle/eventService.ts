import type { ToUi } from "../../contract/messages.js";
import { COMP_METADATA_TYPE } from "../../mavlink/componentMetadata.js";
import { EventDescriber } from "../../mavlink/events/eventDescriber.js";
import type { MavlinkFrame } from "../../mavlink/frame.js";
import {
  eventRequestEventFrom,
  requestEventMessage,
  startEventRequests,
  stepEventRequests,
  type EventRequestEffect,
  type EventRequestEvent,
  type EventRequestState,
} from "../../mavlink/protocols/events/eventRequests.js";
import type { VehicleEvent } from "../../vehicle/events.js";
import type { FtpRunner } from "./ftpRunner.js";
import { runMachine } from "./machineRun.js";
import { MetadataFetcher } from "./metadata/metadataFetcher.js";
import type { VehicleService, VehicleServiceContext } from "./vehicleService.js";
import { isArmed } from "../../vehicle/selectors/airborne.js";

const FETCHES_MAX = 3;
const FETCH_AGAIN_AFTER_MS = 60_000;

/**
 * One vehicle's events: lost ones are requested again, and the vehicle's own texts for them are fetched once, on the
 * ground, while nothing else uses the link. https://mavlink.io/en/services/events.html
 */
export class EventService implements VehicleService {
  readonly #context: VehicleServiceContext;
  readonly #fetcher: MetadataFetcher;
  readonly #describer = new EventDescriber();
  readonly #onRequestEvent: (event: EventRequestEvent) => void;
  #isDisposed = false;
  #hasEvents = false;
  #isFetching = false;
  #countOfFetches = 0;
  #nextFetchMonoMs = 0;

  constructor(context: VehicleServiceContext, ftp: FtpRunner) {
    this.#context = context;
    this.#fetcher = new MetadataFetcher(context, ftp);
    const { link, time } = context;
    this.#onRequestEvent = runMachine<EventRequestState, EventRequestEvent, EventRequestEffect>({
      scheduler: time.scheduler,
      machine: {
        first: [startEventRequests(link.roundTripMs()), []],
        step: stepEventRequests,
        timeoutEvent: { kind: "timeout" },
        isOver: () => this.#isDisposed,
      },
      perform: (effect) => link.send(requestEventMessage(link.vehicle, effect)),
      onState: () => undefined,
    });
  }

  /** Adds its text to an event, where there is one; returns anything else unchanged. */
  readonly described = (event: VehicleEvent): VehicleEvent =>
    event.kind === "event"
      ? { ...event, description: this.#describer.describe(event.event, this.#context.vehicle.state().autopilot) }
      : event;

  readonly onFrame = (frame: MavlinkFrame): void => {
    this.#fetcher.onFrame(frame);
    const event = eventRequestEventFrom(frame, this.#context.link);
    if (!event) return;
    this.#hasEvents = true;
    this.#onRequestEvent(event);
  };

  readonly tick = (): void => {
    const { transferLock, vehicle, time } = this.#context;
    const isBusy = transferLock.isTaken() || this.#isArmed();
    if (this.#isFetching && isBusy) this.#fetcher.cancel();
    const isWanted = this.#hasEvents && !this.#describer.hasOwn && this.#countOfFetches < FETCHES_MAX;
    if (!isWanted || this.#isFetching || isBusy || vehicle.isLost() || time.clock.monoMs() < this.#nextFetchMonoMs)
      return;
    void this.#fetch();
  };

  readonly onPresence = (isLost: boolean): void => {
    if (isLost) {
      this.#fetcher.cancel();
      this.#onRequestEvent({ kind: "vehicle-lost" });
    } else this.#countOfFetches = 0;
  };

  readonly dispose = (): void => {
    // A timer that still runs ends with the scheduler of this vehicle.
    this.#isDisposed = true;
    this.#fetcher.cancel();
  };

  readonly snapshot = (): readonly ToUi[] => [];

  async #fetch(): Promise<void> {
    const { time, vehicle } = this.#context;
    this.#isFetching = true;
    this.#countOfFetches++;
    const json = await this.#fetcher.fetch(COMP_METADATA_TYPE.events);
    this.#isFetching = false;
    this.#nextFetchMonoMs = time.clock.monoMs() + FETCH_AGAIN_AFTER_MS;
    if (json === undefined || !this.#describer.learn(json)) return;
    const { texts, autopilot } = vehicle.state();
    const descriptions = this.#describer.descriptionsOf(texts, autopilot);
    if (descriptions.size > 0) vehicle.apply({ kind: "events-described", descriptions });
  }

  #isArmed(): boolean {
    return isArmed(this.#context.vehicle.state()) === true;
  }
}
