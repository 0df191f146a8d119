import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Where vitest's own default leaves one core idle. */
const CORES = availableParallelism();

/** Whole processes, other people's servers and browsers take their time; a hanging one is still noticed. */
const PATIENT = {
  testTimeout: 300_000,
  hookTimeout: 300_000,
  // They wait for processes, servers and queues for a part of their time.
  maxWorkers: Math.ceil(1.5 * CORES),
  sequence: { groupOrder: 1 },
};

/** Not isolated: these tests share no state, and loading two dozen SDK clients for each file would take most of the time. */
const UNIT = {
  include: ["src/**/*.test.ts", "tests/contract/**/*.test.ts"],
  isolate: false,
  // Four times vitest's own: the machine may be busy, and a test that hangs is still noticed.
  testTimeout: 20_000,
  maxWorkers: CORES,
};

export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", ...UNIT, provide: { share: 1 } } },
      // The same files for `npm run check`, which tries each property a few times only (tests/contract/runs.ts).
      { test: { name: "quick", ...UNIT, provide: { share: 0.15 } } },
      { test: { name: "process", include: ["tests/{store,cli,browser,simulation,cdk}/**/*.test.ts"], ...PATIENT } },
      {
        test: {
          name: "strangers",
          include: ["tests/{moto,strangers}/**/*.test.ts"],
          globalSetup: "tests/moto/global-setup.ts",
          ...PATIENT,
        },
      },
    ],
  },
});
