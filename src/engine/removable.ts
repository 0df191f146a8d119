import type { Connection } from "../aws/connection.ts";
import type { Found, Removal, RemovalState } from "../catalog/contract.ts";
import { orGone } from "../catalog/reading.ts";
import { factsOf, loadEntry } from "../catalog/registry.ts";
import { toResource } from "../catalog/resource.ts";
import { readScope } from "../catalog/scope.ts";
import { GLOBAL } from "../model/brand.ts";
import { EvenkeelError } from "../model/errors.ts";
import type { JsonObject } from "../model/json.ts";
import { valuesAt } from "../model/path.ts";
import type { Target } from "../model/plan.ts";
import type { Resource } from "../model/resource.ts";
import type { Looking } from "./look-around.ts";

/** A resource just read, as far as removing goes. */
export interface Removable {
  readonly found: Found;
  readonly resource: Resource;
  readonly state: RemovalState;
}

/** Reads one now. Undefined = gone. @throws EvenkeelError BUG when its type can't be removed: planners ask the facts first */
export async function readRemovable(looking: Looking, target: Target): Promise<Removable | undefined> {
  const { connection, redact, signal } = looking;
  const [facts, removal] = [factsOf(target.type), await removalOf(target)];
  if (!facts) throw new EvenkeelError("BUG", `no facts of ${target.type}`);
  const region = regionOf(connection, target);
  const scope = readScope(connection, region, { signal });
  const found = await (await loadEntry(target.type)).read(scope, target.id);
  if (!found) return undefined;
  const { account, partition } = connection;
  const { observed: _, ...resource } = toResource(facts, found, { account, partition, region, redact });
  // It may go between the two readings.
  const state = await orGone(Promise.resolve(removal.inspect(found, scope)));
  return state && { found, resource, state };
}

/** What must be as the plan found it: what tells a resource from another of its name, and its tags, which may protect it. */
export function identityOf({ resource, state }: Pick<Removable, "resource" | "state">): JsonObject {
  const { createdAt, tags } = resource;
  return { ...(createdAt ? { createdAt } : {}), tags, ...state.identity };
}

/** Whether a service has made it for itself, and takes it away again when what it serves is gone. */
export function isServiceManaged({ type, configuration }: Resource): boolean {
  const path = factsOf(type)?.removal?.serviceManaged;
  return path !== undefined && valuesAt(configuration, path)[0] === true;
}

export function regionOf(connection: Connection, { region }: Pick<Target, "region">) {
  return region === GLOBAL ? connection.globalRegion : region;
}

/** The ability of its type. @throws EvenkeelError BUG when it has none */
export async function removalOf({ type }: Pick<Target, "type">): Promise<Removal> {
  const { removal } = await loadEntry(type);
  if (!removal) throw new EvenkeelError("BUG", `${type} has no removal ability`);
  return removal;
}
