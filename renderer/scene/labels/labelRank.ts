/** What keeps its label where there is not room for all: a higher number first. Names of places are quiet: after all of these. */
export const LABEL_RANK = {
  selected: 100,
  followedAircraft: 90,
  aircraft: 85,
  /** The place an aircraft is sent to. */
  target: 80,
  /** Aircraft that only report themselves. */
  trafficAircraft: 70,
  measured: 65,
  found: 60,
  /** It was heard seconds ago, and may be near. */
  oldTrafficAircraft: 50,
  /** People and boats before the rest. */
  lifeContact: 45,
  contact: 40,
  ship: 35,
  crowd: 30,
  home: 25,
  oldContact: 20,
  oldCrowd: 15,
} as const;

/** From here up a label is shown even where it covers marks of less importance. */
export const COVERS_FROM = LABEL_RANK.target;
