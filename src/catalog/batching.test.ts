import { assert, asyncProperty, constantFrom, integer, record, uniqueArray } from "fast-check";
import { describe, expect, it } from "vitest";
import { EvenkeelError } from "../model/errors.ts";
import { batched } from "./batching.ts";

interface Client {
  readonly calls: string[][];
}

const client = (): Client => ({ calls: [] });

/** Calls of at most so many ids; one with a bad id in it is refused as a whole, as AWS does. */
function trial(greatest: number, bad: readonly string[] = [], code: EvenkeelError["code"] = "NOT_FOUND") {
  return batched(greatest, async ({ calls }: Client, ids) => {
    calls.push([...ids]);
    await Promise.resolve();
    const culprit = ids.find((id) => bad.includes(id));
    if (culprit) throw new EvenkeelError(code, `${culprit} is bad`);
    return (id) => `${id} done`;
  });
}

const numbered = (count: number) => Array.from({ length: count }, (_, at) => `i-${at}`);

describe("joining calls", () => {
  it("sends what is asked for side by side in as few calls as AWS allows", async () => {
    const one = client();
    const ask = trial(100);
    const results = await Promise.all(numbered(250).map((id) => ask(one, id)));

    expect(one.calls.map(({ length }) => length)).toEqual([100, 100, 50]);
    expect(results).toEqual(numbered(250).map((id) => `${id} done`));
  });

  it("lets the first go at once, and joins what comes while it is under way", async () => {
    const one = client();
    const ask = trial(100);
    const first = ask(one, "i-0");
    await Promise.resolve();
    const others = ["i-1", "i-2"].map((id) => ask(one, id));
    await Promise.all([first, ...others]);

    expect(one.calls).toEqual([["i-0"], ["i-1", "i-2"]]);
  });

  it("asks once for what two ask for at the same time, and again for whoever comes later", async () => {
    const one = client();
    const ask = trial(1);
    expect(await Promise.all([ask(one, "i-0"), ask(one, "i-0")])).toEqual(["i-0 done", "i-0 done"]);
    await ask(one, "i-0");

    expect(one.calls).toEqual([["i-0"], ["i-0"]]);
  });

  it("joins nothing across clients", async () => {
    const [one, other] = [client(), client()];
    const ask = trial(100);
    await Promise.all([ask(one, "i-0"), ask(other, "i-1"), ask(one, "i-2")]);

    expect([one.calls, other.calls]).toEqual([[["i-0", "i-2"]], [["i-1"]]]);
  });

  it.each(["THROTTLED", "NETWORK", "EXPIRED_CREDENTIALS", "AWS_FAILED"] as const)(
    "does not split %s, which meets all alike",
    async (code) => {
      const one = client();
      const ask = trial(100, ["i-1"], code);
      const results = await Promise.allSettled(numbered(3).map((id) => ask(one, id)));

      expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
      expect(one.calls).toHaveLength(1);
    },
  );

  it("splits what fails for want of capacity, which AWS answers as its own fault", async () => {
    const one = client();
    const ask = batched(100, async ({ calls }: Client, ids) => {
      calls.push([...ids]);
      const details = { awsCode: "InsufficientInstanceCapacity" };
      if (ids.includes("i-1")) throw new EvenkeelError("AWS_FAILED", "no room", details);
      return (id) => id;
    });
    const results = await Promise.allSettled(numbered(4).map((id) => ask(one, id)));

    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"]);
  });

  it("names in its calls exactly what was asked for, and gives each its own result, whatever is refused", async () => {
    const ids = uniqueArray(
      integer({ min: 0, max: 500 }).map((at) => `i-${at}`),
      { maxLength: 60 },
    );
    const code = constantFrom("NOT_FOUND" as const, "AWS_REFUSED" as const, "ACCESS_DENIED" as const);
    const cases = record({
      ids,
      bad: ids,
      greatest: integer({ min: 1, max: 20 }),
      code,
      gap: integer({ min: 1, max: 9 }),
    });
    await assert(
      asyncProperty(cases, async (drawn) => {
        const one = client();
        const ask = trial(drawn.greatest, drawn.bad, drawn.code);
        const asked = drawn.ids.map(async (id, at) => {
          for (let turn = 0; turn < at % drawn.gap; turn++) await Promise.resolve();
          return ask(one, id);
        });
        const results = await Promise.allSettled(asked);

        expect([...new Set(one.calls.flat())].sort()).toEqual([...drawn.ids].sort());
        for (const call of one.calls) {
          expect(call.length).toBeLessThanOrEqual(drawn.greatest);
          expect(new Set(call).size).toBe(call.length);
        }
        for (const [at, id] of drawn.ids.entries()) {
          const wanted = drawn.bad.includes(id)
            ? { status: "rejected", reason: { message: `${id} is bad` } }
            : { status: "fulfilled", value: `${id} done` };
          expect(results[at]).toMatchObject(wanted);
        }
      }),
      { numRuns: 100 },
    );
  });
});
