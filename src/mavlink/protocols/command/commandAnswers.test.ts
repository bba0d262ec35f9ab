/** What a command makes of each answer and each silence: the messages it sends, the timers it sets, the failure it names. */
import { describe, expect, it } from "vitest";
import { emptyVehicle } from "../../../vehicle/reduceVehicle.js";
import type { VehicleState } from "../../../vehicle/vehicleState.js";
import {
  commandOptionsFor,
  commandStatusOf,
  DEFAULT_COMMAND,
  startCommand,
  stepCommand,
  type CommandEvent,
} from "./commandSender.js";
import { type CommandStep, stepWith } from "./commandStep.js";

type Seen = { readonly customMode?: number; readonly isArmed?: boolean; readonly atMonoMs: number };
function seen({ customMode = 0, isArmed = false, atMonoMs }: Seen): VehicleState {
  const heartbeat = { customMode, modeName: "", isArmed, systemStatus: 3 };
  return {
    ...emptyVehicle({ linkName: "udp", systemId: 1, componentId: 1 }),
    lastReceivedMonoMs: atMonoMs,
    heartbeat: { value: heartbeat, receivedAtMonoMs: atMonoMs },
  };
}
const shows = (what: Seen): CommandEvent => ({ kind: "telemetry", vehicle: seen(what) });
const inTheAir: CommandEvent = {
  kind: "telemetry",
  vehicle: {
    ...seen({ atMonoMs: 1000 }),
    flightPhase: { value: { landed: "air", vtol: undefined }, receivedAtMonoMs: 1000 },
  },
};
const ack = (command: number, mavResult: number, progress?: number): CommandEvent => ({
  ...{ kind: "ack", command, mavResult, progress },
});
const says = (text: string, severity = 4): CommandEvent => ({ kind: "text", severity, text });
const SILENCE: CommandEvent = { kind: "timeout" };
const TOO_LATE: CommandEvent = { kind: "too-late" };

function run(steps: readonly CommandStep[], ...events: readonly CommandEvent[]) {
  let [state, effects] = startCommand(steps, seen({ atMonoMs: 0 }));
  for (const event of events) [state, effects] = stepCommand(state, event);
  return { state, effects, status: commandStatusOf(state), phase: state.phase };
}
const timersMs = ({ effects }: ReturnType<typeof run>) =>
  effects.flatMap((effect) => (effect.kind === "arm-timer" ? [effect.afterMs] : []));

const MODE = stepWith({
  command: 176,
  params: [1, 4, 0, 0],
  evidence: { kind: "mode", customMode: 4, modeName: "GUIDED" },
});
const ARM = stepWith({
  command: 400,
  params: [1, 0, 0, 0],
  isRetried: false,
  compensation: [0, 0, 0, 0],
  evidence: { kind: "armed", isArmed: true },
});
const SPEED = stepWith({ command: 178 });
const SHOWN = shows({ customMode: 4, atMonoMs: 1000 });

describe("a command on its way", () => {
  it("without steps is done", () => {
    expect(run([])).toMatchObject({ phase: "done", effects: [] });
  });
  it("is sent, with a timer; its status tells which try it is", () => {
    const sent = run([MODE]);
    expect(sent.effects).toEqual([
      { kind: "send-command", step: MODE, form: "long", confirmation: 0 },
      { kind: "arm-timer", afterMs: 1000 },
    ]);
    expect(sent.status).toEqual({ phase: "pending", attempt: 1, progressFraction: undefined });
    expect(run([MODE], SILENCE, SILENCE).status).toMatchObject({ attempt: 3 });
    expect(run([MODE], SILENCE, ack(176, 0)).status).toMatchObject({ attempt: 1 });
  });
  it("waits longer for each copy", () => {
    const waitsMs = [0, 1, 2, 3].map((silences) =>
      timersMs(run([MODE], ...Array.from({ length: silences }, () => SILENCE))),
    );
    expect(waitsMs).toEqual([[1000], [1500], [2250], [3375]]);
  });
  it("is sent anew for each step, from its first try", () => {
    const next = run([SPEED, MODE], SILENCE, ack(178, 5, 20), ack(178, 0));
    expect(next.effects[0]).toEqual({ kind: "send-command", step: MODE, form: "long", confirmation: 0 });
    expect(next.status).toEqual({ phase: "pending", attempt: 1, progressFraction: undefined });
  });
  it("shows how far it is, where the vehicle says so", () => {
    expect(run([MODE], ack(176, 5, 40)).status).toMatchObject({ progressFraction: 0.4 });
    expect(run([MODE], ack(176, 5, 40), ack(176, 5)).status).toMatchObject({ progressFraction: undefined });
  });
  it("waits as long as its effect may take when it is sent only once, unless an acknowledgement is needed", () => {
    expect(timersMs(run([{ ...ARM, effectTimeoutMs: 9000 }]))).toEqual([9000]);
    expect(timersMs(run([{ ...ARM, effectTimeoutMs: 300 }]))).toEqual([1000]);
    expect(timersMs(run([{ ...ARM, isEffectEnough: false }]))).toEqual([1000]);
    expect(timersMs(run([{ ...MODE, effectTimeoutMs: 9000 }]))).toEqual([1000]);
  });
  it("follows the link's round trip, and never goes below a second", () => {
    expect([undefined, 333, 334].map((roundTripMs) => commandOptionsFor(false, roundTripMs).ackTimeoutMs)).toEqual([
      1000, 1000, 1002,
    ]);
    expect(commandOptionsFor(false, 1000)).toEqual({ ...DEFAULT_COMMAND, ackTimeoutMs: 3000 });
  });
});

describe("a step that was accepted", () => {
  it("is watched for as long as its effect may take, and nothing but its effect counts", () => {
    const accepted = run([{ ...MODE, effectTimeoutMs: 7000 }], ack(176, 0));
    expect([accepted.phase, timersMs(accepted)]).toEqual(["watching", [7000]]);
    expect(run([MODE], ack(176, 0), ack(176, 4)).phase).toBe("watching");
    expect(run([MODE], ack(176, 0), shows({ customMode: 5, atMonoMs: 1000 })).phase).toBe("watching");
    expect(run([MODE], ack(176, 0), SHOWN).phase).toBe("done");
  });
  it("whose effect was seen since it was sent is done at once", () => {
    expect(run([{ ...MODE, isEffectEnough: false }], SHOWN, ack(176, 0)).phase).toBe("done");
  });
  it("whose effect was there before needs a reading from after the acknowledgement", () => {
    let [state] = startCommand([MODE], seen({ customMode: 4, atMonoMs: 0 }));
    for (const event of [SHOWN, ack(176, 0)]) [state] = stepCommand(state, event);
    expect(state.phase).toBe("watching");
    expect(stepCommand(state, SHOWN)[0].phase).toBe("watching");
    expect(stepCommand(state, shows({ customMode: 4, atMonoMs: 1001 }))[0].phase).toBe("done");
  });
  it("names what never happened, and what may still happen", () => {
    expect(run([MODE], ack(176, 0), SILENCE).state).toEqual({
      phase: "failed",
      failure: { kind: "no-effect", expected: "mode GUIDED", effect: MODE.evidence },
      unproven: MODE,
    });
  });
});

describe("a step that was refused", () => {
  it.each([1, 2, 4, 6])("with result %i waits half a second for the reasons, then names them", (mavResult) => {
    const refused = run([MODE], ack(176, mavResult));
    expect([refused.phase, timersMs(refused)]).toEqual(["listening", [500]]);
    const ended = run([MODE], says("Arm: too early"), ack(176, mavResult), says("GPS: no fix"), SILENCE);
    expect(ended.state).toEqual({
      phase: "failed",
      failure: { kind: "refused", mavResult, reasons: ["Arm: too early", "GPS: no fix"] },
      unproven: MODE,
    });
  });
  it("takes warnings for reasons, notices not, and each once", () => {
    const ended = run([MODE], ack(176, 4), says("a"), says("a"), says("b", 5), says("c", 0), SILENCE);
    expect(ended.status).toMatchObject({ failure: { reasons: ["a", "c"] } });
  });
  it("is refused whatever is said or shown then", () => {
    expect(run([MODE], ack(176, 4), ack(176, 0)).phase).toBe("listening");
    expect(run([MODE], ack(176, 4), SHOWN).phase).toBe("listening");
  });
  it("and called off meanwhile has nothing to take back", () => {
    const off = run([ARM], ack(400, 4), { kind: "cancel" });
    expect(off.state).toEqual({ phase: "failed", failure: { kind: "cancelled" }, unproven: ARM });
    expect(off.effects).toEqual([]);
  });
  it("as 'not now' on its first try is a refusal, which its effect overrules", () => {
    expect(timersMs(run([MODE], ack(176, 1)))).toEqual([500]);
    expect(run([MODE], ack(176, 1), SHOWN).phase).toBe("done");
    expect(run([{ ...MODE, isEffectEnough: false }], ack(176, 1), SHOWN).phase).toBe("listening");
  });
  it("as 'not now' to a second copy is watched for as long as the effect of the first may take", () => {
    expect(timersMs(run([{ ...MODE, effectTimeoutMs: 7000 }], SILENCE, ack(176, 1)))).toEqual([7000]);
    expect(timersMs(run([SPEED], SILENCE, ack(178, 1)))).toEqual([500]);
  });
});

describe("a step that the vehicle wants in another way", () => {
  const INT = stepWith({ command: 192, form: "int", frame: 3 });
  const formsSent = (step: CommandStep, ...events: readonly CommandEvent[]) =>
    run([step], ...events).effects.flatMap((effect) => (effect.kind === "send-command" ? [effect.form] : []));
  it("as the other message is sent so, once", () => {
    expect(formsSent(MODE, ack(176, 8))).toEqual(["int"]);
    expect(formsSent(INT, ack(192, 7))).toEqual(["long"]);
    expect(formsSent(MODE, ack(176, 7))).toEqual([]);
    expect(formsSent(INT, ack(192, 8))).toEqual([]);
    expect(run([INT], ack(192, 7), ack(192, 8), SILENCE).status).toMatchObject({ failure: { mavResult: 8 } });
    expect(run([INT], ack(192, 8), SILENCE).status).toMatchObject({ failure: { mavResult: 8 } });
  });
  it("stays in that message when it is sent again", () => {
    expect(formsSent(MODE, ack(176, 8), SILENCE)).toEqual(["int"]);
  });
  it.each([
    [0, 5],
    [5, 0],
    [3, 6],
    [6, 3],
    [10, 11],
    [11, 10],
  ])("frame %i is asked as %i", (frame, twin) => {
    const { effects } = run([{ ...INT, frame }], ack(192, 9));
    expect(effects[0]).toMatchObject({ kind: "send-command", step: { frame: twin }, form: "int" });
  });
  it("has no other frame where there is no twin, or none is sent", () => {
    expect(run([{ ...INT, frame: 2 }], ack(192, 9))).toMatchObject({ phase: "listening" });
    expect(run([{ ...INT, form: "long" }], ack(192, 9))).toMatchObject({ phase: "listening" });
    expect(run([INT], ack(192, 9), ack(192, 9), SILENCE).status).toMatchObject({ failure: { mavResult: 9 } });
  });
  it("changes the frame of this step alone", () => {
    const { effects } = run([INT, { ...INT, z: 9 }], ack(192, 9), ack(192, 0));
    expect(effects[0]).toMatchObject({ step: { frame: 3, z: 9 } });
  });
  it("as its older message is sent so, and watched for", () => {
    const jump = { ...MODE, fallback: "mission-set-current" } as const;
    expect(run([jump], ack(176, 3))).toMatchObject({
      phase: "watching",
      effects: [
        { kind: "send-fallback", step: jump },
        { kind: "arm-timer", afterMs: 4000 },
      ],
    });
  });
  it("and does not know is passed over where it is optional, refused where it is not", () => {
    expect(run([{ ...SPEED, isOptional: true }], ack(178, 3)).phase).toBe("done");
    expect(run([SPEED], ack(178, 3), SILENCE).status).toMatchObject({ failure: { kind: "refused", mavResult: 3 } });
  });
});

describe("a step without an answer", () => {
  it("is given up after its last copy, and may still take effect", () => {
    const four = [SILENCE, SILENCE, SILENCE, SILENCE];
    expect(run([SPEED], ...four.slice(1)).status).toMatchObject({ attempt: 4 });
    expect(run([SPEED], ...four).state).toEqual({
      phase: "failed",
      failure: { kind: "no-reply", attempts: 4 },
      unproven: SPEED,
    });
  });
  it("is done by its effect where that is enough, not where an acknowledgement is needed", () => {
    expect(run([MODE], SHOWN).phase).toBe("done");
    const needsAck = { ...MODE, isEffectEnough: false };
    expect(run([needsAck], SHOWN, SILENCE, SILENCE, SILENCE, SILENCE).phase).toBe("failed");
  });
});

describe("an arming that must not come late", () => {
  const undo = { kind: "send-command", step: { ...ARM, params: [0, 0, 0, 0] }, confirmation: 0 };
  it("is taken back in the message in which it was sent", () => {
    expect(run([ARM], SILENCE).effects).toEqual([{ ...undo, form: "long" }]);
    expect(run([ARM], ack(400, 8), SILENCE).effects).toEqual([{ ...undo, form: "int" }]);
    expect(run([ARM], ack(400, 8), ack(400, 0), SILENCE).effects).toEqual([{ ...undo, form: "long" }]);
  });
  it("is not taken back in the air: somebody else flies it", () => {
    expect(run([ARM], inTheAir, SILENCE)).toMatchObject({ phase: "failed", effects: [] });
  });
  it("has nothing to take back where the step has no opposite", () => {
    expect(run([MODE], { kind: "vehicle-lost" }).effects).toEqual([]);
  });
  it("is not begun when it is too late, and goes on where it was begun", () => {
    expect(run([MODE, ARM], TOO_LATE)).toMatchObject({ status: { failure: { kind: "no-reply", attempts: 1 } } });
    expect(run([ARM], TOO_LATE)).toMatchObject({ phase: "asking", effects: [] });
    expect(run([MODE, SPEED], TOO_LATE)).toMatchObject({ phase: "asking", effects: [] });
    expect(run([MODE, SPEED, ARM], TOO_LATE).phase).toBe("failed");
    expect(run([MODE, ARM, SPEED], ack(176, 0), SHOWN, TOO_LATE).phase).toBe("asking");
  });
});
