import type { Time } from "../../core/clock.js";
import type { Result } from "../../core/result.js";
import type { StationFailure } from "../../contract/failures.js";
import type { ReplyValue, ToUi } from "../../contract/messages.js";
import type { MavlinkFrame, OutgoingMessage } from "../../mavlink/frame.js";
import type { MavAddress, MavPeer } from "../../mavlink/protocols/mission/missionMessages.js";
import type { Contact } from "../../track/contact.js";
import type { CommandFailure } from "../../vehicle/commands.js";
import type { VehicleEventBody } from "../../vehicle/events.js";
import type { AircraftPlan } from "../../vehicle/transfers.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import type { ReadingService } from "../reading/readingService.js";
import type { StationTerrain } from "../terrain/stationTerrain.js";
import type { CommandStep } from "../../mavlink/protocols/command/commandStep.js";
import type { TransferLock } from "./transferLock.js";

export type ServiceAnswer = Result<ReplyValue, StationFailure>;

/** The way to one vehicle: the address of its autopilot and our own, and what is measured and sent on its active path. */
export type VehicleLink = MavPeer & {
  readonly send: (message: OutgoingMessage) => void;
  /** Round trip of the active path, smoothed; undefined before the first measurement. */
  readonly roundTripMs: () => number | undefined;
};

/** What is known of one vehicle now. */
export type VehicleView = {
  readonly state: () => VehicleState;
  readonly isLost: () => boolean;
};

/** What is known of one vehicle, and what a service may do to it. */
type ServicedVehicle = VehicleView & {
  readonly aircraftPlan: () => AircraftPlan;
  /** Applies to the vehicle's state what a service found out. */
  readonly apply: (body: VehicleEventBody) => void;
  /**
   * Runs command steps (acknowledged, retried) independently of the pilot's commands; to any component of the vehicle.
   */
  readonly runSteps: (steps: readonly CommandStep[], address?: MavAddress) => Promise<Result<void, CommandFailure>>;
};

/** Where one vehicle's parts publish: to the screens, and to the sortie's event log. */
export type VehicleOutputs = {
  readonly publish: (message: ToUi) => void;
  readonly record: (kind: string, facts: Readonly<Record<string, unknown>>) => void;
};

/** What every vehicle's services need from the station. */
export type VehicleEnvironment = {
  readonly contact: (contactId: string) => Contact | undefined;
  readonly isRecording: () => boolean;
  /** Folder of downloads, caches and checklists. */
  readonly dataFolder: string;
  /** Parses large files on a thread of its own. */
  readonly reading: ReadingService;
  readonly terrain: () => StationTerrain;
};

/** What a vehicle's service may use. Everything is about this one vehicle. */
export type VehicleServiceContext = {
  readonly time: Time;
  readonly link: VehicleLink;
  readonly vehicle: ServicedVehicle;
  /** One bulk transfer at a time. */
  readonly transferLock: TransferLock;
  readonly outputs: VehicleOutputs;
  readonly environment: VehicleEnvironment;
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
