import { defineConfig } from "vitest/config";

const room = process.env["VIGIE_MUTATE_ROOM"] ?? "src/vehicle";

export default defineConfig({
  test: {
    include: [`${room}/**/*.test.{ts,tsx}`],
    exclude: ["**/*.system.test.ts", "**/*.e2e.test.ts", "node_modules/**"],
    testTimeout: 60_000,
    // A property test need not find every fault anew for every mutant.
    env: { VIGIE_LIVES: process.env["VIGIE_LIVES"] ?? "25" },
  },
});
