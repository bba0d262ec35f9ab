/**
 * What screens request of one vehicle besides commands: parameters, logs, payload, checklist. Each family has one
 * service in `src/station/vehicle`.
 */
import type { Checklist, ChecklistState } from "../vehicle/checklist.js";
import type { NamedValue, Param, ParamFailure, ParamLoad } from "../vehicle/params.js";
import type { Payload, PayloadCommand } from "../vehicle/payload.js";
import type { CommandFailure } from "../vehicle/commands.js";
import type { VehicleId } from "../vehicle/vehicleState.js";

export type ParamRequest =
  /**
   * `isFresh` skips the cache. The reply comes when the load is complete or has failed; progress is published as
   * `param-load`.
   */
  | { readonly kind: "load-params"; readonly vehicleId: VehicleId; readonly isFresh: boolean }
  | { readonly kind: "cancel-params"; readonly vehicleId: VehicleId }
  | { readonly kind: "get-params"; readonly vehicleId: VehicleId }
  /**
   * The reply is "done" once the autopilot has echoed the value. `isForced` skips the range check of the metadata.
   * `isConfirmed`: a person held the button. Refused without it while the aircraft is armed: a parameter can switch off
   * fence and failsafes.
   */
  | {
      readonly kind: "set-param";
      readonly vehicleId: VehicleId;
      readonly name: string;
      readonly value: number;
      readonly isForced: boolean;
      readonly isConfirmed: boolean;
    }
  /** Sets them one after the other; the reply lists those that were not accepted. */
  | {
      readonly kind: "set-params";
      readonly vehicleId: VehicleId;
      readonly values: readonly NamedValue[];
      readonly isConfirmed: boolean;
    }
  /**
   * Parses the text of a parameter file (.param of Mission Planner, .params of QGroundControl); nothing is sent to a
   * vehicle.
   */
  | { readonly kind: "read-param-file"; readonly vehicleId: VehicleId; readonly text: string }
  | { readonly kind: "write-param-file"; readonly vehicleId: VehicleId; readonly format: "param" | "params" };

export type LogEntry = {
  readonly logId: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** Undefined when the aircraft's clock was not set. */
  readonly unixTimeUs: number | undefined;
  /** Path of the downloaded file, for `open-recording`; undefined when it was not downloaded. */
  readonly file: string | undefined;
  /** Bytes downloaded so far, where the log has grown since. */
  readonly fileBytes?: number | undefined;
};
export type LogDownload = {
  readonly logId: string;
  readonly phase: "running" | "waiting" | "done" | "failed" | "cancelled";
  readonly way: "ftp" | "log-messages";
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly bytesPerS: number;
  readonly file: string | undefined;
  readonly failure: LogFailure | undefined;
};
export type LogFailure =
  | { readonly kind: "no-reply" }
  | { readonly kind: "armed" }
  | { readonly kind: "vehicle-lost" }
  | { readonly kind: "busy" }
  | { readonly kind: "cancelled" }
  | { readonly kind: "no-such-log"; readonly logId: string }
  | { readonly kind: "not-now"; readonly because: "watched-only" | "high-latency-link" }
  | { readonly kind: "disk"; readonly code: string };

export type LogRequest =
  | { readonly kind: "list-logs"; readonly vehicleId: VehicleId }
  /** Resumes an earlier, interrupted download of the same log. */
  | { readonly kind: "download-log"; readonly vehicleId: VehicleId; readonly logId: string }
  | { readonly kind: "cancel-log"; readonly vehicleId: VehicleId };

export type PayloadRequest = {
  readonly kind: "payload-command";
  readonly vehicleId: VehicleId;
  readonly command: PayloadCommand;
};
export type PayloadFailure =
  | { readonly kind: "command"; readonly failure: CommandFailure }
  | { readonly kind: "not-in-control"; readonly controllerSystemId: number | undefined }
  | { readonly kind: "no-such-device"; readonly id: string }
  | { readonly kind: "no-such-contact"; readonly contactId: string }
  | { readonly kind: "beyond-limits"; readonly minDeg: number; readonly maxDeg: number }
  | { readonly kind: "not-by-this-device" };

export type ChecklistRequest =
  | { readonly kind: "save-checklist"; readonly vehicleId: VehicleId; readonly checklist: Checklist }
  | { readonly kind: "tick"; readonly vehicleId: VehicleId; readonly itemId: string; readonly isDone: boolean };

/** Makes the compiler check that the list names every kind exactly once. */
const kindsOf = <Kind extends string>(kinds: Readonly<Record<Kind, true>>): readonly Kind[] =>
  Object.keys(kinds) as Kind[];

export const PARAM_REQUESTS = kindsOf<ParamRequest["kind"]>({
  "load-params": true,
  "cancel-params": true,
  "get-params": true,
  "set-param": true,
  "set-params": true,
  "read-param-file": true,
  "write-param-file": true,
});
export const LOG_REQUESTS = kindsOf<LogRequest["kind"]>({
  "list-logs": true,
  "download-log": true,
  "cancel-log": true,
});
export const PAYLOAD_REQUESTS = kindsOf<PayloadRequest["kind"]>({ "payload-command": true });
export const CHECKLIST_REQUESTS = kindsOf<ChecklistRequest["kind"]>({ "save-checklist": true, tick: true });
export const SERVICE_REQUESTS: readonly ServiceRequest["kind"][] = [
  ...PARAM_REQUESTS,
  ...LOG_REQUESTS,
  ...PAYLOAD_REQUESTS,
  ...CHECKLIST_REQUESTS,
];

export type ServiceRequest = ParamRequest | LogRequest | PayloadRequest | ChecklistRequest;

export type ServiceReply =
  | { readonly kind: "params"; readonly params: readonly Param[] }
  | { readonly kind: "param-values"; readonly values: readonly NamedValue[] }
  | { readonly kind: "params-set"; readonly countOfSet: number; readonly notTaken: readonly ParamFailure[] }
  | { readonly kind: "param-file"; readonly text: string }
  | { readonly kind: "logs"; readonly logs: readonly LogEntry[] };

/** What a service publishes without being asked, to every screen. */
export type ServiceUpdate =
  | { readonly kind: "param-load"; readonly vehicleId: VehicleId; readonly load: ParamLoad }
  | { readonly kind: "params-changed"; readonly vehicleId: VehicleId; readonly params: readonly Param[] }
  | { readonly kind: "log-download"; readonly vehicleId: VehicleId; readonly download: LogDownload }
  | { readonly kind: "payload"; readonly vehicleId: VehicleId; readonly payload: Payload }
  | { readonly kind: "checklist"; readonly vehicleId: VehicleId; readonly state: ChecklistState };
