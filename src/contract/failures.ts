import type { NameProblem } from "../core/fileName.js";
import type { CommandFailure } from "../vehicle/commands.js";
import type { ParamFailure } from "../vehicle/params.js";
import type { TransferFailure } from "../vehicle/transfers.js";
import type { LinkFailure } from "./linkMessages.js";
import type { PackFailure } from "./packMessages.js";
import type { LogFailure, PayloadFailure } from "./serviceMessages.js";

/** Why a file could not be read: enough to show the person the place. */
export type FileFailure = {
  readonly kind: "bad-file";
  readonly path: string;
  /** "mission.items[3].params" or "line 12", where known. */
  readonly where: string | undefined;
  readonly problem: string;
};

export type StationFailure =
  | FileFailure
  | { readonly kind: "not-found"; readonly what: string }
  | { readonly kind: "io"; readonly operation: string; readonly code: string }
  /** A name that cannot be a file name. */
  | { readonly kind: "bad-name"; readonly problem: NameProblem }
  | { readonly kind: "bad-request"; readonly problem: string }
  | { readonly kind: "no-vehicle" }
  | { readonly kind: "no-video" }
  | { readonly kind: "command"; readonly failure: CommandFailure }
  | { readonly kind: "transfer"; readonly failure: TransferFailure }
  | { readonly kind: "link"; readonly failure: LinkFailure }
  | { readonly kind: "param"; readonly failure: ParamFailure }
  | { readonly kind: "log"; readonly failure: LogFailure }
  | { readonly kind: "payload"; readonly failure: PayloadFailure }
  | { readonly kind: "pack"; readonly failure: PackFailure }
  | { readonly kind: "internal"; readonly reference: string };
