import path from "node:path";
import { pagesFolder } from "../station/installation.js";

/** A file that came with Vigie, under `missions/`; the built pages lie in `dist/renderer` of the same installation. */
export const missionsFile = (...parts: readonly string[]): string =>
  path.join(pagesFolder(), "..", "..", "missions", ...parts);
