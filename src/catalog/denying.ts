import { canonical } from "../model/canonical.ts";
import { isJsonObject, type Json } from "../model/json.ts";
import type { ResourceType } from "../model/resource.ts";
import type { Found } from "./contract.ts";

/* How an identity loses all its rights for a time, as data: imports no SDK. */

/** The name of the inline policy that does it. */
export const DENY_ALL = "evenkeel-quarantine";

/** An explicit denial beats whatever is allowed. Source: IAM user guide, "Policy evaluation logic". */
export const DENY_ALL_DOCUMENT = {
  Version: "2012-10-17",
  Statement: [{ Sid: "EvenkeelQuarantine", Effect: "Deny", Action: "*", Resource: "*" }],
};

/** Types that have inline policies and rights of their own, with the IAM actions for it. */
export const DENIABLE: Readonly<
  Record<ResourceType, { readonly deny: readonly string[]; readonly allow: readonly string[] }>
> = {
  "AWS::IAM::Role": { deny: ["iam:PutRolePolicy"], allow: ["iam:DeleteRolePolicy"] },
  "AWS::IAM::User": { deny: ["iam:PutUserPolicy"], allow: ["iam:DeleteUserPolicy"] },
};

/** Said of one that has a policy of that name already, which must not be overwritten. */
export const OTHER_DENIAL = `its inline policy ${DENY_ALL} is none of Evenkeel's`;

/** Whether the policy is there; `other` = one of that name that says something else, and is none of ours. */
export function denial({ configuration }: Pick<Found, "configuration">): "none" | "ours" | "other" {
  const { InlinePolicies } = configuration as { readonly InlinePolicies?: Json };
  const policy = isJsonObject(InlinePolicies) ? InlinePolicies[DENY_ALL] : undefined;
  if (policy === undefined) return "none";
  return canonical(policy) === canonical(DENY_ALL_DOCUMENT) ? "ours" : "other";
}
