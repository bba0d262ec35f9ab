import type { ReportedMissionItem } from "../../vehicle/flightReport.js";
import type { MissionPart } from "./logWalk.js";

/** The mission of each system as it was last told. */
export class MissionBook {
  readonly #items = new Map<number, Map<number, ReportedMissionItem>>();

  heard(part: MissionPart): void {
    const items = this.#items.get(part.systemId) ?? new Map<number, ReportedMissionItem>();
    this.#items.set(part.systemId, items);
    if (part.kind === "begins") {
      items.clear();
      return;
    }
    items.set(part.item.seq, part.item);
    const { countOfItems } = part;
    if (countOfItems !== undefined) for (const seq of items.keys()) if (seq >= countOfItems) items.delete(seq);
  }

  /** In order of their numbers. */
  itemsOf(systemId: number): readonly ReportedMissionItem[] {
    return [...(this.#items.get(systemId)?.values() ?? [])].sort((a, b) => a.seq - b.seq);
  }
}
