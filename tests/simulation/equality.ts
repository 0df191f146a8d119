import type { Connection } from "../../src/aws/connection.ts";
import { FACTS, loadEntry } from "../../src/catalog/registry.ts";
import { readScope } from "../../src/catalog/scope.ts";
import type { Region } from "../../src/model/brand.ts";
import { canonical } from "../../src/model/canonical.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { World } from "../../src/twin/world.ts";

/** Rows of the twin's own bookkeeping, and what AWS writes down of everything that happens. */
const NOT_STATE = /^(twin\.|cloudtrail\.|ec2\.instance-check)/;

/**
 * Members that no resume brings back. A start has a new time, a new public address and times of restoring that have gone
 * on; every change is dated; an endpoint is made anew; the calls that Kinesis counts have been made; a subnet counts what strangers do.
 */
const NOT_BROUGHT_BACK = new Set([
  "AlarmConfigurationUpdatedTimestamp",
  "AvailableIpAddressCount",
  "CreationTime",
  "LastModified",
  "LastModifiedTime",
  "LatestRestorableTime",
  "LaunchTime",
  "PublicDnsName",
  "PublicIp",
  "PublicIpAddress",
  "StateTransitionReason",
  "rescaled",
]);

const PAUSABLE = FACTS.filter(({ pause, scope }) => pause && scope === "regional").map(({ type }) => type);

/** Looks at everything that can be paused: the twin moves what is on its way when it is looked at. */
export async function lookAtAll(connection: Connection, region: Region): Promise<void> {
  const scope = readScope(connection, region, { signal: new AbortController().signal });
  for (const type of PAUSABLE) for await (const _ of (await loadEntry(type)).list(scope)) void _;
}

/** Each resource of the world as a text, by `kind key`, without what no resume brings back. */
export function statesOf(world: World, account: string, region: string): Map<string, string> {
  const tables = world.accounts[account]?.regions[region] ?? {};
  return new Map(
    Object.entries(tables)
      .filter(([kind]) => !NOT_STATE.test(kind))
      .flatMap(([kind, rows]) => Object.entries(rows).map(([key, row]) => [`${kind} ${key}`, canonical(plain(row))])),
  );
}

function plain(value: Json): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const kept: JsonObject = {};
  return Object.entries(value)
    .filter(([name]) => !NOT_BROUGHT_BACK.has(name))
    .reduce((rest, [name, member]) => Object.assign(rest, { [name]: plain(member) }), kept);
}

/** Which resources are not the same on both sides. */
export function changedBetween(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key)).sort();
}

/** Whether a row is one of the ids, or names one of them: the volume of a terminated instance. */
export function isAbout(ids: ReadonlySet<string>, ...texts: readonly (string | undefined)[]): boolean {
  return [...ids].some((id) => texts.some((text) => text?.includes(id.split("/").at(-1) ?? id)));
}

/** Where two rows begin to differ, with a little of what stands around. */
export function whatDiffers(before = "absent", after = "absent"): string {
  const at = [...before].findIndex((letter, index) => letter !== after[index]);
  const around = (text: string) => text.slice(Math.max(0, at - 40), at + 80);
  return `...${around(before)}... -> ...${around(after)}...`;
}
