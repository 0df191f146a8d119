import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetResourcePolicyCommand,
  paginateListTables,
  type TableDescription,
} from "@aws-sdk/client-dynamodb";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { inParallel, orGone, parseDocument, readParts, unknownOf, without } from "../reading.ts";
import { charges } from "./table-charges.ts";
import { pause } from "./table-pause.ts";
import { removal } from "./table-removal.ts";

async function* names(scope: ReadScope): AsyncGenerator<string> {
  const paging = { client: scope.client(DynamoDBClient), pageSize: scope.pageSize(100) };
  for await (const page of paginateListTables(paging, {})) yield* page.TableNames ?? [];
}

function settings(scope: ReadScope, TableName: string, ResourceArn: string) {
  const client = scope.client(DynamoDBClient);
  return readParts(
    {
      ContinuousBackups: async () =>
        (await client.send(new DescribeContinuousBackupsCommand({ TableName }))).ContinuousBackupsDescription,
      TimeToLive: async () => (await client.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription,
      Policy: async () => parseDocument((await client.send(new GetResourcePolicyCommand({ ResourceArn }))).Policy),
    },
    ["PolicyNotFoundException"],
  );
}

async function withSettings(scope: ReadScope, table: TableDescription): Promise<Found> {
  const arn = table.TableArn ?? "";
  const { values, unknown } = await settings(scope, table.TableName ?? "", arn);
  const { tags, unknown: unknownTags } = (await scope.tags("dynamodb:table"))(arn);
  return {
    id: table.TableName ?? "",
    arn,
    createdAt: table.CreationDateTime,
    state: table.TableStatus,
    tags,
    configuration: { ...without(table, "TableName", "TableArn", "CreationDateTime"), ...values },
    ...unknownOf(unknown, unknownTags),
  };
}

async function describe(scope: ReadScope, TableName: string): Promise<Found | undefined> {
  const command = new DescribeTableCommand({ TableName });
  const table = (await orGone(scope.client(DynamoDBClient).send(command)))?.Table;
  return table && orGone(withSettings(scope, table));
}

export default {
  list: (scope) => inParallel(names(scope), (name) => describe(scope, name)),
  read: describe,
  pause,
  charges,
  removal,
} satisfies Entry;
