import { DeleteDBInstanceCommand, ModifyDBInstanceCommand, RDSClient } from "@aws-sdk/client-rds";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { seedInstances } from "./rds.trial.ts";

contractSuite("AWS::RDS::DBInstance", {
  seed: (account) => seedInstances(account, "rds"),
  remove: ({ send }, DBInstanceIdentifier) =>
    send(RDSClient, new DeleteDBInstanceCommand({ DBInstanceIdentifier, SkipFinalSnapshot: true })),
  change: ({ send }, DBInstanceIdentifier) =>
    send(RDSClient, new ModifyDBInstanceCommand({ DBInstanceIdentifier, DeletionProtection: true })),
});
