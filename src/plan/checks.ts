import type { Coast } from "../geo/coast.js";
import type { Aircraft, Wind } from "./aircraft.js";
import { estimateFlight } from "./energy.js";
import { flightPath, heightAboveHomeM } from "./flightPath.js";
import type { Hop } from "./flightPath.js";
import { LEGAL_HEIGHT_M } from "./limits.js";
import { CMD } from "./missionCommands.js";
import { parallelSweep } from "./patterns/parallelSweep.js";
import { missionItemsOf } from "./plan.js";
import type { MissionItem, Plan } from "./plan.js";

type FindingId =
  | "no-items"
  | "no-take-off"
  | "no-return"
  | "no-home"
  | "too-many-items"
  | "area-invalid"
  | "not-flyable-item"
  | "too-low"
  | "too-high"
  | "mixed-datums"
  | "far-from-home"
  | "long-hop"
  | "speed-too-high"
  | "wind-too-strong"
  | "energy-reserve"
  | "land-and-sea"
  | "training";

/** `facts` are what a text about it needs; the sentences live with the screens and the command line. */
export type Finding = {
  readonly id: FindingId;
  /** danger: do not fly this; caution: look at it; info: for knowledge. */
  readonly severity: "info" | "caution" | "danger";
  readonly facts: Readonly<Record<string, string | number>>;
};

export type CheckContext = { readonly aircraft: Aircraft; readonly wind: Wind; readonly coast: Coast | undefined };

// ArduPilot's storage holds 724 items on small boards; a transfer of more takes minutes on a radio.
const ITEMS_MOST = 700;
const HEIGHT_LEAST_M = 2;
const FROM_HOME_CAUTION_M = 5_000;
const HOP_CAUTION_M = 5_000;

/** Basic checks, dangers first. Energy is checked home from every point; terrain and airspace are not looked at. */
export function checkPlan(plan: Plan, context: CheckContext): readonly Finding[] {
  const items = missionItemsOf(plan);
  if (items.length === 0) return [...areaFindings(plan), finding("no-items", "danger"), ...trainingFinding(plan)];
  const findings = [
    ...areaFindings(plan),
    ...structureFindings(plan, items),
    ...heightFindings(plan, items, context.coast),
    ...distanceFindings(plan),
    ...aircraftFindings(plan, items, context),
    ...surfaceFindings(items, context.coast),
    ...trainingFinding(plan),
  ];
  const rank = { danger: 0, caution: 1, info: 2 };
  return findings.sort((a, b) => rank[a.severity] - rank[b.severity]);
}

const finding = (id: FindingId, severity: Finding["severity"], facts: Finding["facts"] = {}): Finding => ({
  id,
  severity,
  facts,
});

const trainingFinding = (plan: Plan): Finding[] => (plan.isTraining ? [finding("training", "info")] : []);

function areaFindings(plan: Plan): Finding[] {
  return plan.items.flatMap((item) => {
    if (item.kind === "opaque" && item.items.length === 0) {
      return [finding("not-flyable-item", "danger", { itemId: item.id, type: item.complexItemType })];
    }
    if (item.kind !== "sweep") return [];
    const sweep = parallelSweep(item.area, item.settings);
    return sweep.ok ? [] : [finding("area-invalid", "danger", { itemId: item.id, because: sweep.error.kind })];
  });
}

function structureFindings(plan: Plan, items: readonly MissionItem[]): Finding[] {
  const findings: Finding[] = [];
  if (!plan.plannedHome) findings.push(finding("no-home", "caution"));
  if (items.length > ITEMS_MOST)
    findings.push(finding("too-many-items", "danger", { items: items.length, limit: ITEMS_MOST }));
  // Speed, gimbal and camera may come first; the first thing flown must be the take-off.
  const firstFlown = items.find((item) => item.command <= 95);
  if (firstFlown?.command !== CMD.takeOff) findings.push(finding("no-take-off", "caution"));
  if (!items.some(({ command }) => command === CMD.returnToLaunch || command === CMD.land)) {
    findings.push(finding("no-return", "caution"));
  }
  return findings;
}

/** Heights the plan flies at, above home; and above the sea where some of it is flown over the sea. */
function heightFindings(plan: Plan, items: readonly MissionItem[], coast: Coast | undefined): Finding[] {
  const home = plan.plannedHome;
  const flown = items.filter((item) => item.command <= 95 && item.command !== CMD.land && item.altitude !== undefined);
  const datums = [...new Set(flown.map((item) => item.altitude?.datum))];
  const findings: Finding[] = [];
  if (datums.length > 1) findings.push(finding("mixed-datums", "danger", { datums: datums.join(", ") }));
  if (!home) return findings;
  const heightsM = flown.flatMap((item) => heightAboveHomeM(item, home) ?? []);
  if (heightsM.length === 0) return findings;
  const lowestM = Math.min(...heightsM);
  const highestM = Math.max(...heightsM);
  if (lowestM < HEIGHT_LEAST_M) {
    findings.push(finding("too-low", "danger", { heightAboveHomeM: lowestM, limitM: HEIGHT_LEAST_M }));
  }
  const isOverSea = flown.some(({ position }) => position && coast?.landOrSea(position).surface === "sea");
  const aboveSeaM = isOverSea ? highestM + Math.max(0, home.altitudeAmslM) : highestM;
  if (highestM > LEGAL_HEIGHT_M) {
    findings.push(finding("too-high", "danger", { heightAboveHomeM: highestM, limitM: LEGAL_HEIGHT_M }));
  } else if (aboveSeaM > LEGAL_HEIGHT_M) {
    // Legal over land as high as home, not over the sea below it.
    findings.push(finding("too-high", "caution", { heightAboveHomeM: aboveSeaM, limitM: LEGAL_HEIGHT_M }));
  }
  return findings;
}

function distanceFindings(plan: Plan): Finding[] {
  const hops = flightPath(plan);
  const awayM = Math.max(0, ...hops.map(({ to }) => Math.hypot(to.eastM, to.northM)));
  const longest = hops.reduce<Hop | undefined>(
    (best, hop) => (lengthM(hop) > (best ? lengthM(best) : 0) ? hop : best),
    undefined,
  );
  const findings: Finding[] = [];
  if (awayM > FROM_HOME_CAUTION_M) {
    findings.push(finding("far-from-home", "caution", { distanceM: awayM, limitM: FROM_HOME_CAUTION_M }));
  }
  if (longest && lengthM(longest) > HOP_CAUTION_M) {
    findings.push(finding("long-hop", "caution", { lengthM: lengthM(longest), itemIndex: longest.itemIndex }));
  }
  return findings;
}

const lengthM = ({ from, to }: Hop): number => Math.hypot(to.eastM - from.eastM, to.northM - from.northM);

function aircraftFindings(plan: Plan, items: readonly MissionItem[], { aircraft, wind }: CheckContext): Finding[] {
  const findings: Finding[] = [];
  const speeds = items.filter((item) => item.command === CMD.changeSpeed).map((item) => item.params[1] ?? 0);
  const fastestMps = Math.max(0, ...speeds);
  if (fastestMps > aircraft.maxAirSpeedMps) {
    findings.push(finding("speed-too-high", "danger", { speedMps: fastestMps, limitMps: aircraft.maxAirSpeedMps }));
  }
  const flight = estimateFlight(plan, aircraft, wind);
  if (wind.speedMps > aircraft.maxWindMps || !flight.isFlyable) {
    findings.push(finding("wind-too-strong", "danger", { windMps: wind.speedMps, limitMps: aircraft.maxWindMps }));
  }
  const leftFraction = flight.worstReturnFraction;
  if (flight.isFlyable && leftFraction < aircraft.reserveFraction) {
    const facts = { leftFraction, reserveFraction: aircraft.reserveFraction };
    findings.push(finding("energy-reserve", "danger", facts));
  }
  return findings;
}

function surfaceFindings(items: readonly MissionItem[], coast: Coast | undefined): Finding[] {
  const places = items.flatMap((item) => item.position ?? []);
  if (!coast || places.length === 0) return [];
  const count = { land: 0, sea: 0, unknown: 0 };
  for (const place of places) count[coast.landOrSea(place).surface]++;
  return [finding("land-and-sea", "info", { onLand: count.land, atSea: count.sea, unknown: count.unknown })];
}
