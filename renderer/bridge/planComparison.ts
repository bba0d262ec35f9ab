/**
 * Maintains two facts that the station does not send by itself: the hash of the plan on screen, computed as the station
 * computes it for an upload, and the verified plans on board, requested from the station. A page that did not send a
 * plan itself (after a reload, on a second screen) can only learn it this way.
 */
import { readPlanFile, writePlanFile } from "../../src/plan/formats/planFile.js";
import { missionItemsOf, type Plan } from "../../src/plan/plan.js";
import type { ShownPlan } from "../../src/vehicle/selectors/planAboard.js";
import type { AircraftPlan } from "../../src/vehicle/transfers.js";
import type { VehicleId } from "../../src/vehicle/vehicleState.js";
import type { UiRequest } from "../../src/contract/messages.js";
import type { Latest } from "./latest.js";
import type { Reply } from "./requests.js";

/** A plan on board, and the hash by which `AircraftPlan` names it. */
export type PlanOfAircraft = { readonly plan: Plan; readonly planHash: string };

type Streams = {
  readonly planOnScreen: Latest<Plan | undefined>;
  readonly shownPlan: Latest<ShownPlan | undefined>;
  readonly aircraftPlan: Latest<ReadonlyMap<VehicleId, AircraftPlan>>;
  readonly plansAboard: Latest<ReadonlyMap<VehicleId, PlanOfAircraft>>;
};

export function trackPlans(streams: Streams, request: (asked: UiRequest) => Promise<Reply>): void {
  trackShownPlan(streams);
  trackPlansAboard(streams, request);
}

function trackShownPlan({ planOnScreen, shownPlan }: Streams): void {
  const known = new WeakMap<Plan, string>();
  planOnScreen.onChange(() => {
    const plan = planOnScreen.get();
    if (plan === undefined) {
      shownPlan.set(undefined);
      return;
    }
    const isEmpty = missionItemsOf(plan).length === 0;
    // Until the hash is computed it is undefined, never the hash of the previous plan.
    shownPlan.set({ isEmpty, planHash: known.get(plan) });
    if (known.has(plan)) return;
    void sha256Hex(writePlanFile(plan)).then((planHash) => {
      if (planHash !== undefined) known.set(plan, planHash);
      if (planOnScreen.get() === plan) shownPlan.set({ isEmpty, planHash });
    });
  });
}

async function sha256Hex(text: string): Promise<string | undefined> {
  // `crypto.subtle` does not exist on pages that are neither local nor encrypted.
  const subtle = (crypto as Partial<Crypto>).subtle;
  if (!subtle) return undefined;
  const bytes = new Uint8Array(await subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function trackPlansAboard({ aircraftPlan, plansAboard }: Streams, request: (asked: UiRequest) => Promise<Reply>): void {
  const asked = new Map<VehicleId, string>();
  const ask = async (vehicleId: VehicleId, planHash: string): Promise<void> => {
    asked.set(vehicleId, planHash);
    const reply = await request({ kind: "get-plan-aboard", vehicleId });
    if (asked.get(vehicleId) === planHash) asked.delete(vehicleId);
    if (!reply.ok || reply.value.kind !== "plan-aboard") return;
    const read = readPlanFile(reply.value.planText, "plan");
    if (!read.ok) return;
    plansAboard.set(new Map(plansAboard.get()).set(vehicleId, { plan: read.value, planHash: reply.value.planHash }));
  };
  aircraftPlan.onChange(() => {
    const held = aircraftPlan.get();
    // After a new hello the station may be another one: drop the plans of aircraft it no longer reports.
    const kept = [...plansAboard.get()].filter(([id]) => held.has(id));
    if (kept.length < plansAboard.get().size) plansAboard.set(new Map(kept));
    for (const [vehicleId, plan] of held) {
      if (!("planHash" in plan)) continue;
      const isKnown = plansAboard.get().get(vehicleId)?.planHash === plan.planHash;
      if (!isKnown && asked.get(vehicleId) !== plan.planHash) void ask(vehicleId, plan.planHash);
    }
  });
}

/** The plan that is verified on board now; undefined where none is, or where this page has not been given it. */
export function planAboardNow(
  held: AircraftPlan | undefined,
  aboard: PlanOfAircraft | undefined,
  onScreen: { readonly plan: Plan | undefined; readonly shown: ShownPlan | undefined },
): Plan | undefined {
  if (held === undefined || !("planHash" in held)) return undefined;
  if (aboard?.planHash === held.planHash) return aboard.plan;
  return onScreen.shown?.planHash === held.planHash ? onScreen.plan : undefined;
}
