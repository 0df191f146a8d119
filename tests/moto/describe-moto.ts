/** Suites that need moto: reported as skipped, by name and with the reason, where it cannot be had; in CI that is a failure. */
import { describe, test } from "vitest";
import { ensureMoto } from "./venv.ts";

// Known before the suites are collected, as a suite can only be skipped then.
const found = await ensureMoto();

/** A suite of tests against moto. Start the server in its `beforeAll`, which is not reached when the suite is skipped. */
export function describeMoto(name: string, fn: () => void): void {
  if (!("missing" in found)) {
    describe(name, fn);
    return;
  }
  const { missing } = found;
  if (process.env.CI !== "true") {
    describe.skip(`${name} [skipped: ${missing}]`, fn);
    return;
  }
  describe(name, () => {
    test("has moto to run against", () => {
      throw new Error(`${missing}; in CI these tests must run`);
    });
  });
}
