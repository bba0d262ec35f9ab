import type { Place } from "../place.js";

export const aPlace = (name: string, latitudeDeg: number, longitudeDeg: number, more: Partial<Place> = {}): Place => ({
  name,
  nameIn: {},
  kind: "village",
  position: { latitudeDeg, longitudeDeg },
  population: undefined,
  isApproximate: false,
  ...more,
});
