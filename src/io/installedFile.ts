import { readFileSync } from "node:fs";
import { join } from "node:path";
import { installRoot } from "./appPaths.js";

/** The content of a small text file of this installation; undefined when it does not exist. */
export function installedText(...parts: readonly string[]): string | undefined {
  try {
    return readFileSync(join(installRoot(), ...parts), "utf8");
  } catch {
    // A damaged installation: the caller works without the file and reports that.
    return undefined;
  }
}
