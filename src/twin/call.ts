import { createHash } from "node:crypto";
import type { JsonObject } from "../model/json.ts";
import { AwsFault, type Call, type Table } from "./service.ts";
import type { Twin, TwinRequest } from "./twin.ts";
import type { Rows, WorldAccount } from "./world.ts";

/** The view of the world that one call has: its account, region, clock and ids. */
export function callFor(twin: Twin, request: TwinRequest): Call {
  const { world } = twin;
  const known = world.accessKeys[request.accessKey];
  const account = known?.account ?? Object.keys(world.accounts)[0] ?? "";
  const caller = known?.arn ?? `arn:${world.partition}:iam::${account}:user/twin`;
  return callIn(twin, { account, region: request.region, caller, operation: request.operation });
}

/** Where something happens in the world that nobody has called for: load, alarms, deliveries. */
export interface CallPlace {
  readonly account: string;
  readonly region: string;
  readonly caller: string;
  readonly operation: string;
}

export function callIn({ world, clock }: Pick<Twin, "world" | "clock">, place: CallPlace): Call {
  const { account, region, caller, operation } = place;
  const { partition } = world;
  const accountRow = world.accounts[account];
  if (!accountRow)
    throw new AwsFault("InvalidClientTokenId", "The security token included in the request is invalid.", 403);
  return {
    world,
    account,
    accountRow,
    partition,
    region,
    caller,
    operation,
    now: () => new Date(clock.now()).toISOString(),
    millis: () => clock.now(),
    table: <T extends object = JsonObject>(kind: string, elsewhere?: string) =>
      tableOf<T>(rowsOf(accountRow, elsewhere ?? region, kind)),
    id: (prefix, hexDigits = 17) => `${prefix}${digest(world.nextId++).slice(0, hexDigits)}`,
    uuid: () => digest(world.nextId++).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5"),
    arn: (service, resource) => `arn:${partition}:${service}:${region}:${account}:${resource}`,
    globalArn: (service, resource) => `arn:${partition}:${service}::${account}:${resource}`,
  };
}

function digest(counter: number): string {
  return createHash("sha256").update(`evenkeel twin ${counter}`).digest("hex");
}

function rowsOf(account: WorldAccount, region: string, kind: string): Rows {
  account.regions[region] ??= {};
  const here = account.regions[region];
  here[kind] ??= {};
  return here[kind];
}

/** Behaviours ask for tables over and over; one is the same as long as its rows are. */
const tables = new WeakMap<Rows, Table<object>>();

function tableOf<T extends object>(rows: Rows): Table<T> {
  const known = tables.get(rows) ?? newTable(rows);
  tables.set(rows, known);
  return known as Table<T>;
}

function newTable(rows: Rows): Table<object> {
  return {
    get: (key) => (Object.hasOwn(rows, key) ? rows[key] : undefined),
    put: (key, row) => {
      rows[key] = row as JsonObject;
      return row as never;
    },
    delete: (key) => Object.hasOwn(rows, key) && delete rows[key],
    all: () => Object.values(rows),
  };
}
