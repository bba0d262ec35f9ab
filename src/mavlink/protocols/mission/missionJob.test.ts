import { describe, expect, it } from "vitest";
import type { PlanPart } from "../../../vehicle/transfers.js";
import { acks, asks, counts, itemOf, listOf, mission, sends } from "../testing/missionLists.js";
import {
  startTransferJob,
  stepTransferJob,
  transferStatusOf,
  type TransferJobEffect,
  type TransferJobEvent,
  type TransferStage,
} from "./missionJob.js";
import type { MissionEvent } from "./missionWire.js";
import { DEFAULT_TRANSFER, transferOptionsFor } from "./transferOptions.js";

const hears =
  (part: PlanPart) =>
  (event: MissionEvent): TransferJobEvent => ({ kind: "received", part, event });
const [ofMission, ofFence, ofRally] = [hears("mission"), hears("fence"), hears("rally")];
const LOST: TransferJobEvent = { kind: "vehicle-lost" };
const BACK: TransferJobEvent = { kind: "vehicle-back" };
const SILENCE: TransferJobEvent = { kind: "timeout" };

const up = (part: PlanPart, count = 1): TransferStage => ({
  kind: "upload",
  part,
  list: { ...listOf(count), part, firstItemIsHome: part === "mission" },
});
const down = (part: PlanPart): TransferStage => ({ kind: "download", part });

function run(stages: readonly TransferStage[], ...events: readonly TransferJobEvent[]) {
  let [state, effects] = startTransferJob(stages, DEFAULT_TRANSFER);
  for (const event of events) [state, effects] = stepTransferJob(state, event, DEFAULT_TRANSFER);
  return { state, effects, status: transferStatusOf(state) };
}
const sent = (effects: readonly TransferJobEffect[]) =>
  effects.map((effect) => (effect.kind === "send" ? `${effect.part} ${effect.effect.kind}` : effect.afterMs));

const UPLOADED = [asks(0), acks(0)];
const READ_BACK = [counts(1), sends(itemOf(0))];

describe("a transfer of several lists", () => {
  it("uploads one after the other, each verified before the next begins", () => {
    const stages = [up("mission"), up("fence")];
    expect(sent(run(stages).effects)).toEqual(["mission send-count", 1500]);
    const missionDone = [...UPLOADED, ...READ_BACK].map(ofMission);
    expect(sent(run(stages, ...missionDone).effects)).toEqual(["mission send-ack", "fence send-count", 1500]);
    const done = run(stages, ...missionDone, ...[...UPLOADED, ...READ_BACK].map(ofFence));
    expect(done.state).toEqual({ phase: "done", held: { mission: mission(1), fence: mission(1) } });
    expect(done.status).toEqual({ phase: "downloaded", countOfItems: 2 });
    expect(stepTransferJob(done.state, SILENCE, DEFAULT_TRANSFER)).toEqual([done.state, []]);
  });
  it("of no list is done", () => {
    expect(run([]).state).toEqual({ phase: "done", held: {} });
  });
  it("hears nothing of another list", () => {
    expect(run([up("mission")], ofFence(asks(0)))).toMatchObject({
      effects: [],
      status: { phase: "uploading", countOfDone: 0 },
    });
  });
  it("gives each list the time-outs of the link at its start", () => {
    const stages = [down("mission"), down("fence")];
    const [first, effects] = startTransferJob(stages, DEFAULT_TRANSFER);
    expect(sent(effects)).toEqual(["mission send-request-list", 1500]);
    const [, next] = stepTransferJob(first, ofMission(counts(0)), transferOptionsFor(2000));
    expect(sent(next)).toEqual(["mission send-ack", "fence send-request-list", 4500]);
  });
});

describe("the progress of a transfer", () => {
  it("of an upload: what was asked for, then what was read back", () => {
    const stages = [up("mission", 2)];
    const uploaded = [asks(0), asks(1), acks(0)].map(ofMission);
    const counted = { part: "mission", countOfItems: 2 };
    expect(run(stages).status).toEqual({ phase: "uploading", countOfDone: 0, ...counted });
    expect(run(stages, ofMission(asks(0))).status).toEqual({ phase: "uploading", countOfDone: 1, ...counted });
    expect(run(stages, ...uploaded).status).toEqual({ phase: "reading-back", countOfDone: 0, ...counted });
    const half = [counts(2), sends(itemOf(0))].map(ofMission);
    expect(run(stages, ...uploaded, ...half).status).toEqual({ phase: "reading-back", countOfDone: 1, ...counted });
  });
  it("of a download: what was received of what is there", () => {
    expect(run([down("rally")]).status).toEqual({
      ...{ phase: "downloading", part: "rally", countOfDone: 0, countOfItems: 0 },
    });
    expect(run([down("rally")], ...[counts(3), sends(itemOf(0))].map(ofRally)).status).toEqual({
      ...{ phase: "downloading", part: "rally", countOfDone: 1, countOfItems: 3 },
    });
  });
});

describe("a transfer whose vehicle is lost", () => {
  const begun = [asks(0)].map(ofMission);
  it("waits three minutes and sends nothing", () => {
    const waiting = run([up("mission")], ...begun, LOST);
    expect(waiting.effects).toEqual([{ kind: "arm-timer", afterMs: 180_000 }]);
    expect(waiting.status).toEqual({ phase: "waiting", part: "mission", countOfDone: 1, countOfItems: 1 });
    expect(run([up("mission")], ...begun, LOST, LOST).effects).toEqual([]);
  });
  it("fails when it does not come back", () => {
    const gone = run([up("mission")], ...begun, LOST, SILENCE);
    expect(gone.state).toEqual({
      phase: "failed",
      part: "mission",
      isUpload: true,
      failure: { kind: "vehicle-lost" },
      held: {},
    });
    expect(gone.effects).toEqual([]);
    expect(gone.status).toEqual({ phase: "failed", part: "mission", failure: { kind: "vehicle-lost" } });
  });
  it("goes on where it was when it is back, and not a second time", () => {
    const back = run([up("mission")], ...begun, LOST, BACK);
    expect(sent(back.effects)).toEqual(["mission send-item", 250]);
    expect(back.status.phase).toBe("uploading");
    expect(run([up("mission")], ...begun, BACK).effects).toEqual([]);
    expect(sent(run([up("mission")], ...begun, LOST, BACK, SILENCE).effects)).toEqual(["mission send-item", 375]);
  });
  it("takes a message of the transfer for its being back", () => {
    const heard = run([up("mission", 2)], ...begun, LOST, ofMission(asks(1)));
    expect(heard.status).toEqual({ phase: "uploading", part: "mission", countOfDone: 2, countOfItems: 2 });
    expect(sent(heard.effects)).toEqual(["mission send-item", 250]);
  });
});

describe("a transfer ends", () => {
  it("when it is cancelled, with the lists done so far", () => {
    const stages = [down("mission"), down("fence")];
    const cancelled = run(stages, ...READ_BACK.map(ofMission), { kind: "cancel" });
    expect(cancelled.state).toEqual({
      phase: "failed",
      part: "fence",
      isUpload: false,
      failure: { kind: "cancelled" },
      held: { mission: mission(1) },
    });
    expect(cancelled.effects).toEqual([
      { kind: "send", part: "fence", effect: { kind: "send-ack", mavMissionResult: 15 } },
    ]);
  });
  it("with the list that failed, and the messages that end it", () => {
    const refused = run([up("mission")], ofMission(asks(0)), ofMission(acks(4)));
    expect(refused.state).toMatchObject({ phase: "failed", failure: { kind: "refused", mavMissionResult: 4, seq: 0 } });
  });
});

describe("an autopilot without fences or rally points", () => {
  const UNSUPPORTED = acks(3);
  it("has none: a download passes over that list", () => {
    const stages = [down("fence"), down("rally"), down("mission")];
    const passed = run(stages, ofFence(UNSUPPORTED));
    expect(sent(passed.effects)).toEqual(["rally send-request-list", 1500]);
    const done = run(stages, ofFence(UNSUPPORTED), ofRally(UNSUPPORTED), ...READ_BACK.map(ofMission));
    expect(done.state).toEqual({ phase: "done", held: { mission: mission(1) } });
  });
  it.each([
    ["fence", "fence-not-supported"],
    ["rally", "rally-not-supported"],
  ] as const)("cannot be given a %s", (part, because) => {
    expect(run([up(part)], hears(part)(UNSUPPORTED)).status).toEqual({
      phase: "failed",
      part,
      failure: { kind: "not-possible", because },
    });
  });
  it("is not taken for one that refuses the mission, one item, or for another reason", () => {
    const failureOf = (stage: TransferStage, ...events: readonly MissionEvent[]) =>
      run([stage], ...events.map(hears(stage.part))).status;
    const refused = (mavMissionResult: number, seq?: number) => ({
      failure: { kind: "refused", mavMissionResult, seq },
    });
    expect(failureOf(down("mission"), UNSUPPORTED)).toMatchObject(refused(3));
    expect(failureOf(up("mission"), UNSUPPORTED)).toMatchObject(refused(3));
    expect(failureOf(up("fence"), asks(0), UNSUPPORTED)).toMatchObject(refused(3, 0));
    expect(failureOf(down("fence"), acks(2))).toMatchObject(refused(2));
  });
});
