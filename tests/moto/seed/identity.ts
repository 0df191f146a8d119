import { asPairs } from "../made.ts";
import type { Seeding } from "./seeding.ts";

/** The ARNs that the rest of the account needs. */
export interface Identity {
  readonly role: string;
  readonly profile: string;
}

const TRUST = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: ["ec2.amazonaws.com", "lambda.amazonaws.com", "sagemaker.amazonaws.com"] },
      Action: "sts:AssumeRole",
    },
  ],
};

const MAY_READ = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: ["s3:GetObject", "sqs:ReceiveMessage"], Resource: "*" }],
};

/** A role with a policy of each kind in an instance profile, and a user with a key in a group. Global: once an account. */
export async function seedIdentity({ make, makeNamed, aws }: Seeding): Promise<Identity> {
  const tags = ["--tags", asPairs] as const;
  const policy = await make(
    "AWS::IAM::ManagedPolicy",
    "iam create-policy --policy-name shop-read --query Policy.Arn --policy-document",
    MAY_READ,
    ...tags,
  );
  const role = await makeNamed(
    "AWS::IAM::Role",
    "shop-server",
    "iam create-role --role-name shop-server --query Role.Arn --assume-role-policy-document",
    TRUST,
    ...tags,
  );
  await aws.call("iam attach-role-policy --role-name shop-server --policy-arn", policy);
  await aws.call("iam put-role-policy --role-name shop-server --policy-name inline --policy-document", MAY_READ);
  const profile = await makeNamed(
    "AWS::IAM::InstanceProfile",
    "shop-server",
    "iam create-instance-profile --instance-profile-name shop-server --query InstanceProfile.Arn",
    ...tags,
  );
  await aws.call("iam add-role-to-instance-profile --instance-profile-name shop-server --role-name shop-server");
  await seedPeople({ makeNamed, aws }, policy);
  return { role, profile };
}

async function seedPeople({ makeNamed, aws }: Pick<Seeding, "makeNamed" | "aws">, policy: string): Promise<void> {
  await makeNamed("AWS::IAM::User", "ada", "iam create-user --user-name ada --query User.Arn --tags", asPairs);
  await makeNamed("AWS::IAM::Group", "operators", "iam create-group --group-name operators --query Group.Arn");
  await aws.call("iam add-user-to-group --user-name ada --group-name operators");
  await aws.call("iam attach-group-policy --group-name operators --policy-arn", policy);
  await aws.call("iam create-access-key --user-name ada");
}
