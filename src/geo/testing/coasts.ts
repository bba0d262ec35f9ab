/** Small coasts of a few straight lines, for tests. */
import type { CoastDocument } from "../coastDocument.js";
import type { Position } from "../position.js";

export const at = (latitudeDeg: number, longitudeDeg: number): Position => ({ latitudeDeg, longitudeDeg });

/** A rectangle's corners, anticlockwise from the south-west. */
export const rectangle = (
  westDeg: number,
  southDeg: number,
  eastDeg: number,
  northDeg: number,
): readonly Position[] => [at(southDeg, westDeg), at(southDeg, eastDeg), at(northDeg, eastDeg), at(northDeg, westDeg)];

/** Valid from 1.4° to 1.8° E and from 50.6° to 50.9° N; the line's 95 % error is 20 m. */
export const coastOf = (land: CoastDocument["land"], change: Partial<CoastDocument> = {}): CoastDocument => ({
  ...{ attribution: "drawn for a test", source: "test", licence: "none", date: "2026-11-30" },
  error: { medianM: 20, p90M: 20, worstM: 50 },
  box: { westDeg: 1.4, eastDeg: 1.8, southDeg: 50.6, northDeg: 50.9 },
  land,
  harbours: [],
  relief: undefined,
  ...change,
});

/** Land east of 1.6° E up to the edge of the data, sea west of it. */
export const straightCoast = (change: Partial<CoastDocument> = {}): CoastDocument =>
  coastOf([{ outline: rectangle(1.6, 50.6, 1.8, 50.9), holes: [] }], change);
