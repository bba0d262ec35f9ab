/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createCoast } from "../../geo/coast.js";
import type { CoastDocument } from "../../geo/coastDocument.js";
import { CALM, planFindings, type FindingContext } from "./planFindings.js";
import { planFromArea, type SortieRequest } from "../makeSortie.js";
import type { Plan } from "../plan.js";
import { areaOf, aRequest, theAircraft } from "../testing/planBuilders.js";

const context: FindingContext = {
  aircraft: theAircraft(),
  assumed: undefined,
  vehicle: undefined,
  home: undefined,
  wind: CALM,
  ground: { coast: undefined, terrain: undefined },
};
function planOf(changes: Partial<SortieRequest> = {}): Plan {
  const sortie = planFromArea(aRequest(changes));
  if (!sortie.ok) throw new Error(sortie.error.kind);
  return sortie.value.plan;
}
const kindsOf = (plan: Plan, changes: Partial<FindingContext> = {}): string[] =>
  planFindings(plan, { ...context, ...changes }).map(({ kind }) => kind);
const without = (plan: Plan, id: string): Plan => ({ ...plan, items: plan.items.filter((item) => item.id !== id) });

describe("the check of a plan", () => {
  it("finds nothing wrong with a proper sortie", () => {
    expect(kindsOf(planOf())).toEqual(["training"]);
    expect(kindsOf(planOf({ isTraining: false }))).toEqual([]);
  });

  it("finds what is missing", () => {
    expect(kindsOf(without(planOf(), "take-off"))).toContain("no-take-off");
    expect(kindsOf(without(planOf(), "return"))).toContain("no-return");
    expect(kindsOf({ ...planOf(), plannedHome: undefined })).toContain("no-home");
    expect(kindsOf({ ...planOf(), items: [] })).toContain("no-items");
  });

  it("finds heights that are too low, too high or measured from different zeros", () => {
    expect(kindsOf(planOf({ override: { heightAboveHomeM: 1 } }))).toContain("too-low");
    expect(kindsOf(planOf({ override: { heightAboveHomeM: 125 } }))).toContain("too-high");
    const plan = planOf();
    const mixed = plan.items.map((item) =>
      item.kind === "simple" && item.item.altitude
        ? { ...item, item: { ...item.item, altitude: { datum: "amsl" as const, valueM: 80 } } }
        : item,
    );
    expect(kindsOf({ ...plan, items: mixed })).toContain("mixed-datums");
  });

  it("counts the height above the sea where home stands higher and the map shows sea", () => {
    const coast = createCoast(JSON.parse(readFileSync("missions/coast/channel.json", "utf8")) as CoastDocument);
    const area = areaOf([-900, 0], [-600, 0], [-600, 200], [-900, 200]);
    const findings = planFindings(planOf({ area, override: { heightAboveHomeM: 118 } }), {
      ...context,
      ground: { coast, terrain: undefined },
    });
    expect(findings).toContainEqual({
      kind: "too-high",
      severity: "caution",
      seq: 1,
      facts: { heightAboveHomeM: 122, limitM: 120 },
    });
    expect(findings).toContainEqual(expect.objectContaining({ kind: "land-and-sea", severity: "info" }));
  });

  it("finds an area that is none, and a sweep far too large for the battery", () => {
    const plan = planOf();
    const crossed = plan.items.map((item) =>
      item.kind === "sweep" ? { ...item, area: areaOf([0, 0], [100, 100], [100, 0], [0, 100]) } : item,
    );
    expect(planFindings({ ...plan, items: crossed }, context)[0]).toMatchObject({
      kind: "area-invalid",
      facts: { itemId: "sweep-1", because: "self-crossing" },
    });
    const large = planOf({ area: areaOf([0, 0], [6000, 0], [6000, 2000], [0, 2000]) });
    expect(kindsOf(large)).toEqual(expect.arrayContaining(["energy-reserve", "far-from-home", "long-hop"]));
  });

  it("finds speeds and winds the aircraft is not made for", () => {
    expect(kindsOf(planOf({ override: { groundSpeedMps: 25 } }))).toContain("speed-too-high");
    expect(kindsOf(planOf(), { wind: { fromDeg: 0, speedMps: 13 } })).toContain("wind-too-strong");
  });

  it("puts dangers first", () => {
    const severities = planFindings(without(planOf({ override: { heightAboveHomeM: 125 } }), "take-off"), context).map(
      ({ severity }) => severity,
    );
    expect(severities).toEqual(["danger", "caution", "info"]);
  });
});
