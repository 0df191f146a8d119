import { filledIn, OPERATOR_ROLE, OPERATOR_SAYS, operatorTrust, type TrustTerms } from "../verbs/iam/operator.ts";
import { managedPolicies, type Policy } from "./policy.ts";
import { renderYaml } from "./yaml.ts";

/* The CloudFormation template of the role that Evenkeel works as. */

/** Pseudo parameters stand for account and partition, so that the template is the same in all of them. */
export function operatorTemplate(documents: readonly Policy[], terms: TrustTerms): string {
  const policies = managedPolicies(documents.map(substituted), "OperatorPolicy", OPERATOR_SAYS);
  return renderYaml({
    AWSTemplateFormatVersion: "2010-09-09",
    Description: OPERATOR_SAYS,
    Resources: {
      ...policies,
      OperatorRole: {
        Type: "AWS::IAM::Role",
        Properties: {
          RoleName: OPERATOR_ROLE,
          Description: OPERATOR_SAYS,
          AssumeRolePolicyDocument: substituted(operatorTrust(terms)),
          // Ref of a managed policy is its ARN.
          ManagedPolicyArns: Object.keys(policies).map((name) => ({ Ref: name })),
        },
      },
    },
    Outputs: {
      RoleArn: { Description: "For evenkeel setup --role-arn", Value: { "Fn::GetAtt": ["OperatorRole", "Arn"] } },
    },
  });
}

const PSEUDO: Readonly<Record<string, string>> = {
  account: "${AWS::AccountId}",
  partition: "${AWS::Partition}",
  region: "${AWS::Region}",
};

/** Each text that holds a word to be filled in as what CloudFormation fills in. */
function substituted<T>(value: T): T {
  if (typeof value === "string") {
    // What is IAM's own must not be taken for CloudFormation's.
    const text = filledIn(value.replaceAll("${", "${!"), (word) => PSEUDO[word] ?? `{${word}}`);
    return (text === value.replaceAll("${", "${!") ? value : { "Fn::Sub": text }) as T;
  }
  if (Array.isArray(value)) return value.map(substituted) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, substituted(each)])) as T;
}
