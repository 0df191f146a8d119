import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePacker } from "./packer/settings.ts";
import { parseLogLevel, parseReapSettings } from "./settings.ts";

describe("the settings of a scheduled reap", () => {
  it("have defaults that change nothing", () => {
    expect(parseReapSettings({})).toMatchObject({ batchSize: 1, dryRun: true, warnings: [] });
    expect(parsePacker({})).toEqual({
      keyPattern: "packer_",
      maxInstanceAgeMs: 7_200_000,
      maxResourceAgeMs: 7_200_000,
    });
  });

  it("ask for one run or two, and for nothing else", () => {
    expect(parseReapSettings({})).not.toHaveProperty("confirmRuns");
    expect(["1", "2"].map((text) => parseReapSettings({ CONFIRM_RUNS: text }).confirmRuns)).toEqual([1, 2]);
    for (const text of ["0", "3", "", "two", "1.5", " 2", "0x2"])
      expect(() => parseReapSettings({ CONFIRM_RUNS: text }), text).toThrow(/1 or 2/);
  });

  it("are live only for exactly false", () => {
    for (const text of ["true", "ture", "", "FALSE", "False", " false", "0", "no"])
      expect(parseReapSettings({ DRY_RUN: text }).dryRun, text).toBe(true);
    expect(parseReapSettings({ DRY_RUN: "false" }).dryRun).toBe(false);
  });

  it("take any batch size from 1 to 50, and 1 with a warning for all else", () =>
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ min: -5, max: 70 }).map(String), fc.string(), fc.double().map(String)),
        (text) => {
          const { batchSize, warnings } = parseReapSettings({ BATCH_DELETE_SIZE: text });
          const isGood = /^\d{1,6}$/.test(text) && Number(text) >= 1 && Number(text) <= 50;

          expect(batchSize).toBe(isGood ? Number(text) : 1);
          expect(warnings).toHaveLength(isGood ? 0 : 1);
        },
      ),
    ));

  it("take AWS's log levels, and INFO with a warning for all else", () => {
    expect(parseLogLevel("DEBUG")).toEqual({ level: "DEBUG" });
    expect(parseLogLevel("critical")).toEqual({ level: "CRITICAL" });
    for (const unset of [undefined, ""]) expect(parseLogLevel(unset)).toEqual({ level: "INFO" });
    const warning = expect.stringContaining('LOG_LEVEL can\'t be "LOUD"');
    expect(parseLogLevel("LOUD")).toEqual({ level: "INFO", warning });
  });

  it.each([
    [{ MAX_INSTANCE_AGE_HOURS: "0" }],
    [{ MAX_INSTANCE_AGE_HOURS: "169" }],
    [{ MAX_INSTANCE_AGE_HOURS: "1.5" }],
    [{ MAX_INSTANCE_AGE_HOURS: "" }],
    [{ MAX_INSTANCE_AGE_HOURS: "two" }],
    [{ MAX_INSTANCE_AGE_HOURS: "-2" }],
    [{ MAX_RESOURCE_AGE_HOURS: "0" }],
    [{ KEY_PAIR_PATTERN: "" }],
    [{ KEY_PAIR_PATTERN: " " }],
  ])("refuse %j: it would decide what is removed", (env) => {
    expect(() => parseReapSettings(env)).toThrow(/can't be/);
  });

  it.each(["1", "168"])("take %s hours", (hours) => {
    const { packer } = parseReapSettings({ MAX_INSTANCE_AGE_HOURS: hours });
    expect(parsePacker(packer).maxInstanceAgeMs).toBe(Number(hours) * 3_600_000);
  });
});
