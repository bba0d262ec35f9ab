/** The parallel sweep as a pattern: in files a `survey` of QGroundControl. */
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
  // A survey without our note was drawn at another station, and stays as it is.
  read: (look, { item, note }, place) =>
    item["complexItemType"] === "survey" && note["groundSpeedMps"] !== undefined
      ? readOwnSurvey(look, { item, note }, place)
      : undefined,
  write: (content, firstJumpId) => ({
    item: surveyJson(content, firstJumpId),
    note: { groundSpeedMps: content.settings.groundSpeedMps },
  }),
};

const halfCircle = (angleDeg: number): number => ((angleDeg % 180) + 180) % 180;

/**
 * The widest spacing that gives the wanted detection without gaps, then narrowed so that a whole number of legs fills the
 * area: the first and the last then run exactly half a spacing inside.
 */
function spacingFor(request: PatternRequest, heightM: number, legHeadingDeg: number): number {
  const widestM = widestSpacingM(request, heightM);
  const acrossM = widthAcrossM(request.area, legHeadingDeg);
  return acrossM === undefined ? widestM : Math.max(0.5, acrossM / Math.ceil(acrossM / widestM - 1e-9));
}
