import { ardupilotKeptParams } from "../../dialects/ardupilotKept.js";
import type { MissionEvent, WireMissionItem } from "../mission/missionWire.js";
import type { ListToSend } from "../mission/verifiedUpload.js";

export const itemOf = (seq: number): WireMissionItem => ({
  seq,
  frame: 3,
  command: 16,
  current: 0,
  autocontinue: 1,
  params: [0, 0, 0, 0],
  x: 507_000_000 + seq,
  y: 16_000_000,
  z: 60,
});
export const mission = (count: number) => Array.from({ length: count }, (_, seq) => itemOf(seq));
export const listOf = (count: number): ListToSend => ({
  part: "mission",
  firstItemIsHome: true,
  keptParams: ardupilotKeptParams,
  items: mission(count),
});

export const asks = (seq: number): MissionEvent => ({ kind: "item-requested", seq });
export const acks = (mavMissionResult: number): MissionEvent => ({ kind: "ack", mavMissionResult });
export const counts = (countOfItems: number, planId = 0): MissionEvent => ({ kind: "count", countOfItems, planId });
export const sends = (item: WireMissionItem): MissionEvent => ({ kind: "item", item });
export const SILENCE: MissionEvent = { kind: "timeout" };
