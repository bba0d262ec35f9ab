import type { Clock, Scheduler } from "../../core/clock.js";
import type { Result } from "../../core/result.js";
import type { StationFailure } from "../../contract/failures.js";
import type { ReplyValue, ToUi } from "../../contract/messages.js";
import type { MavlinkFrame, OutgoingMessage } from "../../mavlink/frame.js";
import type { MavAddress } from "../../mavlink/protocols/mission/missionMessages.js";
import type { Contact } from "../../track/contact.js";
import type { CommandFailure } from "../../vehicle/commands.js";
import type { VehicleEventBody } from "../../vehicle/events.js";
import type { AircraftPlan } from "../../vehicle/transfers.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import type { ReadingService } from "../reading/readingService.js";
import type { CommandStep } from "../../mavlink/protocols/command/commandStep.js";

export type ServiceAnswer = Result<ReplyValue, StationFailure>;

/** What a vehicle's service may use. Everything is about this one vehicle; `send` uses its active path. */
export type VehicleServiceContext = {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  /** The autopilot's address. */
  readonly address: MavAddress;
  readonly own: MavAddress;
  readonly vehicle: () => VehicleState;
  readonly isLost: () => boolean;
  readonly aircraftPlan: () => AircraftPlan;
  /** Round trip of the active path, smoothed; undefined before the first measurement. */
  readonly roundTripMs: () => number | undefined;
  /** True while a transfer of any kind holds the vehicle's transfer lock. */
  readonly isTransferring: () => boolean;
  /** Takes the lock for bulk transfers; undefined when it is taken. Call the returned function to release it. */
  readonly claimTransfer: (what: "plan" | "params" | "log") => (() => void) | undefined;
  readonly send: (message: OutgoingMessage) => void;
  /** Applies to the vehicle's state what a service found out. */
  readonly apply: (body: VehicleEventBody) => void;
  /**
   * Runs command steps (acknowledged, retried) independently of the pilot's commands; to any component of the vehicle.
   */
  readonly runSteps: (steps: readonly CommandStep[], address?: MavAddress) => Promise<Result<void, CommandFailure>>;
  readonly publish: (message: ToUi) => void;
  readonly record: (kind: string, facts: Readonly<Record<string, unknown>>) => void;
  readonly contact: (contactId: string) => Contact | undefined;
  readonly isRecording: () => boolean;
  /** Folder of downloads, caches and checklists. */
  readonly dataFolder: string;
  /** Parses large files on a thread of its own. */
  readonly reading: ReadingService;
};

/**
 * One group of a vehicle's functions: parameters, logs, payload, checklist. Created when the vehicle is first received,
 * ended with the station.
 */
export type VehicleService = {
  /** Called for every frame of this system, of any component, after it was applied to the vehicle's state. */
  readonly onFrame: (frame: MavlinkFrame) => void;
  /** Called twice a second. */
  readonly tick: () => void;
  readonly onPresence: (isLost: boolean) => void;
  /** The messages that a screen needs when it joins late. */
  readonly snapshot: () => readonly ToUi[];
  readonly dispose: () => void;
};

/** A service that screens send requests to. */
export type AnsweringService<Request extends { readonly kind: string }> = VehicleService & {
  /** The kinds of requests that only this service answers. */
  readonly answers: readonly Request["kind"][];
  /** Resolves when the request has ended. Expected failures are replies. */
  readonly answer: (request: Request) => Promise<ServiceAnswer>;
};
