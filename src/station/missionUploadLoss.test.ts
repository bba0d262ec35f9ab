import { describe, expect, it } from "vitest";
import { createMissionPeer } from "../../sim/testing/missionPeer.js";
import { lossyWire, type WireFaults } from "../../sim/wire/lossyWire.js";
import { FakeClock } from "../core/fakeClock.js";
import { seededRng } from "../core/rng.js";
import { encodeFrame } from "../mavlink/encode.js";
import { missionEventFrom, messagesForMissionEffect } from "../mavlink/protocols/missionMessages.js";
import type { MissionEffect, MissionEvent, WireMissionItem } from "../mavlink/protocols/missionWire.js";
import {
  startVerifiedUpload,
  stepVerifiedUpload,
  type VerifiedUploadState,
} from "../mavlink/protocols/verifiedUpload.js";
import { createReader } from "../mavlink/reader.js";

/**
 * The station's upload against the simulator's mission server, which is written from ArduPilot's source by other hands
 * and encodes with stock node-mavlink: bytes, a bad radio each way, virtual time.
 */
const VEHICLE = { systemId: 1, componentId: 1 };
const OWN = { systemId: 255, componentId: 190 };

const missionOf = (countOfItems: number): WireMissionItem[] =>
  Array.from({ length: countOfItems }, (_, seq) => ({
    seq,
    frame: seq === 0 ? 0 : 3,
    command: seq === 1 ? 22 : 16,
    current: 0,
    autocontinue: 1,
    params: [0, 0, 0, 0],
    x: 507_264_000 + seq * 1234,
    y: 16_138_999 + seq * 4321,
    z: seq === 0 ? 6 : 60 + (seq % 7) * 0.25,
  }));

type Outcome = { readonly state: VerifiedUploadState; readonly tookMs: number; readonly onBoard: number };

function fly(items: readonly WireMissionItem[], faults: WireFaults, seed: number): Outcome {
  const clock = new FakeClock();
  const rng = seededRng(seed);
  const reader = createReader({ isDatagram: true });
  let seq = 0;
  let cancelTimer = () => {};
  let state: VerifiedUploadState;
  const up = lossyWire<Uint8Array>({ scheduler: clock, rng, faults, deliver: (bytes) => peer.receive(bytes) });
  const down = lossyWire<Uint8Array>({
    scheduler: clock,
    rng,
    faults,
    deliver: (bytes) => reader.push(bytes, onFrame),
  });
  const peer = createMissionPeer(clock, down);
  const perform = (effects: readonly MissionEffect[]) => {
    for (const effect of effects) {
      for (const message of messagesForMissionEffect(effect, VEHICLE)) {
        up(encodeFrame({ ...message, ...OWN, seq: seq++ & 255, version: 2 }));
      }
      if (effect.kind !== "arm-timer") continue;
      cancelTimer();
      cancelTimer = clock.after(effect.afterMs, () => step({ kind: "timeout" }));
    }
  };
  const step = (event: MissionEvent) => {
    const [next, effects] = stepVerifiedUpload(state, event);
    state = next;
    perform(effects);
  };
  const onFrame = (frame: Parameters<typeof missionEventFrom>[0]) => {
    const event = missionEventFrom(frame, { vehicle: VEHICLE, own: OWN });
    if (event) step(event);
  };
  const [first, effects] = startVerifiedUpload(items);
  state = first;
  perform(effects);
  const isOver = () => state.phase === "verified" || state.phase === "failed";
  while (!isOver() && clock.monoMs() < 3_600_000) clock.advance(50);
  peer.dispose();
  return { state, tookMs: clock.monoMs(), onBoard: peer.state().items.length };
}

const RADIO: WireFaults = {
  dropFraction: 0.1,
  duplicateFraction: 0.05,
  delayMs: 150,
  jitterMs: 40,
  reorderFraction: 0.02,
};

describe("a mission of 100 items over a bad radio (10 % loss and 5 % duplication each way, 300 ms round trip)", () => {
  const items = missionOf(100);

  it.each(Array.from({ length: 50 }, (_, seed) => seed))("is verified on aircraft (seed %i)", (seed) => {
    const { state, onBoard } = fly(items, RADIO, seed);
    expect(state).toMatchObject({ phase: "verified" });
    expect(onBoard).toBe(items.length);
  });

  it("ends as verified or says clearly why not, however bad it gets", () => {
    const outcomes = Array.from({ length: 20 }, (_, seed) => fly(items, { ...RADIO, dropFraction: 0.5 }, seed).state);
    for (const state of outcomes) {
      if (state.phase === "failed") expect(["no-reply", "refused"]).toContain(state.failure.kind);
      else expect(state.phase).toBe("verified");
    }
  });
});

describe("a mission upload", () => {
  const clean: WireFaults = {
    ...RADIO,
    dropFraction: 0,
    duplicateFraction: 0,
    delayMs: 5,
    jitterMs: 0,
    reorderFraction: 0,
  };

  it("takes two round trips an item on a clean link, no more", () => {
    const { state, tookMs } = fly(missionOf(100), clean, 1);
    expect(state.phase).toBe("verified");
    expect(tookMs).toBeLessThan(100 * 2 * 10 + 200);
  });

  it("fails for want of an answer when nobody is there", () => {
    const { state } = fly(missionOf(3), { ...clean, dropFraction: 1 }, 1);
    expect(state).toEqual({ phase: "failed", failure: { kind: "no-reply", lastSeq: undefined } });
  });

  it("fails with the vehicle's own result when an item is refused", () => {
    const items = missionOf(5).map((item) => (item.seq === 3 ? { ...item, command: 31_000 } : item));
    const { state } = fly(items, clean, 1);
    expect(state).toEqual({ phase: "failed", failure: { kind: "refused", mavMissionResult: 3, seq: 3 } });
  });
});
