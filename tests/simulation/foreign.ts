import { CloudWatchClient, DeleteAlarmsCommand, EnableAlarmActionsCommand } from "@aws-sdk/client-cloudwatch";
import {
  DescribeInstancesCommand,
  EC2Client,
  StartInstancesCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import { ECSClient, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { EnableRuleCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { DeleteFunctionCommand, LambdaClient, PutFunctionConcurrencyCommand } from "@aws-sdk/client-lambda";
import { RDSClient, StartDBInstanceCommand } from "@aws-sdk/client-rds";
import type { TestAccount } from "../contract/account.ts";
import type { ForeignAct } from "./history.ts";

/**
 * Does what someone else does in the account meanwhile.
 * @returns the id of what was touched; undefined = AWS refused, or there was nothing of the kind
 */
export async function actAsStranger(account: TestAccount, act: ForeignAct, which: number): Promise<string | undefined> {
  try {
    return await ACTS[act](account, which);
  } catch {
    return undefined;
  }
}

const ACTS: Readonly<Record<ForeignAct, (account: TestAccount, which: number) => Promise<string | undefined>>> = {
  "start an instance": (account, which) =>
    onInstance(account, which, (id) => new StartInstancesCommand({ InstanceIds: [id] })),
  "terminate an instance": (account, which) =>
    onInstance(account, which, (id) => new TerminateInstancesCommand({ InstanceIds: [id] })),
  "enable an alarm": async ({ send }, which) => {
    const name = `alarm-${which}`;
    await send(CloudWatchClient, new EnableAlarmActionsCommand({ AlarmNames: [name] }));
    return name;
  },
  "delete an alarm": async ({ send }, which) => {
    const name = `alarm-${which}`;
    await send(CloudWatchClient, new DeleteAlarmsCommand({ AlarmNames: [name] }));
    return name;
  },
  "enable a rule": async ({ send }, which) => {
    await send(EventBridgeClient, new EnableRuleCommand({ Name: `rule-${which}` }));
    return `rule-${which}`;
  },
  "start the database": async ({ send }) => {
    await send(RDSClient, new StartDBInstanceCommand({ DBInstanceIdentifier: "orders" }));
    return "orders";
  },
  "set the service's count": async ({ send }, which) => {
    await send(ECSClient, new UpdateServiceCommand({ cluster: "shop", service: "web", desiredCount: which }));
    return "shop/web";
  },
  "reserve concurrency": async ({ send }, which) => {
    const FunctionName = "intake-0";
    const reservation = { FunctionName, ReservedConcurrentExecutions: which };
    await send(LambdaClient, new PutFunctionConcurrencyCommand(reservation));
    return FunctionName;
  },
  "delete a function": async ({ send }, which) => {
    await send(LambdaClient, new DeleteFunctionCommand({ FunctionName: `intake-${which}` }));
    return `intake-${which}`;
  },
};

type InstanceCommand = StartInstancesCommand | TerminateInstancesCommand;

/** Only instances on their own: what a group does about a member that vanishes is the group's. */
async function onInstance({ send }: TestAccount, which: number, command: (id: string) => InstanceCommand) {
  const { Reservations = [] } = await send(EC2Client, new DescribeInstancesCommand({}));
  const alone = Reservations.flatMap(({ Instances = [] }) => Instances).filter(
    ({ Tags = [] }) => !Tags.some(({ Key }) => Key === "aws:autoscaling:groupName"),
  );
  const id = alone[which]?.InstanceId;
  if (id === undefined) return undefined;
  await send(EC2Client, command(id) as StartInstancesCommand);
  return id;
}
