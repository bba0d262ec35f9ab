import type { ProfilePlace } from "../../../src/plan/profile.js";
import type { Format } from "../../app/format.js";
import type { Translate } from "../../app/text.js";

/** A place of the profile in a line: how far along, how high the way and the ground are, and by how much it clears it. */
export function profileWords(t: Translate, format: Format, place: ProfilePlace): string {
  const { alongM, wayAmslM, ground, mark } = place;
  const height = (valueM: number, digits = 0): string => format.lengthText(valueM, digits);
  const way =
    wayAmslM === undefined ? t("plan.profile.way.unknown") : t("plan.profile.way", { height: height(wayAmslM) });
  const line = t("plan.profile.at", { along: format.wayText(alongM), way, ground: groundWords() });
  return mark ? `${line} ${t(`plan.profile.mark.${mark}`)}` : line;

  function groundWords(): string {
    if (!ground) return t("plan.profile.unknown");
    const digits = ground.isSea ? 1 : 0;
    const facts = {
      height: height(ground.heightAmslM, digits),
      lowest: height(ground.lowestAmslM, digits),
      highest: height(ground.highestAmslM, digits),
    };
    if (wayAmslM === undefined) return t("plan.profile.ground", facts);
    const above = height(wayAmslM - ground.heightAmslM);
    return t(ground.isSea ? "plan.profile.sea" : "plan.profile.land", { ...facts, above });
  }
}
