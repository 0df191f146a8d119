import { expect, it } from "vitest";
import { wantsColour } from "./colour.ts";
import { asciiOnly } from "./screen.ts";

it("shows more than ASCII only where the locale says UTF-8", () => {
  expect(asciiOnly({ LANG: "C.UTF-8" }, "linux")).toBe(false);
  expect(asciiOnly({ LANG: "de_DE.utf8" }, "linux")).toBe(false);
  expect(asciiOnly({ LANG: "de_DE.utf8", LC_ALL: "C" }, "linux")).toBe(true);
  expect(asciiOnly({}, "linux")).toBe(true);
  expect(asciiOnly({}, "darwin")).toBe(false);
});

it("colours a terminal only, unless told otherwise", () => {
  expect(wantsColour({ isTerminal: true, env: {} })).toBe(true);
  expect(wantsColour({ isTerminal: false, env: {} })).toBe(false);
  expect(wantsColour({ isTerminal: true, env: { NO_COLOR: "1" } })).toBe(false);
  expect(wantsColour({ isTerminal: true, env: { NO_COLOR: "" } })).toBe(true);
  expect(wantsColour({ isTerminal: true, env: { TERM: "dumb" } })).toBe(false);
  expect(wantsColour({ isTerminal: true, env: {}, wanted: false })).toBe(false);
  expect(wantsColour({ isTerminal: false, env: { NO_COLOR: "1" }, wanted: true })).toBe(true);
});
