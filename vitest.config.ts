import os from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take longest, the longest first: one that begins last keeps all other workers waiting. */
const LONG_FILES = [
  "virtualSortie.system.test.ts",
  "everyAutopilot.system.test.ts",
  "visionEnd.system.test.ts",
  "vision.test.ts",
  "dangerousCommands.property.test.ts",
  "missionUploadLoss.test.ts",
  "hostileLinks.test.ts",
  "identity.property.test.ts",
  "sortie.e2e.test.ts",
];

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ moduleId }: TestSpecification): number => {
      const rank = LONG_FILES.findIndex((file) => moduleId.endsWith(`/${file}`));
      return rank === -1 ? LONG_FILES.length : rank;
    };
    return (await super.sort(files)).sort((one, other) => rankOf(one) - rankOf(other));
  }
}

/**
 * Three projects: `unit` (pure, fast, beside the code), `system` (real processes and sockets, `*.system.test.ts`)
 * and `e2e` (real windows, `*.e2e.test.ts`). Those of the last two mostly wait, two at a time: they share two cores.
 */
export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
    projects: [
      {
        test: {
          name: "unit",
          include: ["{src,sim,renderer,electron,missions}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.system.test.ts", "**/*.e2e.test.ts", "node_modules/**"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // One less than there are cores is the default: on two cores the half of them.
          maxWorkers: os.availableParallelism(),
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "system",
          globalSetup: "src/cli/setup/buildBeforeTests.mjs",
          include: ["{src,sim,electron}/**/*.system.test.ts"],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 600_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "e2e",
          globalSetup: "src/cli/setup/buildBeforeTests.mjs",
          include: ["{electron,renderer}/**/*.e2e.test.ts"],
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
          testTimeout: 600_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
