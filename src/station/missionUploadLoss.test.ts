import { describe, expect, it } from "vitest";
import { createMissionPeer } from "../../sim/testing/missionPeer.js";
import { lossyWire, type WireFaults } from "../../sim/wire/lossyWire.js";
import { FakeClock } from "../core/fakeClock.js";
import { seededRng } from "../core/rng.js";
import { ardupilotKeptParams } from "../mavlink/dialects/ardupilotKept.js";
import { fenceFromWire, fenceToWire } from "../mavlink/dialects/fenceItems.js";
import { px4KeptParams } from "../mavlink/dialects/px4Kept.js";
import { rallyFromWire, rallyToWire } from "../mavlink/dialects/rallyItems.js";
import { encodeFrame } from "../mavlink/encode.js";
import type { OutgoingMessage } from "../mavlink/frame.js";
import type { TransferJobState, TransferStage } from "../mavlink/protocols/mission/missionJob.js";
import { missionEventFrom } from "../mavlink/protocols/mission/missionMessages.js";
import type { WireMissionItem } from "../mavlink/protocols/mission/missionWire.js";
import type { ListToSend } from "../mavlink/protocols/mission/verifiedUpload.js";
import { createReader } from "../mavlink/reader.js";
import type { PlanPart } from "../vehicle/transfers.js";
import { runMissionTransfer } from "./vehicle/plans/missionTransfer.js";

/**
 * The station's transfers against the simulator's mission servers, which were written independently from the
 * autopilots' sources and encode with stock node-mavlink: real bytes, packet loss in both directions, virtual time.
 */
const VEHICLE = { systemId: 1, componentId: 1 };
const OWN = { systemId: 255, componentId: 190 };
/** As in the vehicle session: lost after four seconds without a frame. */
const LOST_AFTER_MS = 4000;

type Autopilot = "ardupilot" | "px4";

function missionOf(autopilot: Autopilot, countOfItems: number): WireMissionItem[] {
  const home = autopilot === "ardupilot";
  return Array.from({ length: countOfItems }, (_, seq) => ({
    seq,
    frame: home && seq === 0 ? 0 : 3,
    command: seq === 1 ? 22 : 16,
    current: 0,
    autocontinue: 1,
    params: [0, 0, 0, 0],
    x: 507_264_000 + seq * 1234,
    y: 16_138_999 + seq * 4321,
    z: home && seq === 0 ? 6 : 60 + (seq % 7) * 0.25,
  }));
}
const at = (northM: number, eastM: number) => ({
  latitudeDeg: 50.7 + northM / 111_000,
  longitudeDeg: 1.6 + eastM / 70_000,
});
const FENCE = fenceToWire({
  polygons: [
    { isInclusion: true, corners: [at(0, 0), at(3000, 0), at(3000, 3000), at(0, 3000)] },
    { isInclusion: false, corners: [at(100, 100), at(200, 100), at(200, 200)] },
  ],
  circles: [{ isInclusion: true, centre: at(500, 500), radiusM: 319.8 }],
  breachReturn: undefined,
});
const RALLY = rallyToWire([
  { position: at(10, 10), heightAboveHomeM: 40 },
  { position: at(900, 10), heightAboveHomeM: 55.5 },
]);

function stageOf(autopilot: Autopilot, part: PlanPart, items: readonly WireMissionItem[]): TransferStage {
  const isArdupilot = autopilot === "ardupilot";
  const keptParams = isArdupilot ? ardupilotKeptParams : px4KeptParams;
  const list: ListToSend = { part, items, firstItemIsHome: isArdupilot, keptParams, keepsRallyFrame: isArdupilot };
  return { kind: "upload", part, list };
}
const missionStage = (autopilot: Autopilot, countOfItems: number): TransferStage =>
  stageOf(autopilot, "mission", missionOf(autopilot, countOfItems));
const wholePlan = (autopilot: Autopilot, countOfItems: number): readonly TransferStage[] => [
  missionStage(autopilot, countOfItems),
  stageOf(autopilot, "fence", FENCE),
  stageOf(autopilot, "rally", RALLY),
];

type Flight = {
  readonly autopilot: Autopilot;
  readonly stages: readonly TransferStage[];
  readonly faults: WireFaults;
  readonly seed: number;
  readonly roundTripMs?: number;
  /** From this message on nothing passes in either direction, for this long; the vehicle goes on sending heartbeats. */
  readonly cut?: { readonly afterMessages: number; readonly forMs: number };
};
type Outcome = {
  readonly state: TransferJobState;
  readonly tookMs: number;
  readonly onBoard: { readonly mission: number; readonly fence: number; readonly rally: number };
  readonly phases: ReadonlySet<string>;
  readonly countOfMessages: number;
};

function fly({ autopilot, stages, faults, seed, roundTripMs, cut }: Flight): Outcome {
  const clock = new FakeClock();
  const rng = seededRng(seed);
  const reader = createReader({ isDatagram: true });
  let seq = 0;
  let countOfMessages = 0;
  let cutUntilMs = Number.NEGATIVE_INFINITY;
  let receivedAtMs = 0;
  let isLost = false;
  const passes = (bytes: Uint8Array, wire: (bytes: Uint8Array) => void): void => {
    countOfMessages++;
    if (cut && countOfMessages === cut.afterMessages) cutUntilMs = clock.monoMs() + cut.forMs;
    if (clock.monoMs() >= cutUntilMs) wire(bytes);
  };
  const common = { scheduler: clock, rng, faults };
  const up = lossyWire<Uint8Array>({ ...common, deliver: (bytes) => peer.receive(bytes) });
  const down = lossyWire<Uint8Array>({ ...common, deliver: (bytes) => reader.push(bytes, onFrame) });
  const peer = createMissionPeer(clock, (bytes) => passes(bytes, down), autopilot);
  const send = (message: OutgoingMessage): void => {
    passes(encodeFrame({ ...message, ...OWN, seq: seq++ & 255, version: 2 }), up);
  };
  const onFrame = (frame: Parameters<typeof missionEventFrom>[0]): void => {
    const received = missionEventFrom(frame, { vehicle: VEHICLE, own: OWN });
    if (received) transfer.onEvent({ kind: "received", ...received });
  };
  const sendHeartbeat = (): void => {
    if (clock.monoMs() >= cutUntilMs) receivedAtMs = clock.monoMs();
    const isSilent = clock.monoMs() - receivedAtMs >= LOST_AFTER_MS;
    if (isSilent !== isLost) transfer.onEvent({ kind: isSilent ? "vehicle-lost" : "vehicle-back" });
    isLost = isSilent;
    clock.after(1000, sendHeartbeat);
  };
  const end: { state: TransferJobState } = { state: { phase: "done", held: {} } };
  const phases = new Set<string>();
  const onState = (next: TransferJobState): void => {
    end.state = next;
    phases.add(next.phase === "active" && next.isWaiting ? "waiting" : next.phase);
  };
  const transfer = runMissionTransfer({
    stages,
    scheduler: clock,
    link: { vehicle: VEHICLE, own: OWN, send, roundTripMs: () => roundTripMs },
    onState,
  });
  sendHeartbeat();
  while (end.state.phase === "active" && clock.monoMs() < 7_200_000) clock.advance(50);
  peer.dispose();
  const { items, fence, rally } = peer.state();
  const onBoard = { mission: items.length, fence: fence.items.length, rally: rally.items.length };
  return { state: end.state, tookMs: clock.monoMs(), onBoard, phases, countOfMessages };
}

const RADIO: WireFaults = {
  dropFraction: 0.1,
  duplicateFraction: 0.05,
  delayMs: 150,
  jitterMs: 40,
  reorderFraction: 0.05,
};
const CLEAN: WireFaults = { dropFraction: 0, duplicateFraction: 0, delayMs: 5, jitterMs: 0, reorderFraction: 0 };
const seeds = (count: number) => Array.from({ length: count }, (_, seed) => seed);

describe.each(["ardupilot", "px4"] as const)("500 items over a bad radio to %s", (autopilot) => {
  const stages = [missionStage(autopilot, 500)];

  it.each(seeds(100))("are verified: 10 % loss, 5 % doubled, 5 % overtaken each way, 300 ms (seed %i)", (seed) => {
    const { state, onBoard } = fly({ autopilot, stages, faults: RADIO, seed, roundTripMs: 340 });
    expect("failure" in state ? state.failure : state.phase).toEqual("done");
    expect(onBoard.mission).toBe(500);
  });
});

describe.each(["ardupilot", "px4"] as const)("mission, fence and rally points of one plan to %s", (autopilot) => {
  const stages = wholePlan(autopilot, 12);
  const isWhole = { mission: 12, fence: FENCE.length, rally: RALLY.length };

  it.each(seeds(20))("are verified one after another over the same radio (seed %i)", (seed) => {
    const { state, onBoard } = fly({ autopilot, stages, faults: RADIO, seed });
    expect("failure" in state ? state.failure : state.phase).toBe("done");
    expect(onBoard).toEqual(isWhole);
  });

  const clean = { autopilot, stages, faults: CLEAN, seed: 1, roundTripMs: 10 };
  const { countOfMessages } = fly(clean);

  it.each([2000, 6500, 30_000])("go on after a cut of %i ms at any message, and are verified", (forMs) => {
    for (let afterMessages = 1; afterMessages <= countOfMessages; afterMessages++) {
      const { state, onBoard, phases } = fly({ ...clean, cut: { afterMessages, forMs } });
      expect([afterMessages, "failure" in state ? state.failure : state.phase]).toEqual([afterMessages, "done"]);
      expect(onBoard).toEqual(isWhole);
      // The last message is our own final acknowledgement: nobody waits for an answer any more.
      const isWaiting = forMs > LOST_AFTER_MS + 1000 && afterMessages < countOfMessages;
      expect(phases.has("waiting")).toBe(isWaiting);
    }
  });

  it("are given up, and said to be, when the link stays away, wherever it was cut", () => {
    for (let afterMessages = 1; afterMessages < countOfMessages; afterMessages++) {
      const { state, tookMs } = fly({ ...clean, cut: { afterMessages, forMs: 600_000 } });
      // What was done before the cut is reported; the list being transferred is not called verified.
      expect(state).toMatchObject({ phase: "failed", failure: { kind: "vehicle-lost" } });
      const held = state.phase === "active" ? {} : state.held;
      if (state.phase === "failed") expect(held).not.toHaveProperty(state.part);
      expect(tookMs).toBeLessThan(200_000);
    }
  });

  it("cut over a bad radio end verified, or say clearly why not", () => {
    for (const seed of seeds(40)) {
      const cut = { afterMessages: 1 + seed * 3, forMs: 3000 + seed * 300 };
      const { state, onBoard } = fly({ autopilot, stages, faults: RADIO, seed, cut });
      if (state.phase === "done") expect(onBoard).toEqual(isWhole);
      else expect(state).toMatchObject({ phase: "failed", failure: { kind: /no-reply|refused|vehicle-lost/ } });
    }
  });
});

describe("a transfer", () => {
  const clean = { autopilot: "ardupilot", faults: CLEAN, seed: 1 } as const;
  const mission = missionStage("ardupilot", 100);

  it("takes two round trips an item on a clean link, no more", () => {
    const { state, tookMs } = fly({ ...clean, stages: [mission] });
    expect(state.phase).toBe("done");
    expect(tookMs).toBeLessThan(100 * 2 * 10 + 200);
  });

  it("ends as verified or says clearly why not, however bad the radio gets", () => {
    for (const seed of seeds(10)) {
      const { state } = fly({ ...clean, stages: [mission], faults: { ...RADIO, dropFraction: 0.5 }, seed });
      if (state.phase === "failed") expect(["no-reply", "refused"]).toContain(state.failure.kind);
      else expect(state.phase).toBe("done");
    }
  });

  it("fails for want of an answer when nobody is there", () => {
    const { state } = fly({ ...clean, stages: [mission], faults: { ...CLEAN, dropFraction: 1 } });
    expect(state).toMatchObject({ phase: "failed", failure: { kind: "no-reply", lastSeq: undefined } });
  });

  it("fails with the vehicle's own result when an item is refused, and sends no further list", () => {
    const items = missionOf("ardupilot", 5).map((item) => (item.seq === 3 ? { ...item, command: 31_000 } : item));
    const stages = [stageOf("ardupilot", "mission", items), stageOf("ardupilot", "fence", FENCE)];
    const { state, onBoard } = fly({ ...clean, stages });
    expect(state).toMatchObject({ part: "mission", failure: { kind: "refused", mavMissionResult: 3, seq: 3 } });
    expect(onBoard.fence).toBe(0);
  });

  it("clears a list by sending none", () => {
    const stages = [stageOf("ardupilot", "fence", FENCE), stageOf("ardupilot", "fence", [])];
    const { state, onBoard } = fly({ ...clean, stages });
    expect(state).toMatchObject({ phase: "done", held: { fence: [] } });
    expect(onBoard.fence).toBe(0);
  });

  it("downloads what was sent", () => {
    for (const autopilot of ["ardupilot", "px4"] as const) {
      const downloads = (["mission", "fence", "rally"] as const).map((part) => ({ kind: "download", part }) as const);
      const { state } = fly({ ...clean, autopilot, stages: [...wholePlan(autopilot, 4), ...downloads] });
      expect(state.phase === "done" && fenceFromWire(state.held.fence ?? []).polygons).toHaveLength(2);
      expect(
        state.phase === "done" && rallyFromWire(state.held.rally ?? [], { homeAmslM: undefined, keepsFrame: false }),
      ).toHaveLength(2);
    }
  });
});
