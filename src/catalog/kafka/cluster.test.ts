import {
  CreateClusterV2Command,
  DeleteClusterCommand,
  KafkaClient,
  TagResourceCommand,
  UpdateMonitoringCommand,
} from "@aws-sdk/client-kafka";
import { expect, it } from "vitest";
import { ACCOUNT, HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { readScope } from "../scope.ts";
import entry from "./cluster.ts";

const NAMES = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `orders-${letter}`);

const BROKERS = { ClientSubnets: ["subnet-1", "subnet-2"], InstanceType: "kafka.m7g.large" };
const Provisioned = { KafkaVersion: "3.8.x", NumberOfBrokerNodes: 2, BrokerNodeGroupInfo: BROKERS };

async function serverless({ send }: TestAccount): Promise<string> {
  const settings = { VpcConfigs: [{ SubnetIds: ["subnet-1"] }] };
  const answer = await send(KafkaClient, new CreateClusterV2Command({ ClusterName: "events", Serverless: settings }));
  return answer.ClusterArn ?? "";
}

contractSuite("AWS::MSK::Cluster", {
  seed: async (account) => {
    const ids: string[] = [];
    for (const ClusterName of NAMES) {
      const command = new CreateClusterV2Command({ ClusterName, Provisioned, Tags: { team: "orders" } });
      ids.push((await account.send(KafkaClient, command)).ClusterArn ?? "");
    }
    await serverless(account);
    await account.twin.clock.sleep(3_600_000);
    return ids;
  },
  remove: async ({ send, twin }, ClusterArn) => {
    await send(KafkaClient, new DeleteClusterCommand({ ClusterArn }));
    await twin.clock.sleep(3_600_000);
  },
  change: async ({ send }, ClusterArn) => {
    const CurrentVersion = "K1";
    const EnhancedMonitoring = "PER_BROKER";
    await send(KafkaClient, new UpdateMonitoringCommand({ ClusterArn, CurrentVersion, EnhancedMonitoring }));
    await send(KafkaClient, new TagResourceCommand({ ResourceArn: ClusterArn, Tags: { tier: "hot" } }));
  },
});

it("leaves out serverless clusters, which are another type", async () => {
  const account = await testAccount();
  const arn = await serverless(account);
  const scope = readScope(account.connection, HERE, { signal: new AbortController().signal });
  const seen: string[] = [];
  for await (const { id } of entry.list(scope)) seen.push(id);

  expect(seen).toEqual([]);
  expect(await entry.read(scope, arn)).toBeUndefined();
});

it("is the same in whatever order AWS names its ZooKeeper hosts", async () => {
  const account = await testAccount();
  const command = new CreateClusterV2Command({ ClusterName: "orders", Provisioned });
  const arn = (await account.send(KafkaClient, command)).ClusterArn ?? "";
  const row = account.twin.world.accounts[ACCOUNT]?.regions[HERE]?.["kafka.cluster"]?.[arn];
  const { Provisioned: made } = row as unknown as { Provisioned: object };
  const scope = readScope(account.connection, HERE, { signal: new AbortController().signal });
  const readAs = async (ZookeeperConnectString: string) => {
    Object.assign(made, { ZookeeperConnectString, ZookeeperConnectStringTls: ZookeeperConnectString });
    return (await entry.read(scope, arn))?.configuration;
  };

  const one = await readAs("z-2.orders:2181,z-1.orders:2181");

  expect(one).toEqual(await readAs("z-1.orders:2181,z-2.orders:2181"));
  expect(JSON.stringify(one)).toContain("z-1.orders:2181,z-2.orders:2181");
});

removalSuite("AWS::MSK::Cluster", {
  seed: async ({ send }) => {
    await send(KafkaClient, new CreateClusterV2Command({ ClusterName: "other", Provisioned }));
    const answer = await send(KafkaClient, new CreateClusterV2Command({ ClusterName: "orders", Provisioned }));
    return answer.ClusterArn ?? "";
  },
});
