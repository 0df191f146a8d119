import { defineConfig } from "vitest/config";

/** Whole processes, other people's servers and browsers take their time; a hanging one is still noticed. */
const PATIENT = { testTimeout: 300_000, hookTimeout: 300_000 };

/** Not isolated: these tests share no state, and loading two dozen SDK clients for each file would take most of the time. */
const UNIT = { include: ["src/**/*.test.ts", "tests/contract/**/*.test.ts"], isolate: false, testTimeout: 60_000 };

export default defineConfig({
  test: {
    // Most of them wait for processes and servers: as many as there are cores, where the default leaves one idle.
    maxWorkers: "100%",
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
