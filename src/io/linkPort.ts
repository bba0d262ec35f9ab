import type { Observable } from "rxjs";

/** The health of the wire itself; whether a vehicle speaks on it is for the station to judge. */
export type LinkPortState =
  | { readonly kind: "opening" }
  | { readonly kind: "open"; readonly address: string; readonly port: number }
  | { readonly kind: "lost"; readonly because: string }
  | { readonly kind: "failed"; readonly because: string };

/**
 * A two-way wire. `chunks$` gives datagrams (UDP, whole) or pieces of a byte stream (TCP); neither stream ever errors.
 * `send` never throws: what cannot be sent now is lost, as on a radio.
 */
export type LinkPort = {
  readonly uri: string;
  readonly isDatagram: boolean;
  readonly chunks$: Observable<Uint8Array>;
  readonly state$: Observable<LinkPortState>;
  readonly send: (bytes: Uint8Array) => void;
  readonly dispose: () => Promise<void>;
};
