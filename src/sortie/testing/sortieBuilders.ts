import { createHash } from "node:crypto";
import type { Contact } from "../../track/contact.js";
import { createEventChain, type EventChain } from "../eventChain.js";

export const sha256 = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");

/** A chain with `count` events in it, and the text of its log. */
export function aChain(count: number): { readonly chain: EventChain; readonly text: string } {
  const chain = createEventChain(sha256);
  const line = (i: number) => chain.next({ unixTimeUs: 1000 + i, kind: "mode", facts: { modeName: `M${i}` } });
  return { text: Array.from({ length: count }, (_, i) => line(i)).join(""), chain };
}

export const aLog = (count: number): string => aChain(count).text;

export const aContact: Contact = {
  id: "C-7",
  class: "boat",
  position: { latitudeDeg: 50.75, longitudeDeg: 1.6 },
  covariance: { eastEastM2: 1, eastNorthM2: 0, northNorthM2: 1 },
  ellipse95: { semiMajorM: 2.448, semiMinorM: 2.448, orientationDeg: 0 },
  ce95M: 2.448,
  lengthM: 7.8,
  groundSpeedMps: undefined,
  courseDeg: undefined,
  surface: "waterline",
  firstSeenUnixUs: 1,
  lastSeenUnixUs: 2,
  observationCount: 3,
  score: 0.9,
};
