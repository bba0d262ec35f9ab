import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Folders and files of this user's settings and data. */
export type AppPaths = {
  readonly data: string;
  readonly plans: string;
  readonly sorties: string;
  readonly cache: string;
};

/** VIGIE_HOME, else the platform's data folder (XDG on Linux). Creates nothing. */
export function appPaths(environment: NodeJS.ProcessEnv = process.env): AppPaths {
  const own = environment["VIGIE_HOME"];
  const data = own !== undefined && own !== "" ? resolve(own) : join(platformDataFolder(environment), "vigie");
  return { data, plans: join(data, "plans"), sorties: join(data, "sorties"), cache: join(data, "cache") };
}

function platformDataFolder(environment: NodeJS.ProcessEnv): string {
  if (process.platform === "win32") return environment["APPDATA"] ?? join(homedir(), "AppData", "Roaming");
  if (process.platform === "darwin") return join(homedir(), "Library", "Application Support");
  return environment["XDG_DATA_HOME"] ?? join(homedir(), ".local", "share");
}

/**
 * The folder that holds `missions/` and `dist/`: searched upwards from this file, wherever it was bundled to, else the
 * working folder.
 */
export function installRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "missions", "coast"))) return folder;
    if (dirname(folder) === folder) return process.cwd();
  }
}

/** Path of a file of `dist/node`: beside the running bundle, else under the install root. */
export function siblingBundle(name: string): string {
  const beside = join(dirname(fileURLToPath(import.meta.url)), name);
  return existsSync(beside) ? beside : join(installRoot(), "dist", "node", name);
}
