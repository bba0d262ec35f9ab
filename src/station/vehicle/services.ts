/** The services of one vehicle, and which of them answers what. */
import type { ToUi } from "../../contract/messages.js";
import type { ServiceRequest } from "../../contract/serviceMessages.js";
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

type ServiceName = "files" | "events" | "params" | "logs" | "payload" | "checklist";

const SERVICE_OF: Readonly<Record<ServiceRequest["kind"], ServiceName>> = {
  "load-params": "params",
  "cancel-params": "params",
  "get-params": "params",
  "set-param": "params",
  "set-params": "params",
  "read-param-file": "params",
  "write-param-file": "params",
  "list-logs": "logs",
  "download-log": "logs",
  "cancel-log": "logs",
  "payload-command": "payload",
  "save-checklist": "checklist",
  tick: "checklist",
};

type Services = Readonly<Partial<Record<ServiceName, VehicleService<never>>>> & {
  readonly checklist: ChecklistService;
  readonly params: ParamService;
  readonly events: EventService;
};

/** One door to all of a vehicle's services. */
export class VehicleServices {
  readonly #byName: Services;

  constructor(services: Services) {
    this.#byName = services;
  }

  answer(request: ServiceRequest): Promise<ServiceAnswer> {
    // The table above gives every request to the service that is made for it, which the compiler cannot follow.
    const service = this.#byName[SERVICE_OF[request.kind]] as VehicleService<ServiceRequest> | undefined;
    return service?.answer(request) ?? Promise.resolve(err({ kind: "bad-request", problem: "no such service" }));
  }

  /** Single parameters as the autopilot holds them now, for the desks beside the services. */
  get paramReads(): ParamReads {
    return this.#byName.params;
  }

  /** What a service has against a pilot's command. */
  denialReason(command: VehicleCommand): CommandReason | undefined {
    return this.#byName.checklist.denialReason(command);
  }

  /** What was heard, with words for what came by number. */
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

  #all(): readonly VehicleService<never>[] {
    return Object.values(this.#byName);
  }
}

/** Each family adds its service here. */
export function createVehicleServices(context: VehicleServiceContext): VehicleServices {
  const { address: vehicle, own, scheduler, send, roundTripMs } = context;
  const files = new FtpRunner({ peer: { vehicle, own }, scheduler, send, roundTripMs });
  return new VehicleServices({
    files,
    events: new EventService(context, files),
    params: new ParamService(context, files),
    logs: new LogService(context, files),
    payload: createPayloadService(context),
    checklist: createChecklistService(context),
  });
}
