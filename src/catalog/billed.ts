import { isArn, parseArn } from "../model/arn.ts";
import type { Charged } from "../model/cost.ts";
import type { Resource, ResourceType } from "../model/resource.ts";
import type { Facts } from "./contract.ts";
import { FACTS, factsOf } from "./registry.ts";

/** What a bill's line charges for, as far as the catalog tells. */
export interface Billed {
  /** The same as that of the resource, by {@link billKeys}. */
  readonly key: string;
  /** The types that it may be of: RDS, DocumentDB and Neptune have ARNs of one form. */
  readonly types: readonly [ResourceType, ...ResourceType[]];
  /** Absent = the line does not tell. */
  readonly region?: string;
  /** Whose it is, by its ARN. */
  readonly account?: string;
}

/** @returns undefined = the catalog does not know such resources */
export function billedAs({ resource = "", product, region }: Charged): Billed | undefined {
  const named = isArn(resource) ? byArn(resource) : bare(resource, product);
  if (!named) return undefined;
  const where = named.region ?? region;
  return { ...named, ...(where === undefined ? {} : { region: where }) };
}

/** Everything that bills may call a resource by. */
export function billKeys(resource: Resource): string[] {
  const facts = factsOf(resource.type);
  const { service, region, resource: name } = parseArn(resource.arn);
  const { alsoBy, bare: prefix, products } = facts?.billed ?? {};
  const other = alsoBy === undefined ? undefined : resource.configuration[alsoBy];
  return [
    keyOf(service, region, name),
    ...(facts && typeof other === "string" ? [keyOf(service, region, headOf(facts) + other)] : []),
    ...(prefix === undefined && products === undefined ? [] : [bareKey(resource.type, resource.id)]),
  ];
}

interface Form {
  readonly service: string;
  /** What stands before the id: `instance/`. */
  readonly head: string;
  readonly facts: Facts;
}

/** The longest heads first, so that `cluster-snapshot:` is never taken for another. */
const FORMS: readonly Form[] = FACTS.map((facts) => ({
  service: parseArn(facts.arn).service,
  head: headOf(facts),
  facts,
})).sort((a, b) => b.head.length - a.head.length);

function headOf({ arn }: Facts): string {
  return parseArn(arn).resource.split("{id}")[0] ?? "";
}

/* Partition and account are left out: snapshots and images have ARNs without an account, and bills give them one. */
const keyOf = (service: string, region: string, name: string) => `${service}|${region}|${name}`;

/* A bucket may be called `i-0abc`. */
const bareKey = (type: ResourceType, name: string) => `${type}|${name}`;

function byArn(arn: string): Billed | undefined {
  // A bill may hold anything: what only begins like an ARN is of nothing, and ends nothing.
  if (!/^arn:[^:]+:[^:]+:/.test(arn)) return undefined;
  const { service, region, account, resource } = parseArn(arn);
  const fits = FORMS.filter((form) => form.service === service && isOf(form, resource));
  const [first] = fits;
  if (!first) return undefined;
  const all = fits.filter(({ head }) => head === first.head).map(({ facts }) => facts.type);
  const name = first.head + idOf(first, resource);
  return {
    key: keyOf(service, region, name),
    types: [first.facts.type, ...all.slice(1)],
    ...(region ? { region } : {}),
    ...(account ? { account } : {}),
  };
}

function isOf({ head, facts }: Form, resource: string): boolean {
  if (!resource.startsWith(head)) return false;
  const id = resource.slice(head.length);
  // A type whose ARN is its name alone has no other parts: with one, it is something else of the same service.
  if (head === "" && /[/:]/.test(id)) return false;
  return id !== "" && !isOther(facts, id) && (facts.billed?.ids?.some((each) => id.startsWith(each)) ?? true);
}

function isOther({ billed }: Facts, id: string): boolean {
  return billed?.others?.test(id) ?? false;
}

function idOf({ head, facts }: Form, resource: string): string {
  const id = resource.slice(head.length);
  const ends = facts.billed?.idEnds;
  return ends === undefined ? id : (id.split(ends)[0] ?? id);
}

/** By the product first: a bucket may be called `i-0abc`. */
function bare(name: string, product: string): Billed | undefined {
  const byProduct = FACTS.find(({ billed }) => billed?.products?.includes(product));
  const of = byProduct ?? FACTS.find(({ billed }) => billed?.bare !== undefined && isId(name, billed.bare));
  return of && name !== "" && !isOther(of, name) ? { key: bareKey(of.type, name), types: [of.type] } : undefined;
}

function isId(name: string, prefix: string): boolean {
  return name.startsWith(prefix) && /^[0-9a-f]+$/.test(name.slice(prefix.length));
}
