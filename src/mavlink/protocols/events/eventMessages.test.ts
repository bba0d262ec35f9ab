import { describe, expect, it } from "vitest";
import type { MavlinkFields } from "../../frame.js";
import { frameOf, OWN, PEER, TO_OTHERS, TO_US, TO_VEHICLE, VEHICLE } from "../testing/frames.js";
import {
  eventRequestEventFrom,
  requestEventMessage,
  startEventRequests,
  stepEventRequests,
  type EventRequestEvent,
} from "./eventRequests.js";

const from = (name: string, fields: MavlinkFields, sender = VEHICLE) =>
  eventRequestEventFrom(frameOf({ name, fields }, sender), PEER);

describe("the messages of the events protocol", () => {
  it("are an event, the newest number, and an event that is gone", () => {
    expect(from("EVENT", { sequence: 9, event_time_boot_ms: 1234, id: 5 })).toEqual({
      ...{ kind: "received", sequence: 9, timeBootMs: 1234 },
    });
    expect(from("CURRENT_EVENT_SEQUENCE", { sequence: 9, flags: 0 })).toEqual({
      ...{ kind: "newest", sequence: 9, isReset: false },
    });
    expect(from("CURRENT_EVENT_SEQUENCE", { sequence: 0, flags: 3 })).toMatchObject({ isReset: true });
    expect(from("CURRENT_EVENT_SEQUENCE", { sequence: 0, flags: 2 })).toMatchObject({ isReset: false });
    const gone = { sequence: 4, sequence_oldest_available: 7 };
    expect(from("RESPONSE_EVENT_ERROR", { ...gone, ...TO_US })).toEqual({ kind: "gone", sequence: 4, oldest: 7 });
  });
  it("are for us or for all, and from the vehicle's autopilot", () => {
    expect(from("RESPONSE_EVENT_ERROR", TO_OTHERS)).toBeUndefined();
    expect(from("RESPONSE_EVENT_ERROR", { target_system: 0 })).toMatchObject({ kind: "gone" });
    expect(from("EVENT", {}, OWN)).toBeUndefined();
    expect(from("EVENT", {}, { systemId: 7, componentId: 2 })).toBeUndefined();
    expect(from("HEARTBEAT", {})).toBeUndefined();
  });
  it("are asked for by their first and last number", () => {
    expect(requestEventMessage(VEHICLE, { first: 3, last: 5 })).toEqual({
      name: "REQUEST_EVENT",
      fields: { ...TO_VEHICLE, first_sequence: 3, last_sequence: 5 },
    });
  });
});

describe("a request for lost events", () => {
  const heard = (sequence: number): EventRequestEvent => ({ kind: "received", sequence, timeBootMs: sequence });
  const SILENCE: EventRequestEvent = { kind: "timeout" };
  function run(...events: readonly EventRequestEvent[]) {
    let [state, effects] = stepEventRequests(startEventRequests(100), SILENCE);
    for (const event of events) [state, effects] = stepEventRequests(state, event);
    return { state, effects };
  }
  const request = (first: number, last: number, afterMs: number) => [
    { kind: "request", first, last },
    { kind: "arm-timer", afterMs },
  ];
  it("waits two round trips and 0.7 s, and twice as long each time", () => {
    expect(run(heard(1), heard(4)).effects).toEqual(request(2, 3, 900));
    expect(run(heard(1), heard(4), SILENCE).effects).toEqual(request(2, 3, 1800));
    expect(run(heard(1), heard(4), SILENCE, SILENCE, SILENCE, SILENCE).effects).toEqual(request(2, 3, 14_400));
    expect(startEventRequests(undefined).waitMs).toBe(1200);
  });
  it("is not sent twice while its events may still come", () => {
    expect(run(heard(1), heard(5), heard(2)).effects).toEqual([]);
    expect(run(heard(1), heard(5), heard(7)).effects).toEqual([]);
  });
  it("is for what is left after a silence, with the first wait where something came", () => {
    expect(run(heard(1), heard(5), SILENCE, SILENCE, heard(2), SILENCE).effects).toEqual(request(3, 4, 900));
    expect(run(heard(1), heard(5), heard(3), SILENCE).effects).toEqual(request(2, 2, 900));
  });
  it("goes on with the next gap when it is given up, and when it is answered", () => {
    const gaps = [heard(1), heard(3), heard(5)];
    expect(run(...gaps, ...Array.from({ length: 5 }, () => SILENCE)).effects).toEqual(request(4, 4, 900));
    expect(run(...gaps, heard(2)).effects).toEqual(request(4, 4, 900));
    expect(run(...gaps, heard(2), heard(4))).toMatchObject({ state: { asking: undefined }, effects: [] });
  });
  it("goes on with what the vehicle still has", () => {
    const gone = (sequence: number, oldest: number): EventRequestEvent => ({ kind: "gone", sequence, oldest });
    expect(run(heard(1), heard(6), gone(2, 4)).effects).toEqual(request(4, 5, 900));
    expect(run(heard(1), heard(6), gone(2, 2)).effects).toEqual(request(3, 5, 900));
    expect(run(heard(1), heard(6), gone(2, 6)).effects).toEqual([]);
    expect(run(gone(2, 4))).toMatchObject({ state: { sequence: undefined, asking: undefined }, effects: [] });
  });
  it("ends with the vehicle, and a timer that rings then does nothing", () => {
    const lost = run(heard(1), heard(4), { kind: "vehicle-lost" });
    expect(lost).toMatchObject({ state: { asking: undefined, sequence: { missing: [2, 3] } }, effects: [] });
    expect(stepEventRequests(lost.state, SILENCE)).toEqual([lost.state, []]);
    expect(stepEventRequests(lost.state, heard(5))[1]).toEqual(request(2, 3, 900));
  });
});
