import { FACTS, loadEntry } from "../../src/catalog/registry.ts";
import { readScope } from "../../src/catalog/scope.ts";
import { formatArn } from "../../src/model/arn.ts";
import { accountId } from "../../src/model/brand.ts";
import type { Json } from "../../src/model/json.ts";
import { listRecords } from "../../src/store/records.ts";
import { ACCOUNT, HERE, type TestAccount } from "../contract/account.ts";
import type { memoryStore } from "../contract/memory-store.ts";
import type { OurCall } from "./process.ts";

/** Looks at every change while it is made. */
export interface Watchman {
  readonly violations: string[];
  onChange(call: OurCall): Promise<void>;
  /** Each call since the plan was made, reads too. */
  onCall(call: OurCall): void;
  /** Whether one of those calls named the resource of this id. */
  isLookedAt(id: string): boolean;
  /** Ids of the records that hold what the resource of this id was like. */
  recordsOf(id: string): Promise<readonly string[]>;
  /** When a process has ended, well or badly. @param changed what is not as it was, and not by a stranger */
  onEnd(changed: readonly string[]): Promise<void>;
}

/** Before each change: is what it names in a saved record, and journalled? After each run: is what was changed in an armed one? */
export async function watchman(account: TestAccount, store: ReturnType<typeof memoryStore>): Promise<Watchman> {
  const known = await namesOf(account);
  const violations: string[] = [];
  const lookedAt = new Set<string>();
  const records = () => listRecords(store, accountId(ACCOUNT));
  const savedTargets = async () =>
    (await records()).flatMap((each) =>
      each.kind === "readable" ? each.record.plan.steps.map(({ target }) => target) : [],
    );
  const journalled = () =>
    [...store.objects].filter(([path]) => path.includes("/runs/")).map(([, text]) => text.toString());
  return {
    violations,
    async onChange(call) {
      const named = [...known].filter(([name]) => strings(call.input as Json).includes(name)).map(([, arn]) => arn);
      const arns = new Set(named);
      const say = (what: string) => violations.push(`${call.operation} ${JSON.stringify(call.input)}: ${what}`);
      if (arns.size === 0) say("names nothing that is known");
      const saved = new Set((await savedTargets()).map((target) => target.arn as string));
      for (const arn of arns) {
        if (!saved.has(arn)) say(`${arn} is in no record`);
        else if (!journalled().some((text) => hasIntent(text, arn))) say(`${arn} has no intent in a journal`);
      }
    },
    onCall: (call) => {
      for (const name of strings(call.input as Json)) lookedAt.add(known.get(name) ?? name);
    },
    isLookedAt: (id) => lookedAt.has(known.get(id) ?? id),
    recordsOf: async (id) =>
      (await records()).flatMap((each) =>
        each.kind === "readable" && each.record.plan.steps.some(({ target }) => target.id === id)
          ? [each.record.id]
          : [],
      ),
    async onEnd(changed) {
      if (changed.length === 0) return;
      if (!(await records()).some(({ armed }) => armed))
        violations.push(`nothing is armed, and these are not as they were: ${changed.join(", ")}`);
    },
  };
}

function hasIntent(journal: string, arn: string): boolean {
  return journal.split("\n").some((line) => line.includes('"intent"') && line.includes(` ${arn}"`));
}

/** Every text in a call's input. */
function strings(value: Json): string[] {
  if (typeof value === "string") return [value, value.split("/").at(-1) ?? value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((member) => strings(member as Json));
}

/** What resources that can be paused are called in calls, with their ARNs. */
async function namesOf({ connection }: TestAccount): Promise<Map<string, string>> {
  const scope = readScope(connection, HERE, { signal: new AbortController().signal });
  const names = new Map<string, string>();
  for (const { type, pause, scope: where, arn: template } of FACTS) {
    if (!pause || where === "global") continue;
    for await (const found of (await loadEntry(type)).list(scope)) {
      const { id, arn = formatArn(template, { ...connection, region: HERE, id }) } = found;
      for (const name of [id, arn, id.split("/").at(-1) ?? id]) names.set(name, arn);
    }
  }
  return names;
}
