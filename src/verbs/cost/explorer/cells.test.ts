import { describe, expect, it } from "vitest";
import { day } from "../../../model/calendar.ts";
import type { CostAnswer, CostQuestion } from "../../../model/cost-question.ts";
import { type Amount, amount } from "../../../model/money.ts";
import type { Asking } from "./asking.ts";
import { filledUp, readCells } from "./cells.ts";
import type { ExplorerQuery } from "./query.ts";

const DAY = day("2026-03-10");
const query = (more: Partial<ExplorerQuery> = {}): ExplorerQuery => ({
  days: { start: DAY, end: DAY },
  granularity: "daily",
  groupBy: ["service"],
  metric: "unblended",
  ...more,
});

/** An answer made by hand: sums by their keys. */
const answer = (sums: Readonly<Record<string, string>>, more: Partial<CostAnswer> = {}): CostAnswer => ({
  lines: Object.entries(sums).map(([keys, sum]) => ({ period: DAY, keys: keys.split("|"), amount: amount(sum) })),
  currencies: ["USD"],
  estimated: [],
  pages: 1,
  ...more,
});

function answering(answers: readonly CostAnswer[]) {
  const questions: CostQuestion[] = [];
  const asking: Asking = {
    answers: async (asked) => asked.map((each) => answers[questions.push(each) - 1] ?? answer({})),
    asked: () => ({ requests: 0, kept: 0, price: amount("0") }),
    trouble: () => undefined,
  };
  return { asking, questions };
}

describe("cells", () => {
  it("need one question by service", async () => {
    const { asking, questions } = answering([answer({ "A|Usage": "1", "A|DiscountedUsage": "2", "A|Credit": "-0.5" })]);

    const { cells, total, usageRecords } = await readCells(query(), asking);

    expect(questions).toMatchObject([{ groupBy: ["SERVICE", "RECORD_TYPE"], only: [] }]);
    expect(cells.map(({ kind, amount: of }) => [kind, of])).toEqual([
      ["usage", "3"],
      ["credit", "-0.5"],
    ]);
    expect([total, usageRecords]).toEqual(["2.5", ["DiscountedUsage", "Usage"]]);
  });

  it("need one more for each kind of record by another key", async () => {
    const { asking, questions } = answering([
      answer({ "A|Usage": "3", "A|Tax": "1" }),
      answer({ "A|eu-west-1": "1", "A|us-east-1": "2" }),
      answer({ "A|": "1" }),
    ]);

    const { cells } = await readCells(query({ groupBy: ["region"] }), asking);

    expect(questions.slice(1)).toMatchObject([
      { groupBy: ["SERVICE", "REGION"], only: [{ key: "RECORD_TYPE", values: ["Usage"] }] },
      { groupBy: ["SERVICE", "REGION"], only: [{ key: "RECORD_TYPE", values: ["Tax"] }] },
    ]);
    expect(cells.map(({ kind, second, amount: of }) => [kind, second, of])).toEqual([
      ["usage", "eu-west-1", "1"],
      ["usage", "us-east-1", "2"],
      ["tax", "", "1"],
    ]);
  });

  it("add up to the first answer where a later one has a service that it lacks", async () => {
    const { asking } = answering([answer({ "A|Usage": "3" }), answer({ "A|eu-west-1": "3", "B|eu-west-1": "7" })]);

    const { cells, total } = await readCells(query({ groupBy: ["region"] }), asking);

    expect(total).toBe("3");
    expect(cells.map(({ service, second, amount: of }) => [service, second, of])).toEqual([
      ["A", "eu-west-1", "3"],
      ["B", "eu-west-1", "7"],
      ["B", "", "-7"],
    ]);
  });

  it("are of one currency", async () => {
    const several = answering([answer({ "A|Usage": "3" }, { currencies: ["CNY", "USD"] })]);

    await expect(readCells(query(), several.asking)).rejects.toMatchObject({
      code: "USAGE",
      message: expect.stringContaining("CNY, USD"),
    });
  });
});

describe("lines", () => {
  const filled = (amounts: readonly string[], total: string) =>
    filledUp(
      amounts.map((each) => ({ amount: amount(each), is: "line" })),
      total as Amount,
      (of) => ({ amount: of, is: "rest" }),
    ).map(({ amount: of, is }) => [is, of]);

  it("get a line of what they lack, or of what they have too much", () => {
    expect(filled(["1", "2"], "3.5")).toEqual([
      ["line", "1"],
      ["line", "2"],
      ["rest", "0.5"],
    ]);
    expect(filled(["1", "2"], "2.5").at(-1)).toEqual(["rest", "-0.5"]);
    expect(filled([], "0.0000000001")).toEqual([["rest", "0.0000000001"]]);
  });

  it("take what only rounding has left to the largest of them", () => {
    expect(filled(["1", "-9", "2"], "-6.0000000003")).toEqual([
      ["line", "1"],
      ["line", "-9.0000000003"],
      ["line", "2"],
    ]);
  });

  it("of nothing are left out", () => {
    expect(filled(["0", "1"], "1")).toEqual([["line", "1"]]);
    expect(filled([], "0")).toEqual([]);
  });
});
