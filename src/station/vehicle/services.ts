/** The services of one vehicle, and which requests each of them answers. */
import type { ToUi } from "../../contract/messages.js";
import { SERVICE_REQUESTS, type ServiceRequest } from "../../contract/serviceMessages.js";
import { err } from "../../core/result.js";
import type { MavlinkFrame } from "../../mavlink/frame.js";
import type { CommandReason, VehicleCommand } from "../../vehicle/commands.js";
import type { VehicleEvent } from "../../vehicle/events.js";
import { createChecklistService, type ChecklistService } from "./checklistService.js";
import { EventService } from "./eventService.js";
import { createPayloadService } from "./payloadService.js";
import { FtpRunner } from "./ftpRunner.js";
import { LogService } from "./logs/logService.js";
import type { ParamReads } from "./params/paramReads.js";
import { ParamService } from "./params/paramService.js";
import type { ServiceAnswer, VehicleService, VehicleServiceContext } from "./vehicleService.js";

type Services = {
  readonly files: FtpRunner;
  readonly events: EventService;
  readonly params: ParamService;
  readonly logs: LogService;
  readonly payload: ReturnType<typeof createPayloadService>;
  readonly checklist: ChecklistService;
};
/** Any service that screens send requests to. */
type Answering = {
  readonly answers: readonly ServiceRequest["kind"][];
  readonly answer: (request: never) => Promise<ServiceAnswer>;
};
const isAnswering = (service: VehicleService | Answering): service is Answering => "answers" in service;

/** The single access to all services of a vehicle. */
export class VehicleServices {
  readonly #byName: Services;
  /** By kind of request: each service lists its own. */
  readonly #answering = new Map<ServiceRequest["kind"], Answering>();

  constructor(services: Services) {
    this.#byName = services;
    const all: readonly (VehicleService | Answering)[] = Object.values(services);
    for (const service of all.filter(isAnswering)) {
      for (const kind of service.answers) {
        if (this.#answering.has(kind)) throw new Error(`Invariant: two services answer ${kind}`);
        this.#answering.set(kind, service);
      }
    }
    const missing = SERVICE_REQUESTS.filter((kind) => !this.#answering.has(kind));
    if (missing.length > 0) throw new Error(`Invariant: no service answers ${missing.join(", ")}`);
  }

  answer(request: ServiceRequest): Promise<ServiceAnswer> {
    // A service gets only requests of the kinds it lists, which the compiler cannot follow through the map.
    const answer = this.#answering.get(request.kind)?.answer as
      ((of: ServiceRequest) => Promise<ServiceAnswer>) | undefined;
    return answer?.(request) ?? Promise.resolve(err({ kind: "bad-request", problem: "no such service" }));
  }

  /** Single parameters as the autopilot holds them now, for the services of commands and plans. */
  get paramReads(): ParamReads {
    return this.#byName.params;
  }

  /** The reason of a service against a pilot's command, if any. */
  denialReason(command: VehicleCommand): CommandReason | undefined {
    return this.#byName.checklist.denialReason(command);
  }

  /** The event with a text added, where it came only as a number. */
  described(event: VehicleEvent): VehicleEvent {
    return this.#byName.events.described(event);
  }

  onFrame(frame: MavlinkFrame): void {
    for (const service of this.#all()) service.onFrame(frame);
  }

  tick(): void {
    for (const service of this.#all()) service.tick();
  }

  onPresence(isLost: boolean): void {
    for (const service of this.#all()) service.onPresence(isLost);
  }

  snapshot(): readonly ToUi[] {
    return this.#all().flatMap((service) => service.snapshot());
  }

  dispose(): void {
    for (const service of this.#all()) service.dispose();
  }

  #all(): readonly VehicleService[] {
    return Object.values(this.#byName);
  }
}

/** Add a new service here. */
export function createVehicleServices(context: VehicleServiceContext): VehicleServices {
  const { link, time } = context;
  const files = new FtpRunner(link, time.scheduler);
  return new VehicleServices({
    files,
    events: new EventService(context, files),
    params: new ParamService(context, files),
    logs: new LogService(context, files),
    payload: createPayloadService(context),
    checklist: createChecklistService(context),
  });
}
