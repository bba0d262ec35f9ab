/**
 * What concerns several aircraft at once: commands to a chosen set, warnings of crossing paths, relief when a battery
 * runs low.
 */
import type { Clock } from "../core/clock.js";
import { assertNever, err, ok, type Result } from "../core/result.js";
import type { StationFailure } from "../contract/failures.js";
import type { FleetReply, FleetRequest } from "../contract/fleetMessages.js";
import type { ToUi } from "../contract/messages.js";
import { writePlanFile } from "../plan/formats/planFile.js";
import { missionItemsOf, type PlannedHome } from "../plan/plan.js";
import { planCrossings, type PlanCrossing, type PlanInTheAir } from "../plan/planCrossings.js";
import { closingPairs, flyingFrom } from "../vehicle/fleetSeparation.js";
import { isAirborne, isArmed } from "../vehicle/selectors/airborne.js";
import { currentPlanItem } from "../vehicle/selectors/mission.js";
import type { FleetWarning } from "../vehicle/fleetWarnings.js";
import type { VehicleId } from "../vehicle/vehicleState.js";
import type { StationBus } from "./bus.js";
import { handOver } from "./handOver.js";
import type { VehicleSession } from "./vehicle/vehicleSession.js";

const LOOK_EVERY_MS = 1000;
/** Below this fraction of battery the aircraft should fly home: pilots keep a quarter for return and landing. */
const RESERVE_FRACTION = 0.25;
/** A battery estimate varies by a few per cent with the load. */
const RESERVE_HYSTERESIS = 0.03;

type FleetServiceOptions = {
  readonly clock: Clock;
  /** The vehicle's session, which may reject commands; undefined for an unknown vehicle. */
  readonly vehicle: (id: VehicleId) => VehicleSession | undefined;
  readonly vehicles: () => readonly VehicleSession[];
  readonly bus: StationBus;
};

type FleetService = {
  /** Resolves when the request has ended for every vehicle of the set. */
  readonly answer: (request: FleetRequest) => Promise<Result<FleetReply, StationFailure>>;
  /** Computes warnings at most once a second, however often it is called. */
  readonly tick: () => void;
  /** The messages that a screen needs when it joins late. */
  readonly snapshot: () => readonly ToUi[];
};

export function createFleetService(options: FleetServiceOptions): FleetService {
  const { clock, vehicle: find, vehicles, bus } = options;
  const crossingsOf = createCrossings();
  let warnings: readonly FleetWarning[] = [];
  let lookedAtMonoMs = Number.NEGATIVE_INFINITY;

  const commandAll = async (request: Extract<FleetRequest, { kind: "fleet-command" }>): Promise<FleetReply> => {
    const { commandId, command, isConfirmed } = request;
    const vehicleIds = [...new Set(request.vehicleIds)];
    bus.record("fleet-command", { commandId, vehicleIds, command });
    const order = { commandId, command, isConfirmed };
    const results = await Promise.all(
      vehicleIds.map(async (vehicleId) => {
        const result = await (find(vehicleId)?.command(order) ?? err({ kind: "vehicle-lost" } as const));
        return { vehicleId, result };
      }),
    );
    return { kind: "fleet-results", results };
  };

  return {
    answer: async (request) => {
      switch (request.kind) {
        case "fleet-command":
          return ok(await commandAll(request));
        case "propose-hand-over":
          return proposeHandOver(find(request.fromId), find(request.toId));
        default:
          return assertNever(request);
      }
    },
    tick: () => {
      if (clock.monoMs() - lookedAtMonoMs < LOOK_EVERY_MS) return;
      lookedAtMonoMs = clock.monoMs();
      const now = warningsAmong(vehicles(), { nowMonoMs: lookedAtMonoMs, before: warnings, crossingsOf });
      if (JSON.stringify(now) === JSON.stringify(warnings)) return;
      recordChanges(warnings, now, bus);
      warnings = now;
      bus.send({ kind: "fleet-warnings", warnings });
    },
    snapshot: () => [{ kind: "fleet-warnings", warnings }],
  };
}

type Look = {
  readonly nowMonoMs: number;
  readonly before: readonly FleetWarning[];
  readonly crossingsOf: ReturnType<typeof createCrossings>;
};

function warningsAmong(sessions: readonly VehicleSession[], { nowMonoMs, before, crossingsOf }: Look) {
  const present = sessions.filter((session) => !session.isLost());
  const flying = present.flatMap((session) => flyingFrom(session.state(), nowMonoMs) ?? []);
  const relief = present.flatMap((session) => reliefNeeded(session, before));
  return [...closingPairs(flying, before), ...crossingsOf(present), ...relief] satisfies readonly FleetWarning[];
}

function reliefNeeded(session: VehicleSession, before: readonly FleetWarning[]): readonly FleetWarning[] {
  const { id, battery } = session.state();
  const remainingFraction = battery?.value.remainingFraction;
  const plan = session.verifiedPlan();
  if (remainingFraction === undefined || !plan || isArmed(session.state()) !== true) return [];
  const isUnfinished = (currentPlanItem(session.state()) ?? 0) < missionItemsOf(plan).length - 1;
  const wasWarned = before.some((warning) => warning.kind === "relief-needed" && warning.a === id);
  const limit = RESERVE_FRACTION + (wasWarned ? RESERVE_HYSTERESIS : 0);
  return isUnfinished && remainingFraction < limit ? [{ kind: "relief-needed", a: id, remainingFraction }] : [];
}

const homeOf = (session: VehicleSession): PlannedHome | undefined => session.state().home?.value;

/**
 * One warning per pair of aircraft: the nearest crossing still ahead. Computed once for a given pair of plans and
 * homes.
 */
function createCrossings() {
  type Known = { readonly a: PlanInTheAir; readonly b: PlanInTheAir; readonly crossings: readonly PlanCrossing[] };
  const known = new Map<string, Known>();
  const isSame = (one: PlanInTheAir, other: PlanInTheAir): boolean =>
    one.plan === other.plan && JSON.stringify(one.home) === JSON.stringify(other.home);
  const between = (key: string, a: PlanInTheAir, b: PlanInTheAir): readonly PlanCrossing[] => {
    const before = known.get(key);
    if (before && isSame(before.a, a) && isSame(before.b, b)) return before.crossings;
    const crossings = planCrossings(a, b);
    known.set(key, { a, b, crossings });
    return crossings;
  };
  return (sessions: readonly VehicleSession[]): readonly FleetWarning[] => {
    const planned = sessions.flatMap((session) => {
      const plan = session.verifiedPlan();
      const state = session.state();
      const passed = isAirborne(state) ? (currentPlanItem(state) ?? 0) : 0;
      const id = state.id;
      return plan ? [{ id, passed, flown: { plan, home: homeOf(session) ?? plan.plannedHome } }] : [];
    });
    return planned.flatMap((a, i) =>
      planned.slice(i + 1).flatMap((b): readonly FleetWarning[] => {
        const crossings = between(`${a.id} ${b.id}`, a.flown, b.flown);
        const next = crossings.find(({ itemA, itemB }) => itemA >= a.passed && itemB >= b.passed);
        if (!next) return [];
        const { verticalM, ...rest } = next;
        const height = verticalM === undefined ? { verticalM: 0, isHeightUnknown: true } : { verticalM };
        return [{ kind: "plans-cross", a: a.id, b: b.id, ...rest, ...height }];
      }),
    );
  };
}

/** Logs each pair or aircraft when its warning is new; changing figures are not logged again. */
function recordChanges(before: readonly FleetWarning[], now: readonly FleetWarning[], bus: StationBus): void {
  const keyOf = (warning: FleetWarning): string => `${warning.kind} ${warning.a} ${"b" in warning ? warning.b : ""}`;
  const known = new Set(before.map(keyOf));
  for (const warning of now) if (!known.has(keyOf(warning))) bus.record("fleet-warning", { warning });
}

function proposeHandOver(
  from: VehicleSession | undefined,
  to: VehicleSession | undefined,
): Result<FleetReply, StationFailure> {
  if (!from || !to) return err({ kind: "no-vehicle" });
  const plan = from.verifiedPlan();
  const onBoard = from.aircraftPlan();
  if (!plan || onBoard.kind !== "verified") return err({ kind: "not-found", what: "verified-plan" });
  const currentItem = currentPlanItem(from.state()) ?? 0;
  const made = handOver({ plan, currentItem, home: homeOf(from), reliefHome: homeOf(to) });
  if (!made.ok) {
    const because = made.error.kind === "no-home" ? "no-home" : "plan-empty";
    return err({ kind: "transfer", failure: { kind: "not-possible", because } });
  }
  const { countOfItems, fromItem } = made.value;
  const { planHash } = onBoard;
  const planText = writePlanFile(made.value.plan);
  return ok({ kind: "hand-over", planText, countOfItems, fromItem, planHash, currentItem });
}
