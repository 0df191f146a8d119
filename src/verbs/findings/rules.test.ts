import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { WORLDS } from "../../../tests/contract/finding-worlds.ts";
import { memoryStore } from "../../../tests/contract/memory-store.ts";
import { memoryHost } from "../../io/memory.ts";
import { sign } from "../../model/money.ts";
import type { VerbContext } from "../context.ts";
import { findings } from "./findings.ts";
import { RULES } from "./registry.ts";

function contextOf({ connection, twin }: TestAccount): VerbContext {
  const { signal } = new AbortController();
  return { connection, host: memoryHost(), clock: twin.clock, signal, store: memoryStore() };
}

const ask = (account: TestAccount, rule: string, prices = true) =>
  findings(contextOf(account), { selection: { regions: ["eu-west-1"] }, rule: [rule], prices });

// What is loaded on first use takes real time, in which the virtual clock would run out of patience with the price list.
beforeAll(async () => void (await ask(await testAccount(), "unattached-address")));

describe.each(Object.entries(WORLDS))("the rule %s", (id, { has, almost }) => {
  it("finds what is so, with money or why it has none, the reason and a command", async () => {
    const account = await testAccount();
    const target = await has(account);
    const { rules, unjudged, unseen } = await ask(account, id);

    expect({ unjudged, unseen }).toEqual({ unjudged: [], unseen: [] });
    expect(rules.flatMap((each) => each.findings).map((each) => each.target.id)).toEqual([target]);
    const [finding] = rules[0]?.findings ?? [];
    expect(finding?.reason.length).toBeGreaterThan(10);
    expect(finding?.command).toMatch(/^(evenkeel (explain|pause .* --dry-run)|aws )/);
    if (finding?.money?.hour !== undefined) expect(sign(finding.money.hour)).toBe(1);
    else expect(finding?.money?.unpriced.length).toBeGreaterThan(0);
  });

  it.each(Object.entries(almost))("does not find what %s", async (_, make) => {
    const account = await testAccount();
    await make(account);
    const { rules, kept, unseen } = await ask(account, id);

    expect(rules.flatMap((each) => each.findings).map((each) => each.reason)).toEqual([]);
    expect({ kept, unseen }).toEqual({ kept: [], unseen: [] });
    expect((await ask(account, id, false)).total.findings).toBe(0);
  });
});

describe("the rules", () => {
  const ids = RULES.map(({ id }) => id).sort();
  const names = (folder: string, end: string) =>
    readdirSync(new URL(folder, import.meta.url))
      .filter((name) => name.endsWith(end))
      .map((name) => name.slice(0, -end.length))
      .sort();

  it("are those of the folder, and each has a page and worlds that have it and almost have it", () => {
    expect(names("rules/", ".ts")).toEqual(ids);
    expect(names("../../../docs/findings/", ".md")).toEqual(ids);
    expect(Object.keys(WORLDS).sort()).toEqual(ids);
    for (const { almost } of Object.values(WORLDS)) expect(Object.keys(almost).length).toBeGreaterThan(0);
  });

  it.each(RULES)("$id has a page that gives its numbers, its sources and how to silence it", (rule) => {
    const page = readFileSync(new URL(`../../../docs/findings/${rule.id}.md`, import.meta.url), "utf8");

    expect(page.split("\n")[0]).toBe(`# ${rule.id}`);
    expect(page.match(/^## .*$/gm)).toEqual([
      "## What it finds",
      "## Why it costs",
      "## How it is told",
      "## What is left out on purpose",
      "## What to do",
      "## How to silence it",
    ]);
    for (const source of rule.sources) expect(page).toContain(source);
    for (const number of [rule.days, rule.quietDays]) if (number) expect(page).toContain(`${number} days`);
  });
});
