import { expect, it } from "vitest";
import { wrapLines } from "./wrap.ts";

it("breaks long lines at blanks and leaves the others, and all where there is no terminal", () => {
  const text = "short  one\n  a line that is longer than that";

  expect(wrapLines(text, 14)).toBe("short  one\n  a line that\n    is longer\n    than that");
  expect(wrapLines(text, undefined)).toBe(text);
});

it("leaves a word that is too long whole", () => {
  expect(wrapLines("a wordwithoutend b", 8)).toBe("a\n  wordwithoutend\n  b");
});
