import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { uuidAt } from "../../../../tests/contract/builds.ts";
import { ageText } from "./age.ts";
import { isBuildKey, isOwnName, timeIn } from "./names.ts";

const NOW = Date.parse("2026-01-13T11:00:00Z");
const FIRST = Date.parse("2013-06-28T00:00:00Z");
const uuid = uuidAt(NOW - 3_600_000);

describe("the name of a build's key pair", () => {
  it.each(["packer_", "packer_x", `packer_${uuid}`, `packer ${uuid}`])("is %j", (name) => {
    expect(isBuildKey(name, "packer_", NOW)).toBe(true);
  });

  it.each([
    "packer",
    "Packer_x",
    "xpacker_",
    "",
    " packer_x",
    "packer",
    "packer laptop",
    `packer ${uuidAt(0)}`,
    `jetpacker ${uuid}`,
  ])("is not %j", (name) => {
    expect(isBuildKey(name, "packer_", NOW)).toBe(false);
  });

  it("begins with the pattern that a person has set, and with no other", () => {
    expect(isBuildKey("ci-7", "ci-", NOW)).toBe(true);
    expect(isBuildKey("packer_x", "ci-", NOW)).toBe(false);
  });
});

describe("the time in a name", () => {
  it("is that of the UUID, wherever it can be true", () =>
    fc.assert(
      fc.property(fc.integer({ min: FIRST / 1000, max: NOW / 1000 }), (seconds) => {
        expect(timeIn(`packer_${uuidAt(seconds * 1000)}`, NOW)).toBe(seconds * 1000);
        expect(isOwnName(`packer-${uuidAt(seconds * 1000)}`, NOW)).toBe(true);
      }),
    ));

  it("is not there in the future or before there was a Packer", () =>
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ min: 0, max: FIRST / 1000 - 1 }), fc.integer({ min: NOW / 1000 + 1, max: 0xffffffff })),
        (seconds) => {
          expect(timeIn(`packer_${uuidAt(seconds * 1000)}`, NOW)).toBeUndefined();
          expect(isOwnName(`packer_${uuidAt(seconds * 1000)}`, NOW)).toBe(false);
        },
      ),
    ));

  it.each([`packer_${uuid}-copy`, `packer_a${uuid}`, uuid.slice(1), `jetpacker_${uuid}`, `packer.${uuid}`])(
    "does not make %j Packer's own",
    (name) => {
      expect(isOwnName(name, NOW)).toBe(false);
    },
  );
});

describe("an age in words", () => {
  it.each([
    [0, "0 minutes"],
    [60_000, "1 minute"],
    [59 * 60_000, "59 minutes"],
    [3_600_000, "1 hour"],
    [7_200_000, "2 hours"],
  ])("%d ms", (ms, said) => {
    expect(ageText(ms)).toBe(said);
  });
});
