import type { Cancel, Scheduler } from "../../core/clock.js";

type ArmTimer = { readonly kind: "arm-timer"; readonly afterMs: number };

type MachineRunOptions<State, Event, Effect extends { readonly kind: string }> = {
  readonly scheduler: Scheduler;
  readonly first: readonly [State, readonly (Effect | ArmTimer)[]];
  readonly step: (state: State, event: Event) => readonly [State, readonly (Effect | ArmTimer)[]];
  /** What the machine hears when the timer it armed has run out. */
  readonly timeoutEvent: Event;
  readonly perform: (effect: Exclude<Effect, ArmTimer>) => void;
  readonly isOver: (state: State) => boolean;
  /** Every state, the last one too. */
  readonly onState: (state: State) => void;
};

const isTimer = (effect: { readonly kind: string }): effect is ArmTimer => effect.kind === "arm-timer";

/** Runs a protocol machine: keeps its timer, performs its effects, feeds it what was heard until it is over. */
export function runMachine<State, Event, Effect extends { readonly kind: string }>(
  options: MachineRunOptions<State, Event, Effect>,
): (event: Event) => void {
  let [state] = options.first;
  let cancelTimer: Cancel = () => undefined;
  const waiting: Event[] = [];
  let isSettling = true;
  const settle = ([next, effects]: readonly [State, readonly (Effect | ArmTimer)[]]): void => {
    state = next;
    for (const effect of effects) {
      if (!isTimer(effect)) options.perform(effect as Exclude<Effect, ArmTimer>);
      else {
        cancelTimer();
        cancelTimer = options.scheduler.after(effect.afterMs, () => onEvent(options.timeoutEvent));
      }
    }
    if (options.isOver(state)) cancelTimer();
    options.onState(state);
  };
  // An answer may come while its question is still being sent: it waits until that step is told.
  const drain = (): void => {
    isSettling = true;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (!options.isOver(state)) settle(options.step(state, next));
    }
    isSettling = false;
  };
  const onEvent = (event: Event): void => {
    waiting.push(event);
    if (!isSettling) drain();
  };
  settle(options.first);
  drain();
  return onEvent;
}
