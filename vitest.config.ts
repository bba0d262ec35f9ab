import { defineConfig } from "vitest/config";

/**
 * Three projects: `unit` (pure, fast, beside the code), `system` (real processes and sockets, `*.system.test.ts`)
 * and `e2e` (real windows, `*.e2e.test.ts`). The last two run one file at a time: they share two cores and a display.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["{src,sim,renderer,electron,missions}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.system.test.ts", "**/*.e2e.test.ts", "node_modules/**"],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "system",
          globalSetup: "src/cli/setup/buildBeforeTests.mjs",
          include: ["{src,sim,electron}/**/*.system.test.ts"],
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "e2e",
          globalSetup: "src/cli/setup/buildBeforeTests.mjs",
          include: ["{electron,renderer}/**/*.e2e.test.ts"],
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
