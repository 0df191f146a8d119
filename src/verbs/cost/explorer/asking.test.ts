import { describe, expect, it } from "vitest";
import { ACCOUNT } from "../../../../tests/contract/account.ts";
import { COMPUTE, charge, explorerTrial, type TrialOptions } from "../../../../tests/contract/explorer-trial.ts";
import { addDays, day } from "../../../model/calendar.ts";
import type { CostQuestion } from "../../../model/cost-question.ts";
import { EvenkeelError } from "../../../model/errors.ts";
import { asking } from "./asking.ts";
import { explore } from "./explorer.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const MARCH = { start: day("2026-03-10"), end: day("2026-03-10") };
const QUERY = { days: MARCH, granularity: "daily", groupBy: ["service"], metric: "unblended" } as const;

const question = (more: Partial<CostQuestion> = {}): CostQuestion => ({
  days: MARCH,
  granularity: "daily",
  metric: "unblended",
  groupBy: ["SERVICE"],
  only: [],
  withResources: false,
  ...more,
});

/** Questions that no other is equal to. */
const several = (count: number) =>
  Array.from({ length: count }, (_, at) => question({ only: [{ key: "SERVICE", values: [`service ${at}`] }] }));

async function trial(options: TrialOptions = {}) {
  const all = await explorerTrial(options);
  return { ...all, asks: () => asking(all.means) };
}

/** So many resources that their answer has many pages: a dozen a page. */
const resources = (count: number) =>
  Array.from({ length: count }, (_, at) => charge({ resource: `i-${String(at).padStart(4, "0")}a` }));

describe("an answer", () => {
  it("is kept for a day, with what it is made of", async () => {
    const { means, clock, requests } = await trial({ charges: resources(30) });
    const first = await explore(QUERY, "only", means);
    const made = requests().length;
    expect(first.asked).toEqual({ requests: made, kept: 0, price: `0.0${made}` });

    clock.advance(DAY - MINUTE);
    const second = await explore(QUERY, "only", means);
    expect(requests()).toHaveLength(made);
    expect(second).toEqual({ ...first, asked: { requests: 0, kept: 2, price: "0" } });

    clock.advance(2 * MINUTE);
    await explore(QUERY, "only", means);
    expect(requests()).toHaveLength(2 * made);
  });

  it("is kept over midnight", async () => {
    const { asks, clock, requests } = await trial({ now: "2026-03-20T23:59:00.000Z" });
    await asks().answers([question()], 1);

    clock.advance(2 * MINUTE);
    await asks().answers([question()], 1);

    expect(requests()).toHaveLength(1);
  });

  it("is of one question only", async () => {
    const { asks, requests } = await trial();
    const other = { start: MARCH.start, end: addDays(MARCH.end, 1) };
    const all = [
      question(),
      question({ metric: "net" }),
      question({ days: other }),
      question({ granularity: "monthly" }),
    ];

    await asks().answers(all, 1);

    expect(requests()).toHaveLength(4);
  });

  it("is of one account only", async () => {
    const { means, requests } = await trial();
    await asking(means).answers([question()], 1);

    const elsewhere = {
      ...means,
      connection: { ...means.connection, account: "222222222222" as typeof means.connection.account },
    };
    await asking(elsewhere).answers([question()], 1);

    expect(requests()).toHaveLength(2);
  });

  it("is kept only when it is whole", async () => {
    const { asks, twin, store, requests } = await trial({ charges: resources(30) });
    const asked = question({
      groupBy: ["RESOURCE_ID"],
      only: [{ key: "SERVICE", values: [COMPUTE] }],
      withResources: true,
    });
    twin.faults = [
      { kind: "error", code: "ValidationException", message: "no", status: 400, service: "ce", skip: 1, times: 1 },
    ];

    await expect(asks().answers([asked], 1)).rejects.toMatchObject({ code: "AWS_REFUSED" });
    expect([...store.objects.keys()]).toEqual([]);

    const [answer] = await asks().answers([asked], 1);
    expect(answer?.lines).toHaveLength(30);
    expect(requests()).toHaveLength(2 + 3);
  });

  it.each([
    ["cut off", (text: string) => text.slice(0, -20)],
    ["of another version", (text: string) => text.replace('"schema":1', '"schema":2')],
    ["with a sum that is none", (text: string) => text.replace(/"1"/, '"NaN"')],
    ["from the future", (text: string) => text.replace("2026-03-20T", "2026-03-21T")],
  ])("that is %s is as none", async (_, damage) => {
    const { asks, store, requests } = await trial();
    await asks().answers([question()], 1);
    const [[path, bytes] = ["", Buffer.alloc(0)]] = [...store.objects];
    store.objects.set(path, Buffer.from(damage(bytes.toString())));

    await asks().answers([question()], 1);

    expect(requests()).toHaveLength(2);
  });

  it("is removed when it is too old, and nothing else is", async () => {
    const { asks, store, clock } = await trial();
    store.objects.set("cost-answers/222222222222/2026-01-01/x.json", Buffer.from("{}"));
    await asks().answers([question()], 1);

    clock.advance(3 * DAY);
    await asks().answers([question()], 1);

    expect([...store.objects.keys()].map((path) => path.replace(/[0-9a-f]{64}/, "*"))).toEqual([
      "cost-answers/222222222222/2026-01-01/x.json",
      `cost-answers/${ACCOUNT}/2026-03-23/*.json`,
    ]);
  });

  it("is given also where it can't be kept, with the reason as a note", async () => {
    const { means } = await trial();
    const store = {
      ...means.store,
      write: () => Promise.reject(new EvenkeelError("STORE_FAILED", "the disk is full")),
    };

    const { split } = await explore(QUERY, "no", { ...means, store });

    expect(split.total).toBe("1");
    expect(split.notes).toContainEqual(expect.stringMatching(/could not be kept: the disk is full/));
  });
});

describe("many requests", () => {
  it("are made without asking up to twenty", async () => {
    const { asks, host, requests } = await trial();

    await asks().answers(several(20), 1);

    expect(requests()).toHaveLength(20);
    expect(host.questions).toEqual([]);
  });

  it("are asked for before the first, with their price", async () => {
    const { asks, host, requests } = await trial();

    await expect(asks().answers(several(21), 1)).rejects.toMatchObject({
      code: "REFUSED",
      details: { state: expect.stringContaining("0 requests were made (USD 0.00)") },
    });

    expect(requests()).toEqual([]);
    expect(host.questions).toEqual([
      { kind: "confirm", default: false, text: expect.stringMatching(/about 21 requests.*USD 0\.21/) },
    ]);
  });

  it("are made when a person says yes, without another question", async () => {
    const { asks, host, requests } = await trial({ answers: [true] });
    const own = asks();

    await own.answers(several(45), 1);

    expect(requests()).toHaveLength(45);
    expect(host.questions).toHaveLength(1);
    expect(own.asked()).toEqual({ requests: 45, kept: 0, price: "0.45" });
  });

  it("are not counted where answers are kept", async () => {
    const { asks, host } = await trial();
    for (const each of several(30)) await asks().answers([each], 1);

    const own = asks();
    await own.answers(several(40), 1);

    expect(host.questions).toEqual([]);
    expect(own.asked()).toEqual({ requests: 10, kept: 30, price: "0.1" });
  });

  it("are counted with the pages that an answer is known to take", async () => {
    const { asks, host } = await trial();

    await expect(asks().answers(several(7), 3)).rejects.toMatchObject({ code: "REFUSED" });

    expect(host.questions[0]?.text).toContain("about 21 requests");
  });

  it("are asked for again at every further twenty that nobody expected", async () => {
    const { means, host, requests } = await trial({ charges: resources(12 * 50), answers: [true, true] });

    const { asked } = await explore(QUERY, "only", means);

    expect(requests()).toHaveLength(51);
    expect(asked.price).toBe("0.51");
    expect(host.questions.map(({ text }) => text)).toEqual([
      expect.stringMatching(/got 20 requests \(USD 0\.20\)/),
      expect.stringMatching(/got 40 requests \(USD 0\.40\)/),
    ]);
  });

  it("end with nothing to show when a person says no half-way", async () => {
    const { means, host, requests } = await trial({ charges: resources(12 * 50), answers: [true, false] });

    await expect(explore(QUERY, "if possible", means)).rejects.toMatchObject({
      code: "REFUSED",
      details: { state: expect.stringContaining("40 requests were made (USD 0.40)") },
    });

    expect(requests()).toHaveLength(40);
    expect(host.questions).toHaveLength(2);
  });
});
