import { expect, it } from "vitest";
import { StationBus } from "./bus.js";

it("an event reaches every subscriber of its kind, in their order, before publish returns, and nobody else", () => {
  const bus = new StationBus();
  const got: string[] = [];
  bus.on("record", ({ what }) => got.push(`first ${what}`));
  bus.on("record", ({ what }) => got.push(`second ${what}`));
  bus.on("log", ({ line }) => got.push(line));
  bus.record("armed", {});
  expect(got).toEqual(["first armed", "second armed"]);
});

it("what a subscriber publishes in turn has arrived before the first publish returns", () => {
  const bus = new StationBus();
  const got: string[] = [];
  bus.on("record", () => bus.log("in turn"));
  bus.on("log", ({ line }) => got.push(line));
  bus.record("armed", {});
  expect(got).toEqual(["in turn"]);
});
