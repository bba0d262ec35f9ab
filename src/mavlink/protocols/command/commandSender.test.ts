import { describe, expect, it } from "vitest";
import { emptyVehicle } from "../../../vehicle/reduceVehicle.js";
import type { VehicleState } from "../../../vehicle/vehicleState.js";
import {
  type CommandEffect,
  type CommandEvent,
  type CommandState,
  commandOptionsFor,
  commandStatusOf,
  DEFAULT_COMMAND,
  startCommand,
  stepCommand,
} from "./commandSender.js";
import { type CommandStep, stepWith } from "./commandStep.js";

function aVehicle(customMode: number, isArmed: boolean, receivedAtMonoMs = 0): VehicleState {
  const heartbeat = { customMode, modeName: "", isArmed, systemStatus: 3 };
  const empty = emptyVehicle({ linkName: "udp", systemId: 1, componentId: 1 });
  return { ...empty, lastReceivedMonoMs: receivedAtMonoMs, heartbeat: { value: heartbeat, receivedAtMonoMs } };
}
/** Each call is one heartbeat, a second apart, from the second one on. */
let beats = 0;
const GUIDED = stepWith({
  command: 176,
  params: [1, 4, 0, 0],
  evidence: { kind: "mode", customMode: 4, modeName: "GUIDED" },
});
const ARM = stepWith({
  command: 400,
  params: [1, 0, 0, 0],
  isRetried: false,
  evidence: { kind: "armed", isArmed: true },
});
const OPTIONAL = stepWith({ command: 224, isOptional: true });

const ack = (command: number, mavResult: number, progress?: number): CommandEvent => ({
  kind: "ack",
  command,
  mavResult,
  progress,
});
const shows = (customMode: number, isArmed: boolean): CommandEvent => ({
  kind: "telemetry",
  vehicle: aVehicle(customMode, isArmed, 1000 * ++beats),
});
const says = (text: string, severity = 2): CommandEvent => ({ kind: "text", severity, text });
const SILENCE: CommandEvent = { kind: "timeout" };

type Run = { readonly state: CommandState; readonly effects: readonly CommandEffect[] };
function run(steps: readonly CommandStep[], ...events: readonly CommandEvent[]): Run {
  const [state, effects] = startCommand(steps, aVehicle(0, false));
  return events.reduce<Run>(
    (last, event) => {
      const [next, reported] = stepCommand(last.state, event);
      return { state: next, effects: reported };
    },
    { state, effects },
  );
}
const sentCommands = ({ effects }: Run) =>
  effects.flatMap((effect) =>
    effect.kind === "send-command" ? [[effect.step.command, effect.confirmation, effect.form]] : [],
  );
const timerMs = ({ effects }: Run) => effects.find((effect) => effect.kind === "arm-timer")?.afterMs;
const statusOf = (last: Run) => commandStatusOf(last.state);

describe("a command", () => {
  it("is done when telemetry shows it, not at the ack", () => {
    expect(sentCommands(run([GUIDED]))).toEqual([[176, 0, "long"]]);
    expect(statusOf(run([GUIDED], ack(176, 0)))).toMatchObject({ phase: "pending" });
    expect(statusOf(run([GUIDED], ack(176, 0), shows(4, false)))).toEqual({ phase: "done" });
  });
  it("whose ack was lost is done all the same when telemetry shows it", () => {
    expect(statusOf(run([GUIDED], shows(4, false)))).toEqual({ phase: "done" });
  });
  it("review 1.3: is sent although the last heartbeat shows its effect, and a word from before proves nothing", () => {
    const shown = aVehicle(4, false);
    const [state, effects] = startCommand([GUIDED], shown);
    expect(effects[0]).toMatchObject({ kind: "send-command", step: { command: 176 } });
    const receivedBefore = stepCommand(state, { kind: "telemetry", vehicle: shown })[0];
    expect(commandStatusOf(receivedBefore)).toMatchObject({ phase: "pending" });
    // A heartbeat sent before the command and received after it: it may still have the previous mode.
    const onItsWay = stepCommand(receivedBefore, shows(4, false))[0];
    expect(commandStatusOf(onItsWay)).toMatchObject({ phase: "pending" });
    const acknowledged = stepCommand(onItsWay, ack(176, 0))[0];
    expect(commandStatusOf(acknowledged)).toMatchObject({ phase: "pending" });
    expect(commandStatusOf(stepCommand(acknowledged, shows(4, false))[0])).toEqual({ phase: "done" });
  });
  it("whose effect was there before and whose every answer is lost is done by what was heard since", () => {
    let [state] = startCommand([GUIDED], aVehicle(4, false));
    for (const event of [shows(4, false), ...Array.from({ length: DEFAULT_COMMAND.attemptsMax }, () => SILENCE)])
      [state] = stepCommand(state, event);
    expect(commandStatusOf(state)).toEqual({ phase: "done" });
  });
  it("that needs its ack is not done by telemetry alone", () => {
    const goTo = { ...GUIDED, command: 192, isEffectEnough: false };
    expect(statusOf(run([goTo], shows(4, false)))).toMatchObject({ phase: "pending" });
    expect(statusOf(run([goTo], shows(4, false), ack(192, 0)))).toEqual({ phase: "done" });
  });
  it("says when it was accepted and nothing came of it", () => {
    const last = run([GUIDED], ack(176, 0), SILENCE);
    const effect = GUIDED.evidence;
    expect(statusOf(last)).toEqual({
      phase: "failed",
      failure: { kind: "no-effect", expected: "mode GUIDED", effect },
    });
  });
  it("runs its steps in order", () => {
    const second = run([GUIDED, ARM], ack(176, 0), shows(4, false));
    expect(sentCommands(second)).toEqual([[400, 0, "long"]]);
    expect(statusOf(run([GUIDED, ARM], ack(176, 0), shows(4, false), ack(400, 0), shows(4, true)))).toEqual({
      phase: "done",
    });
  });
});

describe("without an answer", () => {
  it("is sent again with confirmation counted up and more patience, then given up", () => {
    const again = run([GUIDED], SILENCE);
    expect(sentCommands(again)).toEqual([[176, 1, "long"]]);
    expect(timerMs(again)).toBe(1500);
    expect(statusOf(again)).toMatchObject({ attempt: 2 });
    const spent = run([GUIDED], ...Array.from({ length: DEFAULT_COMMAND.attemptsMax }, () => SILENCE));
    expect(statusOf(spent)).toEqual({ phase: "failed", failure: { kind: "no-reply", attempts: 4 } });
  });
  it("arming is never sent twice", () => {
    const last = run([ARM], SILENCE);
    expect(sentCommands(last)).toEqual([]);
    expect(statusOf(last)).toEqual({ phase: "failed", failure: { kind: "no-reply", attempts: 1 } });
  });
});

describe("the vehicle's answer", () => {
  it("'in progress' waits on and shows how far", () => {
    const working = run([GUIDED], ack(176, 5, 40));
    expect(statusOf(working)).toMatchObject({ phase: "pending", progressFraction: 0.4 });
    expect(timerMs(working)).toBe(3000);
    expect(statusOf(run([GUIDED], ack(176, 5), ack(176, 0), shows(4, false)))).toEqual({ phase: "done" });
  });
  it.each([1, 2, 3, 4, 6])("refusal %i fails with the reasons heard before and shortly after", (mavResult) => {
    const last = run(
      [ARM],
      says("Arm: Compass"),
      ack(400, mavResult),
      says("Arm: Battery"),
      says("chatter", 6),
      SILENCE,
    );
    expect(statusOf(last)).toEqual({
      phase: "failed",
      failure: { kind: "refused", mavResult, reasons: ["Arm: Compass", "Arm: Battery"] },
    });
  });
  it("to another command is not ours", () => {
    expect(statusOf(run([GUIDED], ack(400, 4)))).toMatchObject({ phase: "pending", attempt: 1 });
  });
  it("'unsupported' to an optional step goes on with the next", () => {
    expect(sentCommands(run([OPTIONAL, GUIDED], ack(224, 3)))).toEqual([[176, 0, "long"]]);
    expect(statusOf(run([OPTIONAL, GUIDED], ack(224, 4), SILENCE))).toMatchObject({ failure: { kind: "refused" } });
  });
  it("'only as COMMAND_INT' sends the other form, once", () => {
    expect(sentCommands(run([GUIDED], ack(176, 8)))).toEqual([[176, 0, "int"]]);
    const stubborn = run([GUIDED], ack(176, 8), ack(176, 7), SILENCE);
    expect(statusOf(stubborn)).toMatchObject({ failure: { kind: "refused", mavResult: 7 } });
  });
});

describe("a command ends", () => {
  it("when the vehicle is lost, and when it is cancelled, and then listens no more", () => {
    expect(statusOf(run([GUIDED], { kind: "vehicle-lost" }))).toEqual({
      phase: "failed",
      failure: { kind: "vehicle-lost" },
    });
    const cancelled = run([GUIDED], { kind: "cancel" }, ack(176, 0), shows(4, false));
    expect(statusOf(cancelled)).toEqual({ phase: "failed", failure: { kind: "cancelled" } });
    expect(cancelled.effects).toEqual([]);
  });
});

describe("arming", () => {
  const UNDONE = { ...ARM, compensation: [0, 0, 0, 0] } as const;
  it("waits for the heartbeat as long as for its effect, then takes back what may still be on its way", () => {
    expect(timerMs(run([UNDONE]))).toBe(4000);
    const last = run([UNDONE], SILENCE);
    expect(statusOf(last)).toMatchObject({ failure: { kind: "no-reply", attempts: 1 } });
    expect(last.effects).toMatchObject([{ kind: "send-command", step: { command: 400, params: [0, 0, 0, 0] } }]);
  });
  it.each([
    ["findings 6.2: lost with the link", [{ kind: "vehicle-lost" }], "vehicle-lost"],
    ["called off", [{ kind: "cancel" }], "cancelled"],
    ["review 1: accepted, and never shown", [ack(400, 0), SILENCE], "no-effect"],
  ] as const)("%s: is taken back, and named as what may still take effect", (_name, events, kind) => {
    const last = run([UNDONE], ...events);
    expect(statusOf(last)).toMatchObject({ failure: { kind } });
    expect(last.effects).toMatchObject([{ kind: "send-command", step: { command: 400, params: [0, 0, 0, 0] } }]);
    expect(last.state).toMatchObject({ unproven: { command: 400 } });
  });
  it("that was refused is over; should it show all the same, that is known to be told", () => {
    const { state, effects } = run([UNDONE], ack(400, 4), SILENCE);
    expect(state).toMatchObject({ phase: "failed", unproven: { command: 400 } });
    expect(effects).toEqual([]);
  });
  it("is not begun when the step before it took too long, and goes on when it was begun in time", () => {
    const late = run([GUIDED, UNDONE], { kind: "too-late" }, ack(176, 0), shows(4, false));
    expect([statusOf(late), late.effects]).toEqual([
      { phase: "failed", failure: { kind: "no-reply", attempts: 1 } },
      [],
    ]);
    const inTime = run([GUIDED, UNDONE], ack(176, 0), shows(4, false), { kind: "too-late" }, shows(4, true));
    expect(statusOf(inTime)).toEqual({ phase: "done" });
  });
});

describe("an answer that asks for another way", () => {
  const PLACED = stepWith({ command: 192, form: "int", frame: 3, evidence: { kind: "none" } });
  const JUMP = stepWith({
    command: 224,
    params: [4, 0, 0, 0],
    fallback: "mission-set-current",
    evidence: { kind: "mission-item", seq: 4 },
    isEffectEnough: false,
  });
  it("'another frame' is asked in the frame's twin, once", () => {
    const twin = run([PLACED], ack(192, 9));
    expect(twin.effects[0]).toMatchObject({ step: { frame: 6 } });
    expect(statusOf(run([PLACED], ack(192, 9), ack(192, 9), SILENCE))).toMatchObject({
      failure: { kind: "refused", mavResult: 9 },
    });
    expect(statusOf(run([PLACED], ack(192, 9), ack(192, 0)))).toEqual({ phase: "done" });
  });
  it("'unsupported' falls back to the older message, which telemetry must prove", () => {
    const older = run([JUMP], ack(224, 3));
    expect(older.effects[0]).toMatchObject({ kind: "send-fallback", step: { command: 224 } });
    const vehicle = {
      ...aVehicle(0, true),
      mission: { value: { currentSeq: 4, countOfItems: 9 }, receivedAtMonoMs: 1 },
    };
    expect(statusOf(run([JUMP], ack(224, 3), { kind: "telemetry", vehicle }))).toEqual({ phase: "done" });
    expect(statusOf(run([JUMP], ack(224, 3), SILENCE))).toMatchObject({ failure: { expected: "mission item 4" } });
  });
  it("'not now' to a second copy may mean that the first is being carried out", () => {
    expect(statusOf(run([GUIDED], SILENCE, ack(176, 1), shows(4, false)))).toEqual({ phase: "done" });
    expect(statusOf(run([GUIDED], SILENCE, ack(176, 1), SILENCE))).toMatchObject({
      failure: { kind: "refused", mavResult: 1 },
    });
  });
});

describe("time-outs", () => {
  it("follows the link: slow radios are not asked again too soon, satellites once in a minute", () => {
    expect(commandOptionsFor(false, undefined)).toEqual(DEFAULT_COMMAND);
    expect(commandOptionsFor(false, 1200).ackTimeoutMs).toBe(3600);
    expect(commandOptionsFor(true, 1200)).toMatchObject({ ackTimeoutMs: 60_000, attemptsMax: 2 });
  });
});
