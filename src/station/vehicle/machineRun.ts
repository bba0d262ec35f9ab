import type { Cancel, Scheduler } from "../../core/clock.js";

type ArmTimer = { readonly kind: "arm-timer"; readonly afterMs: number };

/** A protocol as a pure function: where it begins, one step, and when it is over. */
export type Machine<State, Event, Effect extends { readonly kind: string }> = {
  readonly first: readonly [State, readonly (Effect | ArmTimer)[]];
  readonly step: (state: State, event: Event) => readonly [State, readonly (Effect | ArmTimer)[]];
  /** The event when the timer that the machine armed has run out. */
  readonly timeoutEvent: Event;
  readonly isOver: (state: State) => boolean;
  /** An event that it gets once, so long after its start, unless it is over by then. */
  readonly deadline?: { readonly afterMs: number; readonly event: Event } | undefined;
};

type MachineRunOptions<State, Event, Effect extends { readonly kind: string }> = {
  readonly scheduler: Scheduler;
  readonly machine: Machine<State, Event, Effect>;
  readonly perform: (effect: Exclude<Effect, ArmTimer>) => void;
  /** Every state, the first and the last one too, after its effects. */
  readonly onState: (state: State) => void;
};

const isTimer = (effect: { readonly kind: string }): effect is ArmTimer => effect.kind === "arm-timer";

type MachineRun<Event> = {
  /** Performs the effects of the first state. */
  readonly start: () => void;
  /** What is received before the end of `start`, as a reply to the first message may be, waits until then. */
  readonly onEvent: (event: Event) => void;
};

/**
 * Prepares the run of a protocol machine: keeps its timer, performs its effects, gives it the events that are received
 * until it is over.
 */
export function createMachineRun<State, Event, Effect extends { readonly kind: string }>(
  options: MachineRunOptions<State, Event, Effect>,
): MachineRun<Event> {
  const { scheduler, machine, perform, onState } = options;
  let [state] = machine.first;
  let cancelTimer: Cancel = () => undefined;
  let cancelDeadline: Cancel = () => undefined;
  const waiting: Event[] = [];
  let isSettling = true;
  const settle = ([next, effects]: readonly [State, readonly (Effect | ArmTimer)[]]): void => {
    state = next;
    for (const effect of effects) {
      if (!isTimer(effect)) perform(effect as Exclude<Effect, ArmTimer>);
      else {
        cancelTimer();
        cancelTimer = scheduler.after(effect.afterMs, () => onEvent(machine.timeoutEvent));
      }
    }
    if (machine.isOver(state)) {
      cancelTimer();
      cancelDeadline();
    }
    onState(state);
  };
  // A reply may be received while its request is still being sent: it waits until that step is finished.
  const drain = (): void => {
    isSettling = true;
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        if (!machine.isOver(state)) settle(machine.step(state, next));
      }
    } finally {
      // After an exception, which is a bug of an effect, the machine still takes events and times out.
      isSettling = false;
    }
  };
  const onEvent = (event: Event): void => {
    waiting.push(event);
    if (!isSettling) drain();
  };
  const start = (): void => {
    try {
      settle(machine.first);
    } finally {
      isSettling = false;
    }
    drain();
    const { deadline } = machine;
    if (deadline && !machine.isOver(state))
      cancelDeadline = scheduler.after(deadline.afterMs, () => onEvent(deadline.event));
  };
  return { start, onEvent };
}

/** Starts a protocol machine, and returns what takes its events. */
export function runMachine<State, Event, Effect extends { readonly kind: string }>(
  options: MachineRunOptions<State, Event, Effect>,
): (event: Event) => void {
  const { start, onEvent } = createMachineRun(options);
  start();
  return onEvent;
}
