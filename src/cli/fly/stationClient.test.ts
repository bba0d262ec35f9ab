import { describe, expect, it, vi } from "vitest";
import { createPublisher } from "../../contract/envelope.js";
import type { Notice, ToUi } from "../../contract/messages.js";
import { ok } from "../../core/result.js";
import type { Station } from "../../station/stationTypes.js";
import { type Known, StationClient } from "./stationClient.js";
import { NOTHING_KNOWN, shown } from "./testing/shownVehicle.js";

/** A client of a station that publishes only what the test publishes. */
function connected() {
  const { publish } = createPublisher("one");
  const sent: unknown[] = [];
  let toUi: Parameters<Station["connectUi"]>[0] | undefined;
  const station: Station = {
    connectUi: (receive) => {
      toUi = receive;
      return { fromUi: (message) => void sent.push(message), close: () => undefined };
    },
    connectDecoder: () => undefined,
    dispose: () => Promise.resolve(),
  };
  const heard: { readonly kind: string; readonly known: Known }[] = [];
  const client = new StationClient(station, ({ kind }, known) => void heard.push({ kind, known }));
  const say = (message: ToUi): void => toUi?.(publish(message));
  return { client, say, sent, heard };
}

const telemetry = (stationMonoMs: number): ToUi => ({
  ...{ kind: "telemetry-batch", stationMonoMs, stationUnixUs: stationMonoMs * 1000, links: [], paths: [] },
  vehicles: [shown({ isArmed: false })],
});
const notice = (id: number): Notice => ({
  ...{ id: String(id), key: "vehicle-text", severity: "info", unixTimeUs: id, facts: {} },
});
const done = (requestId: number): ToUi => ({ kind: "reply", requestId, result: ok({ kind: "done" }) });

describe("what a client of the station knows", () => {
  it("is nothing before the first message", () => {
    expect(connected().client.known()).toEqual(NOTHING_KNOWN);
  });
  it("is the newest of each: vehicles and times, contacts, the recorder, notices", () => {
    const { client, say } = connected();
    const status = { state: "idle", folder: "f", because: undefined, sinceUnixUs: undefined, bytes: 0 } as const;
    say(telemetry(1));
    say(telemetry(2));
    say({ kind: "contacts", contacts: [] });
    say({ kind: "recorder-status", status });
    say({ kind: "notice", notice: notice(1) });
    say({ kind: "notice", notice: notice(2) });
    expect(client.known()).toEqual({
      stationMonoMs: 2,
      stationUnixUs: 2000,
      vehicles: [shown({ isArmed: false })],
      contacts: [],
      recorder: status,
      notices: [notice(1), notice(2)],
    });
  });
  it("keeps the last two hundred notices", () => {
    const { client, say } = connected();
    for (let id = 1; id <= 203; id++) say({ kind: "notice", notice: notice(id) });
    const ids = client.known().notices.map(({ id }) => Number(id));
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([200, 4, 203]);
  });
  it("does not change by messages for screens only, which are passed on all the same", () => {
    const { client, say, heard } = connected();
    say({ kind: "ping", pingId: 1 });
    expect(client.known()).toEqual(NOTHING_KNOWN);
    expect(heard).toEqual([{ kind: "ping", known: NOTHING_KNOWN }]);
  });
  it("is passed on with each message, the message already in it", () => {
    const { say, heard } = connected();
    say(telemetry(7));
    expect(heard.map(({ kind, known }) => [kind, known.stationMonoMs])).toEqual([["telemetry-batch", 7]]);
  });
});

describe("a request of a client", () => {
  it("gets the reply with its own number", async () => {
    const { client, say, sent, heard } = connected();
    const one = client.request({ kind: "list-plans" });
    const two = client.request({ kind: "list-plans" });
    expect(sent).toEqual([1, 2].map((requestId) => ({ kind: "request", requestId, request: { kind: "list-plans" } })));
    const replies: string[] = [];
    void one.then(() => replies.push("one"));
    say({ kind: "reply", requestId: 2, result: { ok: false, error: { kind: "no-vehicle" } } });
    expect(await two).toEqual({ ok: false, error: { kind: "no-vehicle" } });
    expect(replies).toEqual([]);
    say(done(1));
    expect(await one).toEqual(ok({ kind: "done" }));
    // A reply is no state: nobody is told, and a stray or repeated one harms nothing.
    say(done(1));
    say(done(9));
    expect(heard).toEqual([]);
  });
});

describe("a client that waits", () => {
  const isLate = ({ stationMonoMs }: Known): boolean => stationMonoMs >= 5;
  it("goes on at once where it is so already", async () => {
    const { client, say } = connected();
    say(telemetry(5));
    expect(await client.waitUntil(isLate, 0)).toBe(true);
  });
  it("looks after every message, until it is so", async () => {
    const { client, say } = connected();
    const seen: number[] = [];
    const look = (known: Known): boolean => seen.push(known.stationMonoMs) > 0 && isLate(known);
    const late = client.waitUntil(look, Number.POSITIVE_INFINITY);
    for (const stationMonoMs of [1, 5, 6]) say(telemetry(stationMonoMs));
    expect(await late).toBe(true);
    expect(seen).toEqual([0, 1, 5]);
  });
  it("gives up after its time, and looks no more", async () => {
    vi.useFakeTimers();
    try {
      const { client, say } = connected();
      let countOfLooks = 0;
      const results: boolean[] = [];
      void client.waitUntil(() => ++countOfLooks < 0, 3000).then((isSeen) => results.push(isSeen));
      await vi.advanceTimersByTimeAsync(2999);
      expect(results).toEqual([]);
      await vi.advanceTimersByTimeAsync(1);
      expect(results).toEqual([false]);
      say(telemetry(1));
      expect(countOfLooks).toBe(1);
    } finally {
      vi.useRealTimers();
    }
  });
  it("leaves no timer behind, and sets none where it waits for ever", async () => {
    vi.useFakeTimers();
    try {
      const { client, say } = connected();
      const forEver = client.waitUntil(isLate, Number.POSITIVE_INFINITY);
      expect(vi.getTimerCount()).toBe(0);
      const forAWhile = client.waitUntil(isLate, 3000);
      expect(vi.getTimerCount()).toBe(1);
      say(telemetry(5));
      expect(await Promise.all([forEver, forAWhile])).toEqual([true, true]);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});
