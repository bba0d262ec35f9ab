import { MISSION_RESULT, acceptItem, type StoredItem, type WireItem } from "../../autopilot/missionItem.js";
import { acceptFenceItem, acceptRallyItem, isWholeFence } from "./ardupilotFence.js";
import {
  ack,
  inForce,
  isSame,
  missionTypeOf,
  planNameOf,
  planOf,
  statusTextEffect,
  withPlan,
  type MissionServerContext,
  type MissionServerEffect,
  type MissionServerEvent,
  type MissionServerState,
  type On,
  type PlanName,
  type Receiving,
  type Step,
} from "./plan.js";

/**
 * Upload, download and clearing of mission, fence and rally points as ArduPilot does, which deviates from the standard. Each of the
 * three lists has its own state machine:
 *
 *   idle ──count──▶ receiving ──last item──▶ idle (ack 0)
 *                      │  ▲ wrong seq: ack 13, goes on; 1000 ms silence: asks again
 *                      │  └─┘
 *                      ├── item refused ──▶ idle (ack why; mission and rally stay half old, half new)
 *                      └── 8000 ms silence ─▶ idle (ack 15)
 *
 * COUNT truncates the old mission at once, and items replace it one by one; a fence is replaced only when it is complete.
 * Item 0 of a mission is always home, whatever is uploaded. There are no opaque ids.
 * Source: libraries/GCS_MAVLink/MissionItemProtocol*.cpp, and recordings of a real ArduPilot.
 */
export const REREQUEST_AFTER_MS = 1000;
export const GIVE_UP_AFTER_MS = 8000;
/** 724 with the default storage; the number of fence vertices is a byte; rally points are limited by storage. */
const MOST_ITEMS: Readonly<Record<PlanName, number>> = { mission: 724, fence: 255, rally: 20 };
const TEXTS: Readonly<Record<PlanName, { readonly received?: string; readonly gaveUp: string }>> = {
  mission: { received: "Flight plan received", gaveUp: "Mission upload timeout" },
  fence: { gaveUp: "Fence upload timeout" },
  rally: { received: "Rally points received", gaveUp: "Rally upload timeout" },
};
const ACCEPT: Readonly<Record<PlanName, typeof acceptItem>> = {
  mission: acceptItem,
  fence: acceptFenceItem,
  rally: acceptRallyItem,
};

type Asked<E> = { readonly event: E; readonly name: PlanName; readonly context: MissionServerContext };
const ackOf = ({ event, name }: Asked<{ readonly from: Receiving["from"] }>, result: number): MissionServerEffect =>
  ack(event.from, result, { missionType: missionTypeOf(name) });

function request(receiving: Receiving, name: PlanName): MissionServerEffect {
  const { from, nextSeq } = receiving;
  return { kind: "send-request", to: from, missionType: missionTypeOf(name), seq: nextSeq, form: "float" };
}

function complete(
  state: MissionServerState,
  asked: Asked<{ readonly from: Receiving["from"] }>,
  items: readonly StoredItem[],
): Step {
  const { name } = asked;
  if (name === "fence" && !isWholeFence(items)) {
    return [withPlan(state, name, { receiving: undefined }), [ackOf(asked, MISSION_RESULT.error)]];
  }
  const { received } = TEXTS[name];
  const texts = received === undefined ? [] : [statusTextEffect(6, received)];
  return [inForce(state, name, items), [ackOf(asked, MISSION_RESULT.accepted), ...texts]];
}

function onCount(state: MissionServerState, asked: Asked<On<"count">>): Step {
  const { event, name, context } = asked;
  const { from, countOfItems } = event;
  const { items, receiving } = planOf(state, name);
  if (receiving && !isSame(receiving.from, from)) return [state, [ackOf(asked, MISSION_RESULT.denied)]];
  if (countOfItems > MOST_ITEMS[name]) {
    return [
      state,
      [ackOf(asked, MISSION_RESULT.noSpace), statusTextEffect(4, `Only ${MOST_ITEMS[name]} items are supported`)],
    ];
  }
  const kept = name === "fence" ? items : items.slice(0, countOfItems);
  if (countOfItems === 0) return complete(state, asked, []);
  const started = {
    from,
    nextSeq: 0,
    countOfItems,
    receivedAtMs: context.nowMs,
    askedAtMs: context.nowMs,
    incoming: [],
  };
  return [withPlan(state, name, { items: kept, receiving: started }), [request(started, name)]];
}

function withItem(items: readonly StoredItem[], seq: number, item: StoredItem): readonly StoredItem[] {
  const changed = [...items];
  changed[seq] = item;
  return changed;
}

function storeItem(state: MissionServerState, asked: Asked<On<"item">>, receiving: Receiving, item: StoredItem): Step {
  const { name, context, event } = asked;
  const { seq } = event.item;
  const isFence = name === "fence";
  const items = isFence ? planOf(state, name).items : withItem(planOf(state, name).items, seq, item);
  const incoming = isFence ? withItem(receiving.incoming, seq, item) : [];
  const nextSeq = seq + 1;
  if (nextSeq === receiving.countOfItems) return complete(state, asked, isFence ? incoming : items);
  const { nowMs } = context;
  const going = { ...receiving, nextSeq, incoming, receivedAtMs: nowMs, askedAtMs: nowMs };
  return [withPlan(state, name, { items, receiving: going }), [request(going, name)]];
}

function onItem(state: MissionServerState, asked: Asked<On<"item">>): Step {
  const { event, name } = asked;
  const { receiving } = planOf(state, name);
  if (!receiving) return [state, [ackOf(asked, MISSION_RESULT.error)]];
  if (event.item.seq !== receiving.nextSeq) return [state, [ackOf(asked, MISSION_RESULT.invalidSequence)]];
  if (!isSame(receiving.from, event.from)) return [state, [ackOf(asked, MISSION_RESULT.denied)]];
  const accepted = ACCEPT[name](event.item);
  if ("refusal" in accepted) {
    return [withPlan(state, name, { receiving: undefined }), [ackOf(asked, accepted.refusal)]];
  }
  return storeItem(state, asked, receiving, accepted.item);
}

function onRequestList(state: MissionServerState, asked: Asked<On<"request-list">>): Step {
  const { event, name } = asked;
  const { items, receiving } = planOf(state, name);
  if (receiving) return [state, [ackOf(asked, MISSION_RESULT.denied)]];
  const { missionType, from } = event;
  return [state, [{ kind: "send-count", to: from, missionType, countOfItems: items.length, id: 0 }]];
}

function onRequestItem(state: MissionServerState, asked: Asked<On<"request-item">>): Step {
  const { event, name, context } = asked;
  const { from, seq, form, missionType } = event;
  const { items, receiving } = planOf(state, name);
  if (receiving) return [state, [ackOf(asked, MISSION_RESULT.denied)]];
  const stored = name === "mission" && seq === 0 && items.length > 0 ? context.home : items[seq];
  if (!stored) {
    // A request one past the end of a fence passes the first check and fails in the second.
    const isJustPast = name === "fence" && seq === items.length;
    return [state, [ackOf(asked, isJustPast ? MISSION_RESULT.error : MISSION_RESULT.invalidSequence)]];
  }
  const item: WireItem = { seq, ...stored };
  return [state, [{ kind: "send-item", to: from, missionType, item, form }]];
}

function onClear(state: MissionServerState, asked: Asked<On<"clear">>): Step {
  const { name, context } = asked;
  const isBusy = planOf(state, name).receiving !== undefined || (name === "mission" && context.isMissionRunning);
  if (isBusy) return [state, [ackOf(asked, MISSION_RESULT.error)]];
  return [inForce(state, name, []), [ackOf(asked, MISSION_RESULT.accepted)]];
}

/** Timeouts of one of the three lists. */
export function tickArdupilotPlan(state: MissionServerState, name: PlanName, nowMs: number): Step {
  const { receiving } = planOf(state, name);
  if (!receiving) return [state, []];
  if (nowMs - receiving.receivedAtMs > GIVE_UP_AFTER_MS) {
    const cancelled = ack(receiving.from, MISSION_RESULT.cancelled, { missionType: missionTypeOf(name) });
    return [withPlan(state, name, { receiving: undefined }), [statusTextEffect(4, TEXTS[name].gaveUp), cancelled]];
  }
  if (nowMs - receiving.askedAtMs <= REREQUEST_AFTER_MS) return [state, []];
  const again = { ...receiving, askedAtMs: nowMs };
  return [withPlan(state, name, { receiving: again }), [request(again, name)]];
}

/** Handles one message. Other mission types (also 255, "all") are refused as unsupported. */
export function stepArdupilotPlan(
  state: MissionServerState,
  event: Exclude<MissionServerEvent, { kind: "tick" }>,
  context: MissionServerContext,
): Step {
  const name = planNameOf(event.missionType);
  if (name === undefined) {
    return [state, [ack(event.from, MISSION_RESULT.unsupported, { missionType: event.missionType })]];
  }
  switch (event.kind) {
    case "count":
      return onCount(state, { event, name, context });
    case "item":
      return onItem(state, { event, name, context });
    case "request-list":
      return onRequestList(state, { event, name, context });
    case "request-item":
      return onRequestItem(state, { event, name, context });
    case "clear":
      return onClear(state, { event, name, context });
    case "ack":
      // Downloads have no state here, and ArduPilot does not let a station cancel an upload.
      return [state, []];
  }
}
