import { service, tagMap } from "../../service.ts";
import { instanceOperations, instances } from "./instances.ts";
import { notFound } from "./shared.ts";
import { tasks } from "./task-row.ts";
import { taskOperations } from "./tasks.ts";

export const dms = service(
  { namespace: "com.amazonaws.databasemigrationservice", signingName: "dms" },
  () => import("@aws-sdk/client-database-migration-service"),
  {
    ...instanceOperations,
    ...taskOperations,
    AddTagsToResource({ ResourceArn, Tags }, call) {
      const row = instances(call).get(ResourceArn ?? "") ?? tasks(call).get(ResourceArn ?? "");
      if (!row) throw notFound(`Resource not found: ${ResourceArn}`);
      Object.assign(row.tags, tagMap(Tags));
      return {};
    },
  },
);
