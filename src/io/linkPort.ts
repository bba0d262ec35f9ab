import type { Observable } from "rxjs";

/** The health of the wire itself; whether a vehicle speaks on it is for the station to judge. */
export type LinkPortState =
  | { readonly kind: "opening" }
  | { readonly kind: "open"; readonly address: string; readonly port: number }
  /** Was open. `retryAtMonoMs`: the next attempt; undefined where the other side must come (a server without clients). */
  | { readonly kind: "lost"; readonly because: string; readonly retryAtMonoMs?: number }
  /** Never opened, or its place is taken. */
  | { readonly kind: "failed"; readonly because: string; readonly retryAtMonoMs?: number };

/** `from` tells the speakers on one wire apart: "192.168.4.1:14550", or the device's name. */
export type LinkChunk = { readonly bytes: Uint8Array; readonly from: string };

/**
 * A two-way wire. `chunks$` gives datagrams (UDP, whole) or pieces of a byte stream for each speaker; neither stream
 * ever errors. `send` never throws: what cannot be sent now is lost, as on a radio.
 */
export type LinkPort = {
  readonly uri: string;
  readonly isDatagram: boolean;
  readonly chunks$: Observable<LinkChunk>;
  readonly state$: Observable<LinkPortState>;
  /** It knows nobody until it is told: `send` without `to` reaches no one (a UDP port that listens). */
  readonly answersOnly?: true;
  /** To everyone at the other end, or only to the one called `to`, a name that came with a chunk. */
  readonly send: (bytes: Uint8Array, to?: string) => void;
  readonly dispose: () => Promise<void>;
};
