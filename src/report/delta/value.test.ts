import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { HOSTILE, LONG_AFTER, LONG_BEFORE } from "./sample.test-data.ts";
import { shortValues, valueText, visible } from "./value.ts";

describe("visible", () => {
  it("shows line feeds, escapes and direction marks instead of letting them act", () => {
    expect(visible("a\nb\t\u001b[31m\u202e")).toBe("a\\nb\\t\\u{1b}[31m\\u{202e}");
  });

  it("leaves letters, accents and emoji as they are", () => {
    expect(visible("größe 東京 🚀 e\u0301")).toBe("größe 東京 🚀 e\u0301");
  });

  it("never lets a control character through", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => !/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(visible(text))),
    );
  });
});

describe("valueText", () => {
  it("gives strings as they are and everything else as JSON", () => {
    expect(valueText("a b")).toBe("a b");
    expect(valueText({ a: [1, null] })).toBe('{"a":[1,null]}');
    expect(valueText(undefined)).toBe("");
  });
});

describe("short values", () => {
  it("leave out the beginning that two long texts share, so that the difference shows", () => {
    const short = shortValues(LONG_BEFORE, LONG_AFTER, 40);

    expect(short.before).toMatch(/^….*exit 0$/);
    expect(short.after).toMatch(/^….*exit 1$/);
  });

  it("tell what is absent from what is empty", () => {
    expect(shortValues(undefined, "", 40)).toEqual({ before: "(none)", after: '""' });
  });

  it("show enough of redacted values to see that they differ", () => {
    const short = shortValues(`redacted:${"a".repeat(32)}`, `redacted:${"b".repeat(32)}`, 40);

    expect(short).toEqual({ before: "redacted:aaaaaaaa", after: "redacted:bbbbbbbb" });
  });

  it("use dots where the terminal has only ASCII", () => {
    expect(shortValues("x".repeat(50), HOSTILE.markdown, 20, true).before).toBe(`${"x".repeat(17)}...`);
  });

  it("fit the room, stand on one line, and differ where the values do within it", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.integer({ min: 12, max: 80 }), (before, after, room) => {
        const short = shortValues(before as string, after as string, room);
        for (const text of Object.values(short)) {
          expect(stringWidth(text)).toBeLessThanOrEqual(room);
          expect(text).not.toContain("\n");
        }
      }),
    );
  });
});
