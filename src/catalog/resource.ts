import { formatArn, isArn } from "../model/arn.ts";
import { type AccountId, type Arn, GLOBAL, instant, type IsoInstant, type Region } from "../model/brand.ts";
import { type JsonObject, isJsonObject, toJson } from "../model/json.ts";
import { fingerprint, normalise } from "../model/normalise.ts";
import { valuesAt } from "../model/path.ts";
import type { Redact } from "../model/redact.ts";
import type { Link, ResourceType, ScannedResource, Tags } from "../model/resource.ts";
import type { Facts, Found } from "./contract.ts";

/** Where a resource was found and how its secrets are hidden. */
export interface Finding {
  readonly account: AccountId;
  readonly partition: string;
  readonly region: Region;
  readonly redact: Redact;
}

/** What an entry found, as a resource: named, dated, linked, redacted, fingerprinted. */
export function toResource(facts: Facts, found: Found, finding: Finding): ScannedResource {
  const region = facts.scope === "global" ? GLOBAL : finding.region;
  const raw = toJson(found.configuration) as JsonObject;
  const { configuration, observed } = normalise(raw, facts, finding.redact);
  const tags = sorted(found.tags);
  const arn = (found.arn ?? formatArn(facts.arn, { ...finding, region, id: found.id })) as Arn;
  const createdAt = dated(found.createdAt);
  const { id, name, state } = found;
  return {
    arn,
    type: facts.type,
    id,
    ...(name && name !== id ? { name } : {}),
    account: finding.account,
    region,
    tags,
    ...(createdAt ? { createdAt } : {}),
    ...(state ? { state } : {}),
    links: linksOf(facts, raw, found.tags),
    configuration,
    fingerprint: fingerprint(configuration, tags),
    ...(found.unknown?.length ? { unknown: found.unknown } : {}),
    observed,
  };
}

/** AWS gives a few dates as texts of its own make; one that is none is unknown rather than wrong. */
function dated(value: Found["createdAt"]): IsoInstant | undefined {
  if (value === undefined || Number.isNaN(new Date(value).getTime())) return undefined;
  return instant(value);
}

function sorted(tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** CloudFormation tags whatever it makes, in every service that has tags. */
const STACK_TAG = "aws:cloudformation:stack-id";

function linksOf(facts: Facts, raw: JsonObject, tags: Tags): Link[] {
  const links = facts.links.flatMap((link): Link[] => {
    if ("typeAt" in link)
      return valuesAt(raw, link.path)
        .filter(isJsonObject)
        .map((part) => ({ kind: link.kind, type: String(part[link.typeAt]) as ResourceType, to: String(part[link.idAt]) }));
    const values = link.path.startsWith("tag:") ? [tags[link.path.slice(4)]] : valuesAt(raw, link.path);
    return values
      .filter((value) => typeof value === "string" && value !== "")
      .map((value) => ({ kind: link.kind, type: link.to, to: String(value) }));
  });
  const stack = tags[STACK_TAG];
  if (stack && isArn(stack)) links.push({ kind: "member-of", type: "AWS::CloudFormation::Stack", to: stack });
  const unique = new Map(links.map((link) => [`${link.kind}|${link.type}|${link.to}`, link]));
  return [...unique.keys()].sort().map((key) => unique.get(key) as Link);
}
