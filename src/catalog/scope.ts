import type { Connection } from "../aws/connection.ts";
import type { Region } from "../model/brand.ts";
import type { ReadScope, TagLookup, WriteScope } from "./contract.ts";
import { readTags } from "./tagging.ts";

export interface ScopeOptions {
  readonly signal: AbortSignal;
  /** Upper bound of every page size: small in tests, so that paging is always exercised. */
  readonly largestPage?: number;
}

/** The read side of an account in one region. Lives as long as one scan: tags are read once. */
export function readScope(connection: Connection, region: Region, options: ScopeOptions): ReadScope {
  const lookups = new Map<string, Promise<TagLookup>>();
  const scope: ReadScope = {
    account: connection.account,
    partition: connection.partition,
    region,
    signal: options.signal,
    client: (clientClass) => connection.client(clientClass, region, "read"),
    pageSize: (greatest, min = 1) => Math.max(min, Math.min(greatest, options.largestPage ?? greatest)),
    tags: (filter) => {
      const known = lookups.get(filter) ?? readTags(scope, filter);
      lookups.set(filter, known);
      return known;
    },
  };
  return scope;
}

/** The same with the write lane. */
export function writeScope(connection: Connection, region: Region, options: ScopeOptions): WriteScope {
  const writer: WriteScope["writer"] = (clientClass) => connection.client(clientClass, region, "write");
  return { ...readScope(connection, region, options), writer, clock: connection.clock };
}
