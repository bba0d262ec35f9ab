/**
 * Every constant of the tracker, with its source. Nearly all were tuned on two simulated sorties: their effect on other beaches
 * and with real cameras is not known. Before changing one, test on scenes that were not used for tuning.
 *
 * Effects: the recorded pictures of both sorties tracked again with each number changed alone, scored by `sim/scoring`,
 * 2026-11-30. As chosen: 39 contacts, 0 missed, 1 false, 0 doubled, 0 of another class, at least 95 % in their ellipse. A row
 * without an effect changed none of these: the two sorties do not depend on it, so they cannot confirm its value.
 */
import { valuesOf, type SourcedNumber } from "../core/sourcedNumber.js";

const BOULOGNE =
  "chosen on the simulated sorties Boulogne 1 and 2 while they were made to pass, 2026-11-23; not measured on real flights";
const GUESS = "chosen by judgement, 2026-11-23; not measured";
const STATISTICS = "quantile of the chi-square distribution";
const COST = "chosen to bound the time of a frame, 2026-11-23";

export const TRACKER_TABLE = {
  // sighting.ts
  accelerationMps2: {
    value: 0.3,
    unit: "m/s2",
    what: "what people and small boats do: they start, stop and turn; one sigma",
    source: BOULOGNE,
  },
  frameJitterM: {
    value: 0.15,
    unit: "m",
    what: "jitter of the pose from frame to frame on the ground, beyond a detection's own noise",
    source: BOULOGNE,
  },
  frameGate: {
    value: 11.6,
    unit: "chi2",
    what: "a detection further off than this belongs to another track: 2 degrees of freedom, 99.7 %",
    source: STATISTICS,
  },
  frameGateMinM: {
    value: 0.6,
    unit: "m",
    what: "no gate is tighter: the centre of a walking person moves about",
    source: BOULOGNE,
  },
  sizesKept: {
    value: 25,
    unit: "1",
    what: "sizes whose median is stated: about a second of frames",
    source: GUESS,
  },
  centreNoiseFraction: {
    value: 0.04,
    unit: "1",
    what: "error of the centre of a thing seen whole, as a share of its length",
    source: BOULOGNE,
  },
  centreNoiseFractionCut: {
    value: 0.35,
    unit: "1",
    what: "the same of one cut by the edge of the picture",
    source: BOULOGNE,
  },
  cutVoteFraction: {
    value: 0.1,
    unit: "1",
    what: "weight of the class of a cut view: two or three must not outweigh the whole thing later",
    source: BOULOGNE,
  },
  cutGateFraction: {
    value: 1 / 3,
    unit: "1",
    what: "of its length, what the gate of a cut thing is widened by",
    source: BOULOGNE,
  },
  unlikeSizePrice: {
    value: 2,
    unit: "chi2",
    what: "price of a size e times another: a hull does not turn into one of the people beside it",
    source: BOULOGNE,
  },
  sizeFloorM: {
    value: 0.5,
    unit: "m",
    what: "smaller lengths are mostly blur and not compared",
    source: BOULOGNE,
  },
  // kalman.ts
  firstSpeedSigmaMps: {
    value: 2.5,
    unit: "m/s",
    what: "speed of something first seen, one sigma: up to a running person or a slow boat",
    source: GUESS,
  },
  // trackState.ts
  driftMps: {
    value: 0.12,
    unit: "m/s",
    what: "pose bias that drifts while a thing is in sight and looks like motion; one sigma",
    source: BOULOGNE,
  },
  motionSigmas: {
    value: 2.5,
    unit: "sigma",
    what: "motion is stated above so many sigmas of noise and drift",
    source: BOULOGNE,
  },
  // tracker.ts
  ripeStrongS: {
    value: 0.42,
    unit: "s",
    what: "a strong sighting this old is a contact: longer than a flash of 0.3 s, within half a second of appearing",
    source: BOULOGNE,
  },
  ripeWeakS: {
    value: 0.8,
    unit: "s",
    what: "the same for a weak one",
    source: BOULOGNE,
    effect: "x 0.7: the same; x 1.4: 0 false",
  },
  ripeHits: { value: 5, unit: "1", what: "detections it must have", source: BOULOGNE },
  ripeHitFraction: {
    value: 0.75,
    unit: "1",
    what: "of the frames in which it should be seen",
    source: BOULOGNE,
    effect: "x 0.7: 2 false; x 1.4: 38 missed, 0 false, 0 % in the ellipse",
  },
  ripeWholeHits: {
    value: 3,
    unit: "1",
    what: "detections that are not cut by the edge of the picture",
    source: BOULOGNE,
  },
  ripeWholeFraction: {
    value: 0.2,
    unit: "1",
    what: "of all its detections, at least so many",
    source: BOULOGNE,
  },
  scoreBelieved: {
    value: 0.78,
    unit: "1",
    what: "mean score under which a sighting is never a contact; on the scale of the built-in detector",
    source: BOULOGNE,
    effect: "x 0.7: 12 false, 1 doubled; x 1.4: 38 missed, 0 false, 0 % in the ellipse",
  },
  scoreStrong: {
    value: 0.85,
    unit: "1",
    what: "mean score from which it is strong; on the scale of the built-in detector",
    source: BOULOGNE,
    effect: "x 0.7: 2 false; x 1.4: the same",
  },
  birdSpeedMps: {
    value: 5.5,
    unit: "m/s",
    what: "small and faster is a bird: a sprinter does 6 m/s on sand at best",
    source: GUESS,
  },
  birdLengthM: { value: 2, unit: "m", what: "what is small in that sense", source: GUESS },
  contestedAdoptS: {
    value: 0.6,
    unit: "s",
    what: "age at which a sighting takes over a known contact: its group is waited for a little",
    source: BOULOGNE,
  },
  contestedNewS: {
    value: 0.8,
    unit: "s",
    what: "age at which it is new although a known contact is within reach",
    source: BOULOGNE,
  },
  tentativeGapS: {
    value: 0.25,
    unit: "s",
    what: "a tentative sighting without a detection for so long is forgotten",
    source: BOULOGNE,
  },
  liveGapS: { value: 0.8, unit: "s", what: "a live one is dormant", source: BOULOGNE },
  partsFromM: {
    value: 2.6,
    unit: "m",
    what: "from this length on a thing can have parts (an engine, people aboard)",
    source: BOULOGNE,
  },
  partFraction: {
    value: 0.6,
    unit: "1",
    what: "a part is shorter than this share of the whole",
    source: BOULOGNE,
  },
  partMarginM: {
    value: 0.45,
    unit: "m",
    what: "how far outside its outline a part may lie",
    source: BOULOGNE,
  },
  youngS: {
    value: 4,
    unit: "s",
    what: "a contact younger that turns out to be a part gives its number to the whole",
    source: BOULOGNE,
  },
  secondThoughtS: {
    value: 4,
    unit: "s",
    what: "for so long a contact that appeared may be recognised as an old one",
    source: BOULOGNE,
  },
  stepMaxS: {
    value: 1,
    unit: "s",
    what: "a larger gap between frames tells nothing about motion",
    source: GUESS,
  },
  // revisit.ts
  revisitGate: {
    value: 9.21,
    unit: "chi2",
    what: "an old contact further off is another thing: 2 degrees of freedom, 99 %",
    source: STATISTICS,
  },
  residualSigmaM: {
    value: 0.55,
    unit: "m",
    what: "sway, noise and drift after the shift common to a group is taken out",
    source: BOULOGNE,
  },
  shiftsTriedMax: {
    value: 80,
    unit: "1",
    what: "candidates for the common shift: bounds the time a frame takes",
    source: COST,
  },
  farMaxM: {
    value: 25,
    unit: "m",
    what: "how far a whole group (that carries a boat down the beach) may have gone",
    source: BOULOGNE,
  },
  farMps: { value: 0.8, unit: "m/s", what: "and how fast", source: BOULOGNE },
  farPrice: {
    value: 2.2,
    unit: "votes",
    what: "what a far shift must explain more than a near one",
    source: BOULOGNE,
  },
  neighbourM: {
    value: 60,
    unit: "m",
    what: "contacts further apart may have been seen under another bias",
    source: BOULOGNE,
  },
  largeM: {
    value: 2.4,
    unit: "m",
    what: "from this length on sizes are compared: those of smaller things are mostly blur",
    source: BOULOGNE,
  },
  alikeRatio: {
    value: 2.2,
    unit: "1",
    what: "large things whose lengths differ by more are two",
    source: BOULOGNE,
  },
  idleAfloatMps: {
    value: 0.25,
    unit: "m/s",
    what: "what an idle boat drifts, one sigma",
    source: GUESS,
  },
  idleMps: { value: 0.02, unit: "m/s", what: "what someone standing shifts about", source: GUESS },
  turnFraction: {
    value: 0.3,
    unit: "1",
    what: "of its speed, what someone moving may have changed it by",
    source: BOULOGNE,
  },
  wanderMaxS: {
    value: 120,
    unit: "s",
    what: "after so long the place of an old contact is not believed to spread any more",
    source: GUESS,
  },
  wanderFloorM: {
    value: 0.15,
    unit: "m",
    what: "never less certain than this from one moment to the next",
    source: BOULOGNE,
  },
  walkMaxS: { value: 60, unit: "s", what: "an old course is believed for so long", source: GUESS },
  unseenPrice: {
    value: 0.3,
    unit: "votes",
    what: "an old contact that should be seen under a shift and is not speaks against it a little",
    source: BOULOGNE,
  },
  knownShiftVotes: {
    value: 1.5,
    unit: "votes",
    what: "what a contact already recognised in this pass says for its shift",
    source: BOULOGNE,
  },
  unlikelyPrice: {
    value: 0.12,
    unit: "votes",
    what: "per chi2 of the pair that suggests a shift",
    source: BOULOGNE,
  },
  sameLookS: {
    value: 20,
    unit: "s",
    what: "a shift recognised longer ago is of another pass",
    source: BOULOGNE,
  },
  samePassS: {
    value: 30,
    unit: "s",
    what: "old contacts last seen within this time were seen under one bias",
    source: BOULOGNE,
  },
  // contactFrom.ts
  centreFraction: {
    value: 0.05,
    unit: "1",
    what: "of its length, how far the middle of the warm part may be from the middle of a thing; one sigma",
    source: BOULOGNE,
  },
  centreFractionCut: {
    value: 0.4,
    unit: "1",
    what: "the same of one never seen whole",
    source: BOULOGNE,
  },
  // observe.ts
  middleHeightSigmaM: {
    value: 0.4,
    unit: "m",
    what: "error of the height of the warm middle above the ground, one sigma",
    source: GUESS,
    effect: "not measured",
  },
  edgePx: {
    value: 3,
    unit: "px",
    what: "a box nearer to the edge of the picture is cut by it: the cell of the detector and a pixel",
    source: GUESS,
    effect: "not measured",
  },
  // geolocate.ts
  flattestSlope: {
    value: 0.01,
    unit: "1",
    what: "a ray flatter than this (0.6 degrees) ends nowhere that is worth a position",
    source: GUESS,
    effect: "not measured",
  },
  slantMaxM: { value: 20000, unit: "m", what: "and one longer than this", source: GUESS, effect: "not measured" },
} as const satisfies Readonly<Record<string, SourcedNumber>>;

export const TRACKER = valuesOf(TRACKER_TABLE);
