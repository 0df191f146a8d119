import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { instant } from "../../src/model/brand.ts";
import type { ShedState } from "../../src/model/shed.ts";
import type { ShedLedger } from "../../src/store/shed-ledger.ts";
import { ACCOUNT } from "./account.ts";

/** An empty ledger, several ways into it, as processes have them, and how to clear it away. */
export interface TestLedger {
  readonly ledgers: readonly [ShedLedger, ShedLedger, ...ShedLedger[]];
  /** Lets time pass: lines of two processes in the same millisecond are in no order. */
  readonly tick?: () => Promise<void>;
  /** Puts another text in the place of what is kept of a listener. */
  readonly tamper: (listener: string, change: (text: string) => string) => Promise<void>;
  readonly close?: () => Promise<void>;
}

export const listenerArn = (name: string, region = "eu-west-1"): string =>
  `arn:aws:elasticloadbalancing:${region}:${ACCOUNT}:listener/app/${name}/50dc6c495c0c9188/f2f7dc8efc522ab2`;

/** A state with everything that one can have. */
export function shedState(listener: string, revision: number, why = "the alarm says so"): ShedState {
  const group = (name: string) => `arn:aws:elasticloadbalancing:eu-west-1:${ACCOUNT}:targetgroup/${name}/0a`;
  const rules = [{ rule: listener, weights: { [group("web")]: 999, [group("standby")]: 0 } }];
  const at = instant("2026-03-01T10:00:00.000Z");
  return {
    schema: 1,
    listener,
    primary: group("web"),
    revision,
    generation: revision + 7,
    phase: "shedding",
    degree: { level: 12.5, cap: 100 },
    baseline: rules,
    written: rules,
    pending: { degree: { level: 20, cap: 100 }, rules },
    why,
    since: at,
    changedAt: at,
    dueAt: at,
    direction: "shed",
    givingBack: false,
    lease: { owner: "a", until: at },
  };
}

/** What every ledger promises, whatever it is made of. */
export function describeShedLedger(name: string, open: () => Promise<TestLedger>): void {
  describe(`a ledger in ${name}`, () => {
    const web = listenerArn("web");
    let made: TestLedger;
    let ledger: ShedLedger;
    let again: ShedLedger;
    beforeEach(async () => {
      made = await open();
      [ledger, again] = made.ledgers;
    });
    afterEach(() => made.close?.());

    test("holds nothing at first, then what was written, whole, whoever reads it", async () => {
      expect(await again.read(web)).toBeUndefined();
      expect(await again.list()).toEqual([]);

      expect(await ledger.write(shedState(web, 1))).toBe(true);

      expect(await again.read(web)).toEqual(shedState(web, 1));
    });

    test("keeps a state only in the place of the one before it", async () => {
      for (const revision of [2, 5]) expect(await ledger.write(shedState(web, revision))).toBe(false);
      expect(await again.read(web)).toBeUndefined();

      expect(await ledger.write(shedState(web, 1))).toBe(true);
      for (const revision of [1, 3]) expect(await again.write(shedState(web, revision, "another"))).toBe(false);
      expect(await again.write(shedState(web, 2, "two"))).toBe(true);
      for (const revision of [1, 2]) expect(await ledger.write(shedState(web, revision, "late"))).toBe(false);

      expect(await ledger.read(web)).toEqual(shedState(web, 2, "two"));
    });

    test("takes the same state from one writer only", async () => {
      const outcomes = await Promise.all([ledger, again].map((each) => each.write(shedState(web, 1))));

      expect(outcomes.filter(Boolean)).toHaveLength(1);
    });

    test("lets one of twenty writers win each revision, and keeps what that one wrote", async () => {
      for (let revision = 1; revision <= 5; revision++) {
        const writers = Array.from({ length: 20 }, (_, index) => `writer ${index} of ${revision}`);
        const outcomes = await Promise.all(
          writers.map((why, index) =>
            (made.ledgers[index % made.ledgers.length] ?? ledger).write(shedState(web, revision, why)),
          ),
        );
        expect(outcomes.filter(Boolean)).toHaveLength(1);
        expect(await again.read(web)).toEqual(shedState(web, revision, writers[outcomes.indexOf(true)]));
      }
    });

    test("counts each of the changes that many make at once", async () => {
      const increase = async (each: ShedLedger): Promise<void> => {
        const known = await each.read(web);
        const { revision } = known ?? { revision: 0 };
        const next = { ...shedState(web, revision + 1), generation: (known?.generation ?? 0) + 1 };
        if (!(await each.write(next))) await increase(each);
      };
      await Promise.all(Array.from({ length: 12 }, (_, index) => increase(index % 2 ? ledger : again)));

      expect(await ledger.read(web)).toMatchObject({ revision: 12, generation: 12 });
    });

    test("knows listeners apart, and lists them all", async () => {
      const others = [listenerArn("web", "us-east-1"), listenerArn("web-b"), web];
      for (const each of others) await ledger.write(shedState(each, 1, each));
      await ledger.write(shedState(web, 2));
      await ledger.append(web, { kind: "step" });

      expect(await again.read(others[0] ?? "")).toEqual(shedState(others[0] ?? "", 1, others[0]));
      const byName = (states: ShedState[]) => states.sort((a, b) => (a.listener < b.listener ? -1 : 1));
      expect(byName(await again.list())).toEqual(
        byName([shedState(others[0] ?? "", 1, others[0]), shedState(others[1] ?? "", 1, others[1]), shedState(web, 2)]),
      );
    });

    test("goes on beyond all that is kept of former revisions", async () => {
      for (let revision = 1; revision <= 130; revision++)
        expect(await (revision % 2 ? ledger : again).write(shedState(web, revision))).toBe(true);

      expect((await again.read(web))?.revision).toBe(130);
      for (const revision of [1, 5, 30, 31, 129, 130, 132])
        expect(await ledger.write(shedState(web, revision, "late"))).toBe(false);
      expect(await again.read(web)).toEqual(shedState(web, 130));
      expect(await again.list()).toEqual([shedState(web, 130)]);
    }, 60_000);

    test("keeps the lines of each listener's log in their order", async () => {
      const other = listenerArn("web-b");
      for (let at = 0; at < 12; at++) await ledger.append(web, { at, text: "§\n" });
      await made.tick?.();
      await again.append(web, { at: 12 });
      await ledger.append(other, { of: "other" });

      expect(await again.lines(web)).toEqual([
        ...Array.from({ length: 12 }, (_, at) => ({ at, text: "§\n" })),
        { at: 12 },
      ]);
      expect(await ledger.lines(other)).toEqual([{ of: "other" }]);
      expect(await ledger.lines(listenerArn("none"))).toEqual([]);
    });

    const damages: [string, (text: string) => string][] = [
      ["cut off", (text) => text.slice(0, text.length / 2)],
      ["empty", () => ""],
      ["another schema's", (text) => text.replace('"schema":1', '"schema":2')],
      ["with a member that this version does not know", (text) => text.replace('"schema":1', '"schema":1,"later":1')],
      ["without its baseline", (text) => text.replace(/"baseline":\[.*?\],"written"/, '"written"')],
      ["with a weight that AWS does not have", (text) => text.replaceAll(":999", ":1000")],
      ["another listener's", (text) => text.replaceAll("/app/web/", "/app/other/")],
      ["another revision's", (text) => text.replace('"revision":2', '"revision":9')],
    ];
    test.each(damages)("refuses what is %s, and never takes it for nothing", async (_, change) => {
      await ledger.write(shedState(web, 1));
      await ledger.write(shedState(web, 2));
      await made.tamper(web, change);

      const refused = expect.objectContaining({
        code: "REFUSED",
        details: expect.objectContaining({ hint: expect.any(String) }),
      });
      await expect(again.read(web)).rejects.toEqual(refused);
      await expect(again.list()).rejects.toEqual(refused);
      expect(await again.write(shedState(web, 1))).toBe(false);
    });

    test("writes nothing that could not be read again", async () => {
      const senseless = { ...shedState(web, 1), degree: { level: Number.NaN, cap: 100 } };

      await expect(ledger.write(senseless)).rejects.toMatchObject({ code: "BUG" });
      expect(await ledger.read(web)).toBeUndefined();
    });
  });
}
