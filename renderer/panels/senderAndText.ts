import { componentKindOf } from "../../src/vehicle/componentNames.js";
import type { Translate } from "../app/text.js";

/** A status text preceded by its sender, unless that is the autopilot: "Onboard computer: CRASH". */
export function senderAndText(t: Translate, text: string, componentId: number | undefined): string {
  if (componentId === undefined) return text;
  const name = t(`component.${componentKindOf(componentId)}`, { id: componentId });
  return t("component.says", { name, text });
}
