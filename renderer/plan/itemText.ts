import type { PlanItem } from "../../src/plan/plan.js";
import { patternOf } from "../../src/plan/patterns/registry.js";
import { hasText, type Translate } from "../app/text.js";
import type { Format } from "../app/format.js";
import { partText } from "../app/partText.js";

/** By its MAV_CMD number. */
function commandName(t: Translate, command: number): string {
  const key = `plan.command.${command}`;
  return hasText(key) ? t(key) : t("plan.command.other", { number: command });
}

export function itemTitle(t: Translate, { language }: Pick<Format, "language">, item: PlanItem): string {
  switch (item.kind) {
    case "simple":
      return commandName(t, item.item.command);
    case "sweep":
      return patternOf(item).title[language];
    case "opaque":
      return t("plan.opaque", { type: partText(t, item.complexItemType) });
  }
}

/** The second line of an item in the list: its height, or how much is in it. */
export function itemDetail(t: Translate, format: Format, item: PlanItem): string {
  switch (item.kind) {
    case "simple": {
      const height = item.item.altitude;
      return height ? format.heightText(height, t(`app.datum.${height.datum}`)) : "";
    }
    case "sweep": {
      const { height } = item.settings;
      return `${format.heightText(height, t(`app.datum.${height.datum}`))} · ${t("plan.count", { count: item.items.length })}`;
    }
    case "opaque":
      return t("plan.count", { count: item.items.length });
  }
}
