import { z } from "zod";
import { err, ok, type Result } from "../src/core/result.js";
import type { Scenario } from "./scenario.js";
import { groundOf } from "./world/ground.js";

/** Why a scenario cannot be used: the file, and the field if known. */
type ScenarioFailure =
  | { readonly kind: "not-json"; readonly file: string; readonly reason: string }
  | { readonly kind: "bad-field"; readonly file: string; readonly field: string; readonly reason: string };

const offset = z.object({ eastM: z.number(), northM: z.number() });
const step = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("stay"), untilS: z.number() }),
  z.object({ kind: z.literal("move"), to: offset, groundSpeedMps: z.number().positive() }),
  z.object({ kind: z.literal("follow"), actorId: z.string(), untilS: z.number() }),
  z.object({
    kind: z.literal("drift"),
    courseDeg: z.number(),
    groundSpeedMps: z.number().nonnegative(),
    untilS: z.number(),
  }),
]);
const actor = z.object({
  id: z.string().min(1),
  kind: z.enum(["person", "boat", "vehicle", "rock", "gull", "glint"]),
  at: offset,
  lengthM: z.number().positive().optional(),
  widthM: z.number().positive().optional(),
  headingDeg: z.number().optional(),
  isEngineWarm: z.boolean().optional(),
  steps: z.array(step).optional(),
});
const sigma = z.number().nonnegative();
const cliff = z.object({
  foot: z.array(offset).min(2),
  footAmslM: z.number().nonnegative(),
  plateauAmslM: z.number(),
  slopeWidthM: z.number().positive(),
});
/** Each may be hundreds of megabytes. */
const TERRAIN_FILES_MAX = 16;
const terrain = z
  .object({ cliff: cliff.optional(), files: z.array(z.string().min(1)).min(1).max(TERRAIN_FILES_MAX).optional() })
  .refine(({ cliff: foot, files }) => (foot ?? files) !== undefined, "needs a cliff or files");
const scenario = z.object({
  name: z.string().min(1),
  teaches: z.string(),
  seed: z.number().int(),
  clock: z.enum(["boot", "arming"]),
  home: z.object({
    latitudeDeg: z.number().min(-90).max(90),
    longitudeDeg: z.number().min(-180).max(180),
    altitudeAmslM: z.number(),
  }),
  wind: z.object({ fromDeg: z.number(), meanMps: sigma.max(30), gustMps: sigma.max(30) }),
  navigation: z.object({ horizontalM: sigma, verticalM: sigma, attitudeDeg: sigma }),
  temperatures: z.object({
    seaC: z.number(),
    wetSandC: z.number(),
    drySandC: z.number(),
    grassC: z.number(),
    roadC: z.number(),
  }),
  camera: z.object({
    widthPx: z.number().int().min(16).max(4096),
    heightPx: z.number().int().min(16).max(4096),
    hfovDeg: z.number().positive().max(170),
    framesPerS: z.number().positive().max(60),
    netdK: sigma,
  }),
  waterline: z.array(offset).min(2).optional(),
  terrain: terrain.optional(),
  roads: z.array(z.object({ line: z.array(offset).min(2), widthM: z.number().positive() })).optional(),
  actors: z.array(actor),
  radio: z.array(z.object({ atS: z.number().nonnegative(), mode: z.string().min(1) })).optional(),
  plan: z.string().optional(),
});

type WrongField = { readonly field: string; readonly reason: string };

/** Duplicate ids and unknown leaders, which a schema cannot detect. */
function wrongActor(actors: Scenario["actors"]): WrongField | undefined {
  const ids = new Set<string>();
  for (const [i, { id }] of actors.entries()) {
    if (ids.has(id)) return { field: `actors.${i}.id`, reason: `"${id}" is used twice` };
    ids.add(id);
  }
  for (const [i, { steps = [] }] of actors.entries()) {
    const lost = steps.findIndex((one) => one.kind === "follow" && !ids.has(one.actorId));
    if (lost >= 0) return { field: `actors.${i}.steps.${lost}.actorId`, reason: "no actor has this id" };
  }
  return undefined;
}

/** Home's altitude may differ from the terrain's there by this much. */
const HOME_OFF_M = 1;

/** Heights that do not fit each other, each of them fine alone. */
function wrongTerrain(read: Scenario): WrongField | undefined {
  const { cliff, files } = read.terrain ?? {};
  if (cliff && cliff.plateauAmslM <= cliff.footAmslM)
    return { field: "terrain.cliff.plateauAmslM", reason: "must be above footAmslM" };
  // With files the ground is known once they are read.
  return files ? undefined : wrongHome(read);
}

/** A home that is not on the terrain's ground. Files of heights have been read. */
export function wrongHome(read: Scenario): WrongField | undefined {
  if (!read.terrain) return undefined;
  const groundAmslM = groundOf(read).heightAmslM(0, 0);
  if (Math.abs(groundAmslM - read.home.altitudeAmslM) <= HOME_OFF_M) return undefined;
  return { field: "home.altitudeAmslM", reason: `the terrain is ${groundAmslM.toFixed(1)} m high there` };
}

/** Parses a scenario from the text of `file`; unknown fields are ignored (dropped). A wrong field refuses the file. */
export function scenarioFromText(text: string, file: string): Result<Scenario, ScenarioFailure> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error: unknown) {
    return err({ kind: "not-json", file, reason: error instanceof Error ? error.message : String(error) });
  }
  const parsed = scenario.safeParse(data);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.map(String).join(".") ?? "";
    return err({ kind: "bad-field", file, field, reason: issue?.message ?? "not a scenario" });
  }
  // zod adds no `undefined` for absent optional fields, so the type with exact optional members is correct.
  const value = parsed.data as Scenario;
  const wrong = wrongActor(value.actors) ?? wrongTerrain(value);
  return wrong ? err({ kind: "bad-field", file, ...wrong }) : ok(value);
}

export function scenarioFailureText(failure: ScenarioFailure): string {
  return failure.kind === "not-json"
    ? `${failure.file}: not JSON (${failure.reason})`
    : `${failure.file}: ${failure.field === "" ? "" : `${failure.field}: `}${failure.reason}`;
}
