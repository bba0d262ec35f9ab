import type { Translate } from "./text.js";

const NAMED_PARTS = new Set([
  "sweep",
  "survey",
  "CorridorScan",
  "StructureScan",
  "fwLandingPattern",
  "vtolLandingPattern",
]);

/** A complex item of a plan by the name another station shows for it. */
export const partText = (t: Translate, type: string): string =>
  NAMED_PARTS.has(type) ? t(`plan.part.${type}`) : t("plan.part.other", { type });
