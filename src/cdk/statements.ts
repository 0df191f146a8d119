import { Aws, Stack, Validations } from "aws-cdk-lib";
import { CfnManagedPolicy } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { filledIn } from "../verbs/iam/operator.ts";
import { type PolicyStatement, ROOM_TO_FILL_IN, withinLimit } from "../verbs/iam/policy.ts";

/** What a statement's `{words}` stand for besides partition, region and account. */
export type Places = Readonly<Record<string, string>>;

export interface PolicyTerms {
  readonly statements: readonly PolicyStatement[];
  readonly places?: Places | undefined;
  /** What they are for. */
  readonly says: string;
}

/** Managed policies of these statements, as many as AWS's size limit asks for. */
export function policiesOf(scope: Construct, { statements, places, says }: PolicyTerms): CfnManagedPolicy[] {
  const documents = withinLimit({ Version: "2012-10-17", Statement: statements }, ROOM_TO_FILL_IN);
  return documents.map((policyDocument, index) => {
    const policy = new CfnManagedPolicy(scope, `Policy${index === 0 ? "" : index + 1}`, {
      description: says,
      policyDocument: resolved(policyDocument, places),
    });
    for (const resource of new Set(policyDocument.Statement.flatMap(({ Resource }) => Resource)))
      if (resource.includes("*")) reasonAway(policy, resource, places);
    return policy;
  });
}

/** With tokens instead of words. @throws for a word that nobody has filled in */
export function resolved(value: unknown, places: Places = {}): unknown {
  const all: Places = { partition: Aws.PARTITION, region: Aws.REGION, account: Aws.ACCOUNT_ID, ...places };
  return filledIn(value, (word) => {
    const place = all[word];
    if (place === undefined) throw new Error(`a statement names {${word}}, which this stack does not have`);
    return place;
  });
}

/** cdk-nag asks for the reason of each resource with a `*`. */
function reasonAway(policy: CfnManagedPolicy, resource: string, places: Places | undefined): void {
  const place = flat(Stack.of(policy).resolve(resolved(resource, places)));
  // `acknowledge` changes ids with spaces, which cdk-nag then does not find.
  policy.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, {
    [`AwsSolutions-IAM5[Resource::${place}]`]: whyOpen(resource),
  });
}

function whyOpen(resource: string): string {
  if (resource === "*")
    return "AWS takes no resource for these actions, or only all; verbs/iam/narrowing-rules.ts names each.";
  if (/^\{|listener\}/.test(resource))
    return "What is in it is made after the policy; nothing outside of it is allowed.";
  return "What is found, or made by other hands, has no ARN yet when the policy is written; it is all of one type in the account.";
}

/** A value of a template as cdk-nag names it. */
function flat(value: unknown): string {
  if (typeof value === "string") return value.replaceAll("${", "<").replaceAll("}", ">");
  const { Ref: name, "Fn::GetAtt": attribute, "Fn::Join": join } = value as Intrinsic;
  if (join) return join[1].map(flat).join(join[0]);
  if (name !== undefined) return `<${name}>`;
  return attribute ? `<${attribute.join(".")}>` : JSON.stringify(value);
}

interface Intrinsic {
  readonly Ref?: string;
  readonly "Fn::GetAtt"?: readonly string[];
  readonly "Fn::Join"?: readonly [string, readonly unknown[]];
}
