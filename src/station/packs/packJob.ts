/** Long work with a pack: writing one, taking one in, reading one whole. */
import { assertNever, type Result } from "../../core/result.js";
import type { PackManifest } from "../../geo/pack/packManifest.js";
import { makePack, type PackWanted } from "./makePack.js";
import type { PackProblem, PackWatch } from "./packProblem.js";
import { checkStoredPack, importPack } from "./packStore.js";

export type PackJob =
  | { readonly kind: "make"; readonly wanted: PackWanted }
  | { readonly kind: "import"; readonly file: string; readonly dataFolder: string }
  | { readonly kind: "check"; readonly name: string; readonly dataFolder: string };
export type PackOutcome = Result<PackManifest, PackProblem>;

/** The job begins with its worker; "stop" ends it, and leaves nothing half-done. */
export type ToPackWorker = "stop";
export type FromPackWorker =
  | { readonly kind: "file"; readonly name: string }
  | { readonly kind: "bytes"; readonly count: number }
  | { readonly kind: "over"; readonly outcome: PackOutcome };

export function runPackJob(job: PackJob, watch: PackWatch): Promise<PackOutcome> {
  switch (job.kind) {
    case "make":
      return makePack(job.wanted, watch);
    case "import":
      return importPack(job.file, job.dataFolder, watch);
    case "check":
      return checkStoredPack(job.name, job.dataFolder, watch);
    default:
      return assertNever(job);
  }
}
