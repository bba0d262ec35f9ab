import { describe, expect, it } from "vitest";
import { flownOrder, isCutShort } from "./flownOrder.js";
import { command, commandAt } from "./testing/planBuilders.js";

const place = commandAt(16, 0, 0);
const jump = (target: number | undefined, repeats: number) => command(177, [target, repeats, 0, 0]);

describe("the order in which items are carried out", () => {
  it("is theirs without jumps", () => {
    expect(flownOrder([place, place, command(20)])).toEqual([0, 1, 2]);
    expect(flownOrder([])).toEqual([]);
  });

  it("goes back as often as a jump says, and on", () => {
    expect(flownOrder([place, place, jump(2, 2), place])).toEqual([0, 1, 2, 1, 2, 1, 2, 3]);
    expect(flownOrder([place, jump(1, 0), place])).toEqual([0, 1, 2]);
  });

  it("goes forward over what a jump leaves out", () => {
    expect(flownOrder([place, jump(4, 1), place, place])).toEqual([0, 1, 3]);
  });

  it("an inner jump has no rounds left when it is come to again", () => {
    expect(flownOrder([place, jump(1, 1), jump(1, 1), place])).toEqual([0, 1, 0, 1, 2, 0, 1, 2, 3]);
  });

  it("follows a jump for ever once, and none to nowhere", () => {
    expect(flownOrder([place, jump(1, -1), place])).toEqual([0, 1, 0, 1, 2]);
    for (const target of [0, 9, undefined, 1.5]) expect(flownOrder([place, jump(target, 3)])).toEqual([0, 1]);
  });

  it("stops following jumps at two thousand items, and goes on to what comes after them", () => {
    const many = [place, jump(1, 1e9), place, jump(1, 3), command(20)];
    expect(flownOrder(many)).toHaveLength(2003);
    expect(flownOrder(many).slice(-4)).toEqual([1, 2, 3, 4]);
    expect(isCutShort(many)).toBe(true);
    expect(isCutShort([place, jump(1, 900), place])).toBe(false);
  });
});
