import type { Connection } from "../aws/connection.ts";
import type { Region } from "../model/brand.ts";
import { isError } from "../model/errors.ts";
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
    clock: connection.clock,
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

/**
 * The same with the write lane.
 * @param heard is told AWS's request id of each changing call that ends, well or not
 */
export function writeScope(
  connection: Connection,
  region: Region,
  options: ScopeOptions,
  heard: (requestId: string) => void = () => undefined,
): WriteScope {
  const writer: WriteScope["writer"] = (clientClass) =>
    listening(connection.client(clientClass, region, "write"), heard);
  return { ...readScope(connection, region, options), writer };
}

interface Sends {
  send(...call: readonly unknown[]): Promise<{ readonly $metadata?: { readonly requestId?: string } }>;
}

/** A client whose calls tell their request ids. It shares everything else with the one that all steps have. */
function listening<C>(client: C, heard: (requestId: string) => void): C {
  const calls = client as Sends;
  const send: Sends["send"] = async (...call) => {
    try {
      const answer = await calls.send(...call);
      if (answer.$metadata?.requestId) heard(answer.$metadata.requestId);
      return answer;
    } catch (error) {
      if (isError(error) && error.details.requestId) heard(error.details.requestId);
      throw error;
    }
  };
  const own = Object.assign(Object.create(client as object) as Sends, { send });
  LISTENERS.set(own, { client: client as object, heard });
  return own as C;
}

/** Who hears the calls of a listening client, and the client that is behind it. */
const LISTENERS = new WeakMap<object, { readonly client: object; readonly heard: (requestId: string) => void }>();

/** The client that all steps have: one for each account, region and lane. */
export function sharedClient<C extends object>(client: C): C {
  return (LISTENERS.get(client)?.client as C | undefined) ?? client;
}

/** A client for a call that is made for several steps at once: each of them hears its request id. */
export function jointClient<C extends object>(shared: C, clients: readonly C[]): C {
  const listeners = clients.flatMap((client) => LISTENERS.get(client)?.heard ?? []);
  if (listeners.length === 0) return shared;
  return listening(shared, (requestId) => {
    for (const heard of listeners) heard(requestId);
  });
}
