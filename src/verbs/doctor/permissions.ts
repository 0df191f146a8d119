import pLimit from "p-limit";
import type { Connection } from "../../aws/connection.ts";
import type { Facts, ReadScope } from "../../catalog/contract.ts";
import { loadEntry } from "../../catalog/registry.ts";
import { readScope } from "../../catalog/scope.ts";
import { typesAround } from "../../engine/types-around.ts";
import type { Host } from "../../io/host.ts";
import type { Region } from "../../model/brand.ts";
import { type ErrorCode, EvenkeelError } from "../../model/errors.ts";
import type { ResourceType } from "../../model/resource.ts";
import { type Check, fail, ok, warn } from "./check.ts";
import { tapDate } from "./clock-skew.ts";

/** What one cheap listing of a type told. */
export interface Probe {
  readonly type: ResourceType;
  readonly region: Region;
  /** IAM actions that were refused. */
  readonly missing: readonly string[];
  /** Another trouble than missing permissions, in the API's words. */
  readonly trouble?: string;
}

const PROBES_AT_ONCE = 8;
const SIGNED_OUT: readonly ErrorCode[] = ["EXPIRED_CREDENTIALS", "NO_CREDENTIALS", "CANCELLED"];

export interface ProbeOptions {
  readonly connection: Connection;
  readonly types: readonly Facts[];
  readonly host: Host;
  readonly signal: AbortSignal;
  /** Told AWS's time at each answer. */
  readonly seeTime: (serverTime: number) => void;
}

/** Asks for the first resource of each type. Stops at expired credentials, which say nothing about permissions. */
export async function probeTypes(options: ProbeOptions): Promise<Probe[]> {
  const limit = pLimit(PROBES_AT_ONCE);
  let done = 0;
  const tell = (at?: string) =>
    options.host.tell({
      kind: "progress",
      task: "permissions",
      done,
      total: options.types.length,
      ...(at ? { at } : {}),
    });
  tell();
  return Promise.all(
    options.types.map((facts) =>
      limit(async () => {
        const probe = await probeType(facts, options);
        done += 1;
        tell(facts.type);
        return probe;
      }),
    ),
  );
}

async function probeType({ type, scope: reach }: Facts, { connection, signal, seeTime }: ProbeOptions): Promise<Probe> {
  const region = reach === "global" ? connection.globalRegion : connection.defaultRegion;
  const scope = tapped(readScope(connection, region, { signal, largestPage: 1 }), seeTime);
  try {
    const entry = await loadEntry(type);
    for await (const found of entry.list(scope)) return { type, region, ...unreadParts(found.unknown ?? []) };
    return { type, region, missing: [] };
  } catch (error) {
    if (!(error instanceof EvenkeelError) || SIGNED_OUT.includes(error.code)) throw error;
    const { action } = error.details;
    if (error.code === "ACCESS_DENIED")
      return { type, region, missing: action ? [action] : [], ...(action ? {} : { trouble: error.message }) };
    return { type, region, missing: [], trouble: error.message };
  }
}

function tapped(scope: ReadScope, see: (serverTime: number) => void): ReadScope {
  return {
    ...scope,
    client: (kind) => {
      const client = scope.client(kind);
      tapDate(client, see);
      return client;
    },
  };
}

/** Parts of a resource that could not be read name the action they lack: `denied: sqs:ListQueueTags`. */
function unreadParts(parts: readonly { readonly reason: string }[]): Pick<Probe, "missing" | "trouble"> {
  const missing = parts.flatMap(({ reason }) => /^denied: (\S+)$/.exec(reason)?.[1] ?? []);
  const others = parts.map(({ reason }) => reason).filter((reason) => !reason.startsWith("denied: "));
  return { missing, ...(others[0] ? { trouble: others[0] } : {}) };
}

/** What the probes mean for the verbs that read. */
export function checkPermissions(probes: readonly Probe[], verbs: readonly string[]): Check[] {
  const name = `permissions for ${verbs.join(", ")}`;
  const blind = probes.filter(({ missing }) => missing.length > 0);
  const missing = [...new Set(blind.flatMap((probe) => probe.missing))].sort();
  const troubled = probes.filter(({ trouble }) => trouble !== undefined);
  const fine = `${probes.length - blind.length - troubled.length} of ${probes.length} types can be read`;
  const checks: Check[] =
    blind.length === 0
      ? [ok(name, fine)]
      : [
          fail(
            name,
            `${fine}; missing: ${missing.join(", ")} (for ${blind.map(({ type }) => type).join(", ")})`,
            `attach what \`evenkeel iam policy --verb ${verbs[0]}\` prints`,
          ),
        ];
  return [...checks, ...troubled.map(({ type, region, trouble }) => warn(`${type} in ${region}`, trouble ?? ""))];
}

/**
 * What the probes mean for the verbs that remove. Rights to remove can't be tried without removing.
 * @param aliases undefined = they may not be read
 */
export function checkRemovals(
  probes: readonly Probe[],
  types: readonly Facts[],
  aliases: readonly string[] | undefined,
): Check {
  const name = "permissions for restore, reap";
  const todo = "attach what `evenkeel iam policy --verb restore` prints";
  if (!aliases)
    return warn(
      name,
      "nothing is removed: whether the account is protected is not known, as its alias could not be read; missing: iam:ListAccountAliases",
      `${todo}, or set guards.protected-accounts to [] in evenkeel.yaml`,
    );
  const blind = new Set(probes.filter(({ missing, trouble }) => missing.length > 0 || trouble).map(({ type }) => type));
  const probed = new Set(probes.map(({ type }) => type));
  const removable = types
    .filter(({ removal }) => removal)
    .map(({ type, short }) => ({ short, around: [...typesAround(type)] }));
  const untried = "whether they may be removed is not tried";
  const stay = removable.filter(({ around }) => around.some((each) => blind.has(each))).map(({ short }) => short);
  if (stay.length > 0)
    return warn(name, `${stay.join(", ")} would be kept: who uses them can't be seen; ${untried}`, todo);
  const seen = removable.filter(({ around }) => around.every((each) => probed.has(each))).length;
  return ok(name, `who uses them can be seen of ${seen} of ${removable.length} types; ${untried}`);
}
