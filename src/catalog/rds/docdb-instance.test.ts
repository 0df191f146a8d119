import { ModifyDBInstanceCommand, RDSClient } from "@aws-sdk/client-rds";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { deleteInstance, seedInstances } from "./rds.trial.ts";

contractSuite("AWS::DocDB::DBInstance", {
  seed: (account) => seedInstances(account, "docdb"),
  remove: deleteInstance,
  change: ({ send }, DBInstanceIdentifier) =>
    send(
      RDSClient,
      new ModifyDBInstanceCommand({ DBInstanceIdentifier, PreferredMaintenanceWindow: "sun:05:00-sun:05:30" }),
    ),
});
