import { defineConfig } from "vitest/config";

/** Whole processes, other people's servers and browsers take their time; a hanging one is still noticed. */
const PATIENT = { testTimeout: 300_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    // Most of them wait for processes and servers: as many as there are cores, where the default leaves one idle.
    maxWorkers: "100%",
    projects: [
      // Not isolated: these tests share no state, and loading two dozen SDK clients for each file would take most of the time.
      {
        test: {
          name: "unit",
          include: ["src/**/*.test.ts", "tests/contract/**/*.test.ts"],
          isolate: false,
        },
      },
      { test: { name: "process", include: ["tests/{store,cli,browser,simulation}/**/*.test.ts"], ...PATIENT } },
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
