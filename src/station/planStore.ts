import { join } from "node:path";
import { fileNameProblem } from "../core/fileName.js";
import { err, ok, type Result } from "../core/result.js";
import type { StationFailure } from "../contract/failures.js";
import { withoutLinkOutside } from "../io/linkOutside.js";
import { listFolder, readText, writeAtomic } from "../io/fileStore.js";

/** No readable plan is larger, and a larger message would delay a heartbeat to the screen. */
const PLAN_BYTES_MAX = 5_000_000;
const EXTENSION = ".plan";

/** Plans saved by a user, by name. A name is a file name: no folders, no hidden files. */
export type PlanStore = {
  readonly list: () => Promise<readonly string[]>;
  readonly load: (name: string) => Promise<Result<string, StationFailure>>;
  readonly save: (name: string, planText: string) => Promise<Result<void, StationFailure>>;
};

export function createPlanStore(folder: string): PlanStore {
  return {
    list: async () => {
      const files = await listFolder(folder);
      return files.filter((file) => file.name.endsWith(EXTENSION)).map((file) => file.name.slice(0, -EXTENSION.length));
    },
    load: async (name) => {
      const path = pathOf(folder, name);
      if (!path.ok) return path;
      const isOwn = await withoutLinkOutside(folder, path.value);
      if (!isOwn.ok) return isOwn;
      const text = await readText(path.value, PLAN_BYTES_MAX);
      if (text.ok) return text;
      if (text.error.code === "too-large")
        return err({
          kind: "bad-file",
          path: name,
          where: undefined,
          problem: `larger than ${PLAN_BYTES_MAX / 1e6} MB`,
        });
      return err(text.error.code === "ENOENT" ? { kind: "not-found", what: name } : text.error);
    },
    save: async (name, planText) => {
      const path = pathOf(folder, name);
      return path.ok ? writeAtomic(path.value, planText) : path;
    },
  };
}

function pathOf(folder: string, name: string): Result<string, StationFailure> {
  const plain = name.endsWith(EXTENSION) ? name.slice(0, -EXTENSION.length) : name;
  const problem = fileNameProblem(plain);
  if (problem) return err({ kind: "bad-name", problem });
  return ok(join(folder, `${plain}${EXTENSION}`));
}
