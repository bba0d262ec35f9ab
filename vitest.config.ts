import os from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take longest, the longest first: one that begins last keeps all other workers waiting. */
const LONG_FILES = [
  // Those in real time first, beside the flight in real time: they mostly wait. Flights on virtual time take all of a core, with which
  // the clocks of simulators that run faster than real time lose their step.
  "everyAutopilot.system.test.ts",
  "visionEnd.system.test.ts",
  "soak.system.test.ts",
  "linkFaults.system.test.ts",
  "virtualSortie.system.test.ts",
  "drawnSortie.system.test.ts",
  "cliffSortie.system.test.ts",
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

/** A poll is for what will come: a machine that stands still for some seconds is no failure. Vitest's own limit is one second. */
const PATIENT = { poll: { timeout: 20_000 } };

/** One less than there are cores is the default: on two cores the half of them. */
const BESIDE_THE_CODE = {
  exclude: ["**/*.system.test.ts", "**/*.e2e.test.ts", "node_modules/**"],
  testTimeout: 60_000,
  hookTimeout: 60_000,
  maxWorkers: os.availableParallelism(),
  expect: PATIENT,
};

/**
 * Four projects. `unit` and `screen-unit` (renderer): pure, fast, beside the code. The files of `unit` share a process, since no room
 * keeps state in its modules (`architecture.test.ts`): half of their time was reading the same modules again; the screens' tests replace
 * modules and have a process each. `system`: real processes and sockets, `*.system.test.ts`, two at a time, since they mostly
 * wait. `e2e`: real windows, `*.e2e.test.ts`; one with its simulator, station and software GL keeps two cores busy, so that two at once
 * took as long as one after the other, and saw too few pictures to detect anything.
 */
export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
    projects: [
      {
        test: {
          ...BESIDE_THE_CODE,
          name: "unit",
          include: ["{src,sim,electron,missions}/**/*.test.ts"],
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...BESIDE_THE_CODE,
          name: "screen-unit",
          include: ["renderer/**/*.test.{ts,tsx}"],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "system",
          globalSetup: "src/cli/setup/buildBeforeTests.mjs",
          include: ["{src,sim,electron}/**/*.system.test.ts"],
          maxWorkers: 2,
          // Each is a simulator and a station: with five at once on two cores the simulators' fast clocks come in jumps, and two links of one
          // aircraft then look like two aircraft.
          maxConcurrency: 3,
          sequence: { groupOrder: 1 },
          testTimeout: 600_000,
          expect: PATIENT,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "e2e",
          globalSetup: "src/cli/setup/buildBeforeTests.mjs",
          include: ["{electron,renderer}/**/*.e2e.test.ts"],
          maxWorkers: Math.max(1, Math.floor(os.availableParallelism() / 2)),
          sequence: { groupOrder: 2 },
          testTimeout: 600_000,
          expect: PATIENT,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
