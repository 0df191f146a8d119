import {
  AddRoleToInstanceProfileCommand,
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateInstanceProfileCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { ACCOUNT, type TestAccount } from "../../../tests/contract/account.ts";

const LETTERS = ["a", "b", "c", "d", "e", "f", "g"];

const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
const DOCUMENT = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
});
const Tags = [{ Key: "team", Value: "orders" }];

const policyArn = (letter: string) => `arn:aws:iam::${ACCOUNT}:policy/read-${letter}`;

/** Seven of each kind that IAM has, joined as people join them. */
export async function seedIam({ send }: TestAccount): Promise<void> {
  for (const letter of LETTERS) {
    const [role, user, group, profile] = [`app-${letter}`, `user-${letter}`, `team-${letter}`, `profile-${letter}`];
    const PolicyArn = policyArn(letter);
    const inline = { PolicyName: "inline", PolicyDocument: DOCUMENT };
    for (const command of [
      new CreatePolicyCommand({ PolicyName: `read-${letter}`, PolicyDocument: DOCUMENT, Tags }),
      new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: DOCUMENT, SetAsDefault: true }),
      new CreateRoleCommand({
        RoleName: role,
        AssumeRolePolicyDocument: TRUST,
        Description: "runs",
        PermissionsBoundary: PolicyArn,
        Tags,
      }),
      new PutRolePolicyCommand({ RoleName: role, ...inline }),
      new AttachRolePolicyCommand({ RoleName: role, PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }),
      new CreateInstanceProfileCommand({ InstanceProfileName: profile, Tags }),
      new AddRoleToInstanceProfileCommand({ InstanceProfileName: profile, RoleName: role }),
      new CreateGroupCommand({ GroupName: group }),
      new PutGroupPolicyCommand({ GroupName: group, ...inline }),
      new AttachGroupPolicyCommand({ GroupName: group, PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }),
      new CreateUserCommand({ UserName: user, Tags }),
      new PutUserPolicyCommand({ UserName: user, ...inline }),
      new AddUserToGroupCommand({ UserName: user, GroupName: group }),
      new CreateAccessKeyCommand({ UserName: user }),
      new CreateLoginProfileCommand({ UserName: user, Password: "correct horse battery staple" }),
    ])
      await send(IAMClient, command as CreateUserCommand);
  }
}

/** The ids of one kind that {@link seedIam} made. */
export const ROLES = LETTERS.map((letter) => `app-${letter}`);
export const USERS = LETTERS.map((letter) => `user-${letter}`);
export const GROUPS = LETTERS.map((letter) => `team-${letter}`);
export const PROFILES = LETTERS.map((letter) => `profile-${letter}`);
export const POLICIES = LETTERS.map(policyArn);
export { DOCUMENT };
