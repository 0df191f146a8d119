import { GROUPS } from "../../../src/catalog/contract.ts";
import { defaultNetwork } from "../../../src/catalog/ec2/ec2.trial.ts";
import { isError } from "../../../src/model/errors.ts";
import type { Json } from "../../../src/model/json.ts";
import type { Plan } from "../../../src/model/plan.ts";
import { listRuns } from "../../../src/store/runs.ts";
import { FAULTS, type Fault } from "../../../src/twin/faults.ts";
import type { Twin } from "../../../src/twin/twin.ts";
import type { VerbContext } from "../../../src/verbs/context.ts";
import { executeRemoval } from "../../../src/verbs/removal/execute.ts";
import { prepareRestore, type RestoreRequest } from "../../../src/verbs/restore/restore.ts";
import { executeContinue, prepareContinue } from "../../../src/verbs/runs/continue.ts";
import { createSnapshot } from "../../../src/verbs/snapshot/create.ts";
import { ACCOUNT, HERE, type TestAccount, testAccount } from "../../contract/account.ts";
import { memoryStore } from "../../contract/memory-store.ts";
import { lookAtAll, statesOf } from "../equality.ts";
import { isChange, type OurCall, orKilled, startProcess } from "../process.ts";
import { doAll, emptyPools } from "./acts.ts";
import type { RemovalHistory, TROUBLES } from "./history.ts";

const HOUR_MS = 3_600_000;

const SELECTIONS = [
  {},
  { type: ["compute"] },
  { excludeType: ["AWS::EC2::SecurityGroup"] },
  { tag: ["half=one"] },
  { type: ["network", "identity", "compute"] },
];

/** Listings that a baseline may fail to make. */
const BLIND = [
  "DescribeInstances",
  "DescribeSecurityGroups",
  "DescribeVolumes",
  "DescribeKeyPairs",
  "DescribeNetworkInterfaces",
  "GetAccountAuthorizationDetails",
  "ListFunctions",
  "DescribeSubnets",
  "ListStacks",
  "DescribeAutoScalingGroups",
];

const FAULT: Readonly<Record<(typeof TROUBLES)[number], Omit<Fault, "skip" | "times">>> = {
  throttle: FAULTS.throttle,
  serverError: FAULTS.serverError,
  lostAnswer: { ...FAULTS.serverError, kind: "lost-answer" },
  deniedReads: { ...FAULTS.denied, operation: /^(Describe|List|Get)/ },
  deniedChanges: { ...FAULTS.denied, operation: /^(Delete|Terminate|Revoke|Detach|Release|Remove)/ },
};

/**
 * Lives one history through: everything that was there before the baseline, that somebody protects, or that was made after
 * the plan must be there at the end, and nobody may have laid hands on it.
 * @returns what went against the rules; empty = nothing
 */
export async function runRemoval(history: RemovalHistory): Promise<string[]> {
  const account = await testAccount();
  const { twin } = account;
  const store = memoryStore();
  const changes: OurCall[] = [];
  const begin = (dies?: number) =>
    startProcess({ twin, store, dies, onCall: (call) => void (isChange(call) && changes.push(call)) });
  const pools = emptyPools();
  const { vpc, subnet } = await defaultNetwork(account);
  pools.vpc.push(vpc);
  pools.subnet.push(subnet);
  await doAll(account, pools, history.old, "old");
  await twin.clock.sleep(HOUR_MS);
  const sacred = keysOf(twin);
  await baseline(await begin(), twin, history);
  await twin.clock.sleep(HOUR_MS);
  await doAll(account, pools, history.added, "new");
  await twin.clock.sleep(HOUR_MS);

  const troubles = (when: "planning" | "applying") => {
    twin.faults = history.troubles
      .filter((each) => each.while === when)
      .map(({ kind, skip, times }) => ({ ...FAULT[kind], skip, times }));
  };
  const request: RestoreRequest = {
    selection: { ...SELECTIONS[history.selection], regions: [HERE] },
    includeUndated: history.includeUndated,
    maxShare: 1,
    maxRemovals: 1000,
    allowData: [...GROUPS],
    ...(history.override ? { overrideProtection: ["ec2:instance"] } : {}),
  };
  troubles("planning");
  changes.length = 0;
  const plan = await orKilled(async () => (await prepareRestore(await begin(), request)).plan).catch(refused);
  twin.faults = [];
  const violations = changes.map(({ operation }) => `planning called ${operation}`);
  if (!plan) return violations;
  violations.push(...namedIn(plan, sacred));

  const guarded = guardedKeys(twin, history.override);
  const born = keysOf(twin);
  await doAll(account, pools, history.meanwhile, "late");
  const late = keysOf(twin).filter((key) => !born.includes(key));
  const mustStay = [...sacred, ...guarded, ...guardedKeys(twin, history.override)];
  const gone = (keys: readonly string[]) => {
    const left = new Set(keysOf(twin));
    return keys.filter((key) => !left.has(key)).map((key) => `${key} is gone`);
  };
  troubles("applying");
  twin.log.length = 0;
  const executed = await orKilled(async () => executeRemoval(await begin(history.dies), plan)).catch(refused);
  twin.faults = [];
  violations.push(...(isUndisturbed(history) ? tooEarly(twin) : []));
  if (!executed) await goOn(await begin(), plan);
  await settle(account);
  // What was born after the plan is none of its business.
  violations.push(...gone([...mustStay, ...late]), ...missed(twin, born));
  await orKilled(async () => {
    const { plan: again } = await prepareRestore(await begin(), request);
    violations.push(...namedIn(again, sacred));
    await executeRemoval(await begin(), again);
  }).catch(refused);
  await settle(account);
  violations.push(...gone(mustStay), ...missed(twin, born));
  violations.push(...touched(changes, [...sacred, ...guarded]));
  return [...new Set(violations), ...twin.errors.map(String)];
}

function isUndisturbed({ meanwhile, troubles, dies }: RemovalHistory): boolean {
  return meanwhile.length === 0 && dies === undefined && troubles.every((each) => each.while === "planning");
}

/** As AWS says that something holds what is to go. */
const HELD = /Dependency|InUse|DeleteConflict|NotEmpty|InProgress/;

/** Where every link is known and nobody interferes, the order leaves nothing to be refused. */
function tooEarly({ log }: Twin): string[] {
  const refused = log.filter(({ error }) => error !== undefined && HELD.test(error));
  return refused.map(({ operation, input, error }) => `${operation} ${JSON.stringify(input)} came too early: ${error}`);
}

async function baseline(context: VerbContext, twin: Twin, { baseline: which, blind }: RemovalHistory): Promise<void> {
  if (blind !== undefined) twin.faults = [{ ...FAULTS.denied, operation: BLIND[blind] ?? "" }];
  const selection = { ...SELECTIONS[which], regions: [HERE] };
  const request = { selection, metadata: {}, setActive: true, compress: false, name: "baseline" };
  await createSnapshot(context, request);
  twin.faults = [];
}

/** What was interrupted is gone on with, if it had begun. */
async function goOn(context: VerbContext, plan: Plan): Promise<void> {
  for (const run of await listRuns(context.store, plan.account))
    await orKilled(async () => executeContinue(context, await prepareContinue(context, run))).catch(refused);
}

function refused(error: unknown): undefined {
  if (isError(error)) return undefined;
  throw error;
}

/** Rows that are no resources by themselves, or that come and go with others. */
const NOT_THINGS = /^(ec2\.(client-token|instance-settings|interface-state|address-settings)|.*\.(setting|tag|move))/;
const ENDED = new Set(["terminated", "shutting-down", "deleted", "deleting"]);

/** Everything that is there, by `region kind key`. */
function keysOf({ world }: Twin): string[] {
  return [HERE, "global"].flatMap((region) =>
    [...statesOf(world, ACCOUNT, region)]
      .filter(([key, text]) => !NOT_THINGS.test(key) && !hasEnded(text))
      .map(([key]) => `${region} ${key}`),
  );
}

function hasEnded(text: string): boolean {
  const row = JSON.parse(text) as { State?: { Name?: string } | string; StackStatus?: string; Status?: string };
  const state = typeof row.State === "object" ? row.State?.Name : row.State;
  return ENDED.has(String(state)) || row.StackStatus === "DELETE_COMPLETE";
}

const idOf = (key: string) => key.split(" ").slice(2).join(" ");

/** Everything comes to rest: the twin moves what is on its way when it is looked at. */
async function settle({ twin, connection }: TestAccount): Promise<void> {
  for (let times = 0; times < 3; times++) {
    await twin.clock.sleep(HOUR_MS / 6);
    await lookAtAll(connection, HERE);
  }
}

/** Kinds whose rows name others that they do not need: where something came from, and what has happened. */
const HISTORIES = /^(ec2\.(snapshot|client-token)|cloudtrail|twin\.|cloudformation\.)/;

/** What is gone and still named by something that stays: it was in use. */
function missed(twin: Twin, before: readonly string[]): string[] {
  const left = new Set(keysOf(twin));
  const lost = before.filter((key) => !left.has(key)).map(idOf);
  return [HERE, "global"].flatMap((region) =>
    [...statesOf(twin.world, ACCOUNT, region)]
      .filter(([key, text]) => !HISTORIES.test(key) && !hasEnded(text))
      .flatMap(([key, text]) => {
        const names = new Set(stringsIn(JSON.parse(text) as Json));
        return lost
          .filter((id) => names.has(id) && !key.includes(id))
          .map((id) => `${id} is gone, and ${key} names it`);
      }),
  );
}

/** What is protected by its tag, or by AWS where nobody may override that. */
function guardedKeys({ world }: Twin, override: boolean): string[] {
  const tables = world.accounts[ACCOUNT]?.regions[HERE] ?? {};
  const settings = tables["ec2.instance-settings"] ?? {};
  return Object.entries(tables).flatMap(([kind, rows]) =>
    Object.entries(rows).flatMap(([key, row]) => {
      const { Tags = [] } = row as { Tags?: { Key?: string }[] };
      const tagged = Array.isArray(Tags) && Tags.some(({ Key }) => Key === "evenkeel:protect");
      const switched =
        kind === "ec2.instance" &&
        !override &&
        (settings[key] as { disableApiTermination?: boolean })?.disableApiTermination;
      return (tagged || switched) && !hasEnded(JSON.stringify(row)) ? [`${HERE} ${kind} ${key}`] : [];
    }),
  );
}

/** Steps on, and what would go along, of what must stay. */
function namedIn({ steps, kept }: Plan, sacred: readonly string[]): string[] {
  const ids = new Set(sacred.map(idOf));
  const going = [...steps, ...kept.filter(({ goesWith }) => goesWith)].map(({ target }) => target);
  return going
    .filter(({ id, arn }) => ids.has(id) || ids.has(arn))
    .map(({ arn }) => `the plan removes ${arn} of before the baseline`);
}

/** Members that name what something is taken from or off, and that is not changed itself. */
const MENTIONS: readonly (readonly [RegExp, string])[] = [
  [/^RevokeSecurityGroup/, "IpPermissions"],
  [/^DetachInternetGateway$/, "VpcId"],
  [/^RemoveRoleFromInstanceProfile$/, "RoleName"],
  [/^Detach\w+Policy$/, "PolicyArn"],
];

function touched(changes: readonly OurCall[], sacred: readonly string[]): string[] {
  // Keys of objects are names that stand in every second bucket.
  const ids = new Set(sacred.filter((key) => !key.includes(" s3.object")).map(idOf));
  return changes.flatMap(({ operation, input }) => {
    const { ...members } = input as Record<string, Json>;
    for (const [call, name] of MENTIONS) if (call.test(operation)) delete members[name];
    return stringsIn(members).some((text) => ids.has(text))
      ? [`${operation} ${JSON.stringify(input)} touches what must stay`]
      : [];
  });
}

function stringsIn(value: Json): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((each) => stringsIn(each as Json));
}
