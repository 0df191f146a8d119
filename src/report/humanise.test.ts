import { expect, it } from "vitest";
import { age, bytes, count, countOf, duration, minute, sentenceList } from "./humanise.ts";

it("counts with thousands and plurals", () => {
  expect([count(1204), countOf(1, "resource"), countOf(0, "resource"), countOf(2, "policy", "policies")]).toEqual([
    "1,204",
    "1 resource",
    "0 resources",
    "2 policies",
  ]);
});

it.each([
  [0, "0 s"],
  [420, "0.4 s"],
  [9_949, "9.9 s"],
  [12_000, "12 s"],
  [59_600, "1 min"],
  [185_000, "3 min 5 s"],
  [7_800_000, "2 h 10 min"],
  [273_600_000, "3 d 4 h"],
])("says %i milliseconds as %s", (ms, text) => {
  expect(duration(ms)).toBe(text);
});

it.each([
  [30_000, "just now"],
  [60_000, "1 minute ago"],
  [5 * 3_600_000, "5 hours ago"],
  [59 * 86_400_000, "59 days ago"],
  [70 * 86_400_000, "2 months ago"],
  [800 * 86_400_000, "2 years ago"],
  [-300_000, "in 5 minutes"],
])("says an age of %i milliseconds as %s", (ms, text) => {
  const now = Date.UTC(2026, 0, 31);

  expect(age(now - ms, now)).toBe(text);
});

it("says bytes with one digit where it tells something", () => {
  expect([0, 999, 1000, 8_240_000, 512_000_000, 999_600].map(bytes)).toEqual([
    "0 B",
    "999 B",
    "1 kB",
    "8.2 MB",
    "512 MB",
    "1 MB",
  ]);
});

it("says instants to the minute and lists as a sentence", () => {
  expect(minute("2026-01-31T14:05:59.000Z")).toBe("2026-01-31 14:05 UTC");
  expect([sentenceList([]), sentenceList(["a"]), sentenceList(["a", "b", "c"])]).toEqual(["", "a", "a, b and c"]);
});
