import { AwsFault, type Operations } from "../../service.ts";
import { exists, marked, noSuch, type UserRow, userNamed, users } from "./rows.ts";

type Iam = typeof import("@aws-sdk/client-iam");

const keyOf = (user: UserRow, key: UserRow["keys"][number]) => ({
  UserName: user.name,
  AccessKeyId: key.id,
  Status: key.status,
  CreateDate: key.createdAt,
});

function keyWithId(user: UserRow, id: string | undefined): UserRow["keys"][number] {
  const key = user.keys.find((each) => each.id === id);
  if (!key) throw noSuch(`The Access Key with id ${id} cannot be found.`);
  return key;
}

const loginOf = (user: UserRow) => ({
  UserName: user.name,
  CreateDate: user.login?.createdAt,
  PasswordResetRequired: user.login?.resetRequired,
});

/** What users sign in with. Kinds that can't be made here are listed as none. */
export const credentialOperations = {
  CreateAccessKey(input, call) {
    const user = userNamed(call, input.UserName);
    // Source: IAM and AWS STS quotas.
    if (user.keys.length >= 2) throw new AwsFault("LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2", 409);
    const key = { id: call.id("AKIA", 16).toUpperCase(), status: "Active", createdAt: call.now() };
    user.keys.push(key);
    call.world.accessKeys[key.id] = { account: call.account, arn: user.arn };
    return { AccessKey: { ...keyOf(user, key), SecretAccessKey: "twin" } };
  },
  ListAccessKeys(input, call) {
    const user = userNamed(call, input.UserName);
    const { items, rest } = marked(
      user.keys.map((key) => keyOf(user, key)),
      input,
    );
    return { AccessKeyMetadata: items, ...rest };
  },
  UpdateAccessKey(input, call) {
    keyWithId(userNamed(call, input.UserName), input.AccessKeyId).status = input.Status ?? "Active";
  },
  DeleteAccessKey(input, call) {
    const user = userNamed(call, input.UserName);
    const { id } = keyWithId(user, input.AccessKeyId);
    user.keys = user.keys.filter((key) => key.id !== id);
    delete call.world.accessKeys[id];
  },
  GetAccessKeyLastUsed(input, call) {
    const owner = users(call)
      .all()
      .find(({ keys }) => keys.some(({ id }) => id === input.AccessKeyId));
    if (!owner) throw noSuch(`The Access Key with id ${input.AccessKeyId} cannot be found.`);
    return { UserName: owner.name, AccessKeyLastUsed: { ServiceName: "N/A", Region: "N/A" } };
  },

  CreateLoginProfile(input, call) {
    const user = userNamed(call, input.UserName);
    if (user.login) throw exists("Login Profile", user.name);
    user.login = { createdAt: call.now(), resetRequired: input.PasswordResetRequired ?? false };
    return { LoginProfile: loginOf(user) };
  },
  GetLoginProfile(input, call) {
    const user = userNamed(call, input.UserName);
    if (!user.login) throw noSuch(`Login Profile for User ${user.name} cannot be found.`);
    return { LoginProfile: loginOf(user) };
  },
  UpdateLoginProfile(input, call) {
    const user = userNamed(call, input.UserName);
    if (!user.login) throw noSuch(`Login Profile for User ${user.name} cannot be found.`);
    user.login.resetRequired = input.PasswordResetRequired ?? user.login.resetRequired;
  },
  DeleteLoginProfile(input, call) {
    const user = userNamed(call, input.UserName);
    if (!user.login) throw noSuch(`Login Profile for User ${user.name} cannot be found.`);
    user.login = undefined;
  },

  CreateVirtualMFADevice(input, call) {
    return {
      VirtualMFADevice: { SerialNumber: call.globalArn("iam", `mfa${input.Path ?? "/"}${input.VirtualMFADeviceName}`) },
    };
  },
  EnableMFADevice(input, call) {
    userNamed(call, input.UserName).devices.push({ serial: input.SerialNumber ?? "", enabledAt: call.now() });
  },
  ListMFADevices(input, call) {
    const user = userNamed(call, input.UserName);
    const devices = user.devices.map(({ serial, enabledAt }) => ({
      UserName: user.name,
      SerialNumber: serial,
      EnableDate: enabledAt,
    }));
    const { items, rest } = marked(devices, input);
    return { MFADevices: items, ...rest };
  },
  DeactivateMFADevice(input, call) {
    const user = userNamed(call, input.UserName);
    user.devices = user.devices.filter(({ serial }) => serial !== input.SerialNumber);
  },
  ListVirtualMFADevices(input, call) {
    const all = users(call)
      .all()
      .flatMap((user) =>
        user.devices.map(({ serial, enabledAt }) => ({
          SerialNumber: serial,
          EnableDate: enabledAt,
          User: { Path: user.path, UserName: user.name, UserId: user.id, Arn: user.arn, CreateDate: user.createdAt },
        })),
      );
    const { items, rest } = marked(input.AssignmentStatus === "Unassigned" ? [] : all, input);
    return { VirtualMFADevices: items, ...rest };
  },
  ListSigningCertificates(input, call) {
    userNamed(call, input.UserName);
    return { Certificates: [], IsTruncated: false };
  },
  ListSSHPublicKeys(input, call) {
    userNamed(call, input.UserName);
    return { SSHPublicKeys: [], IsTruncated: false };
  },
  ListServiceSpecificCredentials: () => ({ ServiceSpecificCredentials: [] }),
  ListServerCertificates: () => ({ ServerCertificateMetadataList: [], IsTruncated: false }),
  ListOpenIDConnectProviders: () => ({ OpenIDConnectProviderList: [] }),
  ListSAMLProviders: () => ({ SAMLProviderList: [] }),
} satisfies Operations<Iam>;
