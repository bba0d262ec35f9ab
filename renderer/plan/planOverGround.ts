/** What the station, which has the files of heights, says of the plan on screen. */
import { writePlanFile } from "../../src/plan/formats/planFile.js";
import { missionItemsOf, type Plan } from "../../src/plan/plan.js";
import type { StationStore } from "../bridge/stationStore.js";
import { type GroundCheck, NOT_CHECKED, NOTHING_FOUND } from "./groundCheck.js";

/** Asks for one plan at a time: of those drawn meanwhile the last one is next. */
export class PlanOverGround {
  readonly #station: Pick<StationStore, "request" | "terrain">;
  readonly #onAnswer: () => void;
  #asked: { readonly plan: Plan } | undefined;
  #wanted: Plan | undefined;
  #answer: { readonly plan: Plan; readonly check: GroundCheck } | undefined;

  /** `onAnswer`: `checkOf` may say more than before. */
  constructor(station: Pick<StationStore, "request" | "terrain">, onAnswer: () => void) {
    this.#station = station;
    this.#onAnswer = onAnswer;
  }

  /** What is known of this plan now; the station is asked where it is not known. */
  checkOf(plan: Plan): GroundCheck {
    this.#wanted = undefined;
    if (!plan.plannedHome || missionItemsOf(plan).length === 0) return NOT_CHECKED;
    if (this.#station.terrain.files.get().length === 0) return { state: "no-files", ...NOTHING_FOUND };
    if (this.#answer?.plan === plan) return this.#answer.check;
    this.#wanted = plan;
    this.#ask();
    const before = this.#answer?.check.found;
    // That the whole way was known is no knowledge of this plan: heights above home count again until the answer.
    return { state: "checking", isPartMissing: false, found: before && { ...before, isWholeWayKnown: false } };
  }

  /** The ground is another: what was answered counts no longer. */
  forget(): void {
    this.#answer = undefined;
    this.#asked = undefined;
  }

  #ask(): void {
    const plan = this.#wanted;
    if (!plan || this.#asked) return;
    const asked = { plan };
    this.#asked = asked;
    const planText = writePlanFile(plan);
    void this.#station.request({ kind: "check-over-ground", planText }).then((reply) => {
      // The ground became another meanwhile: that plan is asked about again, or no longer wanted.
      if (this.#asked !== asked) return;
      this.#asked = undefined;
      const isFound = reply.ok && reply.value.kind === "over-ground";
      const check: GroundCheck = isFound
        ? { state: "checked", isPartMissing: reply.value.isPartMissing, found: reply.value.found }
        : { state: "failed", ...NOTHING_FOUND };
      this.#answer = { plan, check };
      this.#onAnswer();
    });
  }
}
