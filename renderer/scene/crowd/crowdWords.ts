import type { Format } from "../../app/format.js";
import type { Translate } from "../../app/text.js";

/** How many contacts of each class a mark stands for, and how many of them all were not seen for long: in this order. */
export const COUNTED = ["person", "boat", "vehicle", "unknown", "old"] as const;
export type CrowdCounts = ArrayLike<number>;

/** "17 people, 2 boats, 3 of them old": contacts, of which each counts as one. */
export function crowdWords(t: Translate, format: Format, counts: CrowdCounts): string {
  const parts: string[] = [];
  let total = 0;
  let old = 0;
  COUNTED.forEach((what, i) => {
    const count = counts[i] ?? 0;
    if (what === "old") old = count;
    else if (count > 0) {
      total += count;
      parts.push(t(`scene.crowd.${what}.${count === 1 ? "one" : "many"}`, { count: format.numberText(count) }));
    }
  });
  if (old > 0) parts.push(old === total ? t("scene.crowd.allOld") : t("scene.crowd.someOld", { count: old }));
  return parts.join(", ");
}

const IDS_LISTED = 6;

/** "C-2, C-5, C-7 +3" */
export const crowdList = (ids: readonly string[]): string =>
  [ids.slice(0, IDS_LISTED).join(", "), ...(ids.length > IDS_LISTED ? [`+${ids.length - IDS_LISTED}`] : [])].join(" ");
