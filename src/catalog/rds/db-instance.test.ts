import { ModifyDBInstanceCommand, RDSClient } from "@aws-sdk/client-rds";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { deleteInstance, seedInstances } from "./rds.trial.ts";

contractSuite("AWS::RDS::DBInstance", {
  seed: (account) => seedInstances(account, "rds"),
  remove: deleteInstance,
  change: ({ send }, DBInstanceIdentifier) =>
    send(RDSClient, new ModifyDBInstanceCommand({ DBInstanceIdentifier, DeletionProtection: true })),
});
