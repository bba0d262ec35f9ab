import { MISSION_RESULT, acceptItem, type Peer, type StoredItem, type WireItem } from "./missionItem.js";

/**
 * Mission upload, download and clearing as ArduPilot does them, which is not quite the standard:
 *
 *   idle ──count──▶ receiving ──last item──▶ idle (ack 0, "Flight plan received")
 *                      │  ▲ wrong seq: ack 13, goes on; 1000 ms silence: asks again
 *                      │  └─┘
 *                      ├── item refused ──▶ idle (ack why; the mission stays half old, half new)
 *                      └── 8000 ms silence ─▶ idle (ack 15)
 *
 * COUNT truncates the old mission at once and items overwrite it one by one. Item 0 is home whatever is sent.
 * Source: libraries/GCS_MAVLink/MissionItemProtocol.cpp, and the recordings of a real one.
 */
export const REREQUEST_AFTER_MS = 1000;
export const GIVE_UP_AFTER_MS = 8000;
const MOST_ITEMS = 724;

type Receiving = {
  readonly from: Peer;
  readonly nextSeq: number;
  readonly countOfItems: number;
  readonly heardAtMs: number;
  readonly askedAtMs: number;
};

export type MissionServerState = {
  /** Everything on board, home first; empty before the first upload. */
  readonly items: readonly StoredItem[];
  readonly receiving: Receiving | undefined;
  /** Counts completed uploads and clearings: the flight code notices a new mission by it. */
  readonly revision: number;
};

export const emptyMissionServer: MissionServerState = { items: [], receiving: undefined, revision: 0 };

export type MissionServerEvent =
  | { readonly kind: "count"; readonly from: Peer; readonly countOfItems: number; readonly missionType: number }
  /** MISSION_ITEM and MISSION_ITEM_INT alike: the wire turns degrees into degE7. */
  | { readonly kind: "item"; readonly from: Peer; readonly item: WireItem; readonly missionType: number }
  | { readonly kind: "request-list"; readonly from: Peer; readonly missionType: number }
  | {
      readonly kind: "request-item";
      readonly from: Peer;
      readonly seq: number;
      readonly missionType: number;
      readonly form: "int" | "float";
    }
  | { readonly kind: "clear"; readonly from: Peer; readonly missionType: number }
  /** Time passing; at least every 100 ms. */
  | { readonly kind: "tick" };

/** What the rest of the aircraft knows at that moment. */
type MissionServerContext = {
  readonly nowMs: number;
  /** Given back as item 0. */
  readonly home: StoredItem;
  /** A mission that is being flown cannot be cleared. */
  readonly isMissionRunning: boolean;
};

export type MissionServerEffect =
  | { readonly kind: "send-request"; readonly to: Peer; readonly seq: number }
  | { readonly kind: "send-count"; readonly to: Peer; readonly countOfItems: number }
  | { readonly kind: "send-item"; readonly to: Peer; readonly item: WireItem; readonly form: "int" | "float" }
  | { readonly kind: "send-ack"; readonly to: Peer; readonly result: number; readonly missionType: number }
  | { readonly kind: "say"; readonly severity: number; readonly text: string };

type Step = readonly [MissionServerState, readonly MissionServerEffect[]];

const ack = (to: Peer, result: number, missionType = 0): MissionServerEffect => ({
  kind: "send-ack",
  to,
  result,
  missionType,
});
const isSame = (a: Peer, b: Peer): boolean => a.systemId === b.systemId && a.componentId === b.componentId;

function done(state: MissionServerState, from: Peer): Step {
  return [
    { ...state, receiving: undefined, revision: state.revision + 1 },
    [ack(from, MISSION_RESULT.accepted), { kind: "say", severity: 6, text: "Flight plan received" }],
  ];
}

type On<K extends MissionServerEvent["kind"]> = Extract<MissionServerEvent, { kind: K }>;

function onCount(state: MissionServerState, event: On<"count">, nowMs: number): Step {
  const { from, countOfItems } = event;
  if (state.receiving && !isSame(state.receiving.from, from)) return [state, [ack(from, MISSION_RESULT.denied)]];
  if (countOfItems > MOST_ITEMS) return [state, [ack(from, MISSION_RESULT.noSpace)]];
  const truncated = { ...state, items: state.items.slice(0, countOfItems) };
  if (countOfItems === 0) return done(truncated, from);
  const receiving = { from, nextSeq: 0, countOfItems, heardAtMs: nowMs, askedAtMs: nowMs };
  return [{ ...truncated, receiving }, [{ kind: "send-request", to: from, seq: 0 }]];
}

function onItem(state: MissionServerState, { from, item }: On<"item">, context: MissionServerContext): Step {
  const { receiving } = state;
  if (!receiving) return [state, [ack(from, MISSION_RESULT.error)]];
  if (!isSame(receiving.from, from)) return [state, [ack(from, MISSION_RESULT.denied)]];
  if (item.seq !== receiving.nextSeq) return [state, [ack(from, MISSION_RESULT.invalidSequence)]];
  const accepted = acceptItem(item);
  if ("refusal" in accepted) return [{ ...state, receiving: undefined }, [ack(from, accepted.refusal)]];
  const items = [...state.items];
  items[item.seq] = accepted.item;
  const nextSeq = item.seq + 1;
  if (nextSeq === receiving.countOfItems) return done({ ...state, items }, from);
  return [
    { ...state, items, receiving: { ...receiving, nextSeq, heardAtMs: context.nowMs, askedAtMs: context.nowMs } },
    [{ kind: "send-request", to: from, seq: nextSeq }],
  ];
}

function onRequestItem(state: MissionServerState, event: On<"request-item">, context: MissionServerContext): Step {
  const { from, seq, form } = event;
  if (state.receiving) return [state, [ack(from, MISSION_RESULT.denied)]];
  const stored = seq === 0 && state.items.length > 0 ? context.home : state.items[seq];
  if (!stored) return [state, [ack(from, MISSION_RESULT.invalidSequence)]];
  return [state, [{ kind: "send-item", to: from, item: { seq, ...stored }, form }]];
}

function onClear(state: MissionServerState, from: Peer, context: MissionServerContext): Step {
  if (state.receiving) return [state, [ack(from, MISSION_RESULT.denied)]];
  if (context.isMissionRunning) return [state, [ack(from, MISSION_RESULT.error)]];
  return [{ ...state, items: [], revision: state.revision + 1 }, [ack(from, MISSION_RESULT.accepted)]];
}

function onTick(state: MissionServerState, nowMs: number): Step {
  const { receiving } = state;
  if (!receiving) return [state, []];
  if (nowMs - receiving.heardAtMs > GIVE_UP_AFTER_MS) {
    return [
      { ...state, receiving: undefined },
      [{ kind: "say", severity: 4, text: "Mission upload timeout" }, ack(receiving.from, MISSION_RESULT.cancelled)],
    ];
  }
  if (nowMs - receiving.askedAtMs <= REREQUEST_AFTER_MS) return [state, []];
  return [
    { ...state, receiving: { ...receiving, askedAtMs: nowMs } },
    [{ kind: "send-request", to: receiving.from, seq: receiving.nextSeq }],
  ];
}

/** One event against the mission on board. Fence and rally (mission types 1 and 2) are not carried: acknowledged with 3. */
export function stepMissionServer(
  state: MissionServerState,
  event: MissionServerEvent,
  context: MissionServerContext,
): Step {
  if (event.kind === "tick") return onTick(state, context.nowMs);
  const isForUs = event.missionType === 0 || (event.kind === "clear" && event.missionType === 255);
  if (!isForUs) return [state, [ack(event.from, MISSION_RESULT.unsupported, event.missionType)]];
  switch (event.kind) {
    case "count":
      return onCount(state, event, context.nowMs);
    case "item":
      return onItem(state, event, context);
    case "request-list":
      if (state.receiving) return [state, [ack(event.from, MISSION_RESULT.denied)]];
      return [state, [{ kind: "send-count", to: event.from, countOfItems: state.items.length }]];
    case "request-item":
      return onRequestItem(state, event, context);
    case "clear":
      return onClear(state, event.from, context);
  }
}
