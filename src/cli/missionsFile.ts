import path from "node:path";
import { pagesFolder } from "../station/installation.js";

/**
 * Path of a file shipped with Vigie under `missions/`; the built pages are in `dist/renderer` of the same installation.
 */
export const missionsFile = (...parts: readonly string[]): string =>
  path.join(pagesFolder(), "..", "..", "missions", ...parts);
