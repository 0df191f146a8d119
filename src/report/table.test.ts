import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { type Column, cutToWidth, renderTable } from "./table.ts";

interface Row {
  readonly name: string;
  readonly size: number;
  readonly note: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { title: "NAME", value: ({ name }) => name },
  { title: "SIZE", align: "right", value: ({ size }) => size },
  { title: "NOTE", value: ({ note }) => note },
];

function render(rows: readonly Row[], width?: number): string[] {
  return renderTable(COLUMNS, rows, { colour: false, ...(width ? { width } : {}) })
    .split("\n")
    .slice(0, -1);
}

describe("renderTable", () => {
  it("aligns columns, numbers right, without blanks at the end of a line", () => {
    const lines = render([
      { name: "a", size: 5, note: "x" },
      { name: "longer", size: 1234, note: "" },
    ]);

    expect(lines).toEqual(["NAME    SIZE  NOTE", "a          5  x", "longer  1234"]);
  });

  it("counts wide characters as two columns", () => {
    const lines = render([
      { name: "日本", size: 1, note: "x" },
      { name: "abcd", size: 2, note: "y" },
    ]);

    expect(lines.slice(1)).toEqual(["日本     1  x", "abcd     2  y"]);
  });

  it("cuts the widest column first", () => {
    const lines = render([{ name: "short", size: 1, note: "a very long note that does not fit" }], 30);

    expect(lines[1]).toBe("short     1  a very long note…");
    expect(lines[1]).toHaveLength(30);
  });

  it("leaves spare columns out before it cuts, and never cuts what is to be typed", () => {
    const columns: Column<Row>[] = [
      { title: "NAME", value: ({ name }) => name, whole: true },
      { title: "SIZE", align: "right", value: ({ size }) => size, spare: 1 },
      { title: "NOTE", value: ({ note }) => note },
    ];
    const row = { name: "2026-11-21T00-03-31Z", size: 5, note: "not completely seen" };

    const text = renderTable(columns, [row], { colour: false, width: 34 });

    expect(text.split("\n")[1]).toBe("2026-11-21T00-03-31Z  not complet…");
  });

  it("cuts nothing where there is no terminal", () => {
    const note = "x".repeat(500);

    expect(render([{ name: "a", size: 1, note }])[1]).toContain(note);
  });

  it("takes out what would move the cursor or break the line", () => {
    const lines = render([{ name: "a\nb\u001b[31m", size: 1, note: "\t" }]);

    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain("a b [31m");
  });

  it("colours after it has measured", () => {
    const columns: Column<Row>[] = [
      { title: "NAME", value: ({ name }) => name, style: () => "bad" },
      ...COLUMNS.slice(1),
    ];

    const text = renderTable(columns, [{ name: "a", size: 1, note: "n" }], { colour: true, width: 40 });

    expect(text.split("\n")[1]).toBe("\u001b[31ma\u001b[39m        1  n");
  });

  it("never is wider than a terminal that has room for the smallest columns", () => {
    const row = fc.record({
      name: fc.string({ unit: "grapheme" }),
      size: fc.nat(),
      note: fc.string({ unit: "grapheme" }),
    });

    fc.assert(
      fc.property(fc.array(row), fc.integer({ min: 32, max: 120 }), (rows, width) => {
        for (const line of render(rows, width)) expect(stringWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

it("never halves a wide character", () => {
  expect(cutToWidth("日本語", 4)).toBe("日…");
  expect(cutToWidth("日本語", 6)).toBe("日本語");
});
