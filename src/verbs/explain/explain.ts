import { type Facts, PAUSE_STAGES, type PauseStage } from "../../catalog/contract.ts";
import { FACTS, factsOf } from "../../catalog/registry.ts";
import { scan } from "../../engine/scan/scan.ts";
import { parseSelection } from "../../engine/selection.ts";
import { type ArnParts, parseArn } from "../../model/arn.ts";
import { GLOBAL } from "../../model/brand.ts";
import { type CoverageCell, incomplete } from "../../model/coverage.ts";
import { EvenkeelError } from "../../model/errors.ts";
import type { Kept, Step } from "../../model/plan.ts";
import { redactor } from "../../model/redact.ts";
import type { Resource, ScannedResource } from "../../model/resource.ts";
import { secretKey } from "../../store/secret-key.ts";
import type { VerbContext } from "../context.ts";
import { preparePause } from "../pause/pause.ts";
import { heldBy, knownRecords } from "../records/known.ts";
import { type Edge, edgesOf } from "./edges.ts";
import { type RemovalVerdict, removalVerdictOf } from "./removal.ts";

/** What a pause would do with it. */
export type PauseVerdict =
  | {
      readonly kind: "step";
      readonly step: Step;
      readonly stage: PauseStage;
      /** Stages that have ended before, and that begin after it; a resume takes them the other way round. */
      readonly before: readonly PauseStage[];
      readonly after: readonly PauseStage[];
    }
  | { readonly kind: "kept"; readonly reason: string };

/** All that is known of one resource. */
export interface Explanation {
  readonly resource: Resource;
  readonly facts: Facts;
  readonly edges: readonly Edge[];
  readonly verdict: PauseVerdict;
  readonly removal: RemovalVerdict;
  /** Armed records that hold it. */
  readonly records: readonly string[];
  /** Types of its region that could not be read: who uses it may be among them. */
  readonly unseen: readonly CoverageCell[];
}

/**
 * Reads one resource and its surroundings, and what a pause and a restore would make of it. Changes nothing.
 * @throws EvenkeelError USAGE for what is no ARN; OTHER_ACCOUNT; NOT_FOUND for an unknown type, or when it is gone
 */
export async function explain(context: VerbContext, text: string): Promise<Explanation> {
  const { connection, store, host, clock, signal } = context;
  const parts = partsOf(text);
  if (parts.account !== "" && parts.account !== "aws" && parts.account !== connection.account)
    throw new EvenkeelError("OTHER_ACCOUNT", `it is of account ${parts.account}, not of ${connection.account}`, {
      hint: "sign in to that account",
    });
  const types = typesOf(text);
  if (types.length === 0) throw unknownType(text, parts);
  const regions = parts.region === "" ? await connection.enabledRegions() : [parts.region];
  const all = parseSelection({ regions: [...regions, GLOBAL] })([]);
  const redact = redactor(await secretKey(store));
  const seen = await scan({ connection, selection: all, redact, host, clock, signal });
  const resource = seen.resources.find(({ arn }) => arn === text);
  if (!resource)
    throw missing(
      text,
      incomplete(seen.coverage).filter(({ type }) => types.includes(type)),
    );
  const known = await knownRecords(context, connection.account);
  const records = known.filter((each) => heldBy([each]).has(text)).map(({ id }) => id);
  return {
    resource: withoutObserved(resource),
    facts: knownFacts(resource),
    edges: edgesOf(resource, seen.resources),
    verdict: await verdictOf(context, resource),
    removal: await removalVerdictOf(context, withoutObserved(resource), seen.coverage),
    records,
    unseen: incomplete(seen.coverage),
  };
}

function partsOf(text: string): ArnParts {
  try {
    return parseArn(text);
  } catch {
    throw new EvenkeelError("USAGE", `not an ARN: "${text}"`, {
      hint: "for example arn:aws:ec2:eu-west-1:123456789012:instance/i-0123456789abcdef0; `evenkeel snapshot show NAME --resources` lists them",
    });
  }
}

/** The types whose ARNs look like this one. */
function typesOf(arn: string): string[] {
  return FACTS.filter((facts) => patternOf(facts.arn).test(arn)).map(({ type }) => type);
}

function patternOf(template: string): RegExp {
  const source = template.replaceAll(/\{\w+\}|\*|[.+?^$()|[\]\\]/g, (part) => {
    if (part === "{id}" || part === "*") return ".+";
    return part.startsWith("{") ? "[^:]*" : `\\${part}`;
  });
  return new RegExp(`^${source}$`);
}

function unknownType(text: string, { service }: ArnParts): EvenkeelError {
  const near = FACTS.filter(({ arn }) => arn.split(":")[2] === service).map(({ short }) => short);
  return new EvenkeelError("NOT_FOUND", `no known resource type has an ARN like ${text}`, {
    hint: near.length > 0 ? `of ${service} are known: ${near.join(", ")}` : "`evenkeel types` lists what is known",
  });
}

function missing(text: string, cells: readonly CoverageCell[]): EvenkeelError {
  const [first] = cells;
  if (!first)
    return new EvenkeelError("NOT_FOUND", `${text} is not there`, {
      hint: "it was deleted, or is another region's; `evenkeel delta` tells what was there before",
    });
  return new EvenkeelError(
    "NOT_FOUND",
    `${text} was not seen, and not all could be read: ${first.reason ?? first.status}`,
    {
      hint: first.action ? `the IAM action ${first.action} is missing` : "try again",
    },
  );
}

function withoutObserved({ observed: _, ...rest }: ScannedResource): Resource {
  return rest;
}

function knownFacts({ type }: Resource): Facts {
  const facts = factsOf(type);
  if (!facts) throw new EvenkeelError("BUG", `scanned a type without facts: ${type}`);
  return facts;
}

/** The decision is the planner's own: a plan of it and of what it is a member of. */
async function verdictOf(context: VerbContext, resource: Resource): Promise<PauseVerdict> {
  const facts = knownFacts(resource);
  if (!facts.pause) return { kind: "kept", reason: facts.noStop ?? "it has no stop" };
  const owners = resource.links.filter(({ kind, type }) => kind === "member-of" && factsOf(type)?.pause);
  const selection = {
    type: [resource.type, ...owners.map(({ type }) => type)],
    id: [resource.arn, ...owners.map(({ to }) => to)],
    regions: [resource.region],
  };
  const { steps, kept } = await preparePause(context, { selection, extend: true });
  const isIt = ({ target }: Step | Kept) => target.arn === resource.arn;
  const step = steps.find(isIt);
  if (!step) return { kind: "kept", reason: kept.find(isIt)?.reason ?? "it could not be read again" };
  const at = PAUSE_STAGES.indexOf(facts.pause.stage);
  const [before, after] = [PAUSE_STAGES.slice(0, at), PAUSE_STAGES.slice(at + 1)];
  return { kind: "step", step, stage: facts.pause.stage, before, after };
}
