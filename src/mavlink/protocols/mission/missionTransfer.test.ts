import { describe, expect, it } from "vitest";
import { acks, asks, itemOf, listOf, mission, sends, SILENCE } from "../testing/missionLists.js";
import { startDownload, stepDownload, type DownloadState } from "./missionDownload.js";
import { startUpload, stepUpload, type UploadState } from "./missionUpload.js";
import type { MissionEffect, MissionEvent } from "./missionWire.js";
import { DEFAULT_TRANSFER, transferOptionsFor } from "./transferOptions.js";
import { startVerifiedUpload, stepVerifiedUpload, type VerifiedUploadState } from "./verifiedUpload.js";

type Run<S> = { readonly state: S; readonly effects: readonly MissionEffect[] };
type Step<S> = (state: S, event: MissionEvent) => readonly [S, readonly MissionEffect[]];
function run<S>(start: readonly [S, readonly MissionEffect[]], step: Step<S>, events: readonly MissionEvent[]) {
  return events.reduce<Run<S>>(
    ({ state }, event) => {
      const [next, effects] = step(state, event);
      return { state: next, effects };
    },
    { state: start[0], effects: start[1] },
  );
}
const upload = (count: number, ...events: readonly MissionEvent[]): Run<UploadState> =>
  run(startUpload(mission(count)), stepUpload, events);
const download = (...events: readonly MissionEvent[]): Run<DownloadState> => run(startDownload(), stepDownload, events);
const verified = (count: number, ...events: readonly MissionEvent[]): Run<VerifiedUploadState> =>
  run(startVerifiedUpload(listOf(count)), stepVerifiedUpload, events);

const sent = (effects: readonly MissionEffect[]) =>
  effects.filter((effect) => effect.kind !== "arm-timer").map((effect) => effect.kind);
const timerMs = (effects: readonly MissionEffect[]) =>
  effects.find((effect) => effect.kind === "arm-timer")?.afterMs ?? Number.NaN;
const silences = (count: number) => Array.from({ length: count }, () => SILENCE);
const { retriesMax: COUNT_RETRIES } = DEFAULT_TRANSFER.count;
const { retriesMax: ITEM_RETRIES } = DEFAULT_TRANSFER.item;

describe("mission upload", () => {
  it("sends the count, then what it is asked for, and ends with the vehicle's ack", () => {
    expect(sent(upload(2).effects)).toEqual(["send-count"]);
    expect(upload(2, asks(0)).effects[0]).toEqual({ kind: "send-item", item: itemOf(0) });
    expect(upload(2, asks(0), asks(1), acks(0)).state).toEqual({ phase: "done", countOfItems: 2 });
    expect(upload(0, acks(0)).state.phase).toBe("done");
  });
  it("does not take a stray ack for the end", () => {
    expect(upload(2, acks(0)).state.phase).toBe("counting");
    expect(upload(2, asks(0), acks(0)).state.phase).toBe("sending");
  });
  it("repeats the count, then the item, when nothing comes, each time waiting longer", () => {
    const first = upload(2, SILENCE);
    expect(sent(first.effects)).toEqual(["send-count"]);
    expect(timerMs(first.effects)).toBe(2250);
    const item = upload(2, asks(0), SILENCE, SILENCE);
    expect(sent(item.effects)).toEqual(["send-item"]);
    expect(timerMs(item.effects)).toBeCloseTo(250 * 2.25);
    expect(timerMs(upload(2, asks(0), ...silences(ITEM_RETRIES)).effects)).toBe(2000);
  });
  it("stays patient on a slow link, and eases again", () => {
    const slow = upload(9, asks(0), SILENCE, SILENCE, asks(1));
    expect(timerMs(slow.effects)).toBeCloseTo(562.5);
    expect(timerMs(upload(9, asks(0), SILENCE, SILENCE, asks(1), asks(2)).effects)).toBeCloseTo(506.25);
  });
  it("waits by the measured round trip where it is known, never less than the default", () => {
    const timesAt = (roundTripMs: number) => startUpload(mission(9), transferOptionsFor(roundTripMs));
    const onItem = (roundTripMs: number, ...events: readonly MissionEvent[]) =>
      timerMs(run(timesAt(roundTripMs), stepUpload, [asks(0), ...events]).effects);
    expect([onItem(20), onItem(300), onItem(2000)]).toEqual([250, 500, 3050]);
    expect(onItem(300, SILENCE)).toBe(625);
    expect(onItem(300, SILENCE, SILENCE, asks(1))).toBe(500);
    expect(timerMs(timesAt(2000)[1])).toBe(4500);
  });
  it("gives up after the last retry, says at which item, and tells the vehicle", () => {
    const silent = upload(3, ...silences(COUNT_RETRIES + 1));
    expect(silent.state).toEqual({ phase: "failed", failure: { kind: "no-reply", lastSeq: undefined } });
    const stuck = upload(3, asks(0), asks(1), ...silences(ITEM_RETRIES + 1));
    expect(stuck.state).toEqual({ phase: "failed", failure: { kind: "no-reply", lastSeq: 1 } });
    expect(stuck.effects).toEqual([{ kind: "send-ack", mavMissionResult: 15 }]);
  });
  it("answers a repeated request, and gives up on an endless one", () => {
    expect(sent(upload(3, asks(0), asks(0)).effects)).toEqual(["send-item"]);
    const endless = upload(3, ...Array.from({ length: 62 }, () => asks(0)));
    expect(endless.state.phase).toBe("failed");
  });
  it("follows a vehicle that begins anew after a late copy of the count", () => {
    const again = upload(3, asks(0), asks(1), asks(0));
    expect(again.effects[0]).toEqual({ kind: "send-item", item: itemOf(0) });
    expect(upload(3, asks(0), asks(1), asks(0), asks(1), asks(2), acks(0)).state.phase).toBe("done");
  });
  it("bears with a vehicle that asks more often than the link is quick", () => {
    const asked = Array.from({ length: 40 }, () => asks(1));
    expect(upload(3, asks(0), ...asked, asks(2), acks(0)).state.phase).toBe("done");
  });
  it("takes an error for what it may be: of a doubled count, or of a vehicle that is busy", () => {
    expect(upload(3, acks(1), asks(0), acks(1), asks(1), asks(2), acks(0)).state.phase).toBe("done");
    expect(sent(upload(3, acks(1), SILENCE).effects)).toEqual(["send-count"]);
    expect(upload(3, acks(14), SILENCE, asks(0), asks(1), asks(2), acks(0)).state.phase).toBe("done");
    const busy = upload(3, acks(14), ...silences(COUNT_RETRIES + 1));
    expect(busy.state).toMatchObject({ failure: { kind: "refused", mavMissionResult: 14 } });
  });
  it("believes an error when nothing better comes, and frees the vehicle", () => {
    const { state, effects } = upload(3, asks(0), asks(1), acks(1), SILENCE);
    expect(state).toEqual({ phase: "failed", failure: { kind: "refused", mavMissionResult: 1, seq: 1 } });
    expect(effects).toEqual([{ kind: "send-ack", mavMissionResult: 15 }]);
  });
  it("says its last word again when the link is back, with fresh patience", () => {
    const back = upload(3, asks(0), SILENCE, SILENCE, SILENCE, { kind: "resume" });
    expect(back.effects[0]).toEqual({ kind: "send-item", item: itemOf(0) });
    expect(timerMs(back.effects)).toBe(DEFAULT_TRANSFER.item.timeoutMs);
    expect(sent(upload(3, SILENCE, { kind: "resume" }).effects)).toEqual(["send-count"]);
  });
  it("ignores a request beyond the end, and another transfer's words", () => {
    expect(upload(3, asks(7)).state.phase).toBe("counting");
    expect(upload(3, { kind: "count", countOfItems: 5, planId: 0 }, sends(itemOf(0))).state.phase).toBe("counting");
  });
  it("goes on after ArduPilot's INVALID_SEQUENCE, which only means it heard an item twice", () => {
    expect(upload(3, asks(0), asks(1), acks(13)).state.phase).toBe("sending");
  });
  it.each([2, 3, 4, 5, 9, 12, 14, 15])("fails with the vehicle's result %i, naming the item", (mavMissionResult) => {
    const { state } = upload(3, asks(0), asks(1), acks(mavMissionResult));
    expect(state).toEqual({ phase: "failed", failure: { kind: "refused", mavMissionResult, seq: 1 } });
  });
  it("leaves the end open when only the last ack was lost", () => {
    expect(upload(1, asks(0), SILENCE, acks(1)).state.phase).toBe("unclear");
    expect(upload(1, asks(0), ...silences(ITEM_RETRIES + 1)).state.phase).toBe("unclear");
  });
  it("ends on cancel and on loss, and says nothing more afterwards", () => {
    const cancelled = upload(3, asks(0), { kind: "cancel" });
    expect(cancelled.state).toEqual({ phase: "failed", failure: { kind: "cancelled" } });
    expect(sent(cancelled.effects)).toEqual(["send-ack"]);
    expect(upload(3, { kind: "vehicle-lost" }).state).toEqual({ phase: "failed", failure: { kind: "vehicle-lost" } });
    expect(upload(3, { kind: "cancel" }, asks(0), SILENCE).effects).toEqual([]);
  });
});

describe("mission download", () => {
  it("asks for the list, then each item in order, and acknowledges the last", () => {
    expect(sent(download().effects)).toEqual(["send-request-list"]);
    expect(download({ kind: "count", countOfItems: 2, planId: 0 }).effects[0]).toEqual({
      kind: "send-request-item",
      seq: 0,
    });
    const { state, effects } = download(
      { kind: "count", countOfItems: 2, planId: 0 },
      sends(itemOf(0)),
      sends(itemOf(1)),
    );
    expect(state).toEqual({ phase: "done", items: mission(2) });
    expect(effects).toEqual([{ kind: "send-ack", mavMissionResult: 0 }]);
  });
  it("of an empty mission is done at once", () => {
    expect(download({ kind: "count", countOfItems: 0, planId: 0 }).state).toEqual({ phase: "done", items: [] });
  });
  it("ignores doubled, late and foreign items", () => {
    const { state } = download(
      { kind: "count", countOfItems: 3, planId: 0 },
      sends(itemOf(0)),
      sends(itemOf(0)),
      sends(itemOf(2)),
    );
    expect(state).toMatchObject({ phase: "fetching", items: [{ seq: 0 }] });
    expect(download(sends(itemOf(0))).state.phase).toBe("listing");
  });
  it("asks again when nothing comes, and gives up saying where", () => {
    expect(sent(download(SILENCE).effects)).toEqual(["send-request-list"]);
    const stuck = download(
      { kind: "count", countOfItems: 3, planId: 0 },
      sends(itemOf(0)),
      ...silences(ITEM_RETRIES + 1),
    );
    expect(stuck.state).toEqual({ phase: "failed", failure: { kind: "no-reply", lastSeq: 1 } });
  });
  it("asks for everything again after an error or a long silence, as PX4 forgets whom it was answering", () => {
    const begun = [{ kind: "count", countOfItems: 3, planId: 0 } as const, sends(itemOf(0))];
    expect(sent(download(...begun, acks(1), SILENCE).effects)).toEqual(["send-request-list"]);
    expect(download(...begun, acks(1), sends(itemOf(1))).state).toMatchObject({ items: [{ seq: 0 }, { seq: 1 }] });
    const silent = download(...begun, ...silences(6));
    expect(sent(silent.effects)).toEqual(["send-request-list"]);
    const anew = download(...begun, ...silences(6), ...begun, sends(itemOf(1)), sends(itemOf(2)));
    expect(anew.state).toEqual({ phase: "done", items: mission(3) });
    const stuck = Array.from({ length: 6 }, () => [...begun, ...silences(6)]).flat();
    expect(download(...stuck).state).toEqual({ phase: "failed", failure: { kind: "no-reply", lastSeq: 1 } });
  });
  it("goes on where it was when the link is back", () => {
    const begun = [{ kind: "count", countOfItems: 3, planId: 0 } as const, sends(itemOf(0))];
    const back = download(...begun, ...silences(5), { kind: "resume" });
    expect(back.effects[0]).toEqual({ kind: "send-request-item", seq: 1 });
    expect(sent(download(SILENCE, { kind: "resume" }).effects)).toEqual(["send-request-list"]);
  });
  it("waits while the vehicle denies, fails on any other refusal", () => {
    expect(download(acks(14)).state.phase).toBe("listing");
    expect(download(acks(0)).state.phase).toBe("listing");
    expect(download(acks(3)).state).toMatchObject({
      phase: "failed",
      failure: { kind: "refused", mavMissionResult: 3 },
    });
  });
  it("ends on cancel and on loss", () => {
    expect(download({ kind: "cancel" }).state).toMatchObject({ failure: { kind: "cancelled" } });
    expect(download({ kind: "vehicle-lost" }).state).toMatchObject({ failure: { kind: "vehicle-lost" } });
  });
});

describe("verified upload", () => {
  const uploaded = [asks(0), asks(1), acks(0)];
  const readBack = [{ kind: "count", countOfItems: 2, planId: 0 } as const, sends(itemOf(0)), sends(itemOf(1))];

  it("is verified only after the read-back agrees", () => {
    expect(verified(2, ...uploaded).state.phase).toBe("reading-back");
    expect(verified(2, ...uploaded, ...readBack).state).toEqual({ phase: "verified", items: mission(2) });
  });
  it("says what differs, and does not try again after a clear ack", () => {
    const wrong = [readBack[0]!, readBack[1]!, sends({ ...itemOf(1), z: 61 })];
    expect(verified(2, ...uploaded, ...wrong).state).toEqual({
      phase: "failed",
      failure: {
        kind: "differs",
        differences: [{ seq: 1, field: "altitude", planned: "60", onAircraft: "61" }],
      },
    });
  });
  it("reads back to settle an unclear end", () => {
    const unclear = [asks(0), asks(1), SILENCE, acks(1)];
    expect(verified(2, ...unclear, ...readBack).state.phase).toBe("verified");
    const half = [{ kind: "count", countOfItems: 1, planId: 0 } as const, sends(itemOf(0))];
    expect(sent(verified(2, ...unclear, ...half).effects)).toContain("send-count");
  });
  it("starts over when the transfer broke off, three times at most", () => {
    const broken = [asks(0), acks(15)];
    expect(sent(verified(2, ...broken).effects)).toEqual(["send-count"]);
    expect(verified(2, ...broken, ...broken, ...broken).state).toEqual({
      phase: "failed",
      failure: { kind: "refused", mavMissionResult: 15, seq: 0 },
    });
  });
  it("does not hold a cut of the link against the plan", () => {
    const broken = [asks(0), acks(15)];
    const cut: MissionEvent = { kind: "resume" };
    expect(verified(2, ...broken, ...broken, cut, ...broken, ...broken).state.phase).toBe("uploading");
  });
  it.each([
    ["refused", [asks(0), acks(3)]],
    ["cancelled", [asks(0), { kind: "cancel" } as const]],
    ["vehicle-lost", [...uploaded, { kind: "vehicle-lost" } as const]],
    ["no-reply", silences(COUNT_RETRIES + 1)],
    ["no-reply", [...uploaded, ...silences(COUNT_RETRIES + 1)]],
  ])("fails for good when %s", (kind, events) => {
    const { state } = verified(2, ...events);
    expect(state).toMatchObject({ phase: "failed", failure: { kind } });
  });
});
