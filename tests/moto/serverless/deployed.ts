/** What awscli says of functions in a stack, and of what belongs to them. */
import type { Aws } from "../awscli.ts";
import { configurationOf } from "./invoke.ts";

type Cli = Pick<Aws, "call" | "text">;

/** A function, and what stands beside it. */
export async function functionIn(aws: Cli, name: string) {
  const found = await configurationOf(aws, name);
  const role = found.Role.split("/").at(-1);
  const alarms = await aws.call(
    `cloudwatch describe-alarms --query MetricAlarms[?Dimensions[0].Value=='${name}'].[Namespace,MetricName,Threshold,TreatMissingData,AlarmActions]`,
  );
  const reserved = await aws.call(`lambda get-function-concurrency --function-name ${name}`);
  const attached = await aws.call(
    `iam list-attached-role-policies --role-name ${role} --query AttachedPolicies[].PolicyArn`,
  );
  return {
    code: found.CodeSha256,
    runtime: found.Runtime,
    handler: found.Handler,
    timeout: found.Timeout,
    isSingle: JSON.stringify(reserved).includes('"ReservedConcurrentExecutions":1'),
    topic: found.Environment.Variables.SNS_TOPIC_ARN,
    alarms,
    policies: attached,
  };
}

/** Alarms that every function has. */
export const alarmsOf = (topic: string) =>
  ["Errors", "Throttles"].map((metric) => ["AWS/Lambda", metric, 0, "notBreaching", [topic]]);

/** A rule's pattern, or its schedule, and where it leads. */
export async function ruleIn(aws: Cli, rule: string) {
  const { EventPattern, ScheduleExpression, State } = (await aws.call(
    `events describe-rule --name ${rule}`,
  )) as Readonly<Record<string, string>>;
  const targets = await aws.call(
    `events list-targets-by-rule --rule ${rule} --query Targets[].[Arn,DeadLetterConfig.Arn]`,
  );
  const pattern: unknown = EventPattern && JSON.parse(EventPattern);
  return { pattern, schedule: ScheduleExpression, state: State, targets };
}
