/** A mission item with the fields of MISSION_ITEM_INT. NaN in a param means "leave it to the vehicle". */
export type WireMissionItem = {
  readonly seq: number;
  /** MAV_FRAME number. */
  readonly frame: number;
  /** MAV_CMD number. */
  readonly command: number;
  readonly current: number;
  readonly autocontinue: number;
  readonly params: readonly [number, number, number, number];
  /** degE7 for items with a position, else param5 as an integer. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
};

/**
 * Received messages of a transfer of one list (mission, fence or rally), filtered by system, component, addressee and
 * mission type, and other events that affect it.
 */
export type MissionEvent =
  | { readonly kind: "item-requested"; readonly seq: number }
  | { readonly kind: "ack"; readonly mavMissionResult: number }
  /** `planId`: `opaque_id`, which differs for every list that was ever on board; 0 from an autopilot without ids. */
  | { readonly kind: "count"; readonly countOfItems: number; readonly planId: number }
  | { readonly kind: "item"; readonly item: WireMissionItem }
  | { readonly kind: "timeout" }
  /** The link is back after an interruption: sends the last message again, with the retries counted anew. */
  | { readonly kind: "resume" }
  | { readonly kind: "vehicle-lost" }
  | { readonly kind: "cancel" };

/**
 * What a mission transfer asks its runner to do. A new `arm-timer` replaces the one before; when it fires, step with
 * `timeout`.
 */
export type MissionEffect =
  | { readonly kind: "send-count"; readonly countOfItems: number }
  | { readonly kind: "send-item"; readonly item: WireMissionItem }
  | { readonly kind: "send-request-list" }
  | { readonly kind: "send-request-item"; readonly seq: number }
  | { readonly kind: "send-ack"; readonly mavMissionResult: number }
  | { readonly kind: "arm-timer"; readonly afterMs: number };

/** How long a reply is waited for, and how often the message is repeated without one. */
type ReplyWait = {
  readonly timeoutMs: number;
  /** Up to which the time-out grows. */
  readonly timeoutMaxMs: number;
  readonly retriesMax: number;
};

/** Time-outs of a transfer: each time-out multiplies them by `growth`, up to a maximum. */
export type TransferOptions = {
  /** For the reply to a count, or to a request for one. */
  readonly count: ReplyWait;
  /** For the next item, or the next request for one. */
  readonly item: ReplyWait;
  readonly growth: number;
  /**
   * True when the round-trip time is not known: a time-out that had to grow stays longer for the next items. False: a
   * time-out is taken for a lost message, and the next item starts with the time-out of the measured round trip.
   */
  readonly isLearning: boolean;
};
