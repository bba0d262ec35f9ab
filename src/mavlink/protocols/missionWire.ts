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

/** What a mission transfer hears. The runner has filtered by system, component, addressee and mission type. */
export type MissionEvent =
  | { readonly kind: "item-requested"; readonly seq: number }
  | { readonly kind: "ack"; readonly mavMissionResult: number }
  | { readonly kind: "count"; readonly countOfItems: number }
  | { readonly kind: "item"; readonly item: WireMissionItem }
  | { readonly kind: "timeout" }
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

/** Time-outs of a transfer. They grow by `growth` a retry up to `timeoutMaxMs`, and stay grown while the link is slow. */
export type TransferOptions = {
  readonly countTimeoutMs: number;
  readonly itemTimeoutMs: number;
  readonly timeoutMaxMs: number;
  readonly growth: number;
  readonly retriesMax: number;
};
