import {
  AddRoleToInstanceProfileCommand,
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateInstanceProfileCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  CreateServiceSpecificCredentialCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  IAMClient,
  ListVirtualMFADevicesCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UploadSigningCertificateCommand,
  UploadSSHPublicKeyCommand,
} from "@aws-sdk/client-iam";
import { expect, it } from "vitest";
import { ACCOUNT, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { readScope, writeScope } from "../scope.ts";
import { DOCUMENT } from "./iam.trial.ts";
import entry from "./user.ts";

const READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/boundary`;
const inline = { PolicyName: "inline", PolicyDocument: DOCUMENT };

async function all({ send }: TestAccount, commands: readonly object[]): Promise<void> {
  for (const command of commands) await send(IAMClient, command as CreateUserCommand);
}

const trusting = (Service: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" }],
  });

const role = (RoleName: string, Service: string, more: object = {}) =>
  new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trusting(Service), ...more });

const boundary = () => new CreatePolicyCommand({ PolicyName: "boundary", PolicyDocument: DOCUMENT });

const seedRole =
  (service: string, more: object = {}) =>
  async (account: TestAccount) => {
    await all(account, [role("bystander", "ec2.amazonaws.com"), role("app", service, more)]);
    return "app";
  };

removalSuite("AWS::IAM::Role", {
  seed: async (account) => {
    await all(account, [
      boundary(),
      role("bystander", "ec2.amazonaws.com"),
      role("app", "ec2.amazonaws.com", { PermissionsBoundary: BOUNDARY }),
      new PutRolePolicyCommand({ RoleName: "app", ...inline }),
      new AttachRolePolicyCommand({ RoleName: "app", PolicyArn: READ_ONLY }),
    ]);
    return "app";
  },
  prepares: ["detach"],
  refused: [
    { seed: seedRole("sagemaker.amazonaws.com"), because: /may be used by sagemaker\.amazonaws\.com/ },
    { seed: seedRole("ec2.amazonaws.com", { Path: "/aws-reserved/sso.amazonaws.com/" }), because: /Identity Center/ },
    {
      seed: async (account) => {
        const command = new CreateServiceLinkedRoleCommand({ AWSServiceName: "elasticmapreduce.amazonaws.com" });
        return (await account.send(IAMClient, command)).Role?.RoleName ?? "";
      },
      because: /service-linked role/,
    },
    {
      seed: async (account) => {
        const id = await seedRole("ec2.amazonaws.com")(account);
        await all(account, [
          new CreateInstanceProfileCommand({ InstanceProfileName: "web" }),
          new AddRoleToInstanceProfileCommand({ InstanceProfileName: "web", RoleName: id }),
        ]);
        return id;
      },
      because: /IAM InstanceProfile web uses it/,
    },
  ],
});

removalSuite("AWS::IAM::InstanceProfile", {
  seed: async (account) => {
    await all(account, [
      role("app", "ec2.amazonaws.com"),
      new CreateInstanceProfileCommand({ InstanceProfileName: "bystander" }),
      new CreateInstanceProfileCommand({ InstanceProfileName: "web" }),
      new AddRoleToInstanceProfileCommand({ InstanceProfileName: "web", RoleName: "app" }),
    ]);
    return "web";
  },
  prepares: ["empty"],
});

async function seedUser(account: TestAccount): Promise<string> {
  const SerialNumber = `arn:aws:iam::${ACCOUNT}:mfa/ada`;
  const codes = { AuthenticationCode1: "123456", AuthenticationCode2: "654321" };
  const ServiceName = "codecommit.amazonaws.com";
  await all(account, [
    boundary(),
    new CreateGroupCommand({ GroupName: "team" }),
    new CreateUserCommand({ UserName: "bystander" }),
    new CreateAccessKeyCommand({ UserName: "bystander" }),
    new CreateUserCommand({ UserName: "ada", PermissionsBoundary: BOUNDARY }),
    new PutUserPolicyCommand({ UserName: "ada", ...inline }),
    new AttachUserPolicyCommand({ UserName: "ada", PolicyArn: READ_ONLY }),
    new AddUserToGroupCommand({ UserName: "ada", GroupName: "team" }),
    new CreateAccessKeyCommand({ UserName: "ada" }),
    new CreateLoginProfileCommand({ UserName: "ada", Password: "correct horse battery staple" }),
    new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: "ada" }),
    new EnableMFADeviceCommand({ UserName: "ada", SerialNumber, ...codes }),
    new UploadSSHPublicKeyCommand({ UserName: "ada", SSHPublicKeyBody: "ssh-rsa AAAA" }),
    new UploadSigningCertificateCommand({ UserName: "ada", CertificateBody: "-----BEGIN CERTIFICATE-----" }),
    new CreateServiceSpecificCredentialCommand({ UserName: "ada", ServiceName }),
  ]);
  return "ada";
}

removalSuite("AWS::IAM::User", { seed: seedUser, prepares: ["credentials", "detach"] });

removalSuite("AWS::IAM::Group", {
  seed: async (account) => {
    await all(account, [
      new CreateGroupCommand({ GroupName: "bystander" }),
      new CreateGroupCommand({ GroupName: "team" }),
      new PutGroupPolicyCommand({ GroupName: "team", ...inline }),
      new AttachGroupPolicyCommand({ GroupName: "team", PolicyArn: READ_ONLY }),
    ]);
    return "team";
  },
  prepares: ["detach"],
  refused: [
    {
      seed: async (account) => {
        await seedUser(account);
        return "team";
      },
      because: /IAM User ada uses it/,
    },
  ],
});

const POLICY = `arn:aws:iam::${ACCOUNT}:policy/read`;

async function seedPolicy(account: TestAccount): Promise<string> {
  await all(account, [
    boundary(),
    new CreatePolicyCommand({ PolicyName: "read", PolicyDocument: DOCUMENT }),
    new CreatePolicyVersionCommand({ PolicyArn: POLICY, PolicyDocument: DOCUMENT, SetAsDefault: true }),
  ]);
  return POLICY;
}

removalSuite("AWS::IAM::ManagedPolicy", {
  seed: seedPolicy,
  prepares: ["versions"],
  refused: [
    {
      seed: async (account) => {
        const id = await seedPolicy(account);
        await all(account, [role("app", "ec2.amazonaws.com", { PermissionsBoundary: POLICY })]);
        return id;
      },
      because: /IAM Role app uses it/,
    },
  ],
});

async function userScopes() {
  const account = await testAccount();
  const id = await seedUser(account);
  const { signal } = new AbortController();
  const where = [account.connection, account.connection.globalRegion, { signal }] as const;
  return { account, id, reading: readScope(...where), writing: writeScope(...where) };
}

it("takes a user's own MFA device away, and leaves those of others", async () => {
  const { account, id, reading, writing } = await userScopes();
  await all(account, [new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: "spare" })]);
  const found = await entry.read(reading, id);
  if (found) await entry.removal.prepare?.(writing, found, "credentials");
  const left = await account.send(IAMClient, new ListVirtualMFADevicesCommand({}));

  expect(left.VirtualMFADevices?.map(({ SerialNumber }) => SerialNumber)).toEqual([
    `arn:aws:iam::${ACCOUNT}:mfa/spare`,
  ]);
});

it("takes the boundary away only when no policy is left that it holds down", async () => {
  const { account, id, reading, writing } = await userScopes();
  const found = await entry.read(reading, id);
  account.twin.log.length = 0;
  if (found) await entry.removal.prepare?.(writing, found, "detach");

  expect(account.twin.log.at(-1)?.operation).toBe("DeleteUserPermissionsBoundary");
});

it("does not remove a user of whom it could not see how he signs in", async () => {
  const { id, reading } = await userScopes();
  const found = await entry.read(reading, id);
  const blind = { ...found, unknown: [{ path: "AccessKeys", reason: "denied: iam:ListAccessKeys" }] };

  expect((await entry.removal.inspect(blind as never, reading)).refuses).toMatch(/AccessKeys/);
});
