import type { NameProblem } from "../core/fileName.js";
import { assertNever } from "../core/result.js";
import type { StationFailure } from "../contract/failures.js";
import type { CommandFailure, CommandReason, FlightQuestion, PlaceQuestion } from "../vehicle/commands.js";
import type { FindingKind } from "../plan/findings/finding.js";
import type { BlockingFinding, TransferFailure } from "../vehicle/transfers.js";
import { findingLine, partName } from "./planTexts.js";

type ServiceFailure = Extract<StationFailure, { kind: "link" | "param" | "log" | "payload" | "pack" }>;
const isOfService = ({ kind }: StationFailure): boolean => ["link", "param", "log", "payload", "pack"].includes(kind);

const NAME_PROBLEM: Readonly<Record<NameProblem, string>> = {
  empty: "it is empty",
  spaces: "it begins or ends with a space",
  dot: "it begins or ends with a dot",
  characters: 'it holds one of the marks / \\ : * ? " < > |',
  unseen: "it holds characters that are not seen or turn the text round",
  device: "Windows keeps it for a device",
  "too-long": "it is too long",
};

/** What failed, as one line of English. The screens have their own texts, in two languages. */
export function failureLine(failure: StationFailure): string {
  if (isOfService(failure)) {
    // No command of the command line uses a service; should one fail all the same, its raw facts are printed.
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
    case "bad-name":
      return `the name cannot be used: ${NAME_PROBLEM[failure.problem]}`;
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
  "link-outside": "it is a link to a place outside the data folder: put the file itself there",
};

/** What the system's error code means and what to do; the code itself where there is no text for it. */
const ioReason = (code: string): string => IO_REASONS[code] ?? code;

/** For reasons whose text in the screens' dictionary does not make sense on a terminal. */
const REASON_WORDS: Readonly<Partial<Record<CommandReason, string>>> = {
  "plan-not-read": "the plan on board could not be read again just before the start",
  "plan-changed": "another plan is on board than the one that was verified",
  "asked-already": "it was asked already, and the aircraft has not answered yet",
  "plan-refused": "the autopilot itself refuses the plan on board",
  "not-verified": "no verified plan is on board",
  "not-confirmed": "dangerous, and nobody confirmed it",
  "coming-home": "it is on its way home or down",
  "needs-sticks": "the mode needs a pilot's sticks, and the aircraft hears none",
};

const QUESTION_WORDS: Readonly<Record<FlightQuestion | PlaceQuestion, string>> = {
  "leaves-mission": "it flies its mission, and would leave it",
  "descends-far": "more than 30 m down",
  "very-low": "down to less than 15 m above home",
  "height-unknown": "how high it is now is not known",
  "beyond-fence": "the place or the way to it is beyond the fence that the aircraft carries",
  battery: "the battery would not bring it home with 20 % left",
  far: "the place is more than 5 km away",
  "fence-unknown": "the fence that it carries is not known, and the way there and home is over 2 km",
  "battery-unknown": "how far its battery reaches is not known, and the way there and home is over 2 km",
  "position-unknown": "it does not tell where it is",
};
const questionWords = (question: FlightQuestion | PlaceQuestion): string => QUESTION_WORDS[question];

function commandFailureLine(failure: CommandFailure): string {
  switch (failure.kind) {
    case "no-reply":
      return `the vehicle did not answer (${failure.attempts} attempts)`;
    case "refused":
      return `the vehicle refused (result ${failure.mavResult})${failure.reasons.map((reason) => `; ${reason}`).join("")}`;
    case "no-effect":
      return `accepted, but never seen to happen: ${failure.expected}`;
    case "not-possible":
      return [REASON_WORDS[failure.because] ?? failure.because, ...(failure.asks ?? []).map(questionWords)].join("; ");
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

function blockingFindingLine(blockingFinding: BlockingFinding): string {
  switch (blockingFinding.kind) {
    case "mission-being-flown":
      return "the aircraft is flying the mission on board: another one changes its way at once";
    case "training-on-real":
      return "a training plan, and the aircraft is real";
    case "other-airframe":
      return "the plan is for another kind of aircraft";
    case "other-autopilot":
      return "the plan is for another autopilot";
    case "terrain-missing":
      return "a file of heights cannot be read: the plan is not checked against all of the ground";
    case "home-far":
      return `the plan's home is ${(blockingFinding.distanceM / 1000).toFixed(1)} km from the aircraft`;
    case "plan-danger": {
      const { finding, seq, facts } = blockingFinding;
      // The same text as `vigie check` prints.
      return findingLine({
        kind: finding as FindingKind,
        severity: "danger",
        ...(seq !== undefined && { seq }),
        facts,
      });
    }
    default:
      return assertNever(blockingFinding);
  }
}

type FailureOf<Kind extends TransferFailure["kind"]> = Extract<TransferFailure, { readonly kind: Kind }>;
type TransferLines = { readonly [Kind in TransferFailure["kind"]]: (failure: FailureOf<Kind>) => string };

const atItem = (seq: number | undefined): string => (seq === undefined ? "" : ` item ${seq}`);

const TRANSFER_LINES: TransferLines = {
  "no-reply": ({ lastSeq }) => `the vehicle stopped answering${lastSeq === undefined ? "" : ` at item ${lastSeq}`}`,
  refused: ({ seq, mavMissionResult }) => `the vehicle refused${atItem(seq)} (result ${mavMissionResult})`,
  differs: ({ differences }) =>
    `the aircraft holds something else: ${differences
      .map(({ seq, field, planned, onAircraft }) => `item ${seq} ${field} ${planned} ≠ ${onAircraft}`)
      .join(", ")}`,
  busy: () => "another transfer is going on",
  "vehicle-lost": () => "the vehicle was lost",
  "not-possible": ({ because }) => because,
  "refused-by-aircraft": ({ reasons }) => `the autopilot will not fly it: ${reasons.join("; ")}`,
  "not-whole": ({ parts }) =>
    `not sent: ${parts.map(({ type, seq }) => `${partName(type)} (item ${seq})`).join(", ")} cannot be flown from here, and a part of a plan is not sent; make simple items of it in the station that drew it`,
  "needs-override": ({ blockingFindings }) =>
    `not sent: ${blockingFindings.map(blockingFindingLine).join("; ")}; to send it all the same give a reason (--override REASON)`,
  cancelled: () => "cancelled",
};

// Each entry is only called with its own kind of failure, which the compiler cannot follow through the look-up.
const transferFailureLine = (failure: TransferFailure): string =>
  (TRANSFER_LINES[failure.kind] as (failure: TransferFailure) => string)(failure);
