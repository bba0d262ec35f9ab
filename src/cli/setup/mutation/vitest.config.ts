import { defineConfig } from "vitest/config";

const room = process.env["VIGIE_MUTATE_ROOM"] ?? "src/vehicle";

export default defineConfig({
  test: {
    include: [`${room}/**/*.test.{ts,tsx}`],
    // Tests that read sources see the changed ones; of the station the property tests alone take minutes.
    exclude: [
      ...["**/*.system.test.ts", "**/*.e2e.test.ts", "node_modules/**"],
      ...["src/station/**/*.property.test.ts", "src/station/optionBags.test.ts", "src/station/architecture.test.ts"],
    ],
    testTimeout: 60_000,
    // A property test need not find every fault anew for every mutant.
    env: { VIGIE_LIVES: process.env["VIGIE_LIVES"] ?? "25" },
  },
});
