import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { err, ok, type Result } from "../src/core/result.js";
import type { CoastDocument } from "../src/geo/coastDocument.js";
import type { Position } from "../src/geo/position.js";
import type { SimArguments } from "./arguments.js";
import type { Scenario } from "./scenario.js";
import { scenarioFailureText, scenarioFromText } from "./scenarioFile.js";
import { withTerrain } from "./scenarioTerrain.js";
import { generateScenario } from "./world/generateScenario.js";

/** `area`: corners of the search area, for a drawn scene. */
type Scene = { readonly scenario: Scenario; readonly area?: readonly Position[] };

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function textOf(file: string): Promise<Result<string, string>> {
  try {
    return ok(await readFile(file, "utf8"));
  } catch (error: unknown) {
    return err(`${file}: ${reasonOf(error)}`);
  }
}

/** A scenario from a file, or one drawn from a seed on the given coast; the error is a message for the user. */
export async function loadScene({
  scenarioFile,
  drawn,
}: Pick<SimArguments, "scenarioFile" | "drawn">): Promise<Result<Scene, string>> {
  if (drawn) {
    const coast = await textOf(drawn.coastFile);
    if (!coast.ok) return coast;
    try {
      // The coast file is our own and trusted: if it is damaged, no beach is found in it.
      return ok(generateScenario(drawn.seed, JSON.parse(coast.value) as CoastDocument));
    } catch (error: unknown) {
      return err(`${drawn.coastFile}: ${reasonOf(error)}`);
    }
  }
  if (scenarioFile === undefined) throw new Error("Invariant: a file or a seed");
  const text = await textOf(scenarioFile);
  if (!text.ok) return text;
  const scenario = scenarioFromText(text.value, scenarioFile);
  if (!scenario.ok) return err(scenarioFailureText(scenario.error));
  const risen = await withTerrain(scenario.value, scenarioFile);
  return risen.ok ? ok({ scenario: risen.value }) : risen;
}

/** Writes `drawn-SEED.json` and `drawn-SEED.geojson`: the area, with the home for `vigie plan`. */
export async function writeScene({ scenario, area = [] }: Scene, folder: string): Promise<Result<undefined, string>> {
  const { latitudeDeg, longitudeDeg, altitudeAmslM } = scenario.home;
  const ring = [...area, ...area.slice(0, 1)].map((corner) => [corner.longitudeDeg, corner.latitudeDeg]);
  const feature = {
    type: "Feature",
    properties: {
      name: `drawn-${scenario.seed}`,
      "vigie:home": [longitudeDeg, latitudeDeg, altitudeAmslM],
      "vigie:training": true,
    },
    geometry: { type: "Polygon", coordinates: [ring] },
  };
  const write = (ending: string, value: unknown): Promise<void> =>
    writeFile(path.join(folder, `drawn-${scenario.seed}.${ending}`), `${JSON.stringify(value, null, 2)}\n`);
  try {
    await mkdir(folder, { recursive: true });
    await write("json", scenario);
    await write("geojson", { type: "FeatureCollection", features: [feature] });
    return ok(undefined);
  } catch (error: unknown) {
    return err(`${folder}: ${reasonOf(error)}`);
  }
}
