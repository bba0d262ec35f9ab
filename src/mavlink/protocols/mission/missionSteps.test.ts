/** Upload, download and verified upload step by step: messages, time-outs, doubts, and how each ends. */
import { describe, expect, it } from "vitest";
import { acks, asks, counts, itemOf, listOf, mission, sends, SILENCE } from "../testing/missionLists.js";
import { startDownload, stepDownload } from "./missionDownload.js";
import { startUpload, stepUpload } from "./missionUpload.js";
import type { MissionEffect, MissionEvent } from "./missionWire.js";
import { afterProgress, DEFAULT_TRANSFER, grown, retryPolicyFrom, transferOptionsFor } from "./transferOptions.js";
import { startVerifiedUpload, stepVerifiedUpload } from "./verifiedUpload.js";

const silences = (count: number) => Array.from({ length: count }, () => SILENCE);
const repeated = (count: number, ...events: readonly MissionEvent[]) =>
  Array.from({ length: count }, () => events).flat();
const RESUME: MissionEvent = { kind: "resume" };

/** "count 3", "item 0", "list", "request 1", "ack 15", and the timer behind a colon. */
const words = (effects: readonly MissionEffect[]): string =>
  effects
    .map((effect) => {
      switch (effect.kind) {
        case "send-count":
          return `count ${effect.countOfItems}`;
        case "send-item":
          return `item ${effect.item.seq}`;
        case "send-request-list":
          return "list";
        case "send-request-item":
          return `request ${effect.seq}`;
        case "send-ack":
          return `ack ${effect.mavMissionResult}`;
        case "arm-timer":
          return `:${effect.afterMs}`;
      }
    })
    .join(" ");

function upload(count: number, ...events: readonly MissionEvent[]) {
  let [state, effects] = startUpload(mission(count));
  for (const event of events) [state, effects] = stepUpload(state, event);
  return { state, did: words(effects) };
}
function download(...events: readonly MissionEvent[]) {
  let [state, effects] = startDownload();
  for (const event of events) [state, effects] = stepDownload(state, event);
  return { state, did: words(effects) };
}
function verified(count: number, ...events: readonly MissionEvent[]) {
  let [state, effects] = startVerifiedUpload(listOf(count));
  for (const event of events) [state, effects] = stepVerifiedUpload(state, event);
  return { state, did: words(effects) };
}
const failed = (failure: object) => ({ phase: "failed", failure });
const refused = (mavMissionResult: number, seq?: number) => failed({ kind: "refused", mavMissionResult, seq });
const noReply = (lastSeq?: number) => failed({ kind: "no-reply", lastSeq });

describe("the time-outs of a transfer", () => {
  it("of a measured link: long enough for its round trip, never below the defaults", () => {
    expect(transferOptionsFor(undefined)).toBe(DEFAULT_TRANSFER);
    expect(transferOptionsFor(100)).toEqual({ ...DEFAULT_TRANSFER, growth: 1.25, isLearning: false });
    expect(transferOptionsFor(4000)).toEqual({
      count: { timeoutMs: 8500, timeoutMaxMs: 16_000, retriesMax: 6 },
      item: { timeoutMs: 6050, timeoutMaxMs: 12_000, retriesMax: 12 },
      growth: 1.25,
      isLearning: false,
    });
  });
  it("grow up to their maximum", () => {
    const first = retryPolicyFrom(DEFAULT_TRANSFER);
    expect(first).toEqual({ countMs: 1500, itemMs: 250 });
    expect(grown(first, DEFAULT_TRANSFER)).toEqual({ countMs: 2250, itemMs: 375 });
    expect(grown({ countMs: 7000, itemMs: 1500 }, DEFAULT_TRANSFER)).toEqual({ countMs: 8000, itemMs: 2000 });
  });
  it("are learned on an unknown link: kept after a retry, a tenth shorter without one", () => {
    const slow = { countMs: 4000, itemMs: 1000 };
    expect(afterProgress(slow, DEFAULT_TRANSFER, 1)).toEqual(slow);
    expect(afterProgress(slow, DEFAULT_TRANSFER, 0)).toEqual({ countMs: 3600, itemMs: 900 });
    expect(afterProgress({ countMs: 1600, itemMs: 260 }, DEFAULT_TRANSFER, 0)).toEqual({ countMs: 1500, itemMs: 250 });
    expect(afterProgress(slow, transferOptionsFor(100), 1)).toEqual({ countMs: 1500, itemMs: 250 });
  });
});

describe("an upload", () => {
  it("sends the count, and each item that is asked for", () => {
    expect(upload(3).did).toBe("count 3 :1500");
    expect(upload(3, asks(0)).did).toBe("item 0 :250");
    expect(upload(3, asks(0), asks(1)).did).toBe("item 1 :250");
    expect(upload(3, asks(2)).did).toBe("item 2 :250");
    expect(upload(3, asks(3)).did).toBe("");
  });
  it("waits longer with every silence, and less again when the items go through", () => {
    expect(upload(3, SILENCE).did).toBe("count 3 :2250");
    expect(upload(3, ...silences(5)).did).toBe("count 3 :8000");
    expect(upload(3, asks(0), SILENCE).did).toBe("item 0 :375");
    expect(upload(3, asks(0), SILENCE, asks(1)).did).toBe("item 1 :375");
    expect(upload(4, asks(0), SILENCE, asks(1), asks(2)).did).toBe("item 2 :337.5");
    expect(upload(4, asks(0), SILENCE, asks(0)).did).toBe("item 0 :375");
  });
  it("is given up after six silences for the count, twelve for an item", () => {
    expect(upload(3, ...silences(6)).state.phase).toBe("counting");
    expect(upload(3, ...silences(7))).toEqual({ state: noReply(), did: "ack 15" });
    expect(upload(3, asks(0), ...silences(12)).state.phase).toBe("sending");
    expect(upload(3, asks(0), ...silences(13))).toEqual({ state: noReply(0), did: "ack 15" });
    expect(upload(3, asks(0), ...silences(12), asks(1), ...silences(12)).state.phase).toBe("sending");
    // A repeated request is no progress.
    expect(upload(3, asks(0), ...silences(12), asks(0), SILENCE).state.phase).toBe("failed");
  });
  it("is given up when the same item is asked for more than sixty times again", () => {
    expect(upload(3, ...repeated(61, asks(0))).state.phase).toBe("sending");
    expect(upload(3, ...repeated(62, asks(0)))).toEqual({ state: noReply(0), did: "ack 15" });
    expect(upload(3, ...repeated(61, asks(0)), asks(1), ...repeated(60, asks(1))).state.phase).toBe("sending");
    expect(upload(3, ...repeated(61, asks(0)), RESUME, asks(0)).state.phase).toBe("sending");
  });
  it("is done by an acceptance after its last item was asked for, whatever is asked again", () => {
    expect(upload(2, asks(0), acks(0)).state.phase).toBe("sending");
    expect(upload(2, asks(0), asks(1), acks(0))).toEqual({ state: { phase: "done", countOfItems: 2 }, did: "" });
    expect(upload(2, asks(0), asks(1), asks(0), acks(0)).state.phase).toBe("done");
    expect(upload(2, asks(0), asks(1), acks(0), asks(1), SILENCE).did).toBe("");
  });
  it("remembers an error, and believes it when silence follows", () => {
    expect(upload(3, asks(0), acks(1))).toMatchObject({ state: { phase: "sending" }, did: "" });
    expect(upload(3, asks(0), acks(1), SILENCE)).toEqual({ state: refused(1, 0), did: "ack 15" });
    expect(upload(3, asks(0), acks(1), asks(1), SILENCE).did).toBe("item 1 :375");
  });
  it("before its first item is busy, by an error, a denial or a cancelling, and waits", () => {
    for (const result of [1, 14, 15]) {
      expect(upload(3, acks(result), SILENCE).did).toBe("count 3 :2250");
      expect(upload(3, acks(result), ...silences(7))).toEqual({ state: refused(result), did: "ack 15" });
    }
    expect([14, 15].map((result) => upload(3, asks(0), acks(result)))).toEqual([
      { state: refused(14, 0), did: "" },
      { state: refused(15, 0), did: "" },
    ]);
    expect(upload(3, acks(4))).toEqual({ state: refused(4), did: "" });
    expect(upload(3, acks(13)).state.phase).toBe("counting");
  });
  it("ends unclear where all was sent and no clear answer came", () => {
    const unclear = (failure: object) => ({ phase: "unclear", countOfItems: 1, failure });
    const error = { kind: "refused", mavMissionResult: 1, seq: 0 };
    expect(upload(1, asks(0), acks(1)).state.phase).toBe("sending");
    expect(upload(1, asks(0), acks(1), SILENCE)).toEqual({ state: unclear(error), did: "" });
    expect(upload(1, asks(0), SILENCE, acks(1))).toEqual({ state: unclear(error), did: "" });
    expect(upload(2, asks(0), SILENCE, acks(1)).state.phase).toBe("sending");
    // After an interruption the answer may be to a message from before it.
    expect(upload(1, asks(0), RESUME, acks(1)).state).toEqual(unclear(error));
    expect(upload(1, asks(0), ...silences(13))).toEqual({ state: unclear({ kind: "no-reply", lastSeq: 0 }), did: "" });
  });
  it("of an empty list clears what is on board", () => {
    expect(upload(0).did).toBe("count 0 :1500");
    expect(upload(0, acks(0)).state).toEqual({ phase: "done", countOfItems: 0 });
    expect(upload(0, ...silences(7))).toEqual({ state: noReply(), did: "ack 15" });
  });
  it("says its last word again when the link is back, with fresh patience", () => {
    expect(upload(3, ...silences(6), RESUME).did).toBe("count 3 :1500");
    expect(upload(3, asks(0), asks(1), ...silences(12), RESUME).did).toBe("item 1 :250");
    expect(upload(3, asks(0), ...silences(12), RESUME, ...silences(11)).state.phase).toBe("sending");
    expect(upload(3, asks(0), acks(1), RESUME, SILENCE).did).toBe("item 0 :375");
  });
});

describe("a download", () => {
  const got = (...seqs: readonly number[]) => seqs.map((seq) => sends(itemOf(seq)));
  it("asks for the count, then for each item, and acknowledges", () => {
    expect(download().did).toBe("list :1500");
    expect(download(counts(2)).did).toBe("request 0 :250");
    expect(download(counts(2), ...got(0)).did).toBe("request 1 :250");
    expect(download(counts(2), ...got(0, 1))).toEqual({ state: { phase: "done", items: mission(2) }, did: "ack 0" });
    expect(download(counts(0))).toEqual({ state: { phase: "done", items: [] }, did: "ack 0" });
    expect(download(counts(2), counts(5))).toMatchObject({ state: { countOfItems: 2 }, did: "" });
  });
  it("waits longer with every silence, and less again when the items come", () => {
    expect(download(SILENCE).did).toBe("list :2250");
    expect(download(counts(3), SILENCE).did).toBe("request 0 :375");
    expect(download(counts(3), SILENCE, ...got(0)).did).toBe("request 1 :375");
    expect(download(counts(4), SILENCE, ...got(0, 1)).did).toBe("request 2 :337.5");
  });
  it("is given up after six silences for the count", () => {
    expect(download(...silences(6)).state.phase).toBe("listing");
    expect(download(...silences(7))).toEqual({ state: noReply(), did: "" });
    expect(download(acks(14), ...silences(7)).state).toEqual(noReply());
  });
  it("begins anew after six silences for an item, or after an error and one", () => {
    expect(download(counts(3), ...got(0), ...silences(5)).did).toMatch(/^request 1 /);
    expect(download(counts(3), ...got(0), ...silences(6)).did).toBe("list :1500");
    expect(download(counts(3), ...got(0), acks(1), SILENCE).did).toBe("list :1500");
    expect(download(counts(3), ...got(0), acks(1), ...got(1), SILENCE).did).toBe("request 2 :375");
    expect(download(acks(1), SILENCE).did).toBe("list :2250");
  });
  it("is given up after four beginnings without a further item, and any further item gives four more", () => {
    const stuck = [counts(3), ...got(0), ...silences(6)];
    expect(download(...repeated(4, ...stuck)).state.phase).toBe("listing");
    expect(download(...repeated(5, ...stuck))).toEqual({ state: noReply(1), did: "" });
    const further = [counts(3), ...got(0, 1), ...silences(6)];
    expect(download(...repeated(4, ...stuck), ...further, ...repeated(3, ...stuck)).state.phase).toBe("listing");
    expect(download(...repeated(4, ...stuck), ...silences(7)).state).toEqual(noReply(1));
  });
  it("refuses by any other answer, naming the item", () => {
    expect(download(acks(13)).state.phase).toBe("listing");
    expect(download(counts(3), ...got(0), acks(13)).state).toEqual(refused(13, 1));
    expect(download(counts(3), ...got(0), acks(4)).state).toEqual(refused(4, 1));
    expect(download(acks(4)).state).toEqual(refused(4));
    expect([0, 14].map((result) => download(counts(3), acks(result)).state.phase)).toEqual(["fetching", "fetching"]);
  });
  it("goes on where it was when the link is back; the second silence begins anew", () => {
    expect(download(...silences(6), RESUME).did).toBe("list :1500");
    expect(download(...silences(6), RESUME, ...silences(6)).state.phase).toBe("listing");
    const back = [counts(3), ...got(0), ...silences(5), RESUME];
    expect(download(...back).did).toBe("request 1 :250");
    expect(download(...back, SILENCE).did).toBe("request 1 :375");
    expect(download(...back, ...silences(2)).did).toBe("list :1500");
    const stuck = [counts(3), ...silences(6)];
    expect(download(...repeated(4, ...stuck), counts(3), RESUME, ...silences(2)).state.phase).toBe("listing");
  });
  it("says what ended it, and hears nothing more", () => {
    expect(download({ kind: "cancel" })).toEqual({ state: failed({ kind: "cancelled" }), did: "ack 15" });
    expect(download({ kind: "vehicle-lost" })).toEqual({ state: failed({ kind: "vehicle-lost" }), did: "" });
    expect(download({ kind: "vehicle-lost" }, counts(2)).did).toBe("");
    expect(download(asks(0))).toMatchObject({ state: { phase: "listing" }, did: "" });
  });

  describe("of a list that has an id", () => {
    const all = [counts(2, 7), ...got(0, 1)];
    it("counts again after the last item: the same list is done", () => {
      expect(download(...all)).toMatchObject({ state: { phase: "recounting" }, did: "list :1500" });
      expect(download(...all, counts(2, 7))).toEqual({ state: { phase: "done", items: mission(2) }, did: "ack 0" });
    });
    it("fetches it anew when another id or count is told, and clears it when it is empty now", () => {
      expect(download(...all, counts(2, 8)).did).toBe("request 0 :250");
      expect(download(...all, counts(3, 7)).did).toBe("request 0 :250");
      expect(download(...all, counts(0, 9)).state).toEqual({ phase: "done", items: [] });
      expect(download(...all, counts(2, 8), ...got(0, 1), counts(2, 8)).state.phase).toBe("done");
    });
    it("that changes for ever is given up after four beginnings", () => {
      const changes = (times: number) =>
        Array.from({ length: times }, (_, i) => [counts(2, 10 + i), ...got(0, 1)]).flat();
      expect(download(...changes(5)).state.phase).toBe("recounting");
      expect(download(...changes(5), counts(2, 99))).toEqual({ state: noReply(2), did: "" });
    });
    it("waits for the second count with fresh patience, and gives up after six silences", () => {
      expect(download(counts(2, 7), ...got(0), SILENCE, ...got(1)).did).toBe("list :1500");
      expect(download(...all, ...silences(6)).state.phase).toBe("recounting");
      expect(download(...all, ...silences(7)).state).toMatchObject({ phase: "failed", failure: { kind: "no-reply" } });
    });
  });
});

describe("a verified upload", () => {
  const sent = [asks(0), asks(1), acks(0)];
  const readBack = [counts(2), sends(itemOf(0)), sends(itemOf(1))];
  const wrong = [counts(2), sends(itemOf(0)), sends({ ...itemOf(1), z: 61 })];
  const unclear = [asks(0), asks(1), acks(1), SILENCE];
  it("uploads, reads back, and is verified by what was read", () => {
    expect(verified(2).did).toBe("count 2 :1500");
    expect(verified(2, ...sent).did).toBe("list :1500");
    expect(verified(2, ...sent, ...readBack)).toEqual({
      state: { phase: "verified", items: mission(2) },
      did: "ack 0",
    });
    expect(verified(2, ...sent, ...readBack, SILENCE).did).toBe("");
  });
  it("uploads again what broke off on the way, three times at most", () => {
    const brokeOff = [
      [asks(0), acks(15)],
      [asks(0), acks(1), SILENCE],
      [asks(0), ...silences(13)],
    ];
    for (const events of brokeOff) {
      expect(verified(2, ...events).did).toMatch(/count 2 :1500$/);
      expect(verified(2, ...repeated(2, ...events)).state.phase).toBe("uploading");
      expect(verified(2, ...repeated(3, ...events)).state.phase).toBe("failed");
    }
  });
  it("does not upload again what never began or was refused", () => {
    expect(verified(2, ...silences(7)).state).toEqual(noReply());
    expect(verified(2, acks(15), ...silences(7)).state).toEqual(refused(15));
    expect(verified(2, acks(4)).state).toEqual(refused(4));
    expect(verified(2, asks(0), acks(4)).state).toEqual(refused(4, 0));
    expect(verified(2, asks(0), { kind: "cancel" })).toEqual({ state: failed({ kind: "cancelled" }), did: "ack 15" });
  });
  it("uploads again what differs after an unclear end, not after a clear one", () => {
    expect(verified(2, ...sent, ...wrong).state).toMatchObject({ phase: "failed", failure: { kind: "differs" } });
    expect(verified(2, ...unclear, ...wrong).did).toBe("ack 0 count 2 :1500");
    expect(verified(2, ...repeated(3, ...unclear, ...wrong)).state).toMatchObject({ failure: { kind: "differs" } });
    expect(verified(2, ...unclear, ...readBack).state.phase).toBe("verified");
  });
  it("does not count uploads that an interrupted link broke off", () => {
    const brokeOff = [asks(0), acks(15)];
    expect(verified(2, ...repeated(2, ...brokeOff), RESUME, ...repeated(2, ...brokeOff)).state.phase).toBe("uploading");
    expect(verified(2, ...repeated(2, ...brokeOff), RESUME, ...repeated(3, ...brokeOff)).state.phase).toBe("failed");
  });
  it("fails with its reading back", () => {
    expect(verified(2, ...sent, acks(4)).state).toEqual(refused(4));
    expect(verified(2, ...sent, { kind: "vehicle-lost" }).state).toEqual(failed({ kind: "vehicle-lost" }));
  });
});
