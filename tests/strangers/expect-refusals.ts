import { expect } from "vitest";
import type { Argument, Aws } from "../moto/awscli.ts";
import { refusal } from "../moto/refusal.ts";
import type { Difference } from "./differences.ts";
import type { ServerInUse } from "./servers.ts";

/** A command and the error code with which AWS refuses it; `accepted` when it does not; or in what moto and twin differ. */
export type Row = readonly [code: string | Difference, command: string, ...args: readonly Argument[]];

/** Asks row by row, in order, and compares all that was answered with all that AWS would answer. */
export async function expectRefusals({ aws, name }: ServerInUse, rows: readonly Row[]): Promise<void> {
  const answers: string[] = [];
  for (const [, command, ...args] of rows) answers.push(`${await refusal(aws, command, ...args)}: ${command}`);

  expect(answers).toEqual(rows.map(([code, command]) => `${typeof code === "string" ? code : code[name]}: ${command}`));
}

/** Two subnets of the default VPC, in zones of their own. */
export async function defaultSubnets(aws: Pick<Aws, "call">): Promise<readonly string[]> {
  const isDefault = "--filters Name=default-for-az,Values=true";
  return (await aws.call(`ec2 describe-subnets ${isDefault} --query Subnets[:2].SubnetId`)) as string[];
}

/** A stack's template of one queue. */
export function inboxOf(QueueName: string): object {
  return { Resources: { Inbox: { Type: "AWS::SQS::Queue", Properties: { QueueName } } } };
}
