/** Mutation testing of one room by the unit tests of that room (`mutate.mjs` sets which). https://stryker-mutator.io */
const room = process.env.VIGIE_MUTATE_ROOM ?? "src/vehicle";
// What a screen draws is looked at, not counted: of the renderer only the rules are changed.
const sources = room === "renderer" ? ["renderer/**/*.ts"] : [`${room}/**/*.ts`, `${room}/**/*.tsx`];
const files = process.env.VIGIE_MUTATE_FILES?.split(",") ?? sources;
const isSample = process.env.VIGIE_MUTATE_SHARE !== undefined;

export default {
  packageManager: "npm",
  testRunner: "vitest",
  vitest: { configFile: "src/cli/setup/mutation/vitest.config.ts", related: false },
  mutate: [...files, "!**/*.test.ts", "!**/*.test.tsx", "!**/testing/**", "!**/*exts.ts", "!**/*.d.ts"],
  coverageAnalysis: "perTest",
  // Constants at the head of a file are made once, before any test: they cannot be mutated test by test.
  ignoreStatic: true,
  concurrency: Number(process.env.VIGIE_MUTATE_WORKERS ?? 2),
  timeoutMS: 20_000,
  // The station's tests before any mutation; the default of 5 minutes is not enough on a busy machine.
  dryRunTimeoutMinutes: 30,
  plugins: ["@stryker-mutator/*", ...(isSample ? ["./src/cli/setup/mutation/sample.mjs"] : [])],
  checkers: isSample ? ["sample"] : [],
  reporters: ["json", "progress-append-only"],
  jsonReporter: { fileName: "artefacts/mutation/report.json" },
  tempDirName: ".stryker",
  ignorePatterns: ["dist", "artefacts", ".readme"],
};
