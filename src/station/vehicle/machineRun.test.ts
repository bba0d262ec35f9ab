import { describe, expect, it } from "vitest";
import { FakeClock } from "../../core/fakeClock.js";
import { createMachineRun, runMachine, type Machine } from "./machineRun.js";

type Event = "go" | "break" | "end" | "timeout" | "too-late";
type Effect = { readonly kind: "do"; readonly what: Event } | { readonly kind: "arm-timer"; readonly afterMs: number };

/** Counts its events; "end" is its last. */
const counter: Machine<number, Event, Effect> = {
  first: [0, [{ kind: "arm-timer", afterMs: 100 }]],
  step: (count, event) => [event === "end" ? -1 : count + 1, [{ kind: "do", what: event }]],
  timeoutEvent: "timeout",
  isOver: (count) => count < 0,
};

function started(changes: Partial<typeof counter> = {}, onDo: (what: Event) => void = () => undefined) {
  const clock = new FakeClock();
  const states: number[] = [];
  const did: Event[] = [];
  const onEvent = runMachine<number, Event, Effect>({
    ...{ scheduler: clock, machine: { ...counter, ...changes }, onState: (state) => states.push(state) },
    perform: ({ what }) => {
      did.push(what);
      onDo(what);
    },
  });
  return { clock, states, did, onEvent };
}

describe("the run of a protocol machine", () => {
  it("gives it its events in order, its time-out, and nothing after its end", () => {
    const { clock, states, did, onEvent } = started();
    onEvent("go");
    clock.advance(100);
    onEvent("end");
    onEvent("go");
    clock.advance(1000);
    expect([states, did]).toEqual([
      [0, 1, 2, -1],
      ["go", "timeout", "end"],
    ]);
    expect(clock.countOfWaiting()).toBe(0);
  });

  it("ends at its deadline, which is cancelled when it is over before", () => {
    const deadline = { afterMs: 50, event: "too-late" } as const;
    const late = started({ deadline });
    late.clock.advance(50);
    expect(late.did).toEqual(["too-late"]);
    const early = started({ deadline });
    early.onEvent("end");
    expect(early.clock.countOfWaiting()).toBe(0);
  });

  it("keeps what is received while a step is still being done until it is done", () => {
    const clock = new FakeClock();
    const order: string[] = [];
    const { start, onEvent } = createMachineRun<number, Event, Effect>({
      ...{ scheduler: clock, machine: { ...counter, first: [0, [{ kind: "do", what: "go" }]] } },
      perform: ({ what }) => {
        order.push(`do ${what}`);
        if (what === "go") onEvent("end");
        order.push(`did ${what}`);
      },
      onState: (state) => order.push(`state ${state}`),
    });
    start();
    expect(order).toEqual(["do go", "did go", "state 0", "do end", "did end", "state -1"]);
  });

  it("goes on after an effect that threw: later events are not left lying", () => {
    const { clock, did, states, onEvent } = started({}, (what) => {
      if (what === "break") throw new Error("a bug");
    });
    expect(() => onEvent("break")).toThrow("a bug");
    onEvent("go");
    clock.advance(100);
    expect(did).toEqual(["break", "go", "timeout"]);
    expect(states.at(-1)).toBe(3);
  });
});
