/** What the station, which has the files of heights, says of the plan on screen. */
import type { Aircraft, Wind } from "../../src/plan/aircraft.js";
import { writePlanFile } from "../../src/plan/formats/planFile.js";
import { missionItemsOf, type Plan } from "../../src/plan/plan.js";
import type { StationStore } from "../bridge/stationStore.js";
import { type GroundCheck, NOT_CHECKED, NOTHING_FOUND } from "./groundCheck.js";

/** A plan, and what its time and energy are reckoned with. */
type Flown = { readonly plan: Plan; readonly aircraft: Aircraft; readonly wind: Wind };

/** The same plan, not only one alike: plans are never changed. The aircraft follows from it. */
const isSame = (a: Flown, b: Flown): boolean =>
  a.plan === b.plan && a.wind.fromDeg === b.wind.fromDeg && a.wind.speedMps === b.wind.speedMps;

/** Asks for one plan at a time: of those drawn meanwhile the last one is next. */
export class PlanOverGround {
  readonly #station: Pick<StationStore, "request" | "terrain">;
  readonly #onAnswer: () => void;
  #asked: Flown | undefined;
  #wanted: Flown | undefined;
  #answer: { readonly flown: Flown; readonly check: GroundCheck } | undefined;

  /** `onAnswer`: `checkOf` may say more than before. */
  constructor(station: Pick<StationStore, "request" | "terrain">, onAnswer: () => void) {
    this.#station = station;
    this.#onAnswer = onAnswer;
  }

  /** What is known of this plan now; the station is asked where it is not known. */
  checkOf(flown: Flown): GroundCheck {
    const { plan } = flown;
    this.#wanted = undefined;
    if (!plan.plannedHome || missionItemsOf(plan).length === 0) return NOT_CHECKED;
    if (this.#station.terrain.files.get().length === 0) return { state: "no-files", ...NOTHING_FOUND };
    if (this.#answer && isSame(this.#answer.flown, flown)) return this.#answer.check;
    this.#wanted = flown;
    this.#ask();
    const before = this.#answer?.check.found;
    // That the whole way was known is no knowledge of this plan: heights above home count again until the answer, and its energy too.
    const found = before && {
      ...{ findings: before.findings, isWholeWayKnown: false },
      ...(before.profile && { profile: before.profile }),
    };
    return { state: "checking", isPartMissing: false, found };
  }

  /** The ground is another: what was answered counts no longer. */
  forget(): void {
    this.#answer = undefined;
    this.#asked = undefined;
  }

  #ask(): void {
    const asked = this.#wanted;
    if (!asked || this.#asked) return;
    this.#asked = asked;
    const { plan, aircraft, wind } = asked;
    const planText = writePlanFile({ ...plan, aircraft });
    void this.#station.request({ kind: "check-over-ground", planText, wind, hasProfile: true }).then((reply) => {
      // The ground became another meanwhile: that plan is asked about again, or no longer wanted.
      if (this.#asked !== asked) return;
      this.#asked = undefined;
      const isFound = reply.ok && reply.value.kind === "over-ground";
      const check: GroundCheck = isFound
        ? { state: "checked", isPartMissing: reply.value.isPartMissing, found: reply.value.found }
        : { state: "failed", ...NOTHING_FOUND };
      this.#answer = { flown: asked, check };
      this.#onAnswer();
    });
  }
}
