import { assertNever } from "../core/result.js";
import type { StationFailure } from "../contract/failures.js";
import type { CommandFailure } from "../vehicle/commands.js";
import type { FindingKind } from "../plan/findings/finding.js";
import type { PlanObjection, TransferFailure } from "../vehicle/transfers.js";
import { findingLine, partName } from "./planTexts.js";

type ServiceFailure = Extract<StationFailure, { kind: "link" | "param" | "log" | "payload" }>;
const isOfService = ({ kind }: StationFailure): boolean => ["link", "param", "log", "payload"].includes(kind);

/** What happened, in one English line. The screens have their own words, in two languages. */
export function failureLine(failure: StationFailure): string {
  if (isOfService(failure)) {
    // No command of the command line asks a service; should one fail all the same, its facts are told as they are.
    const { kind, failure: facts } = failure as ServiceFailure;
    return `${kind}: ${JSON.stringify(facts)}`;
  }
  return stationFailureLine(failure as Exclude<StationFailure, ServiceFailure>);
}

function stationFailureLine(failure: Exclude<StationFailure, ServiceFailure>): string {
  switch (failure.kind) {
    case "bad-file":
      return `${failure.path}${failure.where === undefined ? "" : `: ${failure.where}`}: ${failure.problem}`;
    case "not-found":
      return `there is no ${failure.what}`;
    case "io":
      return `could not ${failure.operation}: ${ioReason(failure.code)}`;
    case "bad-request":
      return failure.problem;
    case "no-vehicle":
      return "no such vehicle";
    case "no-video":
      return "no video";
    case "command":
      return commandFailureLine(failure.failure);
    case "transfer":
      return transferFailureLine(failure.failure);
    case "internal":
      return `internal error ${failure.reference}`;
    default:
      return assertNever(failure);
  }
}

const IO_REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full: free some space",
  EDQUOT: "your share of the disk is used up: free some space",
  EROFS: "the disk is read-only: choose another folder, or unlock it",
  EACCES: "not permitted: choose another folder, or change its rights",
  EPERM: "not permitted: choose another folder, or change its rights",
  ENOENT: "no such file or folder",
  ENOTDIR: "a part of the path is a file, not a folder",
  EISDIR: "it is a folder, not a file",
  EIO: "the disk reports an error",
  "not-a-file": "it is not a plain file (a pipe, a socket or a device)",
  "too-large": "it is too large",
};

/** What the system's code means, and what to do; the code itself where there are no words for it. */
const ioReason = (code: string): string => IO_REASONS[code] ?? code;

function commandFailureLine(failure: CommandFailure): string {
  switch (failure.kind) {
    case "no-reply":
      return `the vehicle did not answer (${failure.attempts} attempts)`;
    case "refused":
      return `the vehicle refused (result ${failure.mavResult})${failure.reasons.map((reason) => `; ${reason}`).join("")}`;
    case "no-effect":
      return `accepted, but never seen to happen: ${failure.expected}`;
    case "not-possible":
      return failure.because;
    case "vehicle-lost":
      return "the vehicle was lost";
    case "busy":
      return `busy with "${failure.with}"`;
    case "cancelled":
      return "cancelled";
    default:
      return assertNever(failure);
  }
}

function objectionLine(objection: PlanObjection): string {
  switch (objection.kind) {
    case "training-on-real":
      return "a training plan, and the aircraft is real";
    case "other-airframe":
      return "the plan is for another kind of aircraft";
    case "other-autopilot":
      return "the plan is for another autopilot";
    case "home-far":
      return `the plan's home is ${(objection.distanceM / 1000).toFixed(1)} km from the aircraft`;
    case "plan-danger": {
      const { finding, seq, facts } = objection;
      // The words of `vigie check`.
      return findingLine({
        kind: finding as FindingKind,
        severity: "danger",
        ...(seq !== undefined && { seq }),
        facts,
      });
    }
    default:
      return assertNever(objection);
  }
}

function transferFailureLine(failure: TransferFailure): string {
  switch (failure.kind) {
    case "no-reply":
      return `the vehicle stopped answering${failure.lastSeq === undefined ? "" : ` at item ${failure.lastSeq}`}`;
    case "refused":
      return `the vehicle refused${failure.seq === undefined ? "" : ` item ${failure.seq}`} (result ${failure.mavMissionResult})`;
    case "differs":
      return `the aircraft holds something else: ${failure.differences
        .map(({ seq, field, planned, onAircraft }) => `item ${seq} ${field} ${planned} ≠ ${onAircraft}`)
        .join(", ")}`;
    case "busy":
      return "another transfer is going on";
    case "vehicle-lost":
      return "the vehicle was lost";
    case "not-possible":
      return failure.because;
    case "not-whole":
      return `not sent: ${failure.parts.map(({ type, seq }) => `${partName(type)} (item ${seq})`).join(", ")} cannot be flown from here, and a part of a plan is not sent; make simple items of it in the station that drew it`;
    case "needs-override":
      return `not sent: ${failure.objections.map(objectionLine).join("; ")}; to send it all the same give a reason (--override REASON)`;
    case "cancelled":
      return "cancelled";
    default:
      return assertNever(failure);
  }
}
