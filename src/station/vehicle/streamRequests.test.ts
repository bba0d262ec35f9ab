import { describe, expect, it } from "vitest";
import { FakeClock } from "../../core/fakeClock.js";
import type { MavlinkFrame, OutgoingMessage } from "../../mavlink/frame.js";
import { rateScaleFor, streamRates } from "../../mavlink/streamRates.js";
import { emptyVehicle } from "../../vehicle/reduceVehicle.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { createStreamRequests } from "./streamRequests.js";

const ADDRESS = { systemId: 1, componentId: 1 };
const VEHICLE: VehicleState = {
  ...emptyVehicle({ linkName: "radio", ...ADDRESS }),
  autopilot: "ardupilot",
  airframe: "copter",
};
const PX4: VehicleState = { ...VEHICLE, autopilot: "px4" };

const idOf = (message: OutgoingMessage) => message.fields["param1"] as number;
const isInterval = (message: OutgoingMessage) => message.fields["command"] === 511;
const isFor = (messageId: number) => (message: OutgoingMessage) => idOf(message) === messageId;

function asking(vehicle: VehicleState = VEHICLE, scaleAt: (nowMs: number) => number = () => 1) {
  const clock = new FakeClock();
  const requests = createStreamRequests(clock, ADDRESS, () => scaleAt(clock.monoMs()));
  const asked: OutgoingMessage[] = [];
  const run = (seconds: number, receivedIds: readonly number[] = [], now = vehicle) => {
    for (let i = 0; i < seconds * 2; i++) {
      for (const messageId of receivedIds) requests.onFrame({ messageId } as MavlinkFrame);
      asked.push(...requests.tick(now));
      clock.advance(500);
    }
  };
  return { run, asked, requests };
}
const IDS = streamRates("ardupilot").map(({ messageId }) => messageId);

describe("streams", () => {
  it("are asked for a few at a time until they come", () => {
    const { run, asked } = asking();
    run(0.5);
    expect(asked.length).toBeLessThanOrEqual(4);
    run(10);
    expect(new Set(asked.filter(isInterval).map(idOf))).toEqual(new Set(IDS));
    const before = asked.length;
    run(20, IDS);
    expect(asked.slice(before).filter(isInterval)).toEqual([]);
  });
  it("a vehicle does not know are not asked for for ever; what a pilot needs is", () => {
    const { run, asked } = asking();
    run(600);
    expect(asked.filter((message) => isInterval(message) && idOf(message) === 164)).toHaveLength(4);
    expect(asked.filter((message) => isInterval(message) && idOf(message) === 33).length).toBeGreaterThan(15);
  });
  it("are those of its autopilot", () => {
    const { run, asked } = asking(PX4);
    run(10);
    const ids = asked.filter(isInterval).map(idOf);
    expect([ids.includes(230), ids.includes(108), ids.includes(193), ids.includes(162)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
  it("are asked for in slower steps when the link turns out to be slow, though they come", () => {
    const { run, asked } = asking(VEHICLE, (nowMs) => (nowMs < 20_000 ? 1 : 0.5));
    run(20, IDS);
    const before = asked.length;
    run(20, IDS);
    const attitude = asked.slice(before).filter((message) => isInterval(message) && isFor(30)(message));
    expect(attitude.map((message) => message.fields["param2"])).toEqual([200_000]);
  });
  it("are left alone over a satellite", () => {
    const { run, asked } = asking({ ...VEHICLE, isHighLatency: true });
    run(60);
    expect(asked).toEqual([]);
  });
});

describe("the list of modes", () => {
  const modes = (asked: readonly OutgoingMessage[]) =>
    asked.filter((message) => message.fields["command"] === 512 && isFor(435)(message));
  it("is asked for as a whole, then what was lost of it, then no more", () => {
    const { run, asked } = asking();
    run(4, IDS);
    expect(modes(asked)[0]!.fields["param2"]).toBe(0);
    const mode = { customMode: 0, name: "STABILIZE", isSelectable: true };
    const begun = { isInUse: false, isComplete: false, byIndex: { 1: mode, 3: mode }, modesVersion: undefined };
    run(4, IDS, { ...VEHICLE, offeredModes: begun });
    expect(modes(asked).at(-1)!.fields["param2"]).toBe(2);
    const before = modes(asked).length;
    run(30, IDS, { ...VEHICLE, offeredModes: { ...begun, isComplete: true } });
    expect(modes(asked)).toHaveLength(before);
  });
  it("is given up after a few times when the vehicle has none", () => {
    const { run, asked } = asking();
    run(300, IDS);
    expect(modes(asked)).toHaveLength(4);
  });
});

describe("the share of a link", () => {
  it("leaves an ordinary radio as it is, and scales for more vehicles or a slower one", () => {
    // 57.6 kbit/s is 5760 bytes a second, with start and stop bits.
    expect(rateScaleFor(5760, 1)).toBe(1);
    expect(rateScaleFor(5760, 4)).toBeCloseTo(rateScaleFor(5760, 8) * 2, 6);
    const scale = rateScaleFor(960, 1);
    const wantedBytesPerS = 0.6 * 960;
    const attitudeHz = 1e6 / streamRates("ardupilot", scale).find(({ messageId }) => messageId === 30)!.intervalUs;
    expect(scale).toBeLessThan(0.4);
    expect(attitudeHz * 40).toBeLessThan(wantedBytesPerS);
  });
});
