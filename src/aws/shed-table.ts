import { randomUUID } from "node:crypto";
import {
  type AttributeValue,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
} from "@aws-sdk/client-dynamodb";
import { isArn, parseArn } from "../model/arn.ts";
import { instant, type Region, region } from "../model/brand.ts";
import { EvenkeelError, isError } from "../model/errors.ts";
import { checkedText, keptState, parseLine, type ShedLedger } from "../store/shed-ledger.ts";
import type { Connection } from "./connection.ts";

/** Lines go by the table's time to live, which is to be switched on for the attribute `expires`. */
const LINES_STAY_MS = 90 * 24 * 3_600_000;

const STATE = "state";
const LINE = "line#";
/** Partition that names every listener there is a state of, so that nobody has to read through all lines for them. */
const LISTENERS = "listeners";

type Item = Readonly<Record<string, AttributeValue>>;

/**
 * A ledger in a DynamoDB table with the keys `pk` (S), a listener's ARN, and `sk` (S), `state` or `line#…`; besides, under
 * the `pk` of `listeners`, their ARNs.
 * @param table its name, or its ARN
 * @param home where a table is that is given by its name
 */
export function shedTable(connection: Connection, table: string, home: Region = connection.defaultRegion): ShedLedger {
  const where = isArn(table) ? region(parseArn(table).region) : home;
  // The write lane for reading, too: no scan keeps a step waiting.
  const client = connection.client(DynamoDBClient, where, "write");
  const id = randomUUID().slice(0, 8);
  let lines = 0;

  const call = async <T>(sending: Promise<T>): Promise<T> => {
    try {
      return await sending;
    } catch (error) {
      throw isError(error, "NOT_FOUND") ? missing(error) : error;
    }
  };
  const missing = (cause: EvenkeelError) =>
    new EvenkeelError("STORE_FAILED", `could not use the table ${table} in ${where}: it does not exist`, {
      hint: "make it first, with the keys pk and sk (both S), or correct its name or region",
      cause,
    });

  const putItem = (item: Item) => call(client.send(new PutItemCommand({ TableName: table, Item: item })));

  const itemOf = async (listener: string): Promise<Item | undefined> => {
    const Key = { pk: { S: listener }, sk: { S: STATE } };
    const asked = new GetItemCommand({ TableName: table, Key, ConsistentRead: true });
    return (await call(client.send(asked))).Item;
  };

  const query = (pk: string, start: string): Promise<Item[]> => {
    const asked = {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :start)",
      ExpressionAttributeValues: { ":pk": { S: pk }, ":start": { S: start } },
    };
    return call(allOf(paginateQuery({ client }, asked)));
  };

  const stateOf = (item: Item) => {
    const listener = item.pk?.S ?? "";
    const place = `the table ${table}, item ${listener}`;
    const state = keptState(item.state?.S ?? "", place, "look at that item");
    if (state.listener === listener && String(state.revision) === item.revision?.N) return state;
    throw new EvenkeelError("REFUSED", `in ${place}, what is kept is of another listener or revision`, {
      hint: "somebody has changed that item: put it right, or set the weights by hand and delete it",
      state: "no weight was changed",
    });
  };

  return {
    url: `dynamodb:${table}`,
    read: async (listener) => {
      const item = await itemOf(listener);
      return item && stateOf(item);
    },

    async write(state) {
      const text = checkedText(state, randomUUID());
      const isFirst = state.revision === 1;
      // Before it, so that none is ever kept that is not named.
      if (isFirst) await putItem({ pk: { S: LISTENERS }, sk: { S: state.listener } });
      const command = new PutItemCommand({
        TableName: table,
        Item: {
          pk: { S: state.listener },
          sk: { S: STATE },
          revision: { N: String(state.revision) },
          state: { S: text },
        },
        ConditionExpression: isFirst ? "attribute_not_exists(pk)" : "#revision = :before",
        ...(isFirst
          ? {}
          : {
              ExpressionAttributeNames: { "#revision": "revision" },
              ExpressionAttributeValues: { ":before": { N: String(state.revision - 1) } },
            }),
      });
      try {
        await call(client.send(command));
        return true;
      } catch (error) {
        // A repeated call can meet what its own first attempt has written, when only the answer got lost.
        const isRefused = isError(error) && error.details.awsCode === "ConditionalCheckFailedException";
        if (!isRefused && !isError(error, "NETWORK", "AWS_FAILED")) throw error;
        if ((await itemOf(state.listener))?.state?.S === text) return true;
        if (isRefused) return false;
        throw error;
      }
    },

    async append(listener, line) {
      const now = connection.clock.now();
      const sk = `${LINE}${instant(now)}#${String(lines++).padStart(8, "0")}-${id}`;
      const expires = String(Math.floor((now + LINES_STAY_MS) / 1000));
      const Item = { pk: { S: listener }, sk: { S: sk }, line: { S: JSON.stringify(line) }, expires: { N: expires } };
      await putItem(Item);
    },

    lines: async (listener) => (await query(listener, LINE)).map(({ line }) => parseLine(line?.S ?? "")),

    async list() {
      const named = await query(LISTENERS, "arn:");
      const items = await Promise.all(named.map(({ sk }) => itemOf(sk?.S ?? "")));
      return items.filter((item) => item !== undefined).map(stateOf);
    },
  };
}

async function allOf(pages: AsyncIterable<{ readonly Items?: Item[] | undefined }>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const { Items = [] } of pages) all.push(...Items);
  return all;
}
