import { CloudWatchClient, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { expect, it } from "vitest";
import { HERE, testAccount } from "../../../tests/contract/account.ts";
import { iamAction } from "../../aws/actions.ts";
import { readAlarm } from "../cloudwatch/alarm-reading.ts";
import { writeScope } from "../scope.ts";
import { carriers, readActions, readForwarding, readHealth, withWeights, writeForwarding } from "./forwarding.ts";
import { forwarding, seedRule, seedSpread, setActions } from "./shedding.trial.ts";
import { SHEDDING } from "./shedding.ts";

it("names every action that reading and writing take", async () => {
  const account = await testAccount();
  const { listener, groups } = await seedSpread(account);
  const actions = [forwarding({ [groups.primary]: 1, [groups.standby]: 0 })];
  await seedRule(account, listener, 1, actions);
  await setActions(account, listener, actions);
  const metric = { Namespace: "AWS/ApplicationELB", MetricName: "RequestCountPerTarget", Statistic: "Sum" } as const;
  const when = {
    Period: 60,
    EvaluationPeriods: 3,
    Threshold: 500,
    ComparisonOperator: "GreaterThanThreshold",
  } as const;
  await account.send(CloudWatchClient, new PutMetricAlarmCommand({ AlarmName: "overrun", ...metric, ...when }));
  const scope = writeScope(account.connection, HERE, { signal: new AbortController().signal });
  account.calls.length = 0;

  await readAlarm(scope, "overrun");
  await readHealth(scope, groups.standby);
  for (const { rule } of carriers((await readForwarding(scope, listener)) ?? [], groups.primary)) {
    const now = (await readActions(scope, rule)) ?? [];
    await writeForwarding(scope, rule, withWeights(now, { [groups.primary]: 0, [groups.standby]: 1 }));
  }

  const called = account.calls.map((call) => {
    const [service = "", operation = ""] = call.split(":");
    return iamAction({ service, operation });
  });
  const known = Object.keys({ ...SHEDDING.read, ...SHEDDING.write });
  expect(called.filter((action) => !known.includes(action))).toEqual([]);
  // The user pool is asked of by AWS.
  expect(known.filter((action) => !called.includes(action))).toEqual(["cognito-idp:DescribeUserPoolClient"]);
});
