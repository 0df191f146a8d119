import type { Facts, PauseFacts } from "../catalog/contract.ts";
import { SHEDDING } from "../catalog/elasticloadbalancingv2/shedding.ts";
import { FACTS } from "../catalog/registry.ts";
import type { FunctionName } from "../lambda/functions.ts";
import { isListenerArn } from "../model/arn.ts";
import type { ResourceType } from "../model/resource.ts";
import { narrowed, type Reach } from "../verbs/iam/narrowing.ts";
import { type Asked, asked, MONEY, neededFor, type Verb } from "../verbs/iam/needs.ts";
import { type PolicyStatement, storeStatements } from "../verbs/iam/policy.ts";
import { packerPolicy } from "../verbs/reap/packer/packer.ts";
import { parsePacker } from "../verbs/reap/packer/settings.ts";

/* The least policy of each function, from the IAM actions in the catalog's facts. */

/** ARNs of what a function works with, as texts that may be words to be filled in later (`{queue}`), and what it is to do. */
export interface GrantOptions {
  /** The store's bucket. */
  readonly bucket?: string;
  /** Of the store in its bucket; absent = all of the bucket is the store. */
  readonly prefix?: string;
  readonly topic?: string;
  readonly queue?: string;
  readonly table?: string;
  readonly listener?: string;
  /** The webhook's URL is in it: a secret of Secrets Manager, or a parameter of Systems Manager. */
  readonly secret?: string;
  readonly parameter?: string;
  /** The customer's key that either is encrypted with. */
  readonly webhookKey?: string;
  /** Absent = all that the function can do something with; of the reaper: those of the packer policy. */
  readonly types?: readonly ResourceType[];
  /** What one run finds is marked by a tag, for the next one to confirm. */
  readonly confirmRuns?: boolean;
  /** What policies of one's own do beside removing. */
  readonly also?: readonly ("pause" | "quarantine")[];
  /** How the names of the key pairs of Packer's builds begin. */
  readonly keyPattern?: string;
  /** In which it changes something; absent = all. */
  readonly regions?: readonly string[];
}

/** The statements of a function's role, beside those of its own logs. */
export function functionPolicy(name: FunctionName, options: GrantOptions): readonly PolicyStatement[] {
  return [...WORK[name](options), ...runtime(name, options)];
}

/** The statements of a role that people, or a pipeline, run verbs with; beside those of its store. */
export function operatorPolicy(verbs: readonly Verb[], types: readonly ResourceType[]): readonly PolicyStatement[] {
  return narrowed(neededFor(verbs, factsFor(types)));
}

type Work = (options: GrantOptions) => readonly PolicyStatement[];

const WORK: Readonly<Record<FunctionName, Work>> = {
  reaper: (options) => {
    const { types, confirmRuns = false, also = [] } = options;
    const reaped = types ? factsFor(types) : factsFor(packerPolicy().types);
    const needs = neededFor(["reap", ...also], reaped, { marks: confirmRuns, unprotects: false });
    return narrowed(needs, types ? reachOf(options) : { ...reachOf(options), ids: packerIds(options) });
  },
  pause: (options) =>
    narrowed(
      [IDENTITY, REGIONS, ...PRICES, ...unstoppable(options), ...pausing(options, "list", "capture", "pause")],
      reachOf(options),
    ),
  resume: (options) => narrowed([IDENTITY, ...pausing(options, "capture", "resume")], reachOf(options)),
  "stay-stopped": (options) =>
    narrowed([IDENTITY, REGIONS, ...pausing(restarted(options), "capture", "pause")], reachOf(options)),
  // Looking at one by itself is for removals.
  snapshot: ({ types }) =>
    narrowed([IDENTITY, REGIONS, ...factsFor(types).flatMap((facts) => asked(facts, facts.iam.list))]),
  "shed-alarm": shedding,
  "shed-step": (options) => [...shedding(options), ...statement("Receive", POLLING, options.queue)],
};

const IDENTITY: Asked = { action: "sts:GetCallerIdentity" };
const REGIONS: Asked = { action: "ec2:DescribeRegions" };

const PRICES = MONEY.map((action): Asked => ({ action }));

/** Services whose databases AWS starts again by itself. */
const RESTARTED = /^AWS::(RDS|DocDB|Neptune)::/;

/** Who takes something out of its store: what a schedule had paused and no longer puts back, a snapshot that came second. */
const TIDY: readonly FunctionName[] = ["pause", "resume", "snapshot"];

/** Lambda polls a queue with the function's role. Source: Lambda developer guide, "Using Lambda with Amazon SQS". */
const POLLING = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"];

function factsFor(types: readonly ResourceType[] | undefined): readonly Facts[] {
  return types ? FACTS.filter(({ type }) => types.includes(type)) : FACTS;
}

/** What the abilities of types that can be paused call. */
function pausing({ types }: GrantOptions, ...abilities: readonly ("list" | keyof PauseFacts["iam"])[]): Asked[] {
  return factsFor(types).flatMap((facts) => {
    const { iam, pause } = facts;
    if (!pause) return [];
    const all = { list: iam.list, ...pause.iam };
    return asked(
      facts,
      abilities.flatMap((ability) => all[ability]),
    );
  });
}

/** A pause looks at what can't be stopped too, to tell that it goes on running. */
function unstoppable({ types }: GrantOptions): Asked[] {
  return factsFor(types).flatMap((facts) => (facts.noStop && !facts.pause ? asked(facts, facts.iam.list) : []));
}

function restarted({ types = FACTS.map(({ type }): ResourceType => type) }: GrantOptions): GrantOptions {
  return { types: types.filter((type) => RESTARTED.test(type)) };
}

function reachOf({ regions }: GrantOptions): Reach {
  return { regions };
}

/**
 * Names without which nothing is a build's: `verbs/reap/packer/names.ts`. A role may be told by its description alone, so
 * any may be one.
 */
function packerIds({ keyPattern }: GrantOptions): NonNullable<Reach["ids"]> {
  const literal = parsePacker({ keyPattern }).keyPattern.replace(/[*?$]/g, "$${$&}");
  return {
    "AWS::EC2::KeyPair": [`${literal}*`, "packer *"],
    "AWS::IAM::InstanceProfile": ["packer-*", "packer_*"],
  };
}

/** Who sheds reads all listeners, and changes one. */
function shedding({ listener, table, queue }: GrantOptions): readonly PolicyStatement[] {
  const { read, write, ledger } = SHEDDING;
  const open = Object.keys(read).map((action) => ({ action }));
  const pools = Object.keys(write).filter((action) => action.startsWith("cognito-idp:"));
  return [
    ...narrowed([IDENTITY, ...open, ...pools.map((action) => ({ action }))]),
    ...statement("Listener", actionsFor(write, "listener"), listener),
    ...statement("Rules", actionsFor(write, "listener-rule"), rulesOf(listener)),
    // Its lines are read by people alone.
    ...statement(
      "Ledger",
      Object.keys(ledger).filter((action) => action !== "dynamodb:Query"),
      table,
    ),
    ...statement("Steps", Object.keys(SHEDDING.queue), queue),
  ];
}

function actionsFor(actions: Readonly<Record<string, string>>, kind: string): string[] {
  return Object.keys(actions).filter((action) => actions[action] === kind);
}

/** A rule's ARN goes on from its listener's. @throws for a text that is no such ARN, from which nothing can be told */
function rulesOf(listener: string | undefined): string | undefined {
  if (listener === undefined) return undefined;
  if (!isListenerArn(listener)) throw new Error(`not a listener's ARN: ${listener}`);
  return `${listener.replace(":listener/", ":listener-rule/")}/*`;
}

/** What every function needs that keeps records, tells people, or has the address of a webhook. */
function runtime(name: FunctionName, options: GrantOptions): readonly PolicyStatement[] {
  const { bucket, prefix = "", topic, secret, parameter, webhookKey } = options;
  const store = bucket ? storeStatements("Store", bucket, prefix) : [];
  const isKept = (action: string) => action !== "s3:DeleteObject" || TIDY.includes(name);
  return [
    ...store.map((each) => ({ ...each, Action: each.Action.filter(isKept) })),
    ...statement("Tell", ["sns:Publish"], topic),
    ...statement("WebhookSecret", ["secretsmanager:GetSecretValue"], secret),
    ...statement("WebhookParameter", ["ssm:GetParameter"], parameter),
    ...statement("WebhookKey", ["kms:Decrypt"], webhookKey).map((each) => ({
      ...each,
      Condition: { StringLike: { "kms:ViaService": `${secret ? "secretsmanager" : "ssm"}.*.amazonaws.com*` } },
    })),
  ];
}

function statement(Sid: string, Action: readonly string[], Resource: string | undefined): PolicyStatement[] {
  return Resource === undefined ? [] : [{ Sid, Effect: "Allow", Action, Resource }];
}
