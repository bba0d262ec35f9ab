/** Plays a flight, step by step, and collects its alarms. */
import { type FlightAlarm, NO_FLIGHT, noteCommand, noteOwnArming, watchFlight } from "../flightAlarms.js";
import type { AirframeKind, FlightPhase, VehicleState } from "../vehicleState.js";
import {
  at,
  heartbeat,
  NOTHING_RECEIVED,
  phase,
  place,
  placeOnly,
  receive,
  text,
  type Received,
} from "./vehicleBuilder.js";

/** What is received at one moment. */
export type Step = {
  readonly atMs: number;
  readonly downMps: number;
  readonly heightM: number;
  readonly groundSpeedMps?: number;
  readonly isArmed?: boolean;
  readonly modeName?: string;
  readonly landed?: FlightPhase["landed"];
  readonly vtol?: FlightPhase["vtol"];
  readonly text?: string;
  readonly componentId?: number;
  readonly isBreached?: boolean;
  /** Only a heartbeat is received: all other readings keep their age. */
  readonly isBare?: boolean;
  /** A heartbeat and a position without a velocity. */
  readonly isWithoutVelocity?: boolean;
  /** What this station does right before. */
  readonly isDisarmAsked?: boolean;
  readonly isArmAsked?: boolean;
  readonly isOwnArming?: boolean;
};

const placeOf = ({ heightM, downMps, groundSpeedMps = 0, isWithoutVelocity }: Step): Received => {
  const where = { altitudeAmslM: heightM + 10, altitudeAboveHomeM: heightM };
  return isWithoutVelocity ? placeOnly(where) : place(where, { downMps, groundSpeedMps });
};

function eventsOf(step: Step, airframe: AirframeKind): readonly Received[] {
  const { isArmed = true, modeName = "AUTO", landed, vtol, componentId = 1, isBreached } = step;
  const beat = heartbeat({ airframe, customMode: 0, modeName, isArmed });
  if (step.isBare) return [beat];
  return [
    beat,
    placeOf(step),
    ...(landed === undefined && vtol === undefined ? [] : [phase(landed, vtol)]),
    ...(isBreached === undefined ? [] : [{ kind: "fence", fence: { isBreached, countOfBreaches: 1 } } as const]),
    ...(step.text === undefined ? [] : [{ ...text(step.text, 0), componentId }]),
  ];
}

/** Returns the alarms in order, of all steps. */
export function fly(steps: readonly Step[], airframe: AirframeKind = "copter"): readonly FlightAlarm[] {
  let state: VehicleState = NOTHING_RECEIVED;
  let watch = NO_FLIGHT;
  const reported: FlightAlarm[] = [];
  for (const step of steps) {
    if (step.isArmAsked) watch = noteCommand(watch, { kind: "arm" }, step.atMs);
    if (step.isDisarmAsked) watch = noteCommand(watch, { kind: "disarm" }, step.atMs);
    if (step.isOwnArming) watch = noteOwnArming(watch);
    const events = eventsOf(step, airframe).map((event) => at(step.atMs, event));
    const after = receive(events, state);
    const [next, alarms] = watchFlight(watch, state, after);
    reported.push(...alarms);
    watch = next;
    state = after;
  }
  return reported;
}
export const kinds = (alarms: readonly FlightAlarm[]): readonly string[] => alarms.map(({ kind }) => kind);

/** Steps 200 ms apart. */
export const every = (count: number, of: (i: number) => Omit<Step, "atMs">, fromMs = 0): readonly Step[] =>
  Array.from({ length: count }, (_, i) => ({ ...of(i), atMs: fromMs + i * 200 }));
