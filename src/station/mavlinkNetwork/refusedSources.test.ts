import { expect, it } from "vitest";
import { frameOf } from "../../mavlink/protocols/testing/frames.js";
import { quietLink } from "../testing/quietLink.js";
import { RefusedSources } from "./refusedSources.js";

const HEARTBEAT = frameOf({ name: "HEARTBEAT", fields: { type: 2, autopilot: 3 } });
const ATTITUDE = frameOf({ name: "ATTITUDE", fields: { time_boot_ms: 1000, roll: 0.1 } });

function refusing() {
  const asked: (string | undefined)[] = [];
  const link = quietLink("a", (_, to) => asked.push(to));
  const refused = new RefusedSources();
  const refuse = (key: string, nowMonoMs: number): void => refused.add({ key, link, from: key }, HEARTBEAT, nowMonoMs);
  return { asked, refused, refuse };
}

it("a refused source has sent more once it sends anything but heartbeats", () => {
  const { refused, refuse } = refusing();
  refuse("a:1", 0);
  refused.onFrame("a:1", HEARTBEAT);
  refused.onFrame("a:1", { ...ATTITUDE, name: undefined });
  expect(refused.hasSentMore("a:1")).toBe(false);
  refused.onFrame("a:1", ATTITUDE);
  expect(refused.hasSentMore("a:1")).toBe(true);
  // Being refused once more does not take that back.
  refuse("a:1", 1000);
  expect(refused.hasSentMore("a:1")).toBe(true);
});

it("a source that was never refused is not kept", () => {
  const { refused } = refusing();
  refused.onFrame("a:1", ATTITUDE);
  expect(refused.hasSentMore("a:1")).toBe(false);
});

it("asks one source in a quarter of a second, whichever it is", () => {
  const { asked, refuse } = refusing();
  refuse("a:1", 0);
  refuse("a:2", 249);
  refuse("a:3", 250);
  expect(asked).toEqual(["a:1", "a:3"]);
});

it("keeps 512 sources: the oldest with heartbeats alone is dropped, before any that sent more", () => {
  const { refused, refuse } = refusing();
  for (let i = 0; i < 512; i++) refuse(`a:${i}`, i);
  refused.onFrame("a:0", ATTITUDE);
  refuse("a:512", 512);
  for (const key of ["a:1", "a:2", "a:512"]) refused.onFrame(key, ATTITUDE);
  expect(["a:0", "a:1", "a:2", "a:512"].map((key) => refused.hasSentMore(key))).toEqual([true, false, true, true]);
});

it("drops the oldest of all where every source sent more", () => {
  const { refused, refuse } = refusing();
  for (let i = 0; i < 512; i++) {
    refuse(`a:${i}`, i);
    refused.onFrame(`a:${i}`, ATTITUDE);
  }
  refuse("a:512", 512);
  expect(["a:0", "a:1"].map((key) => refused.hasSentMore(key))).toEqual([false, true]);
});
