import { formatArn, isArn } from "../model/arn.ts";
import { type AccountId, type Arn, GLOBAL, type IsoInstant, instant, type Region } from "../model/brand.ts";
import { isJsonObject, type Json, type JsonObject, toJson } from "../model/json.ts";
import { fingerprint, normalise } from "../model/normalise.ts";
import { valuesAt } from "../model/path.ts";
import { type Redact, scrub } from "../model/redact.ts";
import type { Link, ResourceType, ScannedResource, Tags } from "../model/resource.ts";
import type { Facts, Found, LinkFact } from "./contract.ts";

/** Where a resource was found and how its secrets are hidden. */
export interface Finding {
  readonly account: AccountId;
  readonly partition: string;
  readonly region: Region;
  readonly redact: Redact;
}

/** What an entry found, as a resource: named, dated, linked, redacted, fingerprinted. */
export function toResource(facts: Facts, found: Found, finding: Finding): ScannedResource {
  const { id, name, state } = found;
  const region = facts.scope === "global" ? GLOBAL : finding.region;
  const raw = toJson(found.configuration) as JsonObject;
  const { configuration, observed } = normalise(raw, facts, finding.redact);
  const clean = (text: string) => scrub(text, finding.redact);
  // A tag's value is free text, and people have put keys into it.
  const tags = sorted(found.tags, clean);
  const arn = (found.arn ?? formatArn(facts.arn, { ...finding, region, id })) as Arn;
  const createdAt = dated(found.createdAt);
  return {
    arn,
    type: facts.type,
    id,
    ...(name && name !== id ? { name: clean(name) } : {}),
    account: finding.account,
    region,
    tags,
    ...(createdAt ? { createdAt } : {}),
    ...(state ? { state } : {}),
    links: linksOf(facts, raw, found.tags)
      // A key replicated from itself, a group that lets itself in: nobody waits for itself. A namesake of another type is another.
      .filter(({ type, to }) => to !== arn && (type !== facts.type || to !== id))
      .map((link) => ({ ...link, to: clean(link.to) })),
    configuration,
    fingerprint: fingerprint(configuration, tags),
    // AWS's words may repeat what it was sent.
    ...(found.unknown?.length
      ? { unknown: found.unknown.map(({ path, reason }) => ({ path, reason: clean(reason) })) }
      : {}),
    observed,
  };
}

/** AWS gives a few dates as texts of its own make; one that is none is unknown rather than wrong. */
function dated(value: Found["createdAt"]): IsoInstant | undefined {
  if (value === undefined || Number.isNaN(new Date(value).getTime())) return undefined;
  return instant(value);
}

function sorted(tags: Tags, clean: (text: string) => string): Tags {
  const inOrder = Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(inOrder.map(([key, value]) => [key, clean(value)]));
}

const AWS_TYPE = /^AWS::\w+::\w+$/;

/** CloudFormation tags whatever it makes, in every service that has tags. */
const STACK_TAG = "aws:cloudformation:stack-id";

/**
 * What stands behind the ARN of what a link leads to, where AWS is given a part of it: a function's alias or version, a
 * secret's JSON key and version, a stream's consumer, all streams of a log group. Sources: Lambda developer guide, "Using
 * Lambda aliases"; ECS developer guide, "Pass Secrets Manager secrets through environment variables".
 */
const PARTS: Readonly<Partial<Record<ResourceType, RegExp>>> = {
  "AWS::Kinesis::Stream": /(?<=^arn:[^:]+:kinesis:[^:]*:\d*:stream\/[^/]+)\/consumer\/.*$/,
  "AWS::Lambda::Function": /(?<=^arn:[^:]+:lambda:[^:]*:\d*:function:[^:]+):.*$/,
  "AWS::Logs::LogGroup": /(?<=^arn:[^:]+:logs:[^:]*:\d*:log-group:[^:]+):.*$/,
  "AWS::SecretsManager::Secret": /(?<=^arn:[^:]+:secretsmanager:[^:]*:\d*:secret:[^:]+):.*$/,
};

/** A link to a part of something leads to the whole. */
function toWhole(link: Link): Link {
  const part = PARTS[link.type];
  return part ? { ...link, to: link.to.replace(part, "") } : link;
}

function linksOf(facts: Facts, raw: JsonObject, tags: Tags): Link[] {
  const links = facts.links.flatMap((link): Link[] => {
    if ("typeAt" in link)
      return (
        valuesAt(raw, link.path)
          .filter(isJsonObject)
          // A part that failed to be made has a type and no id; custom parts are no resources of AWS.
          .map((part) => ({ type: part[link.typeAt], to: part[link.idAt] }))
          .filter(({ type, to }) => typeof to === "string" && to !== "" && AWS_TYPE.test(String(type)))
          .map(({ type, to }) => ({ kind: link.kind, type: String(type) as ResourceType, to: String(to) }))
      );
    const values = link.path.startsWith("tag:") ? [tags[link.path.slice(4)]] : valuesOf(raw, link);
    return values
      .filter((value) => typeof value === "string" && value.startsWith(link.idPrefix ?? "") && value !== "")
      .filter((value) => link.service === undefined || String(value).split(":")[2] === link.service)
      .map((value) => ({ kind: link.kind, type: link.to, to: String(value) }));
  });
  const stack = tags[STACK_TAG];
  if (stack && isArn(stack)) links.push({ kind: "member-of", type: "AWS::CloudFormation::Stack", to: stack });
  const unique = new Map(links.map(toWhole).map((link) => [`${link.kind}|${link.type}|${link.to}`, link]));
  return [...unique.keys()].sort().map((key) => unique.get(key) as Link);
}

/** What a link's path reaches: the ids, or of elements that fulfil its condition those that stand in them. */
function valuesOf(raw: JsonObject, { path, where }: LinkFact): Json[] {
  const reached = valuesAt(raw, path);
  if (!where) return reached;
  return reached
    .filter((each) => valuesAt(each, where.member).includes(where.is ?? true))
    .flatMap((each) => valuesAt(each, where.idAt));
}
