import {
  CreateClusterCommand,
  DeleteClusterCommand,
  ModifyClusterCommand,
  RedshiftClient,
} from "@aws-sdk/client-redshift";
import { contractSuite } from "../../../tests/contract/suite.ts";

/** Redshift's smallest page is twenty. */
const IDS = Array.from({ length: 21 }, (_, index) => `sales-${String(index).padStart(2, "0")}`);

contractSuite("AWS::Redshift::Cluster", {
  seed: async ({ send }) => {
    const settings = { NodeType: "ra3.large", NumberOfNodes: 2, MasterUsername: "sales", ManageMasterPassword: true };
    const Tags = [{ Key: "team", Value: "sales" }];
    for (const ClusterIdentifier of IDS)
      await send(RedshiftClient, new CreateClusterCommand({ ClusterIdentifier, ...settings, Tags }));
    return IDS;
  },
  remove: async ({ send, twin }, ClusterIdentifier) => {
    await send(RedshiftClient, new DeleteClusterCommand({ ClusterIdentifier, SkipFinalClusterSnapshot: true }));
    await twin.clock.sleep(3_600_000);
  },
  change: ({ send }, ClusterIdentifier) =>
    send(RedshiftClient, new ModifyClusterCommand({ ClusterIdentifier, AutomatedSnapshotRetentionPeriod: 14 })),
});
