/** Reading and writing plans: the station's library, the user's files, downloads. */
import { fileNameProblem } from "../../src/core/fileName.js";
import { type Result, err, ok } from "../../src/core/result.js";
import type { FileFailure, StationFailure } from "../../src/contract/failures.js";
import { readPlanFile, writePlanFile } from "../../src/plan/formats/planFile.js";
import { type AreaDocument, readAreaFile } from "../../src/plan/formats/areaFile.js";
import { isKmlText } from "../../src/plan/formats/kmlArea.js";
import type { Plan } from "../../src/plan/plan.js";
import type { StationStore } from "../bridge/stationStore.js";

type Station = Pick<StationStore, "request">;

export async function listPlans(station: Station): Promise<Result<readonly string[], StationFailure>> {
  const reply = await station.request({ kind: "list-plans" });
  if (!reply.ok) return reply;
  return ok(reply.value.kind === "plans" ? reply.value.names : []);
}

const named = (plan: Plan, fileName: string): Plan =>
  plan.name === "" ? { ...plan, name: fileName.replace(/^.*[\\/]/, "").replace(/\.plan$/i, "") } : plan;

/** Reads a plan strictly; a plan without a name gets the file's name. */
export function planFromText(text: string, fileName: string): Result<Plan, FileFailure> {
  const read = readPlanFile(text, fileName);
  return read.ok ? ok(named(read.value, fileName)) : read;
}

/** What a file opened in Plan holds: a plan, or an area to begin one with. */
type Opened =
  { readonly kind: "plan"; readonly plan: Plan } | { readonly kind: "area"; readonly document: AreaDocument };

/** When neither reader accepts the file, the error of the more likely kind is returned. */
export function openedFromText(text: string, fileName: string): Result<Opened, FileFailure> {
  if (LOG_ENDING.test(fileName)) return err(wrongKind(fileName, "this is a log: open it in Review"));
  const plan = planFromText(text, fileName);
  if (plan.ok) return ok({ kind: "plan", plan: plan.value });
  const area = readAreaFile(text, fileName);
  if (area.ok) return ok({ kind: "area", document: area.value });
  return isKmlText(text) || /\.(kml|geojson)$/i.test(fileName) ? area : plan;
}

const LOG_ENDING = /\.(tlog|bin|ulg)$/i;
const wrongKind = (path: string, problem: string): FileFailure => ({
  kind: "bad-file",
  path,
  where: undefined,
  problem,
});

export async function loadPlan(station: Station, name: string): Promise<Result<Plan, StationFailure>> {
  const reply = await station.request({ kind: "load-plan", name });
  if (!reply.ok) return reply;
  if (reply.value.kind !== "plan") return err({ kind: "not-found", what: name });
  return planFromText(reply.value.planText, name);
}

/** A name that is valid as a file name on every system: letters, digits, spaces, dots, dashes. */
export function fileNameOf(planName: string): string {
  const plain = planName
    .normalize("NFC")
    .replace(/[^\p{L}\p{N} ._-]+/gu, "-")
    .replace(/^[. -]+|[. -]+$/g, "")
    .slice(0, 80);
  // Letters may have several bytes: shorten until it fits.
  for (let length = plain.length; length > 0; length--) {
    const name = plain.slice(0, length).replace(/[. -]+$/, "");
    const problem = fileNameProblem(name);
    if (problem === undefined) return name;
    if (problem === "device") return `plan-${name}`;
  }
  return "plan";
}

export async function savePlan(station: Station, plan: Plan): Promise<Result<string, StationFailure>> {
  const name = fileNameOf(plan.name);
  const reply = await station.request({ kind: "save-plan", name, planText: writePlanFile(plan) });
  return reply.ok ? ok(name) : reply;
}

/** Hands the plan to the browser as a download. */
export function exportPlan(plan: Plan, page: Document): void {
  const url = URL.createObjectURL(new Blob([writePlanFile(plan)], { type: "application/json" }));
  const link = page.createElement("a");
  link.href = url;
  link.download = `${fileNameOf(plan.name)}.plan`;
  link.click();
  URL.revokeObjectURL(url);
}
