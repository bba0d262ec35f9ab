/** The parallel sweep as a pattern; in `.plan` files a QGroundControl `survey`. */
import { readOwnSurvey, surveyJson } from "../formats/survey.js";
import type { SweepSettings } from "../plan.js";
import { heightFor, widestSpacingM } from "../searchHeight.js";
import { longAxisHeadingDeg, parallelSweep, widthAcrossM } from "./parallelSweep.js";
import type { Pattern, PatternRequest } from "./pattern.js";

export const parallel: Pattern<SweepSettings> = {
  id: "parallel",
  title: { en: "Parallel sweep", fr: "Ratissage parallèle" },
  schema: (settings) => settings,
  defaults: (request) => {
    const { override, aircraft, area } = request;
    const heightM = override.heightAboveHomeM ?? heightFor(request);
    const legHeadingDeg = halfCircle(override.legHeadingDeg ?? longAxisHeadingDeg(area));
    return {
      legHeadingDeg,
      trackSpacingM: override.trackSpacingM ?? spacingFor(request, heightM, legHeadingDeg),
      height: { datum: "home", valueM: heightM },
      groundSpeedMps: override.groundSpeedMps ?? aircraft.cruiseSpeedMps,
      turnaroundM: override.turnaroundM ?? 0,
    };
  },
  generate: parallelSweep,
  // A survey without our note comes from another station and is kept unchanged.
  read: (context, { item, note }, place) =>
    item["complexItemType"] === "survey" && note["groundSpeedMps"] !== undefined
      ? readOwnSurvey(context, { item, note }, place)
      : undefined,
  write: (content, firstJumpId) => ({
    item: surveyJson(content, firstJumpId),
    note: { groundSpeedMps: content.settings.groundSpeedMps },
  }),
};

const halfCircle = (angleDeg: number): number => ((angleDeg % 180) + 180) % 180;

/**
 * Starts from the widest spacing that gives the wanted probability of detection without gaps, then narrows it so that a whole
 * number of legs fits: the first and last legs then run exactly half a spacing inside the area.
 */
function spacingFor(request: PatternRequest, heightM: number, legHeadingDeg: number): number {
  const widestM = widestSpacingM(request, heightM);
  const acrossM = widthAcrossM(request.area, legHeadingDeg);
  return acrossM === undefined ? widestM : Math.max(0.5, acrossM / Math.ceil(acrossM / widestM - 1e-9));
}
