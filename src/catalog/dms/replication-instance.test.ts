import {
  DatabaseMigrationServiceClient,
  DeleteReplicationInstanceCommand,
  ModifyReplicationInstanceCommand,
} from "@aws-sdk/client-database-migration-service";
import { describe, expect, it } from "vitest";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import type { JsonObject } from "../../model/json.ts";
import type { ScannedResource } from "../../model/resource.ts";
import { createInstances, SETTLED_MS } from "./dms.trial.ts";
import { charges } from "./replication-instance-charges.ts";

/** DMS's smallest page is twenty. */
const NAMES = Array.from({ length: 21 }, (_, index) => `mover-${String(index).padStart(2, "0")}`);

contractSuite("AWS::DMS::ReplicationInstance", {
  seed: (account) => createInstances(account, NAMES),
  remove: async ({ send, twin }, ReplicationInstanceArn) => {
    await send(DatabaseMigrationServiceClient, new DeleteReplicationInstanceCommand({ ReplicationInstanceArn }));
    await twin.clock.sleep(SETTLED_MS);
  },
  change: ({ send }, ReplicationInstanceArn) => {
    const change = { ReplicationInstanceArn, AllocatedStorage: 100 };
    return send(DatabaseMigrationServiceClient, new ModifyReplicationInstanceCommand(change));
  },
});

describe("a replication instance", () => {
  const usageOf = (more: JsonObject, state = "available") => {
    const configuration = { ReplicationInstanceClass: "dms.t3.medium", AllocatedStorage: 50, ...more };
    return charges({ configuration, state } as unknown as ScannedResource).map((charge) =>
      "price" in charge ? `${charge.part} ${charge.price.usage}` : charge.part,
    );
  };

  it("costs by its class, and by another usage in two zones", () => {
    expect(usageOf({})).toEqual(["compute InstanceUsg:dms.t3.medium", "storage"]);
    expect(usageOf({ MultiAZ: true })).toEqual(["compute Multi-AZUsg:dms.t3.medium", "storage"]);
  });

  it("has no compute before it is there", () => {
    expect(usageOf({}, "creating")).toEqual(["storage"]);
  });

  it("that failed, or whose class is not told, has compute without a price, never none", () => {
    expect(usageOf({}, "failed")).toEqual(["compute", "storage"]);
    expect(usageOf({ ReplicationInstanceClass: "" })).toEqual(["compute", "storage"]);
  });
});

removalSuite("AWS::DMS::ReplicationInstance", {
  seed: async (account) => (await createInstances(account, ["mover", "other"]))[0] ?? "",
});
