import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ACCOUNT, HERE } from "../../../tests/contract/account.ts";
import { verbTrial } from "../../../tests/contract/verbs.ts";
import { writePlan } from "../../cli/plan-file.ts";
import { commandLine } from "../../cli/trial.test-data.ts";
import { beginRun } from "../../engine/run.ts";
import { type AccountId, type Arn, accountId } from "../../model/brand.ts";
import type { Plan } from "../../model/plan.ts";
import { newPlan } from "../../model/plan-draft.ts";
import { planSchema } from "../../model/plan-schema.ts";
import { prepareContinue } from "./continue.ts";
import { prepareUndo } from "./undo.ts";

const TYPE = "AWS::ElasticLoadBalancingV2::ListenerRule";

function shedPlan(account: AccountId, now: number): Plan {
  const RULE = `arn:aws:elasticloadbalancing:eu-west-1:${account}:listener-rule/app/web/1a/2b/3c`;
  const head = { verb: "shed", account, partition: "aws", coverage: [], now };
  const step = {
    id: RULE,
    operation: "reweight",
    target: { arn: RULE as Arn, type: TYPE, id: RULE, region: HERE },
    says: "set the weights",
    reason: "the alarm says so",
    stage: 0,
    expects: { weights: { "arn:a": 100, "arn:b": 0 } },
    saves: { weights: { "arn:a": 100, "arn:b": 0 } },
    sets: { weights: { "arn:a": 95, "arn:b": 5 } },
    after: [],
    loses: [],
    risks: [],
    iam: ["elasticloadbalancing:ModifyRule"],
  } as const;
  return newPlan({ ...head, selection: { types: [TYPE], regions: [HERE] } }, { steps: [step], kept: [] });
}

const refused = {
  code: "REFUSED",
  details: { hint: "`evenkeel shed step` goes on, `evenkeel shed restore` gives the load back" },
};

it("neither goes on with a plan of shedding nor undoes it: only whoever has the listener's lease changes weights", async () => {
  const { context } = await verbTrial();
  const plan = shedPlan(context.connection.account, context.clock.now());
  expect(planSchema.safeParse(plan).error).toBeUndefined();
  const { head } = await beginRun(context, { plan });

  await expect(prepareContinue(context, head.run)).rejects.toMatchObject(refused);
  await expect(prepareUndo(context, head.run)).rejects.toMatchObject(refused);
});

it("does not apply one from a file", async () => {
  const dir = await mkdtemp(join(tmpdir(), "evenkeel-shed-"));
  try {
    const file = join(dir, "plan.json");
    await writePlan(file, shedPlan(accountId(ACCOUNT), 0));
    const { run } = commandLine({ connect: () => Promise.reject(new Error("nothing may be called")) });
    const { code, stderr } = await run("apply", file, "--yes");

    expect([code, stderr]).toEqual([6, expect.stringContaining("evenkeel shed step")]);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});
