import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout this code runs from: the nearest folder above with our package.json and sources. */
export function projectRoot(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, "src", "cli", "vigie.mjs"))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error("Invariant: not inside a checkout of Vigie");
    folder = parent;
  }
  return folder;
}

/** Cache for downloads: outside the checkout, shared by all clones of one user. */
export function cacheFolder(): string {
  const base = process.env["XDG_CACHE_HOME"] ?? path.join(process.env["HOME"] ?? "/tmp", ".cache");
  return path.join(base, "vigie");
}
