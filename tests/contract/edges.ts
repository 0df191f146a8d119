import { CloudFormationClient, CreateStackCommand, type CreateStackCommandInput } from "@aws-sdk/client-cloudformation";
import {
  CreateKeyPairCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVolumeCommand,
  CreateVpcCommand,
  EC2Client,
  RunInstancesCommand,
} from "@aws-sdk/client-ec2";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Outcomes } from "../../src/engine/apply.ts";
import type { RawSelection } from "../../src/engine/selection.ts";
import { memoryHost } from "../../src/io/memory.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Rows } from "../../src/twin/world.ts";
import type { VerbContext } from "../../src/verbs/context.ts";
import { executeRemoval } from "../../src/verbs/removal/execute.ts";
import { prepareRestore, type RestoreRequest } from "../../src/verbs/restore/restore.ts";
import { createSnapshot } from "../../src/verbs/snapshot/create.ts";
import { HERE, type TestAccount, testAccount } from "./account.ts";
import { memoryStore } from "./memory-store.ts";

export const HOUR_MS = 3_600_000;

/** An account with a network that is older than any baseline, and what it takes to live through an edge of restore. */
export async function edgeTrial() {
  const account = await testAccount();
  const { connection, twin, send } = account;
  const { signal } = new AbortController();
  const host = memoryHost();
  const context: VerbContext = { connection, clock: twin.clock, host, signal, store: memoryStore() };
  const vpc = (await send(EC2Client, new CreateVpcCommand({ CidrBlock: "10.7.0.0/16" }))).Vpc?.VpcId ?? "";
  const place = { VpcId: vpc, CidrBlock: "10.7.1.0/24" };
  const subnet = (await send(EC2Client, new CreateSubnetCommand(place))).Subnet?.SubnetId ?? "";
  await twin.clock.sleep(HOUR_MS);
  return {
    ...account,
    context,
    host,
    vpc,
    subnet,
    hour: () => twin.clock.sleep(HOUR_MS),
    /** Makes the baseline, an hour before whatever comes next. */
    baseline: async (selection: RawSelection = { regions: [HERE] }) => {
      await createSnapshot(context, { selection, metadata: {}, setActive: true, compress: false, name: "baseline" });
      await twin.clock.sleep(HOUR_MS);
    },
    planned: async (request: Partial<RestoreRequest> = {}, within: Partial<VerbContext> = {}): Promise<Plan> => {
      const usual = { selection: { regions: [HERE] }, maxShare: 1, maxRemovals: 500, includeUndated: true };
      const allowed = { allowData: ["storage", "identity", "databases"], noBackup: ["ec2:volume"] };
      return (await prepareRestore({ ...context, ...within }, { ...usual, ...allowed, ...request })).plan;
    },
    run: async (plan: Plan, within: Partial<VerbContext> = {}): Promise<Outcomes> =>
      (await executeRemoval({ ...context, ...within }, plan)).outcomes,
    /** Live rows of the twin: changing one changes the world behind everybody's back. */
    rows: (kind: string, region: string = HERE): Rows =>
      twin.world.accounts[connection.account]?.regions[region]?.[kind] ?? {},
  };
}

export type EdgeTrial = Awaited<ReturnType<typeof edgeTrial>>;

/** Ids of what a plan removes by steps of their own. */
export const removed = ({ steps }: Plan) => steps.flatMap((s) => (s.operation === "remove" ? [s.target.id] : []));

/** Why a plan keeps one; undefined = it is not kept, or goes with something. */
export const reasonOf = ({ kept }: Plan, id: string) =>
  kept.find(({ target, goesWith }) => goesWith === undefined && target.id === id)?.reason;

/** How the removal of one ended: `applied`, or the kind with the reason. */
export function endOf({ steps }: Plan, outcomes: Outcomes, id: string): string | undefined {
  const step = steps.find(({ operation, target }) => operation === "remove" && target.id === id);
  const outcome = step && outcomes.get(step.id);
  return outcome && ("reason" in outcome ? `${outcome.kind}: ${outcome.reason}` : outcome.kind);
}

export const notApplied = (outcomes: Outcomes) => [...outcomes.values()].filter(({ kind }) => kind !== "applied");

/* What people leave behind. Each returns its id. */

type Sender = Pick<TestAccount, "send">;

export async function groupIn({ send, vpc }: Sender & { readonly vpc: string }, GroupName: string): Promise<string> {
  const asked = { VpcId: vpc, GroupName, Description: GroupName };
  return (await send(EC2Client, new CreateSecurityGroupCommand(asked))).GroupId ?? "";
}

export async function keyPair({ send }: Sender, KeyName: string): Promise<string> {
  await send(EC2Client, new CreateKeyPairCommand({ KeyName }));
  return KeyName;
}

export async function volume({ send }: Sender): Promise<string> {
  const asked = { AvailabilityZone: "eu-west-1a", Size: 8 };
  return (await send(EC2Client, new CreateVolumeCommand(asked))).VolumeId ?? "";
}

export async function role({ send }: Sender, RoleName: string, service = "ec2.amazonaws.com"): Promise<string> {
  const Statement = [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }];
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await send(IAMClient, new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  return RoleName;
}

export async function instance(
  { send, subnet }: Sender & { readonly subnet: string },
  more: Partial<ConstructorParameters<typeof RunInstancesCommand>[0]> = {},
): Promise<string> {
  const asked = { ImageId: "ami-0123456789abcdef0", InstanceType: "t3.micro", MinCount: 1, MaxCount: 1 } as const;
  const launched = await send(EC2Client, new RunInstancesCommand({ SubnetId: subnet, ...asked, ...more }));
  return launched.Instances?.[0]?.InstanceId ?? "";
}

/** A stack `shop` with a queue. Returns the queue's URL. */
export async function stack({ send }: Sender, more: Partial<CreateStackCommandInput> = {}): Promise<string> {
  const TemplateBody = JSON.stringify({ Resources: { Orders: { Type: "AWS::SQS::Queue" } } });
  await send(CloudFormationClient, new CreateStackCommand({ StackName: "shop", TemplateBody, ...more }));
  return (await send(SQSClient, new ListQueuesCommand({}))).QueueUrls?.[0] ?? "";
}

export const tag = ({ send }: Sender, id: string, Key: string, Value: string) =>
  send(EC2Client, new CreateTagsCommand({ Resources: [id], Tags: [{ Key, Value }] }));

export const protect = (sender: Sender, id: string) => tag(sender, id, "evenkeel:protect", "true");
