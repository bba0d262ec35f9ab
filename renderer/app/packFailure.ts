/** Failures of area packs: what to do about each, and the facts of its text. */
import type { PackFailure } from "../../src/contract/packMessages.js";
import type { TextName } from "./dictionary.js";
import type { Facts, Translate } from "./text.js";

/** Several failures share one advice. */
const ADVICE: Readonly<Record<PackFailure["kind"], TextName<"failure.", ".do">>> = {
  "area-too-small": "pack.area",
  "area-too-large": "pack.area",
  "no-coast": "pack.coast",
  "far-from-coast": "pack.coast",
  "other-coast": "pack.coast",
  "same-place": "pack.coast",
  busy: "pack.busy",
  stopped: "pack.stopped",
  "nothing-chosen": "pack.nothing-chosen",
  "name-taken": "pack.name-taken",
  "same-name": "pack.same-name",
  "too-large": "pack.too-large",
  "no-space": "pack.no-space",
  "no-such-pack": "pack.again",
  unusable: "pack.unusable",
  "not-readable": "pack.unusable",
  "no-pack": "pack.other-file",
  "form-not-read": "pack.other-file",
  deceiving: "pack.deceiving",
  "cut-off": "pack.again",
  "file-missing": "pack.again",
  "file-differs": "pack.again",
};

export const packAdviceOf = ({ kind }: PackFailure): TextName<"failure.", ".do"> => ADVICE[kind];

export function packFacts(t: Translate, failure: PackFailure): Facts {
  if (failure.kind === "no-space")
    return { needed: megabytes(failure.neededBytes), free: megabytes(failure.freeBytes) };
  if (failure.kind === "far-from-coast") return { which: t(`pack.place.${failure.which}`) };
  if (failure.kind === "unusable") return { name: failure.name, kind: t(`pack.kind.${failure.fileKind}`) };
  if (failure.kind === "too-large") return { gigabytes: failure.gigabytesMax };
  return "name" in failure ? { name: failure.name } : {};
}

const megabytes = (bytes: number): number => Math.ceil(bytes / 1e6);
