import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { aBeach, aCliff, poseOver } from "../testing/scenarios.js";
import { openTruthWriter } from "./truthWriter.js";

const folder = mkdtempSync(join(tmpdir(), "vigie-truth-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("truth", () => {
  it("has a line an actor a second, saying who was in the picture by the true pose", async () => {
    const scenario = aBeach([
      { id: "person-1", kind: "person", at: { eastM: 0, northM: 0 } },
      { id: "boat-1", kind: "boat", at: { eastM: 60, northM: 0 } },
      { id: "gull-1", kind: "gull", at: { eastM: 5, northM: 5 } },
    ]);
    const path = join(folder, "truth.jsonl");
    const writer = openTruthWriter(path, scenario, 1);
    for (let i = 0; i < 75; i++) {
      const truth = poseOver(scenario, {});
      // The estimated pose must not affect the truth.
      const estimate = poseOver(scenario, { eastM: 60 });
      writer.tick({ unixTimeUs: 1_795_400_000_000_000 + i * 40_000, scenarioS: i * 0.04, truth, estimate });
    }
    await writer.close();
    const lines = readFileSync(path, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { unixTimeUs: number; latitudeDeg: number });
    expect(lines).toHaveLength(9);
    expect(lines.slice(0, 3)).toMatchObject([
      { id: "person-1", class: "person", inFov: true, lengthM: 0.5, groundSpeedMps: 0 },
      { id: "boat-1", class: "boat", inFov: false, lengthM: 8 },
      { id: "gull-1", class: "gull", inFov: true },
    ]);
    expect(lines[3]!.unixTimeUs - lines[0]!.unixTimeUs).toBe(1_000_000);
    expect(lines[0]!.latitudeDeg).toBeCloseTo(scenario.home.latitudeDeg, 4);
  });

  it("has the ground's height, and nobody in the picture who is behind a cliff's edge", async () => {
    const person = (id: string, eastM: number) => ({ id, kind: "person" as const, at: { eastM, northM: 0 } });
    const scenario = aCliff([person("on-top", 188), person("behind-the-edge", 60), person("further-out", -60)]);
    const path = join(folder, "cliff.jsonl");
    const writer = openTruthWriter(path, scenario, 1);
    const truth = poseOver(scenario, { eastM: 240, aboveHomeM: 180, headingDeg: 270, elevationDeg: -35 });
    writer.tick({ unixTimeUs: 1_795_400_000_000_000, scenarioS: 0, truth, estimate: truth });
    await writer.close();
    const lines = readFileSync(path, "utf8").trim().split("\n");
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { id: "on-top", groundAmslM: 134, inFov: true },
      { id: "behind-the-edge", groundAmslM: 5, inFov: false },
      { id: "further-out", inFov: true },
    ]);
  });
});
