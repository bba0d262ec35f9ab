import type { Position } from "./position.js";

/** The coast as stored in `missions/coast/` and sent to the screens. Rings are not closed (first corner not repeated). */
export type CoastDocument = {
  readonly attribution: string;
  readonly source: string;
  readonly licence: string;
  /** When the data was surveyed, ISO date. */
  readonly date: string;
  /** Measured distances between this line and a survey-grade line. */
  readonly error: { readonly medianM: number; readonly p90M: number; readonly worstM: number };
  readonly box: {
    readonly westDeg: number;
    readonly eastDeg: number;
    readonly southDeg: number;
    readonly northDeg: number;
  };
  /** Land areas: `holes` are water inside them. Edges along the box are not waterline. */
  readonly land: readonly { readonly outline: readonly Position[]; readonly holes: readonly (readonly Position[])[] }[];
  /** Drawn by hand: moles and basins that the open data has wrong. Always shown as approximate. */
  readonly harbours: readonly Harbour[];
  /** Map background only, never for clearance. Row 0 is the south, column 0 the west; metres above sea level, depths negative. */
  readonly relief: ReliefGrid | undefined;
};

type Harbour = {
  readonly name: string;
  readonly isApproximate: true;
  /** Moles and quays: areas of land in the sea. */
  readonly moles: readonly (readonly Position[])[];
};

export type ReliefGrid = {
  readonly source: string;
  readonly westDeg: number;
  readonly southDeg: number;
  readonly stepDeg: number;
  readonly columns: number;
  readonly rows: number;
  readonly heightsM: readonly number[];
};
