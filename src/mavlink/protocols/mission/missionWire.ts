/** A mission item as it travels in MISSION_ITEM_INT. NaN in a param means "leave it to the vehicle". */
export type WireMissionItem = {
  readonly seq: number;
  /** MAV_FRAME number. */
  readonly frame: number;
  /** MAV_CMD number. */
  readonly command: number;
  readonly current: number;
  readonly autocontinue: number;
  readonly params: readonly [number, number, number, number];
  /** degE7 for items with a place, else param5 as an integer. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
};

/** What a transfer of one list (mission, fence or rally) hears, filtered by system, component, addressee and mission type. */
export type MissionEvent =
  | { readonly kind: "item-requested"; readonly seq: number }
  | { readonly kind: "ack"; readonly mavMissionResult: number }
  /** `planId`: `opaque_id`, another one for every list that was ever on board; 0 from an autopilot without ids. */
  | { readonly kind: "count"; readonly countOfItems: number; readonly planId: number }
  | { readonly kind: "item"; readonly item: WireMissionItem }
  | { readonly kind: "timeout" }
  /** The link is back after a silence: say again what was said last, with fresh patience. */
  | { readonly kind: "resume" }
  | { readonly kind: "vehicle-lost" }
  | { readonly kind: "cancel" };

/** What a mission transfer wants done. A new `arm-timer` replaces the one before; when it fires, step with `timeout`. */
export type MissionEffect =
  | { readonly kind: "send-count"; readonly countOfItems: number }
  | { readonly kind: "send-item"; readonly item: WireMissionItem }
  | { readonly kind: "send-request-list" }
  | { readonly kind: "send-request-item"; readonly seq: number }
  | { readonly kind: "send-ack"; readonly mavMissionResult: number }
  | { readonly kind: "arm-timer"; readonly afterMs: number };

/** Time-outs of a transfer: they grow by `growth` a silence, up to a limit. */
export type TransferOptions = {
  readonly countTimeoutMs: number;
  readonly itemTimeoutMs: number;
  readonly countTimeoutMaxMs: number;
  readonly itemTimeoutMaxMs: number;
  readonly growth: number;
  /**
   * The round trip is not known: what silence taught is kept from item to item. Else a silence is a loss, and the next item
   * is waited for as long as the round trip says.
   */
  readonly isLearning: boolean;
  readonly countRetriesMax: number;
  readonly itemRetriesMax: number;
};
