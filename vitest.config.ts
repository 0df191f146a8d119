import { defineConfig } from "vitest/config";

/** Whole processes, other people's servers and browsers take their time; a hanging one is still noticed. */
const PATIENT = { testTimeout: 300_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", include: ["src/**/*.test.ts", "tests/contract/**/*.test.ts"] } },
      { test: { name: "process", include: ["tests/{store,cli,browser}/**/*.test.ts"], ...PATIENT } },
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
