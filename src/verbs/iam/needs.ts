import { type Facts, type PauseFacts, UNPROTECT } from "../../catalog/contract.ts";
import { DENIABLE } from "../../catalog/denying.ts";
import { SHEDDING } from "../../catalog/elasticloadbalancingv2/shedding.ts";
import { markingOf } from "../../catalog/marking-rules.ts";
import { FACTS } from "../../catalog/registry.ts";
import { GROUND_TYPES } from "../../engine/own-ground.ts";
import { typesAround } from "../../engine/types-around.ts";
import { callsOf, rulesJudging, typesRead } from "../findings/needs.ts";

/* What each verb calls, from the catalog's facts. */

/** Verbs whose permissions are known; `quarantine` is a restore or reap with `--quarantine`. */
export type Verb =
  | "snapshot"
  | "delta"
  | "types"
  | "whoami"
  | "doctor"
  | "status"
  | "findings"
  | "cost"
  | "pause"
  | "resume"
  | "restore"
  | "reap"
  | "quarantine"
  | "undo"
  | "shed";

/** Needs no permission; it stands in the policy so that a reader sees that it is called. */
const IDENTITY = ["sts:GetCallerIdentity"];
const ACCOUNT = ["ec2:DescribeRegions", "iam:ListAccountAliases"];
/** What a plan's money comes from; without them a pause works, and says that it has no prices. */
export const MONEY = ["ec2:DescribeReservedInstances", "pricing:GetProducts", "rds:DescribeReservedDBInstances"];

interface Need {
  /** Actions whatever the types. */
  readonly actions: readonly string[];
  /** Whether it lists and reads the selected types. */
  readonly types: boolean;
  /** Which of a type's pause abilities it uses. */
  readonly pause?: readonly (keyof PauseFacts["iam"])[];
  /** Whether it removes: what is around what goes is read, too. */
  readonly removal?: true;
  /** Whether it puts resources into quarantine, or takes them out of it. */
  readonly quarantine?: readonly ("in" | "out")[];
  /** Whether it asks rules of the types: they read others besides. */
  readonly rules?: true;
}

const REMOVES = { actions: [...IDENTITY, ...ACCOUNT, ...MONEY], types: true, removal: true } as const;

const NEEDS: Readonly<Record<Verb, Need>> = {
  snapshot: { actions: [...IDENTITY, ...ACCOUNT], types: true },
  // Who created what was added: `--who`.
  delta: { actions: [...IDENTITY, ...ACCOUNT, "cloudtrail:LookupEvents"], types: true },
  doctor: { actions: [...IDENTITY, ...ACCOUNT], types: true },
  whoami: { actions: [...IDENTITY, ...ACCOUNT], types: false },
  types: { actions: IDENTITY, types: false },
  // What is used, beside states and money; each may be left out (`--no-idle`, `--no-prices`).
  status: { actions: [...IDENTITY, ...ACCOUNT, ...MONEY, "cloudwatch:GetMetricData"], types: true, pause: ["capture"] },
  // Without the rights on types a bill is split as well; they are for what Cost Explorer can only share out.
  cost: {
    actions: [...IDENTITY, ...ACCOUNT, ...MONEY, "ce:GetCostAndUsage", "ce:GetCostAndUsageWithResources"],
    types: true,
  },
  findings: { actions: [...IDENTITY, ...ACCOUNT, ...MONEY], types: false, rules: true },
  // What a pause may do a resume must be able to take back, so that a role that can stop can always start again.
  pause: { actions: [...IDENTITY, ...ACCOUNT, ...MONEY], types: true, pause: ["capture", "pause", "resume"] },
  resume: { actions: [...IDENTITY, ...ACCOUNT], types: true, pause: ["capture", "resume"] },
  // Without iam:ListAccountAliases it is not known whether the account is protected, and nothing is removed.
  restore: REMOVES,
  reap: REMOVES,
  // What it stops, an undo must be able to start again.
  quarantine: { ...REMOVES, pause: ["capture", "pause", "resume"], quarantine: ["in", "out"] },
  undo: { actions: [...IDENTITY, ...ACCOUNT], types: true, pause: ["capture", "resume"], quarantine: ["out"] },
  // A ledger in a table, a queue and a topic need rights on just these, which stand in the policies of who has them.
  shed: {
    actions: [...IDENTITY, ...ACCOUNT, ...Object.keys(SHEDDING.read), ...Object.keys(SHEDDING.write)],
    types: false,
  },
};

/** What of a verb's options asks for more, or for less. */
export interface NeedOptions {
  /** Of a reap: what one run finds it marks by a tag, for the next one to confirm. */
  readonly marks?: boolean;
  /** Of a removal: false = nobody can ask it to switch AWS's own protections off. */
  readonly unprotects?: boolean;
}

/** An action, and what for. */
export interface Asked {
  readonly action: string;
  /** The type for which it is asked; absent = it is asked whatever the types. */
  readonly facts?: Facts;
  /** It sets or takes away Evenkeel's own tags on resources of that type. */
  readonly marks?: true;
}

/** The actions that verbs need for types, sorted. */
export function neededActions(verbs: readonly Verb[], types: readonly Facts[], options: NeedOptions = {}): string[] {
  return [...new Set(neededFor(verbs, types, options).map(({ action }) => action))].sort();
}

/** The same with what each is for; an action may be there several times. */
export function neededFor(
  verbs: readonly Verb[],
  types: readonly Facts[],
  { marks, unprotects = true }: NeedOptions = {},
): Asked[] {
  const needs = verbs.map((verb) => NEEDS[verb]);
  const abilities = [...new Set(needs.flatMap((need) => need.pause ?? []))];
  const removes = needs.some(({ removal }) => removal);
  const ways = [...new Set(needs.flatMap((need) => need.quarantine ?? []))];
  return [
    ...needs.flatMap((need) => need.actions).map((action) => ({ action })),
    ...types.flatMap((facts) => [
      ...(needs.some((need) => need.types) ? asked(facts, [...facts.iam.list, ...facts.iam.read]) : []),
      ...abilities.flatMap((ability) => asked(facts, facts.pause?.iam[ability] ?? [])),
      ...(removes ? asked(facts, removalActions(facts, unprotects)) : []),
      ...ways.flatMap((way) => quarantineActions(facts, way)),
      ...(marks && verbs.includes("reap") ? markingActions(facts, ["mark", "unmark"]) : []),
    ]),
    ...(removes ? aroundActions(types) : []),
    ...(needs.some(({ rules }) => rules) ? ruleActions(types) : []),
  ];
}

/** The actions for a type. */
export function asked(facts: Facts, actions: readonly string[]): Asked[] {
  return actions.map((action) => ({ action, facts }));
}

function removalActions({ removal }: Facts, unprotects: boolean): readonly string[] {
  if (!removal) return [];
  const { inspect, backup = [], remove } = removal.iam;
  const preparations = Object.entries(removal.preparations ?? {});
  const done = preparations.filter(([name]) => unprotects || name !== UNPROTECT);
  return [...inspect, ...backup, ...done.flatMap(([, { iam }]) => iam), ...remove];
}

/** Whatever may use or own what goes is listed, and what Evenkeel itself stands on: what was not seen is not removed. */
function aroundActions(types: readonly Facts[]): Asked[] {
  const going = types.filter(({ removal }) => removal);
  const around = new Set([...GROUND_TYPES, ...going.flatMap(({ type }) => [...typesAround(type)])]);
  return FACTS.filter(({ type }) => around.has(type)).flatMap((facts) => asked(facts, facts.iam.list));
}

/** What the rules that judge the types read, and what they call besides. */
function ruleActions(types: readonly Facts[]): Asked[] {
  return rulesJudging(types).flatMap((rule) => [
    ...typesRead(rule).flatMap((facts) => asked(facts, facts.iam.list)),
    ...callsOf(rule).map((action) => ({ action })),
  ]);
}

function markingActions(facts: Facts, ways: readonly ("mark" | "unmark")[]): Asked[] {
  const rule = markingOf(facts.type);
  if (!facts.removal || "never" in rule) return [];
  return ways.flatMap((way) => rule[way]).map((action) => ({ action, facts, marks: true }));
}

function quarantineActions(facts: Facts, way: "in" | "out"): Asked[] {
  const marks = markingActions(facts, [way === "in" ? "mark" : "unmark"]);
  if (!facts.removal || marks.length === 0) return [];
  const rights = DENIABLE[facts.type];
  return [
    ...marks,
    ...asked(facts, facts.removal.iam.inspect),
    ...asked(facts, rights ? rights[way === "in" ? "deny" : "allow"] : []),
  ];
}
