import { managedPolicies, type Policy } from "./policy.ts";
import { renderYaml } from "./yaml.ts";

/* The CloudFormation template of the role that Evenkeel works as. */

export const OPERATOR_ROLE = "evenkeel-operator";

/** Who may assume the role, besides being of the account and allowed to. */
export interface TrustTerms {
  /** A word that whoever assumes it has to say. */
  readonly externalId?: string | undefined;
  readonly mfa: boolean;
}

const SAYS = "What Evenkeel works as: reads, pauses and resumes, removes nothing";

/** Pseudo parameters stand for account and partition, so that the template is the same in all of them. */
export function operatorTemplate(documents: readonly Policy[], terms: TrustTerms): string {
  const policies = managedPolicies(documents, "OperatorPolicy", SAYS);
  return renderYaml({
    AWSTemplateFormatVersion: "2010-09-09",
    Description: SAYS,
    Resources: {
      ...policies,
      OperatorRole: {
        Type: "AWS::IAM::Role",
        Properties: {
          RoleName: OPERATOR_ROLE,
          Description: SAYS,
          AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [trust(terms)] },
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

/** The account's root stands for whoever in the account may call sts:AssumeRole. */
function trust({ externalId, mfa }: TrustTerms): object {
  const condition = {
    ...(externalId ? { StringEquals: { "sts:ExternalId": externalId } } : {}),
    ...(mfa ? { Bool: { "aws:MultiFactorAuthPresent": "true" } } : {}),
  };
  return {
    Effect: "Allow",
    Principal: { AWS: { "Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root" } },
    Action: "sts:AssumeRole",
    ...(externalId || mfa ? { Condition: condition } : {}),
  };
}
