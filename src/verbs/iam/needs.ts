import type { Facts, PauseFacts } from "../../catalog/contract.ts";
import { DENIABLE } from "../../catalog/denying.ts";
import { SHEDDING } from "../../catalog/elasticloadbalancingv2/shedding.ts";
import { markingOf } from "../../catalog/marking-rules.ts";
import { FACTS } from "../../catalog/registry.ts";
import { GROUND_TYPES } from "../../engine/own-ground.ts";
import { typesAround } from "../../engine/types-around.ts";

/* What each verb calls, from the catalog's facts. */

/** Verbs whose permissions are known; `quarantine` is a restore or reap with `--quarantine`. */
export type Verb =
  | "snapshot"
  | "delta"
  | "types"
  | "whoami"
  | "doctor"
  | "status"
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
const MONEY = ["ec2:DescribeReservedInstances", "pricing:GetProducts", "rds:DescribeReservedDBInstances"];

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

/** What of a verb's options asks for more. */
export interface NeedOptions {
  /** Of a reap: what one run finds it marks by a tag, for the next one to confirm. */
  readonly marks?: boolean;
}

/** The actions that verbs need for types, sorted. */
export function neededActions(verbs: readonly Verb[], types: readonly Facts[], { marks }: NeedOptions = {}): string[] {
  const needs = verbs.map((verb) => NEEDS[verb]);
  const ofTypes = needs.some((need) => need.types) ? types.flatMap(({ iam }) => [...iam.list, ...iam.read]) : [];
  const abilities = [...new Set(needs.flatMap((need) => need.pause ?? []))];
  const ofPauses = types.flatMap(({ pause }) => abilities.flatMap((ability) => pause?.iam[ability] ?? []));
  const removes = needs.some(({ removal }) => removal);
  const ways = [...new Set(needs.flatMap((need) => need.quarantine ?? []))];
  const all = [
    ...needs.flatMap((need) => need.actions),
    ...ofTypes,
    ...ofPauses,
    ...(removes ? [...types.flatMap(removalActions), ...aroundActions(types)] : []),
    ...types.flatMap((facts) => ways.flatMap((way) => quarantineActions(facts, way))),
    ...(marks && verbs.includes("reap") ? types.flatMap(markingActions) : []),
  ];
  return [...new Set(all)].sort();
}

function removalActions({ removal }: Facts): readonly string[] {
  if (!removal) return [];
  const { inspect, backup = [], remove } = removal.iam;
  return [...inspect, ...backup, ...Object.values(removal.preparations ?? {}).flatMap(({ iam }) => iam), ...remove];
}

/** Whatever may use or own what goes is listed, and what Evenkeel itself stands on: what was not seen is not removed. */
function aroundActions(types: readonly Facts[]): readonly string[] {
  const going = types.filter(({ removal }) => removal);
  const around = new Set([...GROUND_TYPES, ...going.flatMap(({ type }) => [...typesAround(type)])]);
  return FACTS.filter(({ type }) => around.has(type)).flatMap(({ iam }) => iam.list);
}

function markingActions({ type, removal }: Facts): readonly string[] {
  const rule = markingOf(type);
  return !removal || "never" in rule ? [] : [...rule.mark, ...rule.unmark];
}

function quarantineActions({ type, removal }: Facts, way: "in" | "out"): readonly string[] {
  const rule = markingOf(type);
  if (!removal || "never" in rule) return [];
  const rights = DENIABLE[type];
  return [
    ...removal.iam.inspect,
    ...(way === "in" ? rule.mark : rule.unmark),
    ...(rights ? rights[way === "in" ? "deny" : "allow"] : []),
  ];
}
