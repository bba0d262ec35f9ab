import type { PlanItem } from "../../src/plan/plan.js";
import type { Translate } from "../app/text.js";
import type { Format } from "../app/format.js";
import { partText } from "../app/partText.js";

/** MAV_CMD numbers that have a name here. */
const NAMED = new Set([16, 17, 18, 19, 20, 21, 22, 31, 84, 85, 115, 178, 189, 201, 205, 1000, 2000, 2500]);

const commandName = (t: Translate, command: number): string =>
  NAMED.has(command) ? t(`plan.command.${command}`) : t("plan.command.other", { number: command });

export function itemTitle(t: Translate, item: PlanItem): string {
  switch (item.kind) {
    case "simple":
      return commandName(t, item.item.command);
    case "sweep":
      return t("plan.sweep");
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
