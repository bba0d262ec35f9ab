import type { ReportedMissionItem } from "../../vehicle/flightReport.js";
import type { MissionPart } from "./logWalk.js";

type Items = Map<number, ReportedMissionItem>;

/** The latest known mission of each system: as it was downloaded from it, or uploaded to it and accepted. */
export class MissionStore {
  readonly #items = new Map<number, Items>();
  /** Uploads that are not acknowledged yet, by sender and vehicle. */
  readonly #uploads = new Map<string, Items>();

  onFrame(part: MissionPart): void {
    if (part.kind === "ended") this.#end(part);
    else {
      this.#write(this.#itemsFrom(part.systemId), part);
      if (part.toSystemId !== undefined) this.#toUpload(part, part.toSystemId);
    }
  }

  /** Sorted by item number. */
  itemsOf(systemId: number): readonly ReportedMissionItem[] {
    return [...(this.#items.get(systemId)?.values() ?? [])].sort((a, b) => a.seq - b.seq);
  }

  #itemsFrom(systemId: number): Items {
    const items = this.#items.get(systemId) ?? new Map<number, ReportedMissionItem>();
    this.#items.set(systemId, items);
    return items;
  }

  #toUpload(part: Exclude<MissionPart, { kind: "ended" }>, toSystemId: number): void {
    const key = keyOf(part.systemId, toSystemId);
    const known = part.kind === "begins" && part.keepsItems ? this.#items.get(toSystemId) : undefined;
    const upload = known ? new Map(known) : (this.#uploads.get(key) ?? new Map<number, ReportedMissionItem>());
    this.#uploads.set(key, upload);
    this.#write(upload, part);
  }

  #write(items: Items, part: Exclude<MissionPart, { kind: "ended" }>): void {
    if (part.kind === "begins") {
      if (!part.keepsItems) items.clear();
      return;
    }
    items.set(part.item.seq, part.item);
    const { countOfItems } = part;
    if (countOfItems !== undefined) for (const seq of items.keys()) if (seq >= countOfItems) items.delete(seq);
  }

  #end({ systemId, toSystemId, isAccepted }: Extract<MissionPart, { kind: "ended" }>): void {
    const keys = toSystemId === 0 ? this.#keysTo(systemId) : [keyOf(toSystemId, systemId), keyOf(toSystemId, 0)];
    const key = keys.find((one) => this.#uploads.has(one));
    const upload = key === undefined ? undefined : this.#uploads.get(key);
    if (key !== undefined) this.#uploads.delete(key);
    if (upload && isAccepted) this.#items.set(systemId, upload);
  }

  /** An acknowledgement addressed to everybody belongs to every sender that is uploading to that vehicle. */
  #keysTo(systemId: number): readonly string[] {
    return [...this.#uploads.keys()].filter((key) => key.endsWith(`>${systemId}`));
  }
}

const keyOf = (from: number, to: number): string => `${from}>${to}`;
