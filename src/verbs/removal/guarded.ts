import { builtInGuards } from "../../engine/built-in-guards.ts";
import { GROUND_TYPES } from "../../engine/own-ground.ts";
import { isAgeRule, namesResources, type ProtectRule, protectionOf } from "../../engine/protect-rules.ts";
import type { Relations } from "../../engine/relations.ts";
import { scan } from "../../engine/scan/scan.ts";
import { memoryHost } from "../../io/memory.ts";
import { GLOBAL } from "../../model/brand.ts";
import { incomplete } from "../../model/coverage.ts";
import { EvenkeelError } from "../../model/errors.ts";
import type { Json } from "../../model/json.ts";
import type { Redact } from "../../model/redact.ts";
import type { Resource } from "../../model/resource.ts";
import type { Selection } from "../../model/selection.ts";
import type { VerbContext } from "../context.ts";
import { heldBy, knownRecords } from "../records/known.ts";

/** Why a resource is never removed, whoever wants it; undefined = no guard speaks. */
export type Guarded = (resource: Resource) => string | undefined;

/**
 * The guards of removals: built in, by the configuration's rules and tags, by armed pause records. What protects something
 * protects whatever is part of it or attached to it, too.
 */
export async function guardsOf(context: VerbContext, relations: Relations, redact: Redact): Promise<Guarded> {
  const around = relations.resources;
  const { connection, store, clock, signal, guards } = context;
  // Which gateway is a default network's, only that network tells.
  const gateways = around.filter(({ type }) => type === "AWS::EC2::InternetGateway");
  const networks: Selection = { types: ["AWS::EC2::VPC"], regions: [...new Set(gateways.map(({ region }) => region))] };
  // Two or three listings, of which nobody needs to hear.
  const host = memoryHost();
  const look = (selection: Selection) => scan({ connection, selection, redact, host, clock, signal });
  const [own, vpcs, records] = await Promise.all([
    look({ types: GROUND_TYPES, regions: [GLOBAL] }),
    look(networks),
    knownRecords(context, connection.account),
  ]);
  const stores = [store.url, ...(context.backup ? [(await context.backup()).url] : [])];
  const resources = [...own.resources, ...vpcs.resources, ...around];
  const [unseen] = incomplete(own.coverage);
  const doubt = unseen && `${unseen.type}: ${unseen.reason ?? unseen.status}`;
  const builtIn = builtInGuards({ caller: connection.caller, stores, resources, doubt });
  const armed = records.filter((each) => each.armed);
  const held = new Set<string>(heldBy(armed).keys());
  const needed = new Set(
    armed.flatMap(({ record }) => record?.plan.steps.flatMap(({ saves }) => textsIn(saves)) ?? []),
  );
  const ruled = ruledBy(relations, guards?.protect ?? [], clock.now());
  return (resource) =>
    builtIn(resource) ??
    ruled(resource) ??
    (held.has(resource.arn) ? "an armed pause record holds it" : undefined) ??
    (needed.has(resource.arn) || needed.has(resource.id) ? "an armed pause record needs it to put back" : undefined);
}

/** Protection by tags and rules: of a resource itself, or of what it is a part of or attached to. */
function ruledBy(relations: Relations, rules: readonly ProtectRule[], now: number): Guarded {
  // Whoever protects a network means what stands in it; whoever protects networks as a kind does not mean every instance.
  const naming = rules.filter(namesResources);
  const lasting = rules.filter((rule) => !isAgeRule(rule));
  return (resource) =>
    protectionOf(dated(resource, relations), rules, now) ??
    relations.orphanDoubtOf(resource) ??
    inherited(resource, relations.parentsOf, (each) => protectionOf(each, naming, now)) ??
    inherited(resource, relations.wholesOf, (each) => protectionOf(each, lasting, now));
}

/** AWS tells no date of many a part (an interface, a default group): it is as old as the owner that it goes with. */
function dated(resource: Resource, { ownersOf, resource: find }: Relations): Resource {
  if (resource.createdAt !== undefined) return resource;
  const owners = ownersOf(resource.arn).filter(({ how }) => how === "with");
  const dates = owners.map(({ owner }) => find(owner)?.createdAt);
  const [latest] = dates
    .flatMap((date) => date ?? [])
    .sort()
    .reverse();
  return latest === undefined || dates.includes(undefined) ? resource : { ...resource, createdAt: latest };
}

/** What a record names: an endpoint that is paused is gone, and made again of its configuration and models. */
function textsIn(value: Json): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** Protection of whatever stands above a resource. */
function inherited(
  { arn }: Resource,
  above: (arn: string) => readonly Resource[],
  protection: Guarded,
): string | undefined {
  const seen = new Set<string>([arn]);
  const open = [...above(arn)];
  for (let parent = open.pop(); parent; parent = open.pop()) {
    if (seen.has(parent.arn)) continue;
    seen.add(parent.arn);
    const reason = protection(parent);
    if (reason) return `it is part of ${parent.name ?? parent.id} or attached to it: ${reason}`;
    open.push(...above(parent.arn));
  }
  return undefined;
}

/** @throws EvenkeelError REFUSED when something that a plan removes is guarded now */
export function refuseGuarded(going: readonly Resource[], guarded: Guarded): void {
  for (const resource of going) {
    const why = guarded(resource);
    if (why === undefined) continue;
    throw new EvenkeelError("REFUSED", `a guard keeps ${resource.name ?? resource.id}: ${why}`, {
      hint: "make a new plan, which leaves it out; or take the tag or the rule away",
      state: "nothing was changed",
    });
  }
}
