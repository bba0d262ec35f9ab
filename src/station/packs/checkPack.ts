import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { err, type Result } from "../../core/result.js";
import type { PackManifest } from "../../geo/pack/packManifest.js";
import { ioFailure } from "../../io/fileStore.js";
import { extractPack } from "./extractPack.js";
import type { PackProblem, PackWatch } from "./packProblem.js";

/** Reads everything in a pack and opens each of its files, in a temporary folder that is removed again. */
export async function checkPack(file: string, watch: PackWatch): Promise<Result<PackManifest, PackProblem>> {
  let folder: string | undefined;
  try {
    folder = await mkdtemp(path.join(tmpdir(), "vigie-pack-"));
    return await extractPack(file, folder, watch);
  } catch (cause: unknown) {
    return err(ioFailure("write", cause));
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
}
