import { distance } from "fastest-levenshtein";
import { GROUPS } from "../catalog/contract.ts";
import { FACTS } from "../catalog/registry.ts";
import { GLOBAL, type IsoInstant, instant, isRegion, type Region } from "../model/brand.ts";
import { EvenkeelError } from "../model/errors.ts";
import type { ResourceType } from "../model/resource.ts";
import type { Selection } from "../model/selection.ts";

/** The selection options as a person wrote them. */
export interface RawSelection {
  readonly type?: readonly string[];
  readonly excludeType?: readonly string[];
  readonly tag?: readonly string[];
  readonly excludeTag?: readonly string[];
  readonly id?: readonly string[];
  readonly exclude?: readonly string[];
  readonly createdBefore?: string;
  readonly createdAfter?: string;
  /** `AFTER,BEFORE` */
  readonly createdBetween?: string;
  readonly regions?: readonly string[];
}

/**
 * Checks all of a selection before any call is made.
 * @returns what makes the selection once the account's regions are known (used where the person named none)
 * @throws EvenkeelError UNKNOWN_TYPE with the nearest names; USAGE with an example
 */
export function parseSelection(raw: RawSelection): (enabled: readonly Region[]) => Selection {
  const types = selectTypes(raw.type ?? [], raw.excludeType ?? []);
  const named = raw.regions?.map(parseRegion);
  const filters = {
    ...(raw.tag?.length ? { tags: parseTags("--tag", raw.tag) } : {}),
    ...(raw.excludeTag?.length ? { excludeTags: parseTags("--exclude-tag", raw.excludeTag) } : {}),
    ...(raw.id?.length ? { ids: raw.id } : {}),
    ...(raw.exclude?.length ? { excludeIds: raw.exclude } : {}),
    ...parseDates(raw),
  };
  return (enabled) => {
    const regions = new Set(named?.length ? named : enabled);
    return { types, regions: [...regions.add(GLOBAL)].sort(), ...filters };
  };
}

function selectTypes(wanted: readonly string[], unwanted: readonly string[]): ResourceType[] {
  const taken = wanted.length > 0 ? wanted.flatMap(typesNamed) : FACTS.map((facts) => facts.type);
  const left = new Set(unwanted.flatMap(typesNamed));
  const types = [...new Set(taken)].filter((type) => !left.has(type)).sort();
  if (types.length === 0) throw new EvenkeelError("USAGE", "the selection excludes every type it names");
  return types;
}

/** @throws EvenkeelError UNKNOWN_TYPE with the nearest names */
export function parseTypes(names: readonly string[]): ResourceType[] {
  return [...new Set(names.flatMap(typesNamed))];
}

/** The types behind a CloudFormation name, a short name, a service or a group; letter case does not matter. */
function typesNamed(name: string): ResourceType[] {
  const lower = name.toLowerCase();
  const types = FACTS.filter(
    (facts) => facts.type.toLowerCase() === lower || facts.short === lower || facts.group === lower,
  ).map((facts) => facts.type);
  if (types.length > 0) return types;
  throw new EvenkeelError("UNKNOWN_TYPE", `no resource type or group is called "${name}"`, {
    hint: `did you mean ${nearest(lower).join(", ")}? \`evenkeel types\` lists all`,
  });
}

function nearest(name: string): string[] {
  const names = [...FACTS.flatMap((facts) => [facts.type, facts.short]), ...GROUPS];
  const ranked = names.map((each) => ({ each, far: distance(name, each.toLowerCase()) }));
  return ranked
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ each }) => each);
}

function parseRegion(text: string): Region {
  if (isRegion(text)) return text;
  throw new EvenkeelError("USAGE", `not an AWS region code: "${text}"`, {
    hint: "for example --regions eu-west-1,us-east-1",
  });
}

function parseTags(option: string, pairs: readonly string[]): Record<string, string> {
  const tags: Record<string, string> = {};
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    if (at < 1)
      throw new EvenkeelError("USAGE", `${option} wants KEY=VALUE, got "${pair}"`, {
        hint: `for example ${option} env=dev`,
      });
    const key = pair.slice(0, at);
    if (Object.hasOwn(tags, key) && tags[key] !== pair.slice(at + 1))
      throw new EvenkeelError("USAGE", `${option} names ${key} with two values`, {
        hint: "a resource has one value a tag",
      });
    tags[key] = pair.slice(at + 1);
  }
  return tags;
}

function parseDates(raw: RawSelection): { createdBefore?: IsoInstant; createdAfter?: IsoInstant } {
  const [after, before, ...rest] = raw.createdBetween?.split(",") ?? [];
  if (raw.createdBetween !== undefined && (!after || !before || rest.length > 0))
    throw new EvenkeelError("USAGE", `--created-between wants AFTER,BEFORE, got "${raw.createdBetween}"`, {
      hint: "for example --created-between 2026-01-01,2026-02-01",
    });
  if (raw.createdBetween !== undefined && (raw.createdAfter !== undefined || raw.createdBefore !== undefined))
    throw new EvenkeelError(
      "USAGE",
      "--created-between stands for --created-after and --created-before: give one or the other",
    );
  const createdAfter = parseDate("--created-after", after ?? raw.createdAfter);
  const createdBefore = parseDate("--created-before", before ?? raw.createdBefore);
  if (createdAfter && createdBefore && createdAfter >= createdBefore)
    throw new EvenkeelError("USAGE", `no time lies at or after ${createdAfter} and before ${createdBefore}`);
  return { ...(createdBefore ? { createdBefore } : {}), ...(createdAfter ? { createdAfter } : {}) };
}

const DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** A date (midnight UTC) or an instant; one without a zone is UTC. */
export function parseDate(option: string, text: string | undefined): IsoInstant | undefined {
  if (text === undefined) return undefined;
  const zoned = /T.*(Z|[+-]\d{2}:\d{2})$/.test(text) || !text.includes("T") ? text : `${text}Z`;
  const date = new Date(zoned);
  // A day that the month does not have rolls over to the next month instead of failing.
  const real = !Number.isNaN(date.getTime()) && (text.includes("T") || date.toISOString().startsWith(text));
  if (DATE.test(text) && real) return instant(date);
  throw new EvenkeelError("USAGE", `${option} wants a date, got "${text}"`, {
    hint: `for example ${option} 2026-01-31 or 2026-01-31T08:00:00Z (UTC)`,
  });
}
