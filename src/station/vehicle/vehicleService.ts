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

/** What a vehicle's service may know and use. Everything is of this one vehicle; `send` takes its active path. */
export type VehicleServiceContext = {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  /** The autopilot's address. */
  readonly address: MavAddress;
  readonly own: MavAddress;
  readonly vehicle: () => VehicleState;
  readonly isLost: () => boolean;
  readonly aircraftPlan: () => AircraftPlan;
  /** Of the active path, smoothed; undefined before the first measurement. */
  readonly roundTripMs: () => number | undefined;
  /** True while a transfer of any kind owns the vehicle's link. */
  readonly isTransferring: () => boolean;
  /** Takes the one place for bulk transfers; undefined when it is taken. Call the returned function to give it back. */
  readonly claimTransfer: (what: "plan" | "params" | "log") => (() => void) | undefined;
  readonly send: (message: OutgoingMessage) => void;
  /** Folds into the vehicle's state what a service found out of it. */
  readonly apply: (body: VehicleEventBody) => void;
  /** Runs command steps (acknowledged, retried) beside the pilot's own commands; to any component of the vehicle. */
  readonly runSteps: (steps: readonly CommandStep[], address?: MavAddress) => Promise<Result<void, CommandFailure>>;
  readonly publish: (message: ToUi) => void;
  readonly record: (kind: string, facts: Readonly<Record<string, unknown>>) => void;
  readonly contact: (contactId: string) => Contact | undefined;
  readonly isRecording: () => boolean;
  /** Downloads, caches and checklists live under it. */
  readonly dataFolder: string;
  /** Whatever is large is parsed on a thread of its own. */
  readonly reading: ReadingService;
};

/**
 * One family of a vehicle's affairs: parameters, logs, payload, checklist. Made when the vehicle is first heard, ended
 * with the station.
 */
export type VehicleService = {
  /** Every frame of this system, of any component, after the state has taken it in. */
  readonly onFrame: (frame: MavlinkFrame) => void;
  /** Twice a second. */
  readonly tick: () => void;
  readonly onPresence: (isLost: boolean) => void;
  /** What a screen that joins late must hear. */
  readonly snapshot: () => readonly ToUi[];
  readonly dispose: () => void;
};

/** A service that screens ask something of. */
export type AnsweringService<Request extends { readonly kind: string }> = VehicleService & {
  /** The requests that come to it, and to no other service. */
  readonly answers: readonly Request["kind"][];
  /** Resolves when the job is over. Expected failures are answers. */
  readonly answer: (request: Request) => Promise<ServiceAnswer>;
};
