import type { Time } from "../../core/clock.js";
import type { MavlinkFrame } from "../../mavlink/frame.js";
import type { VehicleRank } from "../../mavlink/vehicleHeartbeat.js";
import { vehicleIdOf, type VehicleId } from "../../vehicle/vehicleState.js";
import type { StationBus } from "../bus.js";
import type { VehicleEnvironment } from "../vehicle/vehicleService.js";
import { MavlinkVehicleSession, type VehicleSession, type VehicleSessionOptions } from "../vehicle/vehicleSession.js";
import { blockedSession } from "./blockedSession.js";
import type { UnidentifiedPath } from "./unidentifiedSources.js";
import type { AdmissionCandidate } from "./vehicleAdmission.js";
import { createVehicleLog } from "./vehicleLog.js";
import { VehicleLinks } from "./vehicleLinks.js";

export type FleetOptions = {
  readonly time: Time;
  readonly bus: StationBus;
  readonly environment: VehicleEnvironment;
  /** For tests: vehicles without services. */
  readonly openSession?: (options: VehicleSessionOptions) => VehicleSession;
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
    const { address, rank, source, time } = options;
    this.#options = options;
    this.id = vehicleIdOf(address.linkName, address.systemId);
    this.systemId = address.systemId;
    this.source = source;
    this.sinceMonoMs = time.clock.monoMs();
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
  setAutopilot(componentId: number, rank: VehicleRank): void {
    this.#wasEngaged = this.isEngaged;
    this.#session.dispose();
    this.#componentId = componentId;
    this.rank = rank;
    this.links.forgetEvidence();
    this.#session = this.#open();
    this.#blocked = blockedSession(this.#session);
  }

  admissionCandidate(): AdmissionCandidate<VehicleId> {
    const { id, source, sinceMonoMs, isEngaged, links } = this;
    const receivedAtMonoMs = Math.max(sinceMonoMs, this.#session.state().lastReceivedMonoMs);
    return { id, source, sinceMonoMs, isEngaged, receivedAtMonoMs, hasSentMore: links.hasSentMore() };
  }

  #open(): VehicleSession {
    const { time, bus, environment, address, rateScaleOf } = this.#options;
    const [id, links, componentId] = [this.id, this.links, this.#componentId];
    const updates = createVehicleLog(id, bus);
    this.#isSessionEngaged = updates.isEngaged;
    const { openSession = (options: VehicleSessionOptions) => new MavlinkVehicleSession(options) } = this.#options;
    return openSession({
      ...{ address: { ...address, componentId }, time, environment, updates },
      path: {
        send: links.senderWhile(() => componentId === this.#componentId),
        roundTripMs: () => links.roundTripMs(),
        rateScale: () => rateScaleOf(links),
      },
      outputs: { publish: bus.send, record: (what, facts) => bus.record(what, { vehicleId: id, ...facts }) },
    });
  }
}
