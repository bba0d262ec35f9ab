import type { ReportedMissionItem } from "../../vehicle/flightReport.js";
import type { VehicleEvent } from "../../vehicle/events.js";
import type { EventDescriber } from "../events/eventDescriber.js";

/**
 * A piece of a mission as the record tells it. `begins` announces a new one, which replaces what was known (`keepsItems`:
 * only parts of it); so does an item that says of how many it is one, for those beyond. What a station sends to a vehicle
 * (`toSystemId`) is that vehicle's mission once `ended` says that it was accepted.
 */
export type MissionPart =
  | {
      readonly kind: "begins";
      readonly systemId: number;
      readonly toSystemId?: number | undefined;
      readonly keepsItems?: boolean;
    }
  | {
      readonly kind: "item";
      readonly systemId: number;
      readonly toSystemId?: number | undefined;
      readonly item: ReportedMissionItem;
      readonly countOfItems?: number | undefined;
    }
  /** The vehicle's last word to whoever sent it a mission. */
  | {
      readonly kind: "ended";
      readonly systemId: number;
      readonly toSystemId: number;
      readonly isAccepted: boolean;
    };

/** What only shows when a whole log was read. */
export type WalkSummary = {
  readonly badChecksums: number;
  /** Records of messages without a definition. */
  readonly unknownMessages: number;
  /** What could not be read, with byte offsets; empty when all was. */
  readonly problems: readonly string[];
};

/**
 * A hand that moves through a log from record to record, whatever the kind of log. It never throws: damage is skipped up
 * to the next sound record and noted. Fields are decoded only when asked for.
 */
export type LogWalk = {
  /** Moves on to the next sound record; false at the end. What follows speaks of that record. */
  readonly next: () => boolean;
  /** Offset of the byte after the record. */
  readonly at: number;
  /** When the record was true, UTC microseconds. */
  readonly unixTimeUs: number;
  /** The message's name as the report counts it. */
  readonly name: string;
  /** What it says of vehicles, in the order to fold. */
  readonly events: () => readonly VehicleEvent[];
  readonly missionPart: () => MissionPart | undefined;
  /** The way back to this place: opens another walk whose `next` reads the record after this one. */
  readonly bookmark: () => () => LogWalk;
  readonly summary: () => WalkSummary;
};

/** A log in memory, ready to be walked. The bytes must not change as long as it is in use. */
export type Log = {
  readonly countOfBytes: number;
  readonly walk: () => LogWalk;
  /** The vehicle that wrote the log, where the log is a vehicle's own. A link's recording tells by heartbeats instead. */
  readonly writer: LogWriter | undefined;
  /** What is missing in the whole of it, in words. */
  readonly problems: readonly string[];
  /** Words for its events; what it tells of them itself counts once it was walked over. */
  readonly events: EventDescriber;
};

export type LogWriter = {
  readonly systemId: number;
  readonly componentId: number;
  readonly mavType: number;
  readonly mavAutopilot: number;
};

/** Problems said of one file; the rest would say the same again. */
export const PROBLEMS_MAX = 100;
