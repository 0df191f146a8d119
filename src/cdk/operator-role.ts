import { CfnRole } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { FACTS } from "../catalog/registry.ts";
import { parseTypes } from "../engine/selection.ts";
import type { Verb } from "../verbs/iam/needs.ts";
import { OPERATOR_SAYS, OPERATOR_VERBS, operatorTrust } from "../verbs/iam/operator.ts";
import { storeStatements } from "../verbs/iam/policy.ts";
import { said } from "./checks.ts";
import type { Place, StoreProps } from "./ground.ts";
import { operatorPolicy } from "./iam.ts";
import { policiesOf, resolved } from "./statements.ts";

export interface OperatorRoleProps extends StoreProps {
  /** The store that it works with; absent = none, and it is allowed elsewhere. */
  readonly bucket?: Place;
  /** Its name; absent = one of the stack's own. `evenkeel setup` expects `evenkeel-operator`, and takes any other. */
  readonly roleName?: string;
  /** What it may do; absent = everything that can be taken back: it reads, pauses and resumes, and removes nothing. */
  readonly verbs?: readonly Verb[];
  /** Types by any of their names, or groups; absent = all. */
  readonly types?: readonly string[];
  /** A word that whoever assumes the role has to say; absent = none. */
  readonly externalId?: string;
  /** Whether whoever assumes the role has to have signed in with a second factor; absent = no. */
  readonly mfa?: boolean;
}

/** The role that people, or a pipeline, run Evenkeel as: the same as in the template that `evenkeel setup` prints. */
export class OperatorRole extends Construct {
  readonly roleArn: string;

  constructor(scope: Construct, id: string, props: OperatorRoleProps = {}) {
    super(scope, id);
    const { roleName, verbs = OPERATOR_VERBS, types, externalId, mfa = false, bucket, prefix = "evenkeel" } = props;
    const statements = operatorPolicy(verbs, types ? said(() => parseTypes(types)) : FACTS.map(({ type }) => type));
    const policies = policiesOf(this, {
      says: OPERATOR_SAYS,
      statements: [...statements, ...(bucket ? storeStatements("Store", "{bucket}", prefix) : [])],
      places: bucket ? { bucket: bucket.bucketArn } : {},
    });
    const role = new CfnRole(this, "Role", {
      ...(roleName === undefined ? {} : { roleName }),
      description: OPERATOR_SAYS,
      assumeRolePolicyDocument: resolved(operatorTrust({ externalId, mfa })),
      managedPolicyArns: policies.map(({ ref }) => ref),
    });
    this.roleArn = role.attrArn;
  }
}
