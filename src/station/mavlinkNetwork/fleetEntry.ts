import type { Clock, Scheduler } from "../../core/clock.js";
import type { MavlinkFrame } from "../../mavlink/frame.js";
import type { VehicleRank } from "../../mavlink/vehicleHeartbeat.js";
import type { Contact } from "../../track/contact.js";
import { vehicleIdOf, type VehicleId } from "../../vehicle/vehicleState.js";
import type { StationBus } from "../bus.js";
import type { ReadingService } from "../reading/readingService.js";
import { MavlinkVehicleSession, type VehicleSession } from "../vehicle/vehicleSession.js";
import { blockedSession } from "./blockedSession.js";
import type { UnidentifiedPath } from "./unidentifiedSources.js";
import type { Place } from "./vehicleAdmission.js";
import { createVehicleLog } from "./vehicleLog.js";
import { VehicleLinks } from "./vehicleLinks.js";

type SessionOptions = ConstructorParameters<typeof MavlinkVehicleSession>[0];

/** What the services of every vehicle need from the station. */
export type VehicleEnvironment = {
  readonly contact: (contactId: string) => Contact | undefined;
  readonly isRecording: () => boolean;
  readonly dataFolder: string;
  readonly reading: ReadingService;
};

export type FleetOptions = {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly bus: StationBus;
  readonly environment: VehicleEnvironment;
  /** For tests: vehicles without services. */
  readonly openSession?: (options: SessionOptions) => VehicleSession;
};

type Address = { readonly linkName: string; readonly systemId: number; readonly componentId: number };
type EntryOptions = FleetOptions & {
  readonly address: Address;
  readonly rank: VehicleRank;
  /** Link and address it was first received on. */
  readonly source: string;
  readonly rateScaleOf: (links: VehicleLinks) => number;
};

/** One vehicle of the fleet. Another component may turn out to be its autopilot; its id and its paths stay. */
export class FleetEntry {
  readonly id: VehicleId;
  readonly systemId: number;
  readonly source: string;
  readonly sinceMonoMs: number;
  readonly links = new VehicleLinks();
  /** Subscribers to this vehicle's frames, besides its session. */
  readonly listeners = new Set<(frame: MavlinkFrame) => void>();
  readonly #options: EntryOptions;
  #componentId: number;
  #session: VehicleSession;
  #blocked: VehicleSession;
  rank: VehicleRank;
  isNamed = false;
  hasSysIdConflict = false;
  #wasEngaged = false;
  #isSessionEngaged: () => boolean = () => false;
  /** Set while it uses a known vehicle's system id and its identity is unproven. */
  claim: UnidentifiedPath | undefined;

  constructor(options: EntryOptions) {
    const { address, rank, source, clock } = options;
    this.#options = options;
    this.id = vehicleIdOf(address.linkName, address.systemId);
    this.systemId = address.systemId;
    this.source = source;
    this.sinceMonoMs = clock.monoMs();
    this.rank = rank;
    this.#componentId = address.componentId;
    this.#session = this.#open();
    this.#blocked = blockedSession(this.#session);
  }

  get componentId(): number {
    return this.#componentId;
  }

  /** Somebody has sent it a command or a plan. */
  get isEngaged(): boolean {
    return this.#wasEngaged || this.#isSessionEngaged();
  }

  get session(): VehicleSession {
    return this.#session;
  }

  /**
   * The session that requests go to: it sends nothing while two vehicles use this system id, or while the identity is
   * unproven.
   */
  get commanded(): VehicleSession {
    return this.hasSysIdConflict || this.claim ? this.#blocked : this.#session;
  }

  /** Another component turned out to be the autopilot: the state known so far is dropped, the id stays. */
  seat(componentId: number, rank: VehicleRank): void {
    this.#wasEngaged = this.isEngaged;
    this.#session.dispose();
    this.#componentId = componentId;
    this.rank = rank;
    this.links.forgetEvidence();
    this.#session = this.#open();
    this.#blocked = blockedSession(this.#session);
  }

  place(): Place<VehicleId> {
    const { id, source, sinceMonoMs, isEngaged, links } = this;
    const receivedAtMonoMs = Math.max(sinceMonoMs, this.#session.state().lastReceivedMonoMs);
    return { id, source, sinceMonoMs, isEngaged, receivedAtMonoMs, hasSpoken: links.hasSpoken() };
  }

  #open(): VehicleSession {
    const { clock, scheduler, bus, environment, address, rateScaleOf } = this.#options;
    const [id, links, componentId] = [this.id, this.links, this.#componentId];
    const updates = createVehicleLog(id, bus);
    this.#isSessionEngaged = updates.isEngaged;
    const { openSession = (options: SessionOptions) => new MavlinkVehicleSession(options) } = this.#options;
    return openSession({
      ...{ ...address, componentId },
      ...{ clock, scheduler, ...environment, publish: bus.send },
      send: links.senderWhile(() => componentId === this.#componentId),
      roundTripMs: () => links.roundTripMs(),
      rateScale: () => rateScaleOf(links),
      record: (what, facts) => bus.record(what, { vehicleId: id, ...facts }),
      updates,
    });
  }
}
