import type { Peer, StoredItem, WireItem } from "../../autopilot/missionItem.js";

/** The three lists; their numbers are MAV_MISSION_TYPE. */
export type PlanName = "mission" | "fence" | "rally";
export const PLAN_NAMES: readonly PlanName[] = ["mission", "fence", "rally"];
export const planNameOf = (missionType: number): PlanName | undefined => PLAN_NAMES[missionType];
export const missionTypeOf = (name: PlanName): number => PLAN_NAMES.indexOf(name);

/** An upload in progress. */
export type Receiving = {
  readonly from: Peer;
  readonly nextSeq: number;
  readonly countOfItems: number;
  readonly receivedAtMs: number;
  readonly askedAtMs: number;
  /** Items not yet active: all of a fence or of a PX4 list, none of an ArduPilot mission. */
  readonly incoming: readonly StoredItem[];
};

/** One of the three lists on board. */
type Plan = { readonly items: readonly StoredItem[]; readonly receiving: Receiving | undefined };

/** PX4 has at most one download in progress. */
type Sending = {
  readonly to: Peer;
  readonly name: PlanName;
  readonly nextSeq: number;
  readonly receivedAtMs: number;
};

/** PX4's last upload, to acknowledge it again when its last item is repeated. */
type LastUpload = {
  readonly from: Peer;
  readonly name: PlanName;
  readonly nextSeq: number;
  readonly id: number;
};

/** The mission at the top level (`items`, `receiving`), fence and rally points as members. */
export type MissionServerState = Plan & {
  readonly fence: Plan;
  readonly rally: Plan;
  /** Incremented by each upload or clearing of the mission, so that the flight code notices the change. */
  readonly revision: number;
  /** The same for the fence. */
  readonly fenceRevision: number;
  /** Opaque plan ids (PX4): 0 for an empty plan and wherever ids are not supported. */
  readonly ids: Readonly<Record<PlanName, number>>;
  readonly sending: Sending | undefined;
  readonly lastUpload: LastUpload | undefined;
  /** PX4 requests items in the form last received: MISSION_REQUEST until an item came as MISSION_ITEM_INT. */
  readonly asksInt: boolean;
};

const emptyPlan: Plan = { items: [], receiving: undefined };
export const emptyMissionServer: MissionServerState = {
  ...emptyPlan,
  fence: emptyPlan,
  rally: emptyPlan,
  revision: 0,
  fenceRevision: 0,
  ids: { mission: 0, fence: 0, rally: 0 },
  sending: undefined,
  lastUpload: undefined,
  asksInt: false,
};

export const planOf = (state: MissionServerState, name: PlanName): Plan => (name === "mission" ? state : state[name]);
export const withPlan = (state: MissionServerState, name: PlanName, change: Partial<Plan>): MissionServerState =>
  name === "mission" ? { ...state, ...change } : { ...state, [name]: { ...state[name], ...change } };

/** The state with these items as the active list. */
export function inForce(state: MissionServerState, name: PlanName, items: readonly StoredItem[]): MissionServerState {
  const next = withPlan(state, name, { items, receiving: undefined });
  if (name === "mission") return { ...next, revision: state.revision + 1 };
  return name === "fence" ? { ...next, fenceRevision: state.fenceRevision + 1 } : next;
}

export type ItemForm = "int" | "float";
export type MissionServerEvent =
  | { readonly kind: "count"; readonly from: Peer; readonly countOfItems: number; readonly missionType: number }
  /** MISSION_ITEM and MISSION_ITEM_INT: `sim/wire` converts degrees to degE7. `form` defaults to "int". */
  | {
      readonly kind: "item";
      readonly from: Peer;
      readonly item: WireItem;
      readonly missionType: number;
      readonly form?: ItemForm;
    }
  | { readonly kind: "request-list"; readonly from: Peer; readonly missionType: number }
  | {
      readonly kind: "request-item";
      readonly from: Peer;
      readonly seq: number;
      readonly missionType: number;
      readonly form: ItemForm;
    }
  | { readonly kind: "clear"; readonly from: Peer; readonly missionType: number }
  /** The station ends a download, or cancels an upload. */
  | { readonly kind: "ack"; readonly from: Peer; readonly result: number; readonly missionType: number }
  /** Clock tick, at least every 100 ms. */
  | { readonly kind: "tick" };
export type On<K extends MissionServerEvent["kind"]> = Extract<MissionServerEvent, { kind: K }>;

/** State of the aircraft that transfers depend on. */
export type MissionServerContext = {
  readonly nowMs: number;
  /** Returned as item 0 (ArduPilot). */
  readonly home: StoredItem;
  /** A running mission cannot be cleared (ArduPilot). */
  readonly isMissionRunning: boolean;
  /** Default: ArduPilot. */
  readonly autopilot?: "ardupilot" | "px4";
  /** The current item; default 0. */
  readonly currentSeq?: number;
  /** PX4 1.15: every list has an opaque id, sent in MISSION_COUNT, MISSION_ACK and MISSION_CURRENT. */
  readonly hasPlanIds?: boolean;
};

type To = { readonly to: Peer; readonly missionType: number };
/** MISSION_ITEM's `current` and `autocontinue`; default 0 and 1. */
type Marks = { readonly current: number; readonly autocontinue: number };
export type MissionServerEffect =
  | (To & { readonly kind: "send-request"; readonly seq: number; readonly form: ItemForm })
  | (To & { readonly kind: "send-count"; readonly countOfItems: number; readonly id: number })
  | (To & { readonly kind: "send-item"; readonly item: WireItem; readonly form: ItemForm; readonly marks?: Marks })
  | (To & { readonly kind: "send-ack"; readonly result: number; readonly id: number })
  | { readonly kind: "say"; readonly severity: number; readonly text: string };
export type Step = readonly [MissionServerState, readonly MissionServerEffect[]];

type AckDetails = { readonly missionType?: number; readonly id?: number };
export const ack = (to: Peer, result: number, { missionType = 0, id = 0 }: AckDetails = {}): MissionServerEffect => ({
  kind: "send-ack",
  to,
  result,
  missionType,
  id,
});
export const statusTextEffect = (severity: number, text: string): MissionServerEffect => ({
  kind: "say",
  severity,
  text,
});
export const isSame = (a: Peer, b: Peer): boolean => a.systemId === b.systemId && a.componentId === b.componentId;
