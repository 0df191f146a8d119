import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  AttachVolumeCommand,
  CreateKeyPairCommand,
  CreateSecurityGroupCommand,
  EC2Client,
  RunInstancesCommand,
  type RunInstancesCommandInput,
} from "@aws-sdk/client-ec2";
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { ownNetwork, volume } from "../../src/catalog/ec2/ec2.trial.ts";
import { scan } from "../../src/engine/scan/scan.ts";
import { type MemoryHost, memoryHost } from "../../src/io/memory.ts";
import { GLOBAL } from "../../src/model/brand.ts";
import type { Plan } from "../../src/model/plan.ts";
import { redactor } from "../../src/model/redact.ts";
import type { VerbContext } from "../../src/verbs/context.ts";
import { packerPolicy } from "../../src/verbs/reap/packer/packer.ts";
import { prepareReap } from "../../src/verbs/reap/reap.ts";
import type { ReapRequest } from "../../src/verbs/reap/request.ts";
import { executeRemoval } from "../../src/verbs/removal/execute.ts";
import { ACCOUNT, HERE, type TestAccount, testAccount } from "./account.ts";
import { memoryStore } from "./memory-store.ts";

export const HOUR = 3_600_000;

/** An account with a network, in which builds are made as Packer makes them. */
export interface ReapTrial {
  readonly account: TestAccount;
  readonly context: VerbContext;
  readonly host: MemoryHost;
  readonly network: { readonly vpc: string; readonly subnet: string };
  hours(count: number): Promise<void>;
  /** A name as Packer would give it now. */
  name(prefix: string, tail?: number): string;
  plan(more?: Partial<ReapRequest>): Promise<Plan>;
  reap(more?: Partial<ReapRequest>): Promise<Awaited<ReturnType<typeof executeRemoval>> & { readonly plan: Plan }>;
}

export async function reapTrial(): Promise<ReapTrial> {
  const account = await testAccount();
  const { twin, connection } = account;
  Object.assign(twin.world.accounts[ACCOUNT] ?? {}, { enabledRegions: [HERE, "us-east-1"] });
  const network = await ownNetwork(account);
  const host = memoryHost();
  const { signal } = new AbortController();
  const context: VerbContext = { connection, host, clock: twin.clock, signal, store: memoryStore() };
  let names = 0;
  const plan: ReapTrial["plan"] = (more) => prepareReap(context, { policies: ["packer"], selection: {}, ...more });
  return {
    account,
    context,
    host,
    network,
    hours: (count) => twin.clock.sleep(count * HOUR),
    name: (prefix, tail = ++names) => `${prefix}${uuidAt(twin.clock.now(), tail)}`,
    plan,
    reap: async (more) => {
      const made = await plan(more);
      return { plan: made, ...(await executeRemoval(context, made, { batchSize: 1 })) };
    },
  };
}

/** As packer-plugin-sdk's uuid.TimeOrderedUUID gives it. */
export function uuidAt(ms: number, tail = 1): string {
  const seconds = Math.floor(ms / 1000).toString(16);
  return `${seconds.padStart(8, "0")}-0c4e-4b1a-9d2e-${String(tail).padStart(12, "0")}`;
}

export async function key({ account }: ReapTrial, KeyName: string): Promise<string> {
  await account.send(EC2Client, new CreateKeyPairCommand({ KeyName }));
  return KeyName;
}

export async function group({ account, network }: ReapTrial, GroupName: string, Description = "mine"): Promise<string> {
  const made = { GroupName, Description, VpcId: network.vpc };
  return (await account.send(EC2Client, new CreateSecurityGroupCommand(made))).GroupId ?? "";
}

export async function instance(
  { account, network }: ReapTrial,
  more: Partial<RunInstancesCommandInput> & { readonly groups?: string[] } = {},
): Promise<string> {
  const { groups, ...launch } = more;
  const asked = { ImageId: "ami-0123456789abcdef0", MinCount: 1, MaxCount: 1, SubnetId: network.subnet, ...launch };
  const command = new RunInstancesCommand({ ...asked, ...(groups ? { SecurityGroupIds: groups } : {}) });
  return (await account.send(EC2Client, command)).Instances?.[0]?.InstanceId ?? "";
}

/** What Packer makes for a build, as far as it got. */
export async function build(trial: ReapTrial, more: Partial<RunInstancesCommandInput> & { groups?: string[] } = {}) {
  const KeyName = more.KeyName ?? (await key(trial, trial.name("packer_")));
  const own = await group(trial, trial.name("packer_"), "Temporary group for Packer");
  const id = await instance(trial, { ...more, KeyName, groups: [own, ...(more.groups ?? [])] });
  return { id, key: KeyName, group: own };
}

/** A role with a profile of the same name. */
export async function role(
  { account }: ReapTrial,
  RoleName: string,
  services: readonly string[],
  more: { readonly profile?: boolean; readonly Description?: string } = {},
): Promise<string> {
  const Principal = { Service: services.map((each) => `${each}.amazonaws.com`) };
  const Statement = [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }];
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  const { profile = false, ...told } = more;
  await account.send(IAMClient, new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument, ...told }));
  if (!profile) return RoleName;
  await account.send(IAMClient, new CreateInstanceProfileCommand({ InstanceProfileName: RoleName }));
  await account.send(IAMClient, new AddRoleToInstanceProfileCommand({ InstanceProfileName: RoleName, RoleName }));
  return RoleName;
}

export async function address({ account }: ReapTrial, InstanceId?: string): Promise<string> {
  const { AllocationId = "" } = await account.send(EC2Client, new AllocateAddressCommand({ Domain: "vpc" }));
  if (InstanceId) await account.send(EC2Client, new AssociateAddressCommand({ AllocationId, InstanceId }));
  return AllocationId;
}

/** A disk of its own, which does not go with its instance. */
export async function disk({ account }: ReapTrial, InstanceId?: string): Promise<string> {
  const VolumeId = await volume(account);
  if (InstanceId) await account.send(EC2Client, new AttachVolumeCommand({ VolumeId, InstanceId, Device: "/dev/sdf" }));
  return VolumeId;
}

/** Ids of what is there of the types that the policy knows; of profiles, which are named as their roles, `profile/ID`. */
export async function present({ context, account }: ReapTrial): Promise<Set<string>> {
  const { types } = packerPolicy();
  const regions = [...(await account.connection.enabledRegions()), GLOBAL];
  const { connection, host, clock, signal } = context;
  const selection = { types, regions };
  const seen = await scan({ connection, host, clock, signal, selection, redact: redactor(Buffer.from("key")) });
  return new Set(seen.resources.map(({ type, id }) => (type === "AWS::IAM::InstanceProfile" ? `profile/${id}` : id)));
}

/** Why a plan keeps a resource. */
export function reasonOf({ kept }: Plan, id: string): string | undefined {
  return kept.find(({ target }) => target.id === id)?.reason;
}
