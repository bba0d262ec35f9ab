import { fenceFromWire } from "../../../mavlink/dialects/fenceItems.js";
import { compareItems } from "../../../mavlink/missionCompare.js";
import type { HeldLists } from "../../../mavlink/protocols/mission/missionJob.js";
import type { WireMissionItem } from "../../../mavlink/protocols/mission/missionWire.js";
import type { ListToSend } from "../../../mavlink/protocols/mission/verifiedUpload.js";
import type { Plan } from "../../../plan/plan.js";
import type { AircraftPlan, FenceAreas, PlanDoubt, PlanPart, TransferFailure } from "../../../vehicle/transfers.js";
import type { UploadStage } from "./planStages.js";
import { countOfPlanItems } from "./uploadResult.js";

const PARTS: readonly PlanPart[] = ["mission", "fence", "rally"];
const UNKNOWN: AircraftPlan = { kind: "unknown" };

/** `countOfBlockingFindings`: how many findings blocked the plan before a person overrode them. */
type Upload = { readonly plan: Plan; readonly planHash: string; readonly countOfBlockingFindings: number };
type SentList = Pick<Upload, "planHash" | "countOfBlockingFindings"> & { readonly list: ListToSend };
type Pending = Upload & { readonly lists: ReadonlyMap<PlanPart, ListToSend> };

/**
 * What is known of the lists on board. A plan counts as verified while every list of it was read back and found equal,
 * the aircraft does not refuse to fly it, and nothing received since puts one of them in doubt.
 */
export class OnboardPlanState {
  readonly #onChange: (part: PlanPart, held: AircraftPlan) => void;
  readonly #isHomeFirst: () => boolean;
  /** The status of each list on its own. */
  readonly #known = new Map<PlanPart, AircraftPlan>();
  readonly #published = new Map<PlanPart, AircraftPlan>();
  /** The lists last sent, as long as nobody else is known to have changed them. */
  readonly #sent = new Map<PlanPart, SentList>();
  /** Verified lists that may have changed since. */
  readonly #doubts = new Map<PlanPart, PlanDoubt>();
  #fenceAreas: FenceAreas | undefined;
  #refusal: readonly string[] = [];
  #pending: Pending | undefined;
  /** The plan whose mission was sent last, and the lists that belong to it. */
  #flown: { readonly plan: Plan; readonly parts: readonly PlanPart[] } | undefined;

  /** `isHomeFirst`: whether the autopilot stores home as the first item of a mission. */
  constructor(onChange: (part: PlanPart, held: AircraftPlan) => void, isHomeFirst: () => boolean) {
    this.#onChange = onChange;
    this.#isHomeFirst = isHomeFirst;
  }

  /** The status of a list. A verified mission is only "read" while another list of its plan is not verified. */
  held(part: PlanPart): AircraftPlan {
    const known = this.#known.get(part) ?? UNKNOWN;
    if (known.kind !== "verified") return known;
    const { countOfItems, unixTimeUs, planHash, countOfBlockingFindings } = known;
    const parts = part === "mission" ? (this.#flown?.parts ?? []) : [part];
    const isWhole = parts.length > 0 && parts.every((other) => this.#known.get(other)?.kind === "verified");
    if (!isWhole) return { kind: "read", countOfItems, unixTimeUs };
    const because = parts.map((other) => this.#doubts.get(other)).find((doubt) => doubt !== undefined);
    if (because !== undefined) {
      return { kind: "to-be-read-again", because, countOfItems, planHash, unixTimeUs, countOfBlockingFindings };
    }
    if (part === "mission" && this.#refusal.length > 0) {
      return { kind: "refused-by-aircraft", reasons: this.#refusal, countOfItems, unixTimeUs };
    }
    return known;
  }

  /** The verified plan, as long as it is not known to have changed. */
  verifiedPlan(): Plan | undefined {
    const { kind } = this.held("mission");
    return kind === "verified" || kind === "to-be-read-again" ? this.#flown?.plan : undefined;
  }

  /** The fence areas as last known for certain; whether they are still valid is in `held("fence")`. */
  fenceAreas(): FenceAreas | undefined {
    return this.#fenceAreas;
  }

  /** The lists of the plan on board, to be read again; empty when the plan on board is not ours. */
  partsOfPlan(): readonly PlanPart[] {
    const { kind } = this.held("mission");
    const isOurs = kind === "verified" || kind === "to-be-read-again" || kind === "refused-by-aircraft";
    return isOurs ? (this.#flown?.parts ?? []) : [];
  }

  doubtful(): readonly PlanPart[] {
    return [...this.#doubts.keys()];
  }

  /** A verified list may have changed. Returns what was known of it until now. */
  doubt(part: PlanPart, because: PlanDoubt): "verified" | "doubted" | "read" | "unknown" {
    const known = this.#known.get(part) ?? UNKNOWN;
    const wasDoubted = this.#doubts.has(part);
    if (known.kind === "verified") this.#doubts.set(part, because);
    // A list that was only read, or partly sent, becomes unknown.
    else if (known.kind !== "unknown") this.#forget(part);
    this.#publish();
    if (known.kind === "verified") return wasDoubted ? "doubted" : "verified";
    return known.kind === "unknown" ? "unknown" : "read";
  }

  /** The aircraft reports that it will not fly its mission. */
  refusedByAircraft(reasons: readonly string[]): void {
    this.#refusal = [...new Set([...this.#refusal, ...reasons])];
    this.#publish();
  }

  /** An upload begins; each list on board stays valid until it is `touched`. */
  begin(upload: Upload, stages: readonly UploadStage[]): void {
    this.#refusal = [];
    this.#pending = { ...upload, lists: new Map(stages.map(({ part, list }) => [part, list])) };
  }

  /** The upload has reached this list, which is now being overwritten. May be called repeatedly. */
  touched(part: PlanPart): void {
    const pending = this.#pending;
    const list = pending?.lists.get(part);
    if (!pending || !list || this.#sent.get(part)?.list === list) return;
    this.#sent.set(part, {
      list,
      planHash: pending.planHash,
      countOfBlockingFindings: pending.countOfBlockingFindings,
    });
    if (part === "mission") this.#flown = { plan: pending.plan, parts: [...pending.lists.keys()] };
    this.#known.set(part, UNKNOWN);
    this.#doubts.delete(part);
    this.#publish();
  }

  verified(unixTimeUs: number): void {
    for (const part of this.#pending?.lists.keys() ?? []) this.#setVerified(part, unixTimeUs);
    this.#pending = undefined;
    this.#publish();
  }

  /** The upload failed in a list; `held` are the lists verified before it. */
  failed(
    ended: { readonly part: PlanPart; readonly failure: TransferFailure; readonly held: HeldLists },
    unixTimeUs: number,
  ): void {
    for (const part of this.#pending?.lists.keys() ?? []) {
      if (ended.held[part]) this.#setVerified(part, unixTimeUs);
      else if (part === ended.part) this.#known.set(part, afterFailure(ended.failure));
      else this.#disown(part);
    }
    this.#pending = undefined;
    this.#publish();
  }

  /** Lists were read from the aircraft. Returns those that were known and have changed without us. */
  read(lists: HeldLists, unixTimeUs: number): readonly PlanPart[] {
    const changed = PARTS.filter((part) => {
      const items = lists[part];
      if (!items) return false;
      if (part === "fence") this.#setFence(items);
      const wasVerified = this.#known.get(part)?.kind === "verified";
      const sent = this.#sent.get(part);
      const differences = sent && compareItems(sent.list, sent.list.items, items);
      if (differences?.length === 0) {
        this.#setVerified(part, unixTimeUs);
        return false;
      }
      this.#doubts.delete(part);
      const isOurs = differences !== undefined && !wasVerified;
      if (!isOurs) this.#sent.delete(part);
      const countOfItems = countOfPlanItems({ part, items, firstItemIsHome: this.#isHomeFirst() });
      this.#known.set(part, isOurs ? { kind: "differs", differences } : { kind: "read", countOfItems, unixTimeUs });
      return wasVerified;
    });
    this.#publish();
    return changed;
  }

  #setFence(items: readonly WireMissionItem[]): void {
    const { polygons, circles } = fenceFromWire(items);
    this.#fenceAreas = { polygons, circles };
  }

  #forget(part: PlanPart): void {
    this.#sent.delete(part);
    this.#known.set(part, UNKNOWN);
  }

  #setVerified(part: PlanPart, unixTimeUs: number): void {
    const sent = this.#sent.get(part);
    if (!sent) return;
    const { list, planHash, countOfBlockingFindings } = sent;
    if (part === "fence") this.#setFence(list.items);
    this.#doubts.delete(part);
    const verified = { kind: "verified", countOfItems: countOfPlanItems(list), planHash, unixTimeUs } as const;
    this.#known.set(part, countOfBlockingFindings > 0 ? { ...verified, countOfBlockingFindings } : verified);
  }

  /** The list is unchanged on board, but not part of the plan that was being sent. */
  #disown(part: PlanPart): void {
    const known = this.#known.get(part);
    this.#sent.delete(part);
    if (known?.kind !== "verified") return;
    this.#known.set(part, { kind: "read", countOfItems: known.countOfItems, unixTimeUs: known.unixTimeUs });
  }

  #publish(): void {
    for (const part of PARTS) {
      const held = this.held(part);
      const published = this.#published.get(part) ?? UNKNOWN;
      if (JSON.stringify(held) === JSON.stringify(published)) continue;
      this.#published.set(part, held);
      this.#onChange(part, held);
    }
  }
}

function afterFailure(failure: TransferFailure): AircraftPlan {
  if (failure.kind === "differs") return { kind: "differs", differences: failure.differences };
  // The aircraft answered that it has no such list.
  return failure.kind === "not-possible" ? UNKNOWN : { kind: "uncertain", failure };
}
