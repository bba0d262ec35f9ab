/** One verdict everywhere: `vigie check`, the Plan workspace and the upload report the same findings for a plan. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { DEFAULT_REQUIREMENTS } from "../../renderer/plan/planEditorState.js";
import { NOT_CHECKED } from "../../renderer/plan/groundCheck.js";
import { figuresOf } from "../../renderer/plan/planFigures.js";
import { identityFrom } from "../mavlink/identity.js";
import { isDanger } from "../plan/findings/planFindings.js";
import { readPlanFile } from "../plan/formats/planFile.js";
import type { Plan } from "../plan/plan.js";
import { planFromArea } from "../plan/makeSortie.js";
import { areaOf, aRequest, theAircraft } from "../plan/testing/planBuilders.js";
import { findingsFor, blockingFindings } from "../station/blockingFindings.js";
import { NO_TERRAIN } from "../station/terrain/stationTerrain.js";
import { emptyVehicle } from "../vehicle/reduceVehicle.js";
import type { VehicleState } from "../vehicle/vehicleState.js";
import { checkPlanFor, findingForJson } from "./planCheck.js";

function planAt(file: string): Plan {
  const plan = readPlanFile(readFileSync(file, "utf8"), file);
  if (!plan.ok) throw new Error(plan.error.problem);
  return { ...plan.value, isTraining: false };
}
function made(changes: Parameters<typeof aRequest>[0]): Plan {
  const sortie = planFromArea(aRequest({ isTraining: false, ...changes }));
  if (!sortie.ok) throw new Error(sortie.error.kind);
  return sortie.value.plan;
}
const fixture = (room: string, name: string): Plan => planAt(path.join("src/plan", room, "fixtures", name));
const PLANS: readonly (readonly [string, Plan])[] = [
  ["a training plan", planAt("missions/plans/boulogne-night-1.plan")],
  ["a return in frame 3", fixture("findings", "return-in-frame-3.plan")],
  ["a waypoint outside the fence", fixture("findings", "waypoint-outside-fence.plan")],
  ["a VTOL plan", fixture("findings", "vtol.plan")],
  ["a fixed-wing landing", fixture("formats", "fixed-wing-landing.plan")],
  ["a Mission Planner mission", fixture("formats", "mission.waypoints")],
  ["too low", made({ override: { heightAboveHomeM: 1 } })],
  ["14 batteries", made({ area: areaOf([0, 0], [20_000, 0], [20_000, 4000], [0, 4000]) })],
  ["a wing's", made({ aircraft: { ...theAircraft(), vehicleType: 1, firmwareType: 12 } })],
];
const VEHICLES: readonly (readonly [mavAutopilot: number, mavType: number])[] = [
  [3, 2],
  [12, 2],
  [3, 1],
  [12, 1],
  [12, 22],
];

describe("findings 4 A: one verdict in every door", () => {
  it.each(PLANS)("%s", async (_name, plan) => {
    for (const [mavAutopilot, mavType] of VEHICLES) {
      const empty = emptyVehicle({ linkName: "udp", systemId: 1, componentId: 1 });
      const vehicle: VehicleState = { ...empty, ...identityFrom(mavAutopilot, mavType) };
      const checked = await checkPlanFor(plan, { vehicle });
      if (!checked.ok) throw new Error(checked.error);
      const dangers = checked.value.filter(isDanger);
      const printed = (findings: readonly { readonly kind: string; readonly seq?: number }[]) =>
        findings.map(({ kind, seq }) => `${kind} ${seq ?? ""}`);
      const atUpload = findingsFor(plan, vehicle).filter(isDanger);
      const context = {
        ...{ aircraft: theAircraft(), coast: undefined, requirements: DEFAULT_REQUIREMENTS, vehicle },
        groundCheck: NOT_CHECKED,
      };
      const inPlan = figuresOf(plan, undefined, context).findings.filter(isDanger);
      expect(printed(atUpload)).toEqual(printed(dangers));
      expect(printed(inPlan)).toEqual(printed(dangers));
      const objected = blockingFindings(plan, vehicle, NO_TERRAIN).flatMap((one) =>
        one.kind === "plan-danger" ? [one.finding] : [],
      );
      expect(objected).toEqual(dangers.map(({ kind }) => kind));
      for (const finding of checked.value) {
        const { severity, kind, text } = findingForJson(finding);
        expect([severity, kind]).toEqual([finding.severity, finding.kind]);
        expect(text).not.toMatch(/NaN|undefined|\?/);
      }
    }
  });
});
