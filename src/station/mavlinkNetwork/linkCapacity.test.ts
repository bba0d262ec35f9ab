import { expect, it } from "vitest";
import { rateScaleFor } from "../../mavlink/streamRates.js";
import { capacityBytesPerS } from "./linkCapacity.js";

it("asks a slow radio for what it carries, shared by its aircraft, and a network for everything", () => {
  expect(capacityBytesPerS("serial:/dev/ttyUSB0:57600")).toBe(5760);
  expect(rateScaleFor(capacityBytesPerS("udp://:14550"), 20)).toBe(1);
  expect(rateScaleFor(capacityBytesPerS("serial:/dev/ttyUSB0:57600"), 1)).toBe(1);
  expect(rateScaleFor(capacityBytesPerS("serial:/dev/ttyUSB0:57600"), 8)).toBeLessThan(0.5);
  expect(capacityBytesPerS("carrier-pigeon:")).toBe(Number.POSITIVE_INFINITY);
});
