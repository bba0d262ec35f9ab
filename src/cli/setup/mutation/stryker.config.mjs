/** Mutation testing of one room by the unit tests of that room (`mutate.mjs` sets which). https://stryker-mutator.io */
const room = process.env.VIGIE_MUTATE_ROOM ?? "src/vehicle";
const files = process.env.VIGIE_MUTATE_FILES?.split(",") ?? [`${room}/**/*.ts`, `${room}/**/*.tsx`];

export default {
  packageManager: "npm",
  testRunner: "vitest",
  vitest: { configFile: "src/cli/setup/mutation/vitest.config.ts", related: false },
  mutate: [...files, "!**/*.test.ts", "!**/*.test.tsx", "!**/testing/**", "!**/*exts.ts"],
  coverageAnalysis: "perTest",
  // Constants at the head of a file are made once, before any test: they cannot be mutated test by test.
  ignoreStatic: true,
  concurrency: Number(process.env.VIGIE_MUTATE_WORKERS ?? 2),
  timeoutMS: 20_000,
  reporters: ["json", "progress-append-only"],
  jsonReporter: { fileName: "artefacts/mutation/report.json" },
  tempDirName: ".stryker",
  ignorePatterns: ["dist", "artefacts", ".readme"],
};
