import { isJsonObject } from "../model/json.ts";
import { valuesAt } from "../model/path.ts";
import type { Resource, ResourceType } from "../model/resource.ts";

/** What Evenkeel itself stands on. */
export interface OwnGround {
  /** ARN of who runs it, as STS tells it. */
  readonly caller: string;
  /** URLs of its stores; those in buckets count. */
  readonly stores: readonly string[];
  readonly resources: readonly Resource[];
  /** Why not all of {@link GROUND_TYPES} were seen; absent = they were. */
  readonly doubt?: string | undefined;
}

/** Types that show on which role, user and profile Evenkeel stands. */
export const GROUND_TYPES: readonly ResourceType[] = ["AWS::IAM::InstanceProfile", "AWS::IAM::Role", "AWS::IAM::User"];

const ROLE: ResourceType = "AWS::IAM::Role";
const USER: ResourceType = "AWS::IAM::User";
const STACK: ResourceType = "AWS::CloudFormation::Stack";

/**
 * Why a resource is part of what Evenkeel stands on; undefined = it is not: the caller's role or user, whoever may assume
 * it, and whoever may assume those, what has the role (its profile, a function, a service), the instance or function that
 * this runs on, the buckets of the stores, and the stacks of all of them.
 */
export function ownParts({ caller, stores, resources, doubt }: OwnGround): (resource: Resource) => string | undefined {
  const { type, name, session } = callerOf(caller);
  const self = resources.find((each) => each.type === type && each.id === name);
  const chain = self ? chainTo(self, resources) : new Set<string>();
  const buckets = new Set(stores.flatMap((url) => /^s3:\/\/([^/]+)/.exec(url)?.[1] ?? []));
  const partOf = (resource: Resource): string | undefined => {
    if (resource.type === type && resource.id === name) return "Evenkeel itself works through it";
    if (chain.has(resource.arn)) return "Evenkeel's own role is assumed by it";
    if (resource.type === "AWS::S3::Bucket" && buckets.has(resource.id)) return "Evenkeel's own store is in it";
    // EC2 names the session after the instance, Lambda after the function.
    // Source: IAM user guide, "IAM JSON policy elements: Variables"; Lambda developer guide, "Execution role".
    if (type === ROLE && RUNS.includes(resource.type) && resource.id === session) return "this very run is on it";
    const has =
      type === ROLE && resource.links.some(({ type: to, to: role }) => to === ROLE && lastName(role) === name);
    if (has) return "it works with Evenkeel's own role";
    return doubt && (resource.type === ROLE || resource.type === USER)
      ? `whether Evenkeel's own role is assumed by it is not known: ${doubt}`
      : undefined;
  };
  const stacks = stacksOf(resources, partOf);
  return (resource) => partOf(resource) ?? stacks.get(resource.arn);
}

const RUNS: readonly ResourceType[] = ["AWS::EC2::Instance", "AWS::Lambda::Function"];

interface Caller {
  readonly type?: ResourceType;
  readonly name: string;
  readonly session: string;
}

/** Of a role's session STS tells the role's name without its path. Source: IAM user guide, "IAM identifiers". */
function callerOf(arn: string): Caller {
  const [kind, ...names] = (arn.split(":")[5] ?? "").split("/");
  const last = names.at(-1) ?? "";
  if (kind === "assumed-role") return { type: ROLE, name: names[0] ?? "", session: last };
  if (kind === "user") return { type: USER, name: last, session: "" };
  return { name: "", session: "" };
}

/** Roles are named by ARN, in which a path may stand, or by name. */
function lastName(role: string): string {
  return role.slice(role.lastIndexOf("/") + 1);
}

/** Whoever may assume a role, and whoever may assume those, by ARN. */
function chainTo(self: Resource, resources: readonly Resource[]): Set<string> {
  const chain = new Set<string>();
  const open = [self];
  for (let each = open.pop(); each; each = open.pop())
    for (const principal of principalsOf(each)) {
      const named = callerOf(principal);
      const isIt = ({ arn, type, id, account }: Resource) =>
        arn === principal || (type === named.type && id === named.name && account === principal.split(":")[4]);
      const found = resources.find(isIt);
      if (!found || chain.has(found.arn) || found === self) continue;
      chain.add(found.arn);
      open.push(found);
    }
  return chain;
}

/** Who is named in a role's trust policy, by ARN. */
function principalsOf({ configuration }: Resource): string[] {
  const trust = configuration.AssumeRolePolicyDocument;
  if (!isJsonObject(trust)) return [];
  const statements = ["Statement[].Principal.AWS", "Statement.Principal.AWS"];
  const named = statements.flatMap((path) => [...valuesAt(trust, path), ...valuesAt(trust, `${path}[]`)]);
  return named.filter((each): each is string => typeof each === "string" && each.startsWith("arn:"));
}

/** The stacks that parts belong to, the stacks above those, and why. */
function stacksOf(
  resources: readonly Resource[],
  partOf: (resource: Resource) => string | undefined,
): Map<string, string> {
  const stacks = new Map<string, string>();
  const byArn = new Map<string, Resource>(resources.map((each) => [each.arn, each]));
  const open = resources.filter((each) => partOf(each) !== undefined);
  for (let each = open.pop(); each; each = open.pop())
    for (const { kind, type, to } of each.links) {
      if (kind !== "member-of" || type !== STACK || stacks.has(to)) continue;
      stacks.set(to, `Evenkeel's own ${each.name ?? each.id} is part of it`);
      const stack = byArn.get(to);
      if (stack) open.push(stack);
    }
  return stacks;
}
