import { DeleteDBClusterCommand, ModifyDBClusterCommand, RDSClient } from "@aws-sdk/client-rds";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { seedClusters } from "./rds.trial.ts";

contractSuite("AWS::DocDB::DBCluster", {
  seed: (account) => seedClusters(account, "docdb"),
  remove: ({ send }, DBClusterIdentifier) =>
    send(RDSClient, new DeleteDBClusterCommand({ DBClusterIdentifier, SkipFinalSnapshot: true })),
  change: ({ send }, DBClusterIdentifier) =>
    send(RDSClient, new ModifyDBClusterCommand({ DBClusterIdentifier, BackupRetentionPeriod: 14 })),
});
