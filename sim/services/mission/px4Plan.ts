import { MISSION_RESULT, type WireItem } from "../../autopilot/missionItem.js";
import { crc32Part } from "../../../src/core/crc32.js";
import { acceptPx4Item, px4ItemSent } from "./px4Item.js";
import {
  PLAN_NAMES,
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
 * Upload, download and clearing as PX4 does them: one state machine for mission, fence and rally points together.
 *
 *   idle ──count──▶ receiving ──last item──▶ idle (ack 0 with the plan's opaque id; only now the plan is in force)
 *     │                │  ▲ wrong seq: ignored; 250 ms silence: asks again
 *     │                │  └─┘
 *     │                ├── item refused ──▶ idle (ack why; what was in force stays)
 *     │                └── 5 s silence ───▶ idle ("Operation timeout", no ack)
 *     └──request-list──▶ sending ──ack | 5 s silence──▶ idle
 *
 * No home at seq 0. A second uploader, or anything while busy, is answered with 1 (error). A repeated last item
 * after the end is acknowledged again. Source: src/modules/mavlink/mavlink_mission.cpp.
 */
export const PX4_REREQUEST_AFTER_MS = 250;
export const PX4_GIVE_UP_AFTER_MS = 5000;
const MOST_ITEMS: Readonly<Record<PlanName, number>> = { mission: 1000, fence: 64, rally: 32 };
const CRITICAL = 2;

type Busy = { readonly name: PlanName; readonly receiving: Receiving };
function busyOf(state: MissionServerState): Busy | undefined {
  for (const name of PLAN_NAMES) {
    const { receiving } = planOf(state, name);
    if (receiving) return { name, receiving };
  }
  return undefined;
}

/** PX4's checksum over the items as received; the integers of a MISSION_ITEM_INT bit by bit. */
function idWith(sum: number, { frame, command, params, xDegE7, yDegE7, zM }: WireItem, isInt: boolean): number {
  const bytes = new DataView(new ArrayBuffer(32));
  bytes.setUint8(0, frame);
  bytes.setUint16(1, command, true);
  bytes.setUint8(3, 1);
  params.forEach((value, i) => {
    bytes.setFloat32(4 + i * 4, value, true);
  });
  if (isInt) {
    bytes.setInt32(20, xDegE7, true);
    bytes.setInt32(24, yDegE7, true);
  } else {
    bytes.setFloat32(20, xDegE7 / 1e7, true);
    bytes.setFloat32(24, yDegE7 / 1e7, true);
  }
  bytes.setFloat32(28, zM, true);
  return crc32Part(new Uint8Array(bytes.buffer), sum);
}

type Incoming = { readonly state: MissionServerState; readonly name: PlanName; readonly receiving: Receiving };
function request({ state, name, receiving }: Incoming): MissionServerEffect {
  const form = state.asksInt ? "int" : "float";
  const missionType = missionTypeOf(name);
  return { kind: "send-request", to: receiving.from, missionType, seq: receiving.nextSeq, form };
}

function inForceWithId(state: MissionServerState, name: PlanName, id: number): MissionServerState {
  return { ...state, ids: { ...state.ids, [name]: id } };
}

function cleared(state: MissionServerState, name: PlanName): MissionServerState {
  return inForceWithId(inForce(state, name, []), name, 0);
}

function onCountWhileBusy(
  state: MissionServerState,
  { name, receiving }: Busy,
  event: On<"count">,
  nowMs: number,
): Step {
  const received = withPlan(state, name, { receiving: { ...receiving, receivedAtMs: nowMs } });
  const isAgain = isSame(receiving.from, event.from) && receiving.nextSeq === 0;
  if (isAgain) return [received, [request({ state, name, receiving })]];
  const refusal = ack(event.from, MISSION_RESULT.error, { missionType: missionTypeOf(name) });
  const text = isSame(receiving.from, event.from) ? [statusTextEffect(CRITICAL, "WPM: REJ. CMD: Busy")] : [];
  return [received, [...text, refusal]];
}

function onCount(state: MissionServerState, event: On<"count">, name: PlanName, nowMs: number): Step {
  const { from, countOfItems, missionType } = event;
  const busy = busyOf(state);
  if (busy) return onCountWhileBusy(state, busy, event, nowMs);
  if (state.sending) {
    const refusal = ack(from, MISSION_RESULT.error, { missionType: missionTypeOf(state.sending.name) });
    return [state, [statusTextEffect(CRITICAL, "WPM: IGN MISSION_COUNT: Busy"), refusal]];
  }
  if (countOfItems > MOST_ITEMS[name]) return [state, [ack(from, MISSION_RESULT.noSpace, { missionType })]];
  if (countOfItems === 0) return [cleared(state, name), [ack(from, MISSION_RESULT.accepted, { missionType })]];
  const receiving = { from, nextSeq: 0, countOfItems, receivedAtMs: nowMs, askedAtMs: nowMs, incoming: [] };
  const next = { ...withPlan(state, name, { receiving }), lastUpload: { from, name, nextSeq: 0, id: 0 } };
  return [next, [request({ state: next, name, receiving })]];
}

/** An unexpected item: a repetition of the last item of a finished upload is acknowledged again. */
function onStrayItem(state: MissionServerState, { from, item, missionType }: On<"item">): Step {
  const { lastUpload } = state;
  if (lastUpload && missionTypeOf(lastUpload.name) === missionType && lastUpload.nextSeq === item.seq + 1) {
    return [state, [ack(from, MISSION_RESULT.accepted, { missionType, id: lastUpload.id })]];
  }
  return [
    state,
    [statusTextEffect(CRITICAL, "IGN MISSION_ITEM: No transfer"), ack(from, MISSION_RESULT.error, { missionType })],
  ];
}

function onExpectedItem(state: MissionServerState, event: On<"item">, busy: Busy, nowMs: number): Step {
  const { item, form = "int", missionType, from } = event;
  const { name, receiving } = busy;
  const accepted = acceptPx4Item(item, name);
  if ("refusal" in accepted) {
    const text =
      accepted.refusal === MISSION_RESULT.error ? [] : [statusTextEffect(CRITICAL, "IGN MISSION_ITEM: Invalid item")];
    return [withPlan(state, name, { receiving: undefined }), [...text, ack(from, accepted.refusal, { missionType })]];
  }
  const incoming = [...receiving.incoming, accepted.item];
  const id = idWith(state.lastUpload?.id ?? 0, item, form === "int");
  const nextSeq = item.seq + 1;
  const noted = { ...state, lastUpload: { from, name, nextSeq, id } };
  if (nextSeq === receiving.countOfItems) {
    // Uploading the same list again changes nothing: a running mission continues.
    const isSamePlan = id === state.ids[name];
    const ended = isSamePlan
      ? withPlan(noted, name, { receiving: undefined })
      : inForceWithId(inForce(noted, name, incoming), name, id);
    return [ended, [ack(from, MISSION_RESULT.accepted, { missionType, id })]];
  }
  const going = { ...receiving, incoming, nextSeq, receivedAtMs: nowMs, askedAtMs: nowMs };
  const next = withPlan(noted, name, { receiving: going });
  return [next, [request({ state: next, name, receiving: going })]];
}

/** The other end of PX4's last transfer: items from anyone else are ignored. */
function partnerOf(state: MissionServerState): Receiving["from"] | undefined {
  return busyOf(state)?.receiving.from ?? state.sending?.to ?? state.lastUpload?.from;
}

function onItem(before: MissionServerState, event: On<"item">, nowMs: number): Step {
  const { from, item, missionType, form = "int" } = event;
  const state = { ...before, asksInt: form === "int" };
  const partner = partnerOf(state);
  if (!partner || !isSame(partner, from))
    return [state, [statusTextEffect(CRITICAL, "REJ. MIS ITEM: partner id mismatch")]];
  if (state.sending) {
    return [
      state,
      [statusTextEffect(CRITICAL, "IGN MISSION_ITEM: Busy"), ack(from, MISSION_RESULT.error, { missionType })],
    ];
  }
  const busy = busyOf(state);
  if (!busy) return onStrayItem(state, event);
  if (missionTypeOf(busy.name) !== missionType) {
    return [state, [ack(from, MISSION_RESULT.error, { missionType: missionTypeOf(busy.name) })]];
  }
  if (item.seq === busy.receiving.nextSeq) return onExpectedItem(state, event, busy, nowMs);
  return [withPlan(state, busy.name, { receiving: { ...busy.receiving, receivedAtMs: nowMs } }), []];
}

function onRequestList(state: MissionServerState, event: On<"request-list">, name: PlanName, nowMs: number): Step {
  const { from, missionType } = event;
  const { sending } = state;
  const allSent = sending !== undefined && sending.nextSeq === planOf(state, sending.name).items.length;
  const isAgain = sending !== undefined && sending.name === name && isSame(sending.to, from);
  if (busyOf(state) || (sending && !allSent && !isAgain)) {
    return [state, [statusTextEffect(6, "Mission download request ignored, already active")]];
  }
  const countOfItems = planOf(state, name).items.length;
  const started = { to: from, name, nextSeq: 0, receivedAtMs: nowMs };
  const answer = { kind: "send-count", to: from, missionType, countOfItems, id: state.ids[name] } as const;
  return [{ ...state, sending: started }, [answer]];
}

function onRequestItem(
  before: MissionServerState,
  event: On<"request-item">,
  { nowMs, currentSeq = 0 }: MissionServerContext,
): Step {
  const { from, seq, form, missionType } = event;
  const state = { ...before, asksInt: form === "int" };
  const { sending } = state;
  if (!sending) return [state, busyOf(state) ? [statusTextEffect(CRITICAL, "WPM: REJ. CMD: Busy")] : []];
  if (!isSame(sending.to, from)) return [state, [statusTextEffect(CRITICAL, "WPM: REJ. CMD: partner id mismatch")]];
  if (missionTypeOf(sending.name) !== missionType) return [state, []];
  const { items } = planOf(state, sending.name);
  const isNext = seq === sending.nextSeq && seq < items.length;
  const stored = items[seq];
  if (!stored || (!isNext && seq !== sending.nextSeq - 1)) {
    const refusal = ack(from, MISSION_RESULT.error, { missionType });
    return [
      { ...state, sending: undefined },
      [refusal, statusTextEffect(CRITICAL, "WPM: REJ. CMD: Req. WP was unexpected")],
    ];
  }
  const going = { ...sending, nextSeq: seq + 1, receivedAtMs: nowMs };
  const item = { seq, ...px4ItemSent(stored, sending.name, form) };
  // Fence and rally items use the mission's `current` value, and their autocontinue is 0 (recordings).
  const marks = { current: seq === currentSeq ? 1 : 0, autocontinue: sending.name === "mission" ? 1 : 0 };
  return [{ ...state, sending: going }, [{ kind: "send-item", to: from, missionType, item, form, marks }]];
}

function onClear(state: MissionServerState, { from, missionType }: On<"clear">): Step {
  if (busyOf(state) || state.sending) return [state, [statusTextEffect(CRITICAL, "WPM: IGN CLEAR CMD: Busy")]];
  const name = planNameOf(missionType);
  const names = missionType === 255 ? PLAN_NAMES : name === undefined ? [] : [name];
  return [names.reduce(cleared, state), [ack(from, MISSION_RESULT.accepted, { missionType })]];
}

function onAck(state: MissionServerState, { from, result, missionType }: On<"ack">, nowMs: number): Step {
  const { sending } = state;
  if (sending && isSame(sending.to, from) && missionTypeOf(sending.name) === missionType) {
    return [{ ...state, sending: undefined }, []];
  }
  const busy = busyOf(state);
  if (!busy || !isSame(busy.receiving.from, from)) return [state, []];
  if (result === MISSION_RESULT.cancelled) return [withPlan(state, busy.name, { receiving: undefined }), []];
  if (result !== MISSION_RESULT.unsupported) return [state, []];
  // The station does not answer this form of request: try the other.
  const next = { ...state, asksInt: !state.asksInt };
  const receiving = { ...busy.receiving, askedAtMs: nowMs };
  return [withPlan(next, busy.name, { receiving }), [request({ state: next, name: busy.name, receiving })]];
}

/** Timeouts. */
export function tickPx4Plan(state: MissionServerState, nowMs: number): Step {
  const busy = busyOf(state);
  if (!busy) {
    const isOver = state.sending !== undefined && nowMs - state.sending.receivedAtMs > PX4_GIVE_UP_AFTER_MS;
    return isOver ? [{ ...state, sending: undefined }, [statusTextEffect(CRITICAL, "Operation timeout")]] : [state, []];
  }
  const { name, receiving } = busy;
  if (nowMs - receiving.receivedAtMs > PX4_GIVE_UP_AFTER_MS) {
    return [withPlan(state, name, { receiving: undefined }), [statusTextEffect(CRITICAL, "Operation timeout")]];
  }
  if (nowMs - receiving.askedAtMs <= PX4_REREQUEST_AFTER_MS) return [state, []];
  const again = { ...receiving, askedAtMs: nowMs };
  return [withPlan(state, name, { receiving: again }), [request({ state, name, receiving: again })]];
}

/** Handles one message. */
export function stepPx4Plan(
  state: MissionServerState,
  event: Exclude<MissionServerEvent, { kind: "tick" }>,
  context: MissionServerContext,
): Step {
  const [next, effects] = stepWithIds(state, event, context);
  if (context.hasPlanIds !== false) return [next, effects];
  return [next, effects.map((effect) => ("id" in effect ? { ...effect, id: 0 } : effect))];
}

function stepWithIds(
  state: MissionServerState,
  event: Exclude<MissionServerEvent, { kind: "tick" }>,
  context: MissionServerContext,
): Step {
  const { nowMs } = context;
  if (event.kind === "clear") return onClear(state, event);
  const name = planNameOf(event.missionType);
  if (name === undefined) {
    return [state, [ack(event.from, MISSION_RESULT.error, { missionType: event.missionType })]];
  }
  switch (event.kind) {
    case "count":
      return onCount(state, event, name, nowMs);
    case "item":
      return onItem(state, event, nowMs);
    case "request-list":
      return onRequestList(state, event, name, nowMs);
    case "request-item":
      return onRequestItem(state, event, context);
    case "ack":
      return onAck(state, event, nowMs);
  }
}
