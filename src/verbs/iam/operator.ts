import { FACTS } from "../../catalog/registry.ts";
import { narrowed } from "./narrowing.ts";
import { neededFor, type Verb } from "./needs.ts";
import type { PolicyStatement } from "./policy.ts";

/* The role that people run Evenkeel as, as data: `setup` prints a template of it, and a construct makes it. */

export const OPERATOR_ROLE = "evenkeel-operator";

/**
 * What the operator role is made for: everything that can be taken back. Whoever removes does so by rights of their own,
 * as `iam policy --verb restore` prints them, so that the role of a brake can't be used to delete.
 */
export const OPERATOR_VERBS: readonly Verb[] = [
  "snapshot",
  "delta",
  "doctor",
  "whoami",
  "types",
  "status",
  "pause",
  "resume",
];
export const OPERATOR_SAYS = "What Evenkeel works as: reads, pauses and resumes, removes nothing";

/** Who may assume the role, besides being of the account and allowed to. */
export interface TrustTerms {
  /** A word that whoever assumes it has to say. */
  readonly externalId?: string | undefined;
  readonly mfa: boolean;
}

/** For every type of the catalog, beside the store; texts hold {partition} and {account} to be filled in. */
export function operatorStatements(): readonly PolicyStatement[] {
  return narrowed(neededFor(OPERATOR_VERBS, FACTS));
}

/** The account's root stands for whoever in the account may call sts:AssumeRole. */
export function operatorTrust({ externalId, mfa }: TrustTerms): object {
  const condition = {
    ...(externalId ? { StringEquals: { "sts:ExternalId": externalId } } : {}),
    ...(mfa ? { Bool: { "aws:MultiFactorAuthPresent": "true" } } : {}),
  };
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: "arn:{partition}:iam::{account}:root" },
        Action: "sts:AssumeRole",
        ...(externalId || mfa ? { Condition: condition } : {}),
      },
    ],
  };
}

/** The value with each `{word}` of its texts replaced by what `place` says. `${…}` is IAM's own, and stays. */
export function filledIn(value: unknown, place: (word: string) => string): unknown {
  if (typeof value === "string") return value.replace(/(?<!\$)\{([a-z]+)\}/g, (_, word: string) => place(word));
  if (Array.isArray(value)) return value.map((each) => filledIn(each, place));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filledIn(each, place)]));
}
