import {
  AddRoleToInstanceProfileCommand,
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  CreateGroupCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { known, type Seed, tags } from "./seed.ts";

/** A trust policy for an AWS service. */
export function trust(...services: readonly string[]): string {
  const Principal = { Service: services.map((name) => `${name}.amazonaws.com`) };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }],
  });
}

function allow(Action: readonly string[], Resource: string): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] });
}

/** Roles of the applications, people, and a role of CodeBuild that only sounds like Packer's leftovers. */
export async function identity(seed: Seed): Promise<void> {
  const iam = seed.client(IAMClient);
  const policy = await iam.send(
    new CreatePolicyCommand({
      PolicyName: "read-orders",
      PolicyDocument: allow(["dynamodb:GetItem", "dynamodb:Query"], "*"),
      Tags: tags({ env: "staging" }),
    }),
  );
  const PolicyArn = known(policy.Policy?.Arn);
  for (const [RoleName, service] of [
    ["order-functions", "lambda"],
    ["inference", "sagemaker"],
    ["web", "ec2"],
    ["packer-builder", "codebuild"],
  ] as const) {
    await iam.send(
      new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust(service), Tags: tags({ env: "staging" }) }),
    );
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  }
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: "web" }));
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: "web", RoleName: "web" }));
  await iam.send(new CreateGroupCommand({ GroupName: "operators" }));
  await iam.send(new AttachGroupPolicyCommand({ GroupName: "operators", PolicyArn }));
  for (const UserName of ["ada", "grace"]) {
    await iam.send(new CreateUserCommand({ UserName, Tags: tags({ team: "platform" }) }));
    await iam.send(new AddUserToGroupCommand({ GroupName: "operators", UserName }));
  }
}
