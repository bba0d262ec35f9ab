/** Every expected failure in words: what happened, and what to do about it. */
import { assertNever } from "../../src/core/result.js";
import type { FileFailure, StationFailure } from "../../src/contract/failures.js";
import type { PackFailure } from "../../src/contract/packMessages.js";
import type { CommandFailure, CommandReason, ExpectedEffect } from "../../src/vehicle/commands.js";
import type { PlanPartName, TransferFailure } from "../../src/vehicle/transfers.js";
import { partText } from "./partText.js";
import { packAdviceOf, packFacts } from "./packFailure.js";
import { placeText, problemText } from "./problemText.js";
import { hasText, type Facts, type Translate } from "./text.js";
import type { TextName } from "./dictionary.js";
import type { ServiceFailure, ServiceSaying } from "./serviceFailureTexts.js";

type FailureText = {
  readonly what: string;
  readonly advice: string;
  /** danger = act now; caution = attention; info = chosen by the person. */
  readonly severity: "info" | "caution" | "danger";
};

type CommandFailureOf<Kind extends CommandFailure["kind"]> = Extract<CommandFailure, { readonly kind: Kind }>;
type Severity = FailureText["severity"];

/** Builds dictionary keys "<what>.what" and "<advice>.do"; several failures share one advice. */
const textOf = (
  t: Translate,
  severity: Severity,
  keys: readonly [what: TextName<"failure.", ".what">, advice: TextName<"failure.", ".do">],
  facts: Facts = {},
): FailureText => ({
  what: t(`failure.${keys[0]}.what`, facts),
  advice: t(`failure.${keys[1]}.do`, facts),
  severity,
});

const mavResultText = (t: Translate, number: number): string => known(t, "mav.result", number, { number });

function missionResultText(t: Translate, number: number): string {
  // MAV_MISSION_RESULT 6 to 12 name the invalid parameter (param1 to param7); only the item number helps the user, so
  // they share one text.
  if (number >= 6 && number <= 12) return t("mav.mission.5");
  return known(t, "mav.mission", number, { number });
}

function impossibleText(t: Translate, { because, asks }: CommandFailureOf<"not-possible">): FailureText {
  // The same questions are shown by the preview of a flight to a place: use the same texts.
  const questions = (asks ?? []).map((ask) => t(`fly.ghost.ask.${ask}`)).join(" ");
  if (because !== "not-confirmed") {
    return textOf(t, "caution", ["command.not-possible", adviceFor(because)], { because: t(`reason.${because}`) });
  }
  const what = questions === "" ? "command.not-confirmed" : "command.not-confirmed.asks";
  return textOf(t, "caution", [what, "command.not-confirmed"], { questions });
}

/** Advice for a reason, where there is any; the text before it only names the reason. */
const ADVICE: Readonly<Partial<Record<CommandReason, TextName<"failure.", ".do">>>> = {
  "not-verified": "command.plan",
  "plan-not-read": "command.plan",
  "plan-changed": "command.plan",
  "plan-refused": "command.plan-refused",
};
const adviceFor = (because: CommandReason): TextName<"failure.", ".do"> => ADVICE[because] ?? "command.not-possible";

/** What was expected, in the words of the language. */
function effectText(t: Translate, effect: ExpectedEffect): string {
  switch (effect.kind) {
    case "mode":
      return t(effect.isArmed ? "effect.mode-armed" : "effect.mode", { mode: effect.modeName });
    case "armed":
      return t(effect.isArmed ? "effect.armed" : "effect.disarmed");
    case "above":
      return t("effect.above", { metres: effect.altitudeAboveHomeM });
    case "mission-item":
      return t("effect.mission-item", { seq: effect.seq });
    case "vtol":
      return effect.vtol.map((phase) => t(`fly.vtol.${phase}`)).join(" / ");
  }
}

function commandFailureText(t: Translate, failure: CommandFailure): FailureText {
  switch (failure.kind) {
    case "no-reply":
      return textOf(t, "danger", ["command.no-reply", "command.no-reply"], { attempts: failure.attempts });
    case "refused": {
      const reasons = failure.reasons.join(" · ");
      const what = reasons === "" ? "command.refused" : "command.refused.reasons";
      return textOf(t, "caution", [what, "command.refused"], { result: mavResultText(t, failure.mavResult), reasons });
    }
    case "no-effect":
      return textOf(t, "danger", ["command.no-effect", "command.no-effect"], {
        expected: failure.effect ? effectText(t, failure.effect) : failure.expected,
      });
    case "not-possible":
      return impossibleText(t, failure);
    case "vehicle-lost":
      return textOf(t, "danger", ["vehicle-lost", "vehicle-lost"]);
    case "busy":
      return textOf(t, "caution", ["command.busy", "command.busy"], { with: t(`command.${failure.with}`) });
    case "cancelled":
      return textOf(t, "info", ["cancelled", "command.cancelled"]);
    default:
      return assertNever(failure);
  }
}

function silentTransferText(t: Translate, lastSeq: number | undefined): FailureText {
  const what = lastSeq === undefined ? "transfer.no-reply" : "transfer.no-reply.at";
  return textOf(t, "danger", [what, "transfer.no-reply"], { seq: lastSeq ?? "" });
}

function refusedTransferText(t: Translate, failure: Extract<TransferFailure, { kind: "refused" }>): FailureText {
  const what = failure.seq === undefined ? "transfer.refused" : "transfer.refused.at";
  const facts = { seq: failure.seq ?? "", result: missionResultText(t, failure.mavMissionResult) };
  return textOf(t, "danger", [what, "transfer.refused"], facts);
}

function partWords(t: Translate, { type, seq }: PlanPartName): string {
  return t("plan.finding.at", { seq, words: partText(t, type) });
}

export function transferFailureText(t: Translate, failure: TransferFailure): FailureText {
  switch (failure.kind) {
    case "no-reply":
      return silentTransferText(t, failure.lastSeq);
    case "refused":
      return refusedTransferText(t, failure);
    case "differs":
      return textOf(t, "danger", ["transfer.differs", "transfer.differs"], { count: failure.differences.length });
    case "busy":
    case "needs-override":
      return textOf(t, "caution", [`transfer.${failure.kind}`, `transfer.${failure.kind}`]);
    case "refused-by-aircraft":
      return textOf(t, "danger", ["transfer.refused-by-aircraft", "transfer.refused-by-aircraft"], {
        reasons: failure.reasons.join("; "),
      });
    case "not-whole":
      return textOf(t, "danger", ["transfer.not-whole", "transfer.not-whole"], {
        parts: failure.parts.map((part) => partWords(t, part)).join(", "),
      });
    case "vehicle-lost":
      return textOf(t, "danger", ["vehicle-lost", "transfer.no-reply"]);
    case "not-possible":
      return textOf(t, "caution", ["transfer.not-possible", "transfer.not-possible"], {
        because: t(`reason.${failure.because}`),
      });
    case "cancelled":
      return textOf(t, "caution", ["cancelled", "transfer.cancelled"]);
    default:
      return assertNever(failure);
  }
}

function fileText(t: Translate, { path, where, problem }: FileFailure): FailureText {
  return textOf(
    t,
    "caution",
    [where === undefined ? "bad-file" : "bad-file.at", where === undefined ? "bad-file.whole" : "bad-file"],
    {
      path,
      where: where === undefined ? "" : placeText(t, where),
      problem: problemText(t, problem),
    },
  );
}

type Table = "mav.result" | "mav.mission" | "io.code";

/** Text for one entry of a table; "<table>.other" for an unknown entry. */
function known(t: Translate, table: Table, name: string | number, facts: Facts): string {
  const key = `${table}.${name}`;
  return t(hasText(key) ? key : `${table}.other`, facts);
}

function ioText(t: Translate, { operation, code }: Extract<StationFailure, { kind: "io" }>): FailureText {
  const key = code === "CONNECTION_LOST" ? "connection" : "io";
  const inWords = (known: string, otherwise: string): string => (hasText(known) ? t(known) : otherwise);
  const facts = {
    operation: inWords(`io.${operation}`, operation),
    code: inWords(`notice.because.${code}`, code),
  };
  return textOf(t, "danger", [key, key], facts);
}

const SERVICES: ReadonlySet<StationFailure["kind"]> = new Set<ServiceFailure["kind"]>([
  "link",
  "param",
  "log",
  "payload",
]);
const isOfService = (failure: StationFailure): failure is ServiceFailure => SERVICES.has(failure.kind);

function serviceText(t: Translate, failure: ServiceFailure): FailureText {
  const { kind, failure: inner } = failure;
  // A payload device that did not obey reports a command failure like an aircraft.
  if (failure.kind === "payload" && failure.failure.kind === "command")
    return commandFailureText(t, failure.failure.failure);
  // `ServiceSaying` is built from the same union, so every pair of kinds has a text.
  const saying = `${kind}.${inner.kind}` as ServiceSaying;
  const what = hasLimits(inner) && saying === "param.out-of-range" ? "param.out-of-range.limits" : saying;
  return textOf(t, "caution", [what, kind], { ...factsOf(inner), ...codeOf(t, inner) });
}

export function failureText(t: Translate, failure: StationFailure): FailureText {
  if (isOfService(failure)) return serviceText(t, failure);
  return failure.kind === "pack" ? packText(t, failure.failure) : stationText(t, failure);
}

const packText = (t: Translate, failure: PackFailure): FailureText =>
  textOf(t, "caution", [`pack.${failure.kind}`, packAdviceOf(failure)], packFacts(t, failure));

function stationText(
  t: Translate,
  failure: Exclude<StationFailure, ServiceFailure | { readonly kind: "pack" }>,
): FailureText {
  switch (failure.kind) {
    case "bad-file":
      return fileText(t, failure);
    case "not-found":
      return textOf(t, "caution", ["no-such-file", "no-such-file"], { what: failure.what });
    case "io":
      return ioText(t, failure);
    case "bad-name":
      return textOf(t, "caution", ["bad-name", "bad-name"], { why: t(`name.problem.${failure.problem}`) });
    case "bad-request":
      return textOf(t, "danger", ["bad-request", "bad-request"], { problem: failure.problem });
    case "no-vehicle":
    case "no-video":
      return textOf(t, "caution", [failure.kind, failure.kind]);
    case "command":
      return commandFailureText(t, failure.failure);
    case "transfer":
      return transferFailureText(t, failure.failure);
    case "internal":
      return textOf(t, "danger", ["internal", "internal"], { reference: failure.reference });
    default:
      return assertNever(failure);
  }
}

/** True when both limits are known; the text with limits is used then. */
const hasLimits = (failure: ServiceFailure["failure"]): boolean =>
  failure.kind === "out-of-range" && failure.min !== undefined && failure.max !== undefined;

const codeOf = (t: Translate, failure: ServiceFailure["failure"]): Facts =>
  failure.kind === "disk" ? { code: known(t, "io.code", failure.code, { code: failure.code }) } : {};

/** The string and number fields of a failure, as values for its text. */
function factsOf(failure: object): Facts {
  const plain = Object.entries(failure).filter(([, fact]) => typeof fact === "string" || typeof fact === "number");
  return Object.fromEntries(plain);
}
