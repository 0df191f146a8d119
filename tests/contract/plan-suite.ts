import { expect, it } from "vitest";
import { iamAction } from "../../src/aws/actions.ts";
import { factsOf } from "../../src/catalog/registry.ts";
import { memoryHost } from "../../src/io/memory.ts";
import type { Json } from "../../src/model/json.ts";
import type { ResourceType } from "../../src/model/resource.ts";
import type { LoggedCall } from "../../src/twin/twin.ts";
import type { VerbContext } from "../../src/verbs/context.ts";
import { executePause, preparePause } from "../../src/verbs/pause/pause.ts";
import { HERE, type TestAccount, testAccount } from "./account.ts";
import { memoryStore } from "./memory-store.ts";
import type { PauseTrial } from "./pause-suite.ts";

const DAY_MS = 24 * 3_600_000;
const WEEK_MS = 7 * DAY_MS;
const READS = /^(Describe|List|Get|BatchGet|Lookup)/;

/** What a plan of a type is to what is done by it: shown on the whole verb, with the twin's log as the witness. */
export function planSuite(type: ResourceType, { seed, way }: PauseTrial): void {
  it("is planned without a change, and nothing is changed but what the plan names", async () => {
    const account = await testAccount();
    const id = await seed(account);
    // What was just made comes to rest.
    await account.twin.clock.sleep(DAY_MS);
    const { context, changes } = trialOf(account);

    const ways = way ? [`${type}=${way}`] : [];
    const plan = await preparePause(context, { selection: { regions: [HERE] }, extend: false, ways });
    expect(changes()).toEqual([]);
    expect(plan.steps.map(({ target }) => `${target.type} ${target.id}`)).toContain(`${type} ${id}`);

    const { outcomes } = await executePause(context, plan, context.clock.now() + WEEK_MS);
    expect(outcomes.get(plan.steps.find(({ target }) => target.id === id)?.id ?? "")?.kind).toBe("applied");
    const done = changes();
    const named = plan.steps.flatMap(({ target }) => namesOf(target.id, target.arn));
    // A node group is named with the cluster that it is in, which is kept.
    const spelled = plan.steps.flatMap(({ target }) => target.id.split("/"));
    for (const call of done) {
      expect(
        textsIn(call.input as Json).some((text) => named.includes(text)),
        call.operation,
      ).toBe(true);
      for (const { target } of plan.kept)
        for (const name of namesOf(target.id, target.arn))
          if (!named.includes(name) && !spelled.includes(name))
            expect(textsIn(call.input as Json), call.operation).not.toContain(name);
    }
    const allowed = plan.steps.flatMap(({ target }) => factsOf(target.type)?.pause?.iam.pause ?? []);
    expect(done.map(iamAction).filter((action) => !allowed.includes(action))).toEqual([]);
  });
}

function trialOf({ twin, connection }: TestAccount) {
  const { signal } = new AbortController();
  const context: VerbContext = { connection, host: memoryHost(), clock: twin.clock, signal, store: memoryStore() };
  twin.log.length = 0;
  const changes = (): LoggedCall[] => twin.log.filter(({ operation }) => !READS.test(operation));
  return { context, changes };
}

/** An id, its ARN, and the last part of a path: ECS takes cluster and service apart. */
const namesOf = (...texts: readonly string[]) => texts.flatMap((text) => [text, text.split("/").at(-1) ?? text]);

function textsIn(value: Json): string[] {
  if (typeof value === "string") return namesOf(value);
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((member) => textsIn(member as Json));
}
