import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRng } from "../../../core/rng.js";
import { lives } from "../../../core/testing/lives.js";
import { emptyVehicle } from "../../../vehicle/reduceVehicle.js";
import type { VehicleState } from "../../../vehicle/vehicleState.js";
import { type CommandEvent, type CommandState, commandStatusOf, startCommand, stepCommand } from "./commandSender.js";
import { stepWith } from "./commandStep.js";

/**
 * Simulates a vehicle with a mode, a pilot's mode switch, and a link that loses and delays messages. Whatever happens,
 * a return command is sent, and it is "done" only if the vehicle was really returning after the command was given.
 */
const RTL = 6;
const OTHER_MODES = [3, 4, 5];
const RETURN = stepWith({
  command: 176,
  params: [1, RTL, 0, 0],
  evidence: { kind: "mode", customMode: RTL, modeName: "RTL" },
});
const TICK_MS = 100;
const HEARTBEAT_MS = 1000;
/** Maximum delay of a message: less than the interval of heartbeats. */
const DELAY_MAX_MS = 800;
/** The pilot's mode switch stays at least this long, so that no mode begins and ends unseen between two heartbeats. */
const SWITCH_REST_MS = 2500;
const PRESSED_AT_MS = 3000;
const ENDS_AT_MS = 40_000;

type OnItsWay = { readonly atMs: number; readonly deliver: () => void };

function stateOf(customMode: number, receivedAtMonoMs: number): VehicleState {
  const heartbeat = { customMode, modeName: "", isArmed: true, systemStatus: 4 };
  const empty = emptyVehicle({ linkName: "udp", systemId: 1, componentId: 1 });
  return { ...empty, lastReceivedMonoMs: receivedAtMonoMs, heartbeat: { value: heartbeat, receivedAtMonoMs } };
}

/** One simulated command, from a seed. */
function fly(seed: number, lossFraction: number) {
  const rng = seededRng(seed);
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(rng.uniform() * list.length)]!;
  let mode = oneOf([RTL, ...OTHER_MODES]);
  let switchedAtMs = -SWITCH_REST_MS;
  let known = stateOf(mode, 0);
  let state: CommandState | undefined;
  let timerAtMs = Number.POSITIVE_INFINITY;
  let copiesSent = 0;
  let wasHome = false;
  const wires: Record<"up" | "down", { lastAtMs: number; words: OnItsWay[] }> = {
    up: { lastAtMs: 0, words: [] },
    down: { lastAtMs: 0, words: [] },
  };
  let nowMs = 0;
  const send = (way: "up" | "down", deliver: () => void): void => {
    if (rng.uniform() < lossFraction) return;
    const wire = wires[way];
    // A link never reorders messages.
    wire.lastAtMs = Math.max(wire.lastAtMs, nowMs + rng.uniform() * DELAY_MAX_MS);
    wire.words.push({ atMs: wire.lastAtMs, deliver });
  };
  const take = (event: CommandEvent): void => {
    if (state) perform(stepCommand(state, event));
  };
  const perform = ([next, effects]: ReturnType<typeof stepCommand>): void => {
    state = next;
    for (const effect of effects) {
      if (effect.kind === "arm-timer") timerAtMs = nowMs + effect.afterMs;
      if (effect.kind === "send-command") {
        copiesSent++;
        send("up", () => {
          mode = RTL;
          send("down", () => take({ kind: "ack", command: 176, mavResult: 0, progress: undefined }));
        });
      }
    }
  };
  const isOver = (): boolean => state?.phase === "done" || state?.phase === "failed";
  const turnSwitch = (): void => {
    if (rng.uniform() >= 0.03 || nowMs - switchedAtMs < SWITCH_REST_MS) return;
    mode = oneOf([RTL, ...OTHER_MODES]);
    switchedAtMs = nowMs;
  };
  const heartbeat = (): void => {
    const reported = mode;
    send("down", () => {
      known = stateOf(reported, nowMs);
      take({ kind: "telemetry", vehicle: known });
    });
  };
  const deliver = (): void => {
    for (const { words } of [wires.up, wires.down]) {
      while (words[0] && words[0].atMs <= nowMs) words.shift()!.deliver();
    }
  };
  const ring = (): void => {
    if (nowMs < timerAtMs) return;
    timerAtMs = Number.POSITIVE_INFINITY;
    take({ kind: "timeout" });
  };
  for (; nowMs < ENDS_AT_MS && !isOver(); nowMs += TICK_MS) {
    turnSwitch();
    if (nowMs % HEARTBEAT_MS === 0) heartbeat();
    if (nowMs === PRESSED_AT_MS) perform(startCommand([RETURN], known));
    deliver();
    ring();
    if (nowMs >= PRESSED_AT_MS && mode === RTL) wasHome = true;
  }
  return { phase: state && commandStatusOf(state).phase, copiesSent, wasHome };
}

describe("a return, over any link and with a pilot at the switch", () => {
  it("always goes out, and is done only if the aircraft was on its way home after it", () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(0, 0.1, 0.4, 0.8), (seed, lossFraction) => {
        const { phase, copiesSent, wasHome } = fly(seed, lossFraction);
        expect(copiesSent).toBeGreaterThan(0);
        expect(phase).not.toBe("pending");
        if (phase === "done") expect(wasHome).toBe(true);
      }),
      { numRuns: lives(10_000) },
    );
  });
  it("is done on a link that loses nothing, whatever the switch did before", () => {
    const ended = Array.from({ length: 300 }, (_, seed) => fly(seed, 0).phase);
    expect(ended.filter((phase) => phase === "done").length).toBeGreaterThan(270);
  });
});
