/**
 * Every constant of the built-in detector, with its source. Most were tuned on two simulated sorties; on real thermal pictures
 * of other flight dates (HIT-UAV) the detector finds people with an F1 of 0.29.
 *
 * Effects: 296 pictures of both sorties processed again with each number changed alone, 2026-11-30. As chosen: 344 detections;
 * how many of them are correct was not counted. A row without an effect changed nothing.
 */
import { valuesOf, type SourcedNumber } from "../core/sourcedNumber.js";

const BOULOGNE =
  "chosen on the simulated sorties Boulogne 1 and 2 while they were made to pass, 2026-11-23; not measured on real flights";
const GUESS = "chosen by judgement, 2026-11-23; not measured";
const COST = "chosen to bound the time of a frame, 2026-11-23";
const NATURE =
  "sizes of people, cars and inflatables, and of the pictures taken from 60 to 130 m; chosen 2026-11-23, not measured";
const HIT_UAV =
  "711 labelled pictures of HIT-UAV, 2026-11-23: keeps 87 % of the people at night and 59 % by day, with 12 false ones a picture instead of 30";

export const DETECTOR_TABLE = {
  // binned.ts
  finestMetresPerPixel: {
    value: 0.04,
    unit: "m/px",
    what: "a finer picture is binned: from here on people are spots and cars fit the windows",
    source: BOULOGNE,
  },
  binningMax: {
    value: 8,
    unit: "1",
    what: "beyond it (lower than about 4 m with a 42 degree lens) nothing is said",
    source: GUESS,
  },
  // components.ts
  componentsMax: {
    value: 400,
    unit: "1",
    what: "more areas than this is not a scene but noise; bounds the time",
    source: COST,
  },
  // isolation.ts
  ringPlaces: {
    value: 32,
    unit: "1",
    what: "places around an outline that are looked at",
    source: GUESS,
    effect: "not measured",
  },
  warmPlacesLarge: {
    value: 5,
    unit: "1",
    what: "of them, so many may be as warm as a large thing: people beside a boat, another car",
    source: BOULOGNE,
    effect: "x 0.7: vehicle -1; x 1.4: vehicle +1",
  },
  warmPlacesSpot: {
    value: 1,
    unit: "1",
    what: "around a spot fewer: a crest of surf through it warms two or three",
    source: BOULOGNE,
  },
  // shape.ts
  spotMarginPx: {
    value: 3,
    unit: "px",
    what: "around a small area that is measured anew in the full picture",
    source: GUESS,
    effect: "x 0.7: +1 % detections; x 1.4: -3 % detections",
  },
  spotEdgeFraction: {
    value: 0.45,
    unit: "1",
    what: "of the peak, where a spot's edge is drawn: half of it, less what the lens's blur adds",
    source: BOULOGNE,
    effect: "x 0.7: -2 % detections; x 1.4: +6 % detections",
  },
  // thermalDetector.ts
  spotSigmas: {
    value: 6,
    unit: "sigma",
    what: "local sigmas a spot must stand out by, in a stream",
    source: BOULOGNE,
    effect: "x 0.7: +5 % detections; x 1.4: -15 % detections",
  },
  spotContrast: {
    value: 18,
    unit: "grey levels",
    what: "and at least so much, however quiet the surroundings",
    source: BOULOGNE,
    effect: "x 0.7: +56 % detections; x 1.4: -40 % detections",
  },
  // detectFrames.ts
  stillSigmas: {
    value: 8,
    unit: "sigma",
    what: "the same for pictures that stand alone, where no tracker weeds out what does not last",
    source: HIT_UAV,
    effect: "not measured",
  },
  stillContrast: { value: 40, unit: "grey levels", what: "the same", source: HIT_UAV, effect: "not measured" },
  // thermalDetector.ts
  largeSigmas: {
    value: 5,
    unit: "sigma",
    what: "local sigmas a large area must stand out by",
    source: BOULOGNE,
    effect: "x 0.7: -1 % detections; x 1.4: boat -1",
  },
  largeContrast: {
    value: 22,
    unit: "grey levels",
    what: "and at least so much",
    source: BOULOGNE,
    effect: "x 0.7: +7 % detections; x 1.4: -1 % detections",
  },
  growFraction: {
    value: 0.5,
    unit: "1",
    what: "of the threshold, what a neighbour must still have to belong to the area",
    source: GUESS,
    effect: "x 0.7: -16 % detections; x 1.4: +15 % detections",
  },
  fineBoxCells: {
    value: 4,
    unit: "cells of 2 px",
    what: "radius of the boxes around a spot that give its background",
    source: BOULOGNE,
    effect: "not measured",
  },
  fineReachCells: {
    value: 14,
    unit: "cells of 2 px",
    what: "how far away they stand: beyond a person at 60 m",
    source: BOULOGNE,
    effect: "not measured",
  },
  fineStepCells: {
    value: 4,
    unit: "cells of 2 px",
    what: "one background value every so many cells",
    source: COST,
    effect: "not measured",
  },
  coarseBoxCells: {
    value: 4,
    unit: "cells of 4 px",
    what: "the same for large areas",
    source: BOULOGNE,
    effect: "not measured",
  },
  coarseReachCells: {
    value: 20,
    unit: "cells of 4 px",
    what: "beyond a hull of 10 m at 60 m",
    source: BOULOGNE,
    effect: "not measured",
  },
  coarseStepCells: {
    value: 2,
    unit: "cells of 4 px",
    what: "one background value every so many cells",
    source: COST,
    effect: "not measured",
  },
  spotMinPx: { value: 1.5, unit: "px", what: "smallest spot, with geometry", source: BOULOGNE },
  spotMinM: { value: 0.15, unit: "m", what: "and in metres", source: BOULOGNE },
  largeMinPx: { value: 12, unit: "px", what: "smallest large area, with geometry", source: BOULOGNE },
  largeMinM: {
    value: 2.6,
    unit: "m",
    what: "and in metres",
    source: BOULOGNE,
    effect: "x 0.7: -4 % detections; x 1.4: +1 % detections",
  },
  largeMaxM: { value: 14, unit: "m", what: "longest large area", source: NATURE },
  largeMinWidthPx: { value: 8, unit: "px", what: "narrowest large area", source: BOULOGNE },
  largeMinWidthM: {
    value: 0.9,
    unit: "m",
    what: "and in metres",
    source: BOULOGNE,
    effect: "x 0.7: +1 % detections; x 1.4: -1 % detections",
  },
  partMarginPx: {
    value: 2,
    unit: "px",
    what: "a spot so near to a large area is part of it",
    source: BOULOGNE,
  },
  partMarginM: { value: 0.25, unit: "m", what: "and in metres", source: BOULOGNE },
  unknownSpotMinPx: {
    value: 2,
    unit: "px",
    what: "without geometry: a person from 60 to 130 m is 4 to 25 pixels",
    source: NATURE,
    effect: "not measured",
  },
  unknownLargeMinPx: {
    value: 36,
    unit: "px",
    what: "without geometry, a large area",
    source: NATURE,
    effect: "not measured",
  },
  unknownLargeMaxPx: {
    value: 220,
    unit: "px",
    what: "without geometry: a boat is up to 200",
    source: NATURE,
    effect: "not measured",
  },
  unknownLargeMinWidthPx: { value: 10, unit: "px", what: "without geometry", source: NATURE, effect: "not measured" },
  unknownPartMarginPx: { value: 5, unit: "px", what: "without geometry", source: GUESS, effect: "not measured" },
  largeFillMin: {
    value: 0.55,
    unit: "1",
    what: "area over that of the oriented rectangle: a waterline's remnant is thin and bent, a hull fills it",
    source: BOULOGNE,
  },
  largeAspectMax: { value: 8, unit: "1", what: "length over width: longer is no hull", source: NATURE },
  islandMarginPx: {
    value: 10,
    unit: "px",
    what: "how far outside its outline a large thing must have ended: two cells of blur",
    source: BOULOGNE,
    effect: "x 0.7: -1 % detections; x 1.4: +2 % detections",
  },
  spotIslandFromPx: {
    value: 9,
    unit: "px",
    what: "from this length on a spot must stand alone: crests of surf and edges of paths break into such pieces",
    source: BOULOGNE,
    effect: "x 0.7: -5 % detections; x 1.4: +10 % detections",
  },
  spotIslandMarginPx: {
    value: 6,
    unit: "px",
    what: "how far outside its outline it must have ended",
    source: BOULOGNE,
    effect: "x 0.7: -7 % detections; x 1.4: +4 % detections",
  },
  contrastDoubtful: {
    value: 22,
    unit: "grey levels",
    what: "a stone still warm from the day rarely has more: half of the score",
    source: BOULOGNE,
  },
  noiseCountedMax: {
    value: 30,
    unit: "grey levels",
    what: "beside a hull or in a crowd the surroundings look wilder than the ground is",
    source: BOULOGNE,
  },
  // classify.ts
  unknownFromM: { value: 14, unit: "m", what: "longer than any of our classes", source: NATURE },
  unknownFromWidthM: { value: 5, unit: "m", what: "wider than any", source: NATURE },
  boatFromM: {
    value: 6.2,
    unit: "m",
    what: "longer than a car",
    source: NATURE,
    effect: "x 0.7: vehicle -22, boat +22; x 1.4: the same",
  },
  narrowBoatFromM: {
    value: 4,
    unit: "m",
    what: "from here on a boat when it is also narrow",
    source: NATURE,
    effect: "x 0.7: the same; x 1.4: vehicle +3, boat -3",
  },
  narrowBoatAspect: {
    value: 3.2,
    unit: "1",
    what: "narrower than a car",
    source: NATURE,
    effect: "x 0.7: vehicle -15, boat +15; x 1.4: vehicle +3, boat -3",
  },
  vehicleFromM: {
    value: 2.8,
    unit: "m",
    what: "shortest car, blurred",
    source: NATURE,
    effect: "x 0.7: the same; x 1.4: vehicle -6, unknown +6",
  },
  vehicleFromWidthM: {
    value: 1,
    unit: "m",
    what: "narrowest car",
    source: NATURE,
    effect: "x 0.7: the same; x 1.4: vehicle -1, unknown +1",
  },
  personToM: {
    value: 2.2,
    unit: "m",
    what: "lying, or casting a blurred outline",
    source: NATURE,
    effect: "x 0.7: person -23, unknown +23; x 1.4: person +8, unknown -8",
  },
  personFromM: {
    value: 0.25,
    unit: "m",
    what: "smaller is noise",
    source: BOULOGNE,
    effect: "x 0.7: person +1, unknown -1; x 1.4: person -41, unknown +41",
  },
} as const satisfies Readonly<Record<string, SourcedNumber>>;

export const DETECTOR = valuesOf(DETECTOR_TABLE);
