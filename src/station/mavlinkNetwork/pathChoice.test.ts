import { expect, it } from "vitest";
import { frameOf } from "../../mavlink/protocols/testing/frames.js";
import { quietLink } from "../testing/quietLink.js";
import { PathChoice } from "./pathChoice.js";
import { VehiclePath } from "./vehiclePath.js";

const HEARTBEAT = frameOf({ name: "HEARTBEAT", fields: { type: 2, autopilot: 3 } });

/** A path whose link answers after that time; undefined where it was not measured. */
function aPath(name: string, roundTripMs: number | undefined): VehiclePath {
  const link = { ...quietLink(name, () => undefined), roundTripMs: () => roundTripMs };
  return new VehiclePath(link, `${name}:1`, 7);
}

const receive = (paths: readonly VehiclePath[], nowMonoMs: number): void => {
  for (const path of paths) path.onFrame(HEARTBEAT, true, nowMonoMs);
};

/** The first path is chosen while it is the only one that is there. */
function flyingOver(first: VehiclePath, second: VehiclePath) {
  const choice = new PathChoice();
  receive([first, second], 0);
  expect(choice.review([first], 0)).toBeUndefined();
  expect(choice.active()).toBe(first);
  return choice;
}

it("a path that answers much faster is chosen after five seconds, and the reason given is the better one", () => {
  const [slow, fast] = [aPath("slow", 600), aPath("fast", 40)];
  const choice = flyingOver(slow, fast);
  for (let nowMonoMs = 1000; nowMonoMs < 6000; nowMonoMs += 1000) {
    receive([slow, fast], nowMonoMs);
    expect(choice.review([slow, fast], nowMonoMs)).toBeUndefined();
  }
  receive([slow, fast], 6000);
  expect(choice.review([slow, fast], 6000)).toEqual({ from: slow, to: fast, because: "better" });
  expect(choice.active()).toBe(fast);
});

it.each([
  ["only a little faster", 300, 160],
  ["not half as long", 600, 310],
  ["of unknown time", undefined, 40],
])("a path with a round trip that is %s is no reason to change", (_, firstMs, secondMs) => {
  const [first, second] = [aPath("first", firstMs), aPath("second", secondMs)];
  const choice = flyingOver(first, second);
  for (let nowMonoMs = 1000; nowMonoMs <= 20_000; nowMonoMs += 1000) {
    receive([first, second], nowMonoMs);
    expect(choice.review([first, second], nowMonoMs)).toBeUndefined();
  }
});

it("a path that falls silent is left at once, and the reason given is silence", () => {
  const [first, second] = [aPath("first", 40), aPath("second", 600)];
  const choice = flyingOver(first, second);
  receive([second], 2500);
  expect(choice.review([first, second], 2500)).toEqual({ from: first, to: second, because: "silent" });
});

it("a path that was taken away is replaced at once, and the reason given is silence", () => {
  const [first, second] = [aPath("first", 40), aPath("second", 600)];
  const choice = flyingOver(first, second);
  expect(choice.review([second], 100)).toEqual({ from: first, to: second, because: "silent" });
});
