/** What a sortie over an area needs to know of it, and how much of that is there. */
import type { Position } from "../position.js";
import type { GroundArea } from "./groundArea.js";

const NEEDS = ["coast", "terrain", "map", "tide", "names", "zones"] as const;
export type NeedKind = (typeof NEEDS)[number];

/** Facts of one file, or of what is built in; what nobody has said is undefined. */
export type PieceFacts = {
  readonly id: string;
  readonly kind: NeedKind;
  readonly name: string;
  /** The imported pack that it came with. */
  readonly pack: string | undefined;
  /** "2026", "2026-10" or "2026-10-31", of the data. */
  readonly dataDate: string | undefined;
  readonly attribution: string | undefined;
  readonly sizeBytes: number | undefined;
  readonly resolutionM: number | undefined;
  /**
   * How it is known what it covers. `content`: the file itself was asked, place by place. `bounds`: only its stated frame is known, and
   * there may be gaps in it. `online`: it comes over the network, and counts as nothing where there is none. `drawing`: it lies over a map, and counts as nothing without one.
   */
  readonly basis: "content" | "bounds" | "online" | "drawing";
  /** For tiles: the zoom that was looked at, of the deepest. */
  readonly zoom: { readonly lookedAt: number; readonly deepest: number } | undefined;
  /** A file that can go into a pack. */
  readonly isPackable: boolean;
};

/** Something that knows a part of the earth. */
export type GroundPiece = PieceFacts & { readonly knows: (place: Position) => boolean };

/** `old`: all of it is there, but not all of it without data older than `OLD_AFTER_YEARS`. */
export type NeedState = "present" | "old" | "partly" | "missing";

export type NeedPiece = PieceFacts & {
  /** Whole percent of the area: 100 only for all of it, 0 only for nothing. */
  readonly coveredPercent: number;
  /** Since the earliest day that its date may mean; undefined without a date. */
  readonly ageYears: number | undefined;
  readonly isOld: boolean;
};

export type AreaNeed = {
  readonly kind: NeedKind;
  readonly state: NeedState;
  /** By all pieces together, as in each of them. */
  readonly coveredPercent: number;
  /** Those that know any of the area; the one that covers most of it first. */
  readonly pieces: readonly NeedPiece[];
};

/** After so many years data is called old: buildings and harbours change soonest. */
const OLD_AFTER_YEARS: Readonly<Partial<Record<NeedKind, number>>> = { map: 3, terrain: 10, coast: 10 };
const COUNTS_AS_NOTHING: ReadonlySet<PieceFacts["basis"]> = new Set(["online", "drawing"]);
const YEAR_MS = 365.2425 * 86_400_000;

/** Every kind of need, whether anything is there for it or not. */
export function areaNeeds(area: GroundArea, pieces: readonly GroundPiece[], nowUnixMs: number): readonly AreaNeed[] {
  return NEEDS.map((kind) => {
    const ofKind = pieces.filter((piece) => piece.kind === kind).map((piece) => measured(area, piece, nowUnixMs));
    const here = ofKind.filter(({ coveredPercent }) => coveredPercent > 0);
    const counted = here.filter(({ piece }) => !COUNTS_AS_NOTHING.has(piece.basis));
    const coveredPercent = percentOf(area, union(area, counted));
    const young = counted.filter(({ isOld }) => !isOld);
    const isYoung = percentOf(area, union(area, young)) === 100;
    return {
      ...{ kind, coveredPercent },
      state: coveredPercent === 0 ? "missing" : coveredPercent < 100 ? "partly" : isYoung ? "present" : "old",
      pieces: here.toSorted((a, b) => b.coveredPercent - a.coveredPercent).map(withoutKnown),
    };
  });
}

/** For each place of the area, samples first and then the rim: whether it is known. */
type Known = Uint8Array;
type Measured = Omit<NeedPiece, keyof PieceFacts> & { readonly piece: GroundPiece; readonly known: Known };

function measured(area: GroundArea, piece: GroundPiece, nowUnixMs: number): Measured {
  const known = Uint8Array.from([...area.samples, ...area.rim], (place) => (piece.knows(place) ? 1 : 0));
  const ageYears = ageOf(piece.dataDate, nowUnixMs);
  const isOld = ageYears !== undefined && ageYears >= (OLD_AFTER_YEARS[piece.kind] ?? Number.POSITIVE_INFINITY);
  return { piece, known, coveredPercent: percentOf(area, known), ageYears, isOld };
}

function withoutKnown({ piece, coveredPercent, ageYears, isOld }: Measured): NeedPiece {
  const { knows: _knows, ...facts } = piece;
  return { ...facts, coveredPercent, ageYears, isOld };
}

function union({ samples, rim }: GroundArea, all: readonly Measured[]): Known {
  const together = new Uint8Array(samples.length + rim.length);
  for (const { known } of all) for (const [i, one] of known.entries()) if (one === 1) together[i] = 1;
  return together;
}

function percentOf({ samples }: GroundArea, known: Known): number {
  const count = known.reduce((sum, one) => sum + one, 0);
  if (count === known.length) return count === 0 ? 0 : 100;
  if (count === 0) return 0;
  const inside = known.subarray(0, samples.length).reduce((sum, one) => sum + one, 0);
  return Math.min(99, Math.max(1, Math.floor((100 * inside) / samples.length)));
}

function ageOf(dataDate: string | undefined, nowUnixMs: number): number | undefined {
  const fromMs = dataDate === undefined ? Number.NaN : Date.parse(dataDate);
  return Number.isNaN(fromMs) ? undefined : Math.max(0, (nowUnixMs - fromMs) / YEAR_MS);
}
