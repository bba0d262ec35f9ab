import type { Observable } from "rxjs";

/** The state of the connection itself; whether a vehicle is received on it is decided by the station. */
export type LinkPortState =
  | { readonly kind: "opening" }
  | { readonly kind: "open"; readonly address: string; readonly port: number }
  /**
   * It was open before. `retryAtMonoMs`: time of the next attempt; undefined where the other side must connect (a
   * server without clients).
   */
  | { readonly kind: "lost"; readonly because: string; readonly retryAtMonoMs?: number }
  /** It was never open, or its address or device is in use. */
  | { readonly kind: "failed"; readonly because: string; readonly retryAtMonoMs?: number };

/**
 * `from` is the source address, "192.168.4.1:14550", or the device's name: it tells several senders on one link apart.
 */
export type LinkChunk = { readonly bytes: Uint8Array; readonly from: string };

/**
 * A two-way link. `chunks$` gives datagrams (UDP, whole) or pieces of a byte stream for each sender; neither stream
 * ever errors. `send` never throws: what cannot be sent now is lost, as on a radio.
 */
export type LinkPort = {
  readonly uri: string;
  readonly isDatagram: boolean;
  readonly chunks$: Observable<LinkChunk>;
  readonly state$: Observable<LinkPortState>;
  /** Set on a link without a default destination: `send` without `to` sends to nobody (a UDP port that listens). */
  readonly answersOnly?: true;
  /** To everyone at the other end, or only to `to`, the `from` of a received chunk. */
  readonly send: (bytes: Uint8Array, to?: string) => void;
  readonly dispose: () => Promise<void>;
};
