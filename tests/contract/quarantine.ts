import { CreateSubnetCommand, CreateVpcCommand, EC2Client, RunInstancesCommand } from "@aws-sdk/client-ec2";
import { loadEntry } from "../../src/catalog/registry.ts";
import { readScope } from "../../src/catalog/scope.ts";
import { scan } from "../../src/engine/scan/scan.ts";
import { memoryHost } from "../../src/io/memory.ts";
import type { Region } from "../../src/model/brand.ts";
import type { Plan } from "../../src/model/plan.ts";
import { redactor } from "../../src/model/redact.ts";
import type { ResourceType } from "../../src/model/resource.ts";
import type { VerbContext } from "../../src/verbs/context.ts";
import { executeRemoval } from "../../src/verbs/removal/execute.ts";
import { parseRemoval } from "../../src/verbs/removal/options.ts";
import { prepareRemoval } from "../../src/verbs/removal/prepare.ts";
import { HERE, type TestAccount, testAccount } from "./account.ts";
import { memoryStore } from "./memory-store.ts";
import { planOf } from "./removal-suite.ts";

export const DAY_MS = 24 * 3_600_000;
export const INSTANCE: ResourceType = "AWS::EC2::Instance";
const READS = /^(Describe|List|Get|Head|Lookup|Batch)/;

/** An account to put things into quarantine in. */
export async function quarantineTrial() {
  const account = await testAccount();
  const { connection, twin, send } = account;
  const vpc = (await send(EC2Client, new CreateVpcCommand({ CidrBlock: "10.9.0.0/16" }))).Vpc?.VpcId ?? "";
  const inside = { VpcId: vpc, CidrBlock: "10.9.1.0/24" };
  const subnet = (await send(EC2Client, new CreateSubnetCommand(inside))).Subnet?.SubnetId ?? "";
  const { signal } = new AbortController();
  const context: VerbContext = { connection, host: memoryHost(), clock: twin.clock, signal, store: memoryStore() };
  return {
    ...account,
    context,
    vpc,
    subnet,
    /** The changing calls since it was asked before. */
    changes: () => twin.log.splice(0).flatMap(({ operation }) => (READS.test(operation) ? [] : [operation])),
    read: async (type: ResourceType, id: string, region: Region = connection.globalRegion) =>
      (await loadEntry(type)).read(readScope(connection, region, { signal }), id),
    /** Plans the removal of these, by type, with a quarantine of seven days. */
    together: async (ids: Readonly<Record<ResourceType, readonly string[]>>): Promise<Plan> => {
      const selection = { types: Object.keys(ids) as ResourceType[], regions: [HERE] };
      const seen = await scan({ ...context, selection, redact: redactor(Buffer.from("key")) });
      const resources = seen.resources
        .filter((each) => ids[each.type]?.includes(each.id))
        .map(({ observed: _, ...resource }) => ({ resource, reason: "the test wants it" }));
      const wanted = { verb: "restore", selection, coverage: seen.coverage, resources, stays: () => undefined };
      const limits = parseRemoval({ quarantine: "7d", maxShare: 1, allowData: ["storage", "databases"] });
      return prepareRemoval(context, wanted, limits);
    },
    /** Plans the removal of one with a quarantine of seven days, and carries it out. */
    quarantine: async (type: ResourceType, ids: readonly string[]) => {
      const plan = await planOf(context, type, ids, { quarantine: "7d" });
      return { plan, ...(await executeRemoval(context, plan)) };
    },
  };
}

export async function launch(
  { send, twin, subnet }: Pick<TestAccount, "send" | "twin"> & { readonly subnet: string },
  more: Partial<ConstructorParameters<typeof RunInstancesCommand>[0]> = {},
): Promise<string> {
  const asked = {
    SubnetId: subnet,
    ImageId: "ami-0123456789abcdef0",
    InstanceType: "t3.micro",
    MinCount: 1,
    MaxCount: 1,
  } as const;
  const answer = await send(EC2Client, new RunInstancesCommand({ ...asked, ...more }));
  await twin.clock.sleep(DAY_MS);
  return answer.Instances?.[0]?.InstanceId ?? "";
}

/** The same, but its process dies at a call of an operation. */
export function dyingAt(context: VerbContext, operation: string, nth = 1): VerbContext {
  let left = nth;
  const { connection } = context;
  const client: typeof connection.client = (clientClass, region, lane) => {
    const living = connection.client(clientClass, region, lane) as { send: (...args: never[]) => Promise<never> };
    const send = (...args: never[]) => {
      if ((args[0] as unknown as object).constructor.name === `${operation}Command`) left -= 1;
      return left <= 0 ? Promise.reject(new Error("killed")) : living.send(...args);
    };
    return Object.assign(Object.create(living as object), { send }) as never;
  };
  return { ...context, connection: { ...connection, client } };
}
