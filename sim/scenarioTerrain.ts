import path from "node:path";
import { err, ok, type Result } from "../src/core/result.js";
import { localFrameAt } from "../src/geo/localFrame.js";
import { readTerrainFiles } from "../src/station/terrain/readTerrainFile.js";
import { terrainLine } from "../src/station/terrain/terrainLine.js";
import type { Scenario } from "./scenario.js";
import { scenarioFailureText, wrongHome } from "./scenarioFile.js";
import { groundOf } from "./world/ground.js";
import { heightFieldOf } from "./world/heightField.js";

/** The scenario with what its files of heights say around home; as it is if it names none. The error is a message for the user. */
export async function withTerrain(scenario: Scenario, scenarioFile: string): Promise<Result<Scenario, string>> {
  const { files, ...bare } = scenario.terrain ?? {};
  if (!files) return ok(scenario);
  const { model, problems } = await readTerrainFiles(
    files.map((file) => path.resolve(path.dirname(scenarioFile), file)),
  );
  const [trouble] = problems;
  if (trouble) return err(`${scenarioFile}: terrain.files: ${terrainLine(trouble.file, trouble.problem)}`);
  const { inlandM, heightAmslM } = groundOf({ ...scenario, terrain: bare });
  const around = { frame: localFrameAt(scenario.home), inlandM, otherwiseAmslM: heightAmslM };
  const heights = model && heightFieldOf(model, around);
  if (!heights) return err(`${scenarioFile}: terrain.files: none of them knows the ground around home`);
  const risen = { ...scenario, terrain: { ...scenario.terrain, heights } };
  const wrong = wrongHome(risen);
  return wrong ? err(scenarioFailureText({ kind: "bad-field", file: scenarioFile, ...wrong })) : ok(risen);
}
