import { ModifyDBClusterCommand, RDSClient } from "@aws-sdk/client-rds";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { deleteCluster, seedClusters } from "./rds.trial.ts";

contractSuite("AWS::Neptune::DBCluster", {
  seed: (account) => seedClusters(account, "neptune"),
  remove: deleteCluster,
  change: ({ send }, DBClusterIdentifier) =>
    send(RDSClient, new ModifyDBClusterCommand({ DBClusterIdentifier, BackupRetentionPeriod: 14 })),
});
