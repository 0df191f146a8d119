import { expect, it } from "vitest";
import { isConfirmed, markKey, markValue, withoutMarks } from "./mark.ts";

const AT = Date.parse("2030-01-01T00:00:00.000Z");
const DAY = 24 * 3_600_000;
const FOUND = "0123456789abcdef".repeat(2);
const VALUE = markValue(AT, FOUND);
const TAGS = { [markKey("a")]: VALUE, team: "x" };

it("is one tag a policy, of what AWS lets a tag be made of", () => {
  expect([markKey("a"), VALUE]).toEqual(["evenkeel:marked:a", `2030-01-01T00:00:00.000Z ${FOUND}`]);
  expect(VALUE).toMatch(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u);
  expect(markKey("a".repeat(64)).length).toBeLessThanOrEqual(128);
});

it.each([
  ["a moment later", 1, true],
  ["a day later", DAY, true],
  ["at the end of its time", 35 * DAY, true],
  ["after it", 35 * DAY + 1, false],
  ["in the same instant", 0, false],
  ["before it was made", -1, false],
])("confirms %s: %s", (_, ms, confirms) => {
  expect(isConfirmed(TAGS, "a", FOUND, AT + ms)).toBe(confirms);
});

it.each([
  ["of another policy", { [markKey("b")]: VALUE }],
  ["of something else", { [markKey("a")]: markValue(AT, "f".repeat(32)) }],
  ["without an instant", { [markKey("a")]: FOUND }],
  ["without what was found", { [markKey("a")]: "2030-01-01T00:00:00.000Z" }],
  ["of a day that there is not", { [markKey("a")]: `2030-13-41T00:00:00.000Z ${FOUND}` }],
  ["with something behind it", { [markKey("a")]: `${VALUE} x` }],
  ["that is empty", { [markKey("a")]: "" }],
])("does not confirm by one %s", (_, tags) => {
  expect(isConfirmed(tags, "a", FOUND, AT + DAY)).toBe(false);
});

it("does not count among the tags that must not have changed", () => {
  expect(withoutMarks({ ...TAGS, [markKey("b")]: "x", "evenkeel:protect": "y" })).toEqual({
    team: "x",
    "evenkeel:protect": "y",
  });
});
