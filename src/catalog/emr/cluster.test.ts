import {
  EMRClient,
  ModifyClusterCommand,
  RunJobFlowCommand,
  SetTerminationProtectionCommand,
  TerminateJobFlowsCommand,
} from "@aws-sdk/client-emr";
import { describe, expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { FAULTS } from "../../twin/faults.ts";
import { readScope } from "../scope.ts";
import entry from "./cluster.ts";

/** AWS's own page has fifty. */
const NAMES = Array.from({ length: 51 }, (_, index) => `nightly-${index}`);

const HOUR_MS = 3_600_000;

const GROUPS = [
  { InstanceRole: "MASTER", InstanceType: "m7g.xlarge", InstanceCount: 1 },
  { InstanceRole: "CORE", InstanceType: "m7g.xlarge", InstanceCount: 2 },
] as const;

const FLEETS = [{ InstanceFleetType: "MASTER", TargetOnDemandCapacity: 1 }] as const;

async function run({ send }: TestAccount, Name: string, fleets = false): Promise<string> {
  const nodes = fleets ? { InstanceFleets: [...FLEETS] } : { InstanceGroups: [...GROUPS] };
  const command = new RunJobFlowCommand({
    Name,
    ReleaseLabel: "emr-7.9.0",
    Instances: { ...nodes, KeepJobFlowAliveWhenNoSteps: true },
    Tags: [{ Key: "team", Value: "reports" }],
  });
  return (await send(EMRClient, command)).JobFlowId ?? "";
}

async function terminate({ send, twin }: TestAccount, id: string): Promise<void> {
  await send(EMRClient, new TerminateJobFlowsCommand({ JobFlowIds: [id] }));
  await twin.clock.sleep(HOUR_MS);
}

contractSuite("AWS::EMR::Cluster", {
  seed: async (account) => {
    const ids: string[] = [];
    for (const name of NAMES) ids.push(await run(account, name));
    await account.twin.clock.sleep(HOUR_MS);
    return ids;
  },
  remove: terminate,
  change: ({ send }, ClusterId) => send(EMRClient, new ModifyClusterCommand({ ClusterId, StepConcurrencyLevel: 4 })),
  singlePage: true,
  unusedActions: {
    "elasticmapreduce:ListInstanceFleets": "these clusters have instance groups; fleets are tried below",
  },
});

describe("an EMR cluster", () => {
  async function tried() {
    const account = await testAccount();
    const scope = readScope(account.connection, HERE, { signal: new AbortController().signal });
    const states = async () => {
      const seen: (string | undefined)[] = [];
      for await (const { state } of entry.list(scope)) seen.push(state);
      return seen;
    };
    return { account, scope, states };
  }

  it("is there from its first minute until it is terminated", async () => {
    const { account, states } = await tried();
    const id = await run(account, "nightly");
    expect(await states()).toEqual(["STARTING"]);
    await account.twin.clock.sleep(HOUR_MS);
    expect(await states()).toEqual(["WAITING"]);
    await account.send(EMRClient, new TerminateJobFlowsCommand({ JobFlowIds: [id] }));
    expect(await states()).toEqual(["TERMINATING"]);
    await account.twin.clock.sleep(HOUR_MS);
    expect(await states()).toEqual([]);
  });

  it("has instance groups or instance fleets", async () => {
    const { account, scope } = await tried();
    const groups = await entry.read(scope, await run(account, "groups"));
    const fleets = await entry.read(scope, await run(account, "fleets", true));

    expect(groups?.configuration).toMatchObject({ InstanceGroups: [{ RequestedInstanceCount: 1 }, {}] });
    expect(fleets?.configuration).toMatchObject({ InstanceFleets: [{ TargetOnDemandCapacity: 1 }] });
    expect(fleets?.configuration).not.toHaveProperty("InstanceGroups");
  });

  it("whose fleets may not be read has unknown fleets, and not none", async () => {
    const { account, scope } = await tried();
    const id = await run(account, "fleets", true);
    account.twin.faults = [{ ...FAULTS.denied, operation: "ListInstanceFleets" }];
    const found = await entry.read(scope, id);

    expect(found?.unknown).toEqual([{ path: "InstanceFleets", reason: "denied: elasticmapreduce:ListInstanceFleets" }]);
    expect(found?.configuration).not.toHaveProperty("InstanceFleets");
  });

  it("that AWS has forgotten is gone, and one that it refuses to tell of is not", async () => {
    const { account, scope } = await tried();
    expect(await entry.read(scope, "j-0000000000000")).toBeUndefined();
    const id = await run(account, "nightly");
    const refused = { kind: "error", code: "InvalidRequestException", message: "no", status: 400 } as const;
    account.twin.faults = [{ ...refused, operation: "DescribeCluster" }];

    await expect(entry.read(scope, id)).rejects.toMatchObject({ code: "AWS_REFUSED" });
  });
});

removalSuite("AWS::EMR::Cluster", {
  seed: async (account) => {
    await run(account, "other");
    return run(account, "nightly");
  },
  guarded: async (account) => {
    const id = await run(account, "nightly");
    const change = { JobFlowIds: [id], TerminationProtected: true };
    await account.send(EMRClient, new SetTerminationProtectionCommand(change));
    return id;
  },
});
