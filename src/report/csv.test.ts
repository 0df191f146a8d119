import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, it } from "vitest";
import { csvRecord, renderCsv } from "./csv.ts";

it("quotes what RFC 4180 wants quoted, and nothing else", () => {
  expect(csvRecord(["a", 'say "b"', "c,d", "e\nf", undefined, 7, true])).toBe('a,"say ""b""","c,d","e\nf",,7,true\r\n');
});

it("leaves formulas as they are, because machines read it", () => {
  expect(csvRecord(["=1+1", "-2", "@x"])).toBe("=1+1,-2,@x\r\n");
});

it("is read back exactly by a parser that is not ours", () => {
  const record = fc.array(fc.string({ unit: "grapheme" }), { minLength: 2, maxLength: 2 });

  fc.assert(
    fc.property(fc.array(record, { minLength: 1 }), (records) => {
      const [, ...read] = parse(renderCsv(["one", "two"], records), { recordDelimiter: "\r\n" }) as string[][];
      expect(read).toEqual(records);
    }),
  );
});
