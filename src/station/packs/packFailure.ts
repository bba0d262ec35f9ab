import path from "node:path";
import type { StationFailure } from "../../contract/failures.js";
import type { PackFailure } from "../../contract/packMessages.js";
import type { PackProblem } from "./packProblem.js";

type ProblemOf<Kind extends PackProblem["kind"]> = Extract<PackProblem, { readonly kind: Kind }>;
type Failures = { readonly [Kind in PackProblem["kind"]]: (problem: ProblemOf<Kind>) => StationFailure };

const failed = (failure: PackFailure): StationFailure => ({ kind: "pack", failure });
const deceiving = ({ name }: { readonly name: string }): StationFailure => failed({ kind: "deceiving", name });
const damaged = ({ name }: { readonly name: string }): StationFailure => failed({ kind: "file-differs", name });
const noPack = (): StationFailure => failed({ kind: "no-pack" });

const FAILURES: Failures = {
  "no-zip": noPack,
  "no-manifest": noPack,
  "not-a-file": noPack,
  "cut-off": () => failed({ kind: "cut-off" }),
  "bad-member-name": deceiving,
  "member-twice": deceiving,
  "contradicts-itself": deceiving,
  "not-listed": deceiving,
  "not-used": deceiving,
  "too-many-members": ({ max }) => deceiving({ name: `${max}+` }),
  "form-not-read": () => failed({ kind: "form-not-read" }),
  "member-damaged": damaged,
  "wrong-size": damaged,
  "size-differs": damaged,
  "hash-differs": damaged,
  "not-in-pack": ({ name }) => failed({ kind: "file-missing", name }),
  unusable: ({ file, problem }) => failed({ kind: "unusable", name: path.basename(file), fileKind: problem.kind }),
  "no-space": ({ neededBytes, freeBytes }) => failed({ kind: "no-space", neededBytes, freeBytes }),
  "online-map": ({ file }) => failed({ kind: "unusable", name: path.basename(file), fileKind: "map" }),
  "same-name": ({ name }) => failed({ kind: "same-name", name }),
  "no-such-pack": ({ name }) => failed({ kind: "no-such-pack", name }),
  "bad-file": (problem) => problem,
  io: (problem) => problem,
  member: ({ path: file }) => failed({ kind: "not-readable", name: path.basename(file) }),
  "pack-too-large": ({ bytesMax }) => failed({ kind: "too-large", gigabytesMax: bytesMax / 1e9 }),
  stopped: () => failed({ kind: "stopped" }),
  "not-there": noPack,
  "not-readable": ({ reason }) => ({ kind: "io", operation: "read", code: reason }),
};

/** A problem as the screens say it: in less detail than the command line, in both languages. */
export const packFailureOf = (problem: PackProblem): StationFailure =>
  // Each entry is only given its own kind of problem, which the compiler cannot follow through the look-up.
  (FAILURES[problem.kind] as (problem: PackProblem) => StationFailure)(problem);
