import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createCoast } from "../../src/geo/coast.js";
import type { CoastDocument } from "../../src/geo/coastDocument.js";
import { localFrameAt } from "../../src/geo/localFrame.js";
import { scenarioFromText } from "../scenarioFile.js";
import type { ActorKind, Scenario } from "../scenario.js";
import { openActors } from "./actors.js";
import { type Range, RANGES } from "./drawnRanges.js";
import { generateScenario } from "./generateScenario.js";
import { groundOf } from "./ground.js";

const COAST = JSON.parse(readFileSync("missions/coast/channel.json", "utf8")) as CoastDocument;
const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);
const scenes = new Map(SEEDS.map((seed) => [seed, generateScenario(seed, COAST)]));
const sceneOf = (seed: number) => scenes.get(seed)!;
const countOf = ({ actors }: Scenario, kind: ActorKind) => actors.filter((actor) => actor.kind === kind).length;
const sum = (...ranges: readonly Range[]): Range => [
  ranges.reduce((all, [least]) => all + least, 0),
  ranges.reduce((all, [, most]) => all + most, 0),
];

describe("a drawn scene", () => {
  it("is the same for the same seed, to the last digit, and another for another", () => {
    const texts = SEEDS.map((seed) => JSON.stringify(sceneOf(seed)));
    for (const seed of SEEDS.slice(0, 5)) expect(JSON.stringify(generateScenario(seed, COAST))).toBe(texts[seed]);
    expect(new Set(texts.map((text) => text.replace(/"name":"[^"]*"|"seed":\d+/g, ""))).size).toBe(SEEDS.length);
  });

  it("is a scenario file", () => {
    for (const seed of SEEDS) {
      const { scenario } = sceneOf(seed);
      expect(scenarioFromText(JSON.stringify(scenario), "drawn.json")).toEqual({ ok: true, value: scenario });
    }
  });

  it("has its figures within the ranges, and uses them", () => {
    const figures = (read: (scenario: Scenario) => number, range: Range, slack = 0.06): void => {
      const values = SEEDS.map((seed) => read(sceneOf(seed).scenario));
      expect(Math.min(...values)).toBeGreaterThanOrEqual(range[0] - slack);
      expect(Math.max(...values)).toBeLessThanOrEqual(range[1] + slack);
      // Forty draws should cover at least half of the range.
      expect(Math.max(...values) - Math.min(...values)).toBeGreaterThanOrEqual((range[1] - range[0]) / 2);
    };
    figures(({ home }) => home.altitudeAmslM, RANGES.homeAltitudeAmslM);
    figures(({ wind }) => wind.fromDeg, RANGES.windFromDeg);
    figures(({ wind }) => wind.meanMps, RANGES.windMeanMps);
    figures(({ wind }) => wind.gustMps / wind.meanMps, RANGES.gustRatio);
    figures(({ navigation }) => navigation.horizontalM, RANGES.horizontalM);
    figures(({ navigation }) => navigation.verticalM, RANGES.verticalM);
    figures(({ navigation }) => navigation.attitudeDeg, RANGES.attitudeDeg);
    figures(({ temperatures }) => temperatures.seaC, RANGES.seaC);
    figures(({ temperatures: t }) => t.seaC - t.wetSandC, RANGES.wetSandBelowSeaK, 0.11);
    figures(({ temperatures: t }) => t.wetSandC - t.drySandC, RANGES.drySandBelowWetK, 0.11);
    figures(({ temperatures: t }) => t.drySandC - t.grassC, RANGES.grassBelowDryK, 0.11);
    figures(({ camera }) => camera.netdK, RANGES.netdK);
    figures((scenario) => countOf(scenario, "rock"), RANGES.countOfRocks, 0);
    figures((scenario) => countOf(scenario, "gull"), RANGES.countOfGulls, 0);
    figures((scenario) => countOf(scenario, "glint"), RANGES.countOfGlints, 0);
    figures((scenario) => countOf(scenario, "vehicle"), RANGES.countOfVehicles, 0);
    figures(
      (scenario) => countOf(scenario, "boat"),
      sum([1, 1], RANGES.countOfCarriedBoats, RANGES.countOfBoatsAfloat),
      0,
    );
    figures((scenario) => groundOf(scenario).inlandM(0, 0), RANGES.homeInlandM, 1);
  });

  it("has people and vehicles on land, boats where boats are, and all of them in the area that is searched", () => {
    for (const seed of SEEDS) {
      const { scenario, area } = sceneOf(seed);
      const ground = groundOf(scenario);
      const frame = localFrameAt(scenario.home);
      const ring = area.map((corner) => frame.toEnu(corner, 0));
      const turns = (eastM: number, northM: number): readonly number[] =>
        ring.map((a, i) => {
          const b = ring[(i + 1) % ring.length]!;
          return (b.eastM - a.eastM) * (northM - a.northM) - (b.northM - a.northM) * (eastM - a.eastM);
        });
      for (const s of [0, 120, 240]) {
        for (const { id, kind, eastM, northM } of openActors(scenario, seed)(s)) {
          const inlandM = ground.inlandM(eastM, northM);
          if (kind === "person" || kind === "vehicle") expect(inlandM, `${seed} ${id}`).toBeGreaterThan(3);
          if (kind === "boat") expect(inlandM, `${seed} ${id}`).toBeGreaterThan(-44);
          if (kind === "glint") expect(inlandM, `${seed} ${id}`).toBeLessThan(0);
          if (!["person", "vehicle", "boat"].includes(kind)) continue;
          const isOnOneSide =
            turns(eastM, northM).every((turn) => turn > 0) || turns(eastM, northM).every((turn) => turn < 0);
          expect(isOnOneSide, `${seed} ${id} at ${s} s`).toBe(true);
        }
      }
    }
  });

  it("lies on the coast that the station knows: no other shore is nearer anywhere in the area", () => {
    const coast = createCoast(COAST);
    for (const seed of SEEDS) {
      const { scenario, area } = sceneOf(seed);
      const ground = groundOf(scenario);
      const frame = localFrameAt(scenario.home);
      const [a, b, c] = area.map((corner) => frame.toEnu(corner, 0));
      for (const [s, t] of [0, 0.25, 0.5, 0.75, 1].flatMap((x) =>
        [0, 0.25, 0.5, 0.75, 1].map((y) => [x, y] as const),
      )) {
        const eastM = b!.eastM + s * (a!.eastM - b!.eastM) + t * (c!.eastM - b!.eastM);
        const northM = b!.northM + s * (a!.northM - b!.northM) + t * (c!.northM - b!.northM);
        const shore = coast.landOrSea(frame.toPosition({ eastM, northM, upM: 0 }).position);
        if (shore.surface === "unknown") throw new Error(`seed ${seed} lies outside the data`);
        const inlandM = (shore.surface === "land" ? 1 : -1) * shore.waterlineDistanceM;
        expect(Math.abs(inlandM - ground.inlandM(eastM, northM)), `seed ${seed}`).toBeLessThan(2);
      }
    }
  });

  it("keeps people two and a half metres apart for five minutes", () => {
    for (const seed of SEEDS) {
      const actorsAt = openActors(sceneOf(seed).scenario, seed);
      for (let s = 0; s <= 300; s += 10) {
        const people = actorsAt(s).filter(({ kind }) => kind === "person");
        for (const [i, a] of people.entries())
          for (const b of people.slice(0, i))
            expect(Math.hypot(a.eastM - b.eastM, a.northM - b.northM), `${seed} ${a.id} ${b.id}`).toBeGreaterThan(2.5);
      }
    }
  });

  it("says so where the coast has no beach long enough", () => {
    expect(() => generateScenario(1, { ...COAST, land: [] })).toThrow("no straight stretch");
  });
});
