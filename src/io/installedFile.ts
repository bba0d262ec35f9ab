import { readFileSync } from "node:fs";
import { join } from "node:path";
import { installRoot } from "./appPaths.js";

/** A small text file that came with this installation; undefined when it is not there. */
export function installedText(...parts: readonly string[]): string | undefined {
  try {
    return readFileSync(join(installRoot(), ...parts), "utf8");
  } catch {
    // A damaged installation: whoever asks does without, and says so.
    return undefined;
  }
}
