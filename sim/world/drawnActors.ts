/** The actors of a drawn scene: boats with people, waiting groups, vehicles on the road, and objects that only look warm. */
import type { Rng } from "../../src/core/rng.js";
import { wrap360 } from "../../src/geo/angles.js";
import type { Actor, ActorKind, Step } from "../scenario.js";
import { type Beach, round, type ShorePlace } from "./drawnBeach.js";
import { between, RANGES, wholeBetween } from "./drawnRanges.js";

/** Maximum distance of any start position along the shore, to each side of home. */
const ALONG_M = 95;
const CARRIED_UNTIL_S = 600;
const DRIFTS_UNTIL_S = 900;
/** Distance between two people carrying a boat, along it; and from its centre line to them. */
const CARRIERS_APART_M = 3.2;
const CARRIERS_ASIDE_M = 2.9;

/** Draws positions until one is far enough from all earlier ones; gives up with the last one drawn. */
type Placer = {
  readonly place: (draw: () => ShorePlace, apartM: number) => ShorePlace;
  readonly take: (place: ShorePlace) => ShorePlace;
};

function createPlacer(): Placer {
  const taken: ShorePlace[] = [];
  const take = (place: ShorePlace): ShorePlace => {
    taken.push(place);
    return place;
  };
  const place = (draw: () => ShorePlace, apartM: number): ShorePlace => {
    const isFree = ({ inlandM, alongM }: ShorePlace): boolean =>
      taken.every((other) => Math.hypot(other.inlandM - inlandM, other.alongM - alongM) >= apartM);
    let drawn = draw();
    for (let i = 0; i < 200 && !isFree(drawn); i++) drawn = draw();
    return take(drawn);
  };
  return { place, take };
}

type Drawing = { readonly beach: Beach; readonly rng: Rng; readonly placer: Placer };

const anywhere =
  (rng: Rng, inland: readonly [number, number], alongM = ALONG_M) =>
  (): ShorePlace => ({
    inlandM: between(rng, inland),
    alongM: between(rng, [-alongM, alongM]),
  });

const countFrom = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);

/** A boat's size, in whole decimetres. */
const hullOf = (rng: Rng) => ({
  lengthM: round(between(rng, RANGES.boatLengthM), 1),
  widthM: round(between(rng, RANGES.boatWidthM), 1),
});

/** A boat carried down the sand, bow first, by four to six people at its sides. */
function carriedBoat({ beach, rng, placer }: Drawing, id: string): readonly Actor[] {
  const { lengthM, widthM } = hullOf(rng);
  const at = placer.place(anywhere(rng, [30, 46], ALONG_M - 20), 24);
  const to = { ...at, inlandM: at.inlandM - between(rng, [10, 18]) };
  const headingDeg = round(beach.seawardDeg, 1);
  const steps: readonly Step[] = [
    { kind: "stay", untilS: wholeBetween(rng, [20, 50]) },
    { kind: "move", to: beach.offsetOf(to), groundSpeedMps: round(between(rng, [0.4, 0.6]), 2) },
  ];
  const perSide = wholeBetween(rng, [2, 3]);
  const carriers = [-1, 1].flatMap((side) =>
    countFrom(perSide).map((rank): ShorePlace => ({
      inlandM: at.inlandM + (rank - (perSide + 1) / 2) * CARRIERS_APART_M,
      alongM: at.alongM + side * CARRIERS_ASIDE_M,
    })),
  );
  return [
    { id, kind: "boat", at: beach.offsetOf(at), lengthM, widthM, headingDeg, isEngineWarm: rng.uniform() < 0.7, steps },
    ...carriers.map((place, i): Actor => ({
      ...{ id: `person-${id}-${i + 1}`, kind: "person", at: beach.offsetOf(placer.take(place)), headingDeg },
      steps: [{ kind: "follow", actorId: id, untilS: CARRIED_UNTIL_S }],
    })),
  ];
}

/** A boat where the waves end, with nobody or a few people beside it. */
function boatAtWaterline({ beach, rng, placer }: Drawing, id: string): readonly Actor[] {
  const { lengthM, widthM } = hullOf(rng);
  const at = placer.place(anywhere(rng, [3, 9]), 24);
  const headingDeg = round(wrap360(beach.seawardDeg + between(rng, [-40, 40])), 1);
  const near = (): ShorePlace => ({
    inlandM: at.inlandM + between(rng, [7, 14]),
    alongM: at.alongM + between(rng, [-10, 10]),
  });
  return [
    { id, kind: "boat", at: beach.offsetOf(at), lengthM, widthM, headingDeg, isEngineWarm: rng.uniform() < 0.5 },
    ...countFrom(wholeBetween(rng, RANGES.countOfWaders)).map((i): Actor => ({
      ...{ id: `person-${id}-${i}`, kind: "person", at: beach.offsetOf(placer.place(near, 4.5)) },
      headingDeg: wholeBetween(rng, [0, 359]),
    })),
  ];
}

/** A boat drifting along the shore, towards the middle of the scene. */
function boatAfloat({ beach, rng, placer }: Drawing, id: string): Actor {
  const at = placer.place(anywhere(rng, [-36, -14], ALONG_M - 15), 24);
  const courseDeg = round(wrap360(beach.alongDeg + (at.alongM > 0 ? 180 : 0) + between(rng, [-10, 10])), 1);
  const drift = { courseDeg, groundSpeedMps: round(between(rng, [0, 0.3]), 2), untilS: DRIFTS_UNTIL_S };
  return {
    ...{ id, kind: "boat", at: beach.offsetOf(at), ...hullOf(rng), headingDeg: wholeBetween(rng, [0, 359]) },
    ...{ isEngineWarm: rng.uniform() < 0.7, steps: [{ kind: "drift", ...drift }] },
  };
}

/** People waiting in the dunes or on the dry sand; some get up and walk away from the group's centre. */
function group({ beach, rng, placer }: Drawing, name: string): readonly Actor[] {
  const middle = placer.take(placer.place(anywhere(rng, [36, 92], ALONG_M - 15), 26));
  const near = (): ShorePlace => ({
    inlandM: middle.inlandM + between(rng, [-11, 11]),
    alongM: middle.alongM + between(rng, [-11, 11]),
  });
  return countFrom(wholeBetween(rng, RANGES.peopleInGroup)).map((i): Actor => {
    const at = placer.place(near, 4.5);
    const standing = { id: `person-${name}${i}`, kind: "person", at: beach.offsetOf(at) } as const;
    const headingDeg = wholeBetween(rng, [0, 359]);
    if (rng.uniform() >= 0.35) return { ...standing, headingDeg };
    const awayM = Math.max(1, Math.hypot(at.inlandM - middle.inlandM, at.alongM - middle.alongM));
    const further = 1 + between(rng, [8, 16]) / awayM;
    const to: ShorePlace = {
      inlandM: middle.inlandM + (at.inlandM - middle.inlandM) * further,
      alongM: middle.alongM + (at.alongM - middle.alongM) * further,
    };
    return {
      ...{ ...standing, headingDeg },
      steps: [
        { kind: "stay", untilS: wholeBetween(rng, [20, 60]) },
        { kind: "move", to: beach.offsetOf(to), groundSpeedMps: round(between(rng, [0.5, 0.9]), 2) },
      ],
    };
  });
}

/** A vehicle on the road behind the beach, parked or (one in three) driving along it. */
function vehicle({ beach, rng, placer }: Drawing, roadInlandM: number, id: string): Actor {
  const at = placer.place(anywhere(rng, [roadInlandM - 1, roadInlandM + 1], ALONG_M - 10), 25);
  const direction = at.alongM > 0 ? -1 : 1;
  const to = { ...at, alongM: at.alongM + direction * between(rng, [15, 40]) };
  const standing = {
    ...{ id, kind: "vehicle" as const, at: beach.offsetOf(at) },
    lengthM: round(between(rng, RANGES.vehicleLengthM), 1),
    widthM: round(between(rng, [1.8, 2.1]), 1),
    headingDeg: round(wrap360(beach.alongDeg + (direction < 0 ? 180 : 0)), 1),
    isEngineWarm: rng.uniform() < 0.8,
  };
  if (rng.uniform() >= 1 / 3) return standing;
  const move = { to: beach.offsetOf(to), groundSpeedMps: round(between(rng, [2, 3]), 1) };
  return {
    ...standing,
    steps: [
      { kind: "stay", untilS: wholeBetween(rng, [15, 45]) },
      { kind: "move", ...move },
    ],
  };
}

function clutter({ beach, rng, placer }: Drawing): readonly Actor[] {
  const things = (kind: ActorKind, count: number, make: (id: string) => Omit<Actor, "id" | "kind">): Actor[] =>
    countFrom(count).map((i) => ({ id: `${kind}-${i}`, kind, ...make(`${kind}-${i}`) }));
  const crossing = (): Step[] =>
    countFrom(6).map((leg) => ({
      kind: "move",
      to: beach.offsetOf({
        inlandM: between(rng, [-60, 60]),
        alongM: (leg % 2 === 0 ? 1 : -1) * between(rng, [120, 180]),
      }),
      groundSpeedMps: round(between(rng, [10, 13]), 1),
    }));
  return [
    ...things("rock", wholeBetween(rng, RANGES.countOfRocks), () => ({
      at: beach.offsetOf(placer.place(anywhere(rng, [10, 95], ALONG_M + 15), 8)),
      lengthM: round(between(rng, [0.6, 1]), 1),
      widthM: round(between(rng, [0.5, 0.8]), 1),
      headingDeg: wholeBetween(rng, [0, 359]),
    })),
    ...things("gull", wholeBetween(rng, RANGES.countOfGulls), () => ({
      at: beach.offsetOf({ inlandM: between(rng, [-60, 60]), alongM: between(rng, [120, 180]) }),
      steps: crossing(),
    })),
    ...things("glint", wholeBetween(rng, RANGES.countOfGlints), () => ({
      at: beach.offsetOf(placer.place(anywhere(rng, [-45, -8], ALONG_M + 15), 12)),
      ...{ lengthM: 0.5, widthM: 0.3, headingDeg: round(beach.alongDeg, 1) },
    })),
  ];
}

/** All actors at their start positions; the caller checks that they keep apart. */
export function drawActors(beach: Beach, roadInlandM: number, rng: Rng): readonly Actor[] {
  const drawing = { beach, rng, placer: createPlacer() };
  const countOfCarried = wholeBetween(rng, RANGES.countOfCarriedBoats);
  const countOfAfloat = wholeBetween(rng, RANGES.countOfBoatsAfloat);
  const groups = ["a", "b", "c"].slice(0, wholeBetween(rng, RANGES.countOfGroups));
  return [
    ...countFrom(countOfCarried).flatMap((i) => carriedBoat(drawing, `boat-${i}`)),
    ...boatAtWaterline(drawing, `boat-${countOfCarried + 1}`),
    ...countFrom(countOfAfloat).map((i) => boatAfloat(drawing, `boat-${countOfCarried + 1 + i}`)),
    ...groups.flatMap((name) => group(drawing, name)),
    ...countFrom(wholeBetween(rng, RANGES.countOfVehicles)).map((i) => vehicle(drawing, roadInlandM, `vehicle-${i}`)),
    ...clutter(drawing),
  ];
}
