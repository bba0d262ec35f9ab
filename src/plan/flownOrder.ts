import { CMD } from "./missionCommands.js";
import type { MissionItem } from "./plan.js";

/** Bounds the time for jumps that repeat thousands of times: far more than any battery lasts. */
const FLOWN_MAX = 2000;

/**
 * Indices (from 0) of mission items in the order in which they are carried out, jumps followed. DO_JUMP goes to the item of param 1,
 * counted from 1, as often as param 2 says; a jump to nowhere is passed over. Its count is not set back when it is come to again, as
 * both autopilots have it. A jump that repeats for ever (-1) is followed once: its way back is then known, its end is another
 * finding's. Jumps beyond the bound are passed over, so that what comes after them is still there (`isCutShort`). https://mavlink.io/en/messages/common.html#MAV_CMD_DO_JUMP
 */
export function flownOrder(items: readonly MissionItem[]): readonly number[] {
  return follow(items).order;
}

/** The items repeat more often than `flownOrder` follows: way, time and energy of the whole are then not known. */
export const isCutShort = (items: readonly MissionItem[]): boolean => follow(items).isCutShort;

function follow(items: readonly MissionItem[]): { readonly order: readonly number[]; readonly isCutShort: boolean } {
  const order: number[] = [];
  const jumped = new Map<number, number>();
  let isCut = false;
  for (let index = 0; index < items.length;) {
    order.push(index);
    const target = jumpTarget(items, index);
    const done = jumped.get(index) ?? 0;
    const isDue = target !== undefined && done < repeatsOf(items[index]);
    const isFollowed = isDue && order.length < FLOWN_MAX;
    if (isFollowed) jumped.set(index, done + 1);
    else isCut ||= isDue;
    index = isFollowed ? target : index + 1;
  }
  return { order, isCutShort: isCut };
}

function jumpTarget(items: readonly MissionItem[], index: number): number | undefined {
  const item = items[index];
  const target = item?.command === CMD.doJump ? (item.params[0] ?? 0) - 1 : undefined;
  return target !== undefined && items[target] ? target : undefined;
}

function repeatsOf(item: MissionItem | undefined): number {
  const repeats = item?.params[1] ?? 0;
  return repeats < 0 ? 1 : repeats;
}
