import {
  GetFunctionConcurrencyCommand,
  LambdaClient,
  type ProvisionedConcurrencyConfigListItem,
  paginateListProvisionedConcurrencyConfigs,
} from "@aws-sdk/client-lambda";
import type { Json, JsonObject } from "../../model/json.ts";
import type { Difference, ReadScope } from "../contract.ts";
import { collect, orGone } from "../reading.ts";

/** No reservation: the function draws on what the account has left. A reservation of 0 is the opposite, it never runs. */
export const NONE = "none";

/** How much of a function may run at once, and what is kept warm for it. */
export interface Concurrency {
  readonly reserved: number | typeof NONE;
  /** What was asked for, by alias or version. */
  readonly provisioned: ReadonlyMap<string, number>;
  /** Why AWS could not allocate it, by alias or version. */
  readonly failed: ReadonlyMap<string, string>;
  /** AWS is warming up what was asked for. */
  readonly allocating: boolean;
}

const qualifierOf = ({ FunctionArn }: ProvisionedConcurrencyConfigListItem) => FunctionArn?.split(":")[7] ?? "";

async function read(scope: ReadScope, FunctionName: string): Promise<Concurrency> {
  const client = scope.client(LambdaClient);
  const paging = { client, pageSize: scope.pageSize(50) };
  const [{ ReservedConcurrentExecutions }, configs] = await Promise.all([
    client.send(new GetFunctionConcurrencyCommand({ FunctionName })),
    collect(
      paginateListProvisionedConcurrencyConfigs(paging, { FunctionName }),
      (page) => page.ProvisionedConcurrencyConfigs,
    ),
  ]);
  // AWS keeps no order.
  configs.sort((a, b) => (qualifierOf(a) < qualifierOf(b) ? -1 : 1));
  const failed = configs.filter(({ Status }) => Status === "FAILED");
  return {
    reserved: ReservedConcurrentExecutions ?? NONE,
    provisioned: new Map(
      configs.map((each) => [qualifierOf(each), each.RequestedProvisionedConcurrentExecutions ?? 0]),
    ),
    failed: new Map(failed.map((each) => [qualifierOf(each), each.StatusReason ?? "AWS gives no reason"])),
    allocating: configs.some(({ Status }) => Status === "IN_PROGRESS"),
  };
}

/** Undefined = the function is gone. */
export function concurrencyOf(scope: ReadScope, FunctionName: string): Promise<Concurrency | undefined> {
  return orGone(read(scope, FunctionName));
}

export function toSaved({ reserved, provisioned }: Concurrency): JsonObject {
  return { reserved, provisioned: Object.fromEntries(provisioned) };
}

/** The same of what was saved, with what is told of the present beside it. */
export function fromSaved({ reserved, provisioned }: JsonObject, live: JsonObject = {}): Concurrency {
  return {
    reserved: typeof reserved === "number" ? reserved : NONE,
    provisioned: new Map(Object.entries((provisioned ?? {}) as Record<string, number>)),
    failed: new Map(Object.entries((live.failed ?? {}) as Record<string, string>)),
    allocating: false,
  };
}

/** `callable with 30 reserved, 5 provisioned for live` */
export function words({ reserved, provisioned, allocating }: Concurrency): string {
  if (reserved === 0 && provisioned.size === 0) return "throttled (reserved concurrency 0)";
  const kept = [...provisioned].map(([qualifier, amount]) => `${amount} provisioned for ${qualifier}`);
  const warming = allocating ? ["being allocated"] : [];
  return [reserved === NONE ? "callable" : `callable with ${reserved} reserved`, ...kept, ...warming].join(", ");
}

/** What is not as it was, one field an alias or version. */
export function differences(before: Concurrency, after: Concurrency): Difference[] {
  const qualifiers = [...new Set([...before.provisioned.keys(), ...after.provisioned.keys()])].sort();
  const fields: [string, Json, Json, string?][] = [
    ["reserved", before.reserved, after.reserved],
    ...qualifiers.map((qualifier): [string, Json, Json, string?] => {
      const [was, is] = [before, after].map((each) => each.provisioned.get(qualifier) ?? null);
      const failure = after.failed.get(qualifier);
      if (!failure) return [`provisioned.${qualifier}`, was ?? null, is ?? null];
      return [`provisioned.${qualifier}`, was ?? null, "failed", `AWS could not allocate it: ${failure}`];
    }),
  ];
  return fields
    .filter(([, was, is]) => was !== is)
    .map(([field, was, is, because]) => ({ field, before: was, after: is, ...(because ? { because } : {}) }));
}
