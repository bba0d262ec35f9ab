import type { ReportedMissionItem } from "../../vehicle/flightReport.js";
import type { VehicleEvent } from "../../vehicle/events.js";
import type { EventDescriber } from "../events/eventDescriber.js";

/**
 * A part of a mission in a record. `begins`: a new mission replaces the one known so far (`keepsItems`: only parts of
 * it); an item that states the total count drops the items beyond it. What a station uploads (`toSystemId`) becomes
 * that vehicle's mission once `ended` says that it was accepted.
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
  /** The vehicle's MISSION_ACK to whoever uploaded a mission. */
  | {
      readonly kind: "ended";
      readonly systemId: number;
      readonly toSystemId: number;
      readonly isAccepted: boolean;
    };

/** What is known only after the whole log was read. */
export type WalkSummary = {
  readonly badChecksums: number;
  /** Records of messages without a definition. */
  readonly unknownMessages: number;
  /** Damage, with byte offsets; empty when everything could be read. */
  readonly problems: readonly string[];
};

/**
 * Moves through a log of any kind from record to record. Never throws: damage is skipped up to the next valid record
 * and reported. Fields are decoded only on request.
 */
export type LogWalk = {
  /** Moves to the next valid record; false at the end. The members below describe the current record. */
  readonly next: () => boolean;
  /** Offset of the byte after the record. */
  readonly at: number;
  /** The record's time, UTC microseconds. */
  readonly unixTimeUs: number;
  /** The message's name, as counted in the report. */
  readonly name: string;
  /** The events of vehicles in the record, in the order to fold them. */
  readonly events: () => readonly VehicleEvent[];
  readonly missionPart: () => MissionPart | undefined;
  /** Remembers this position: calling the result opens another walk whose `next` reads the record after this one. */
  readonly bookmark: () => () => LogWalk;
  readonly summary: () => WalkSummary;
};

/** A log in memory. Its bytes must not change while it is in use. */
export type Log = {
  readonly countOfBytes: number;
  readonly walk: () => LogWalk;
  /** The vehicle that wrote the log, for logs written on board; in a link's recording heartbeats name the vehicles. */
  readonly writer: LogWriter | undefined;
  /** What is missing in the whole log, in plain English. */
  readonly problems: readonly string[];
  /** Texts for its events; metadata inside the log apply once the walk has passed them. */
  readonly events: EventDescriber;
};

export type LogWriter = {
  readonly systemId: number;
  readonly componentId: number;
  readonly mavType: number;
  readonly mavAutopilot: number;
};

/** Problems reported of one file; further ones would add nothing. */
export const PROBLEMS_MAX = 100;
