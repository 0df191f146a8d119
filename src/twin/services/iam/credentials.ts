import { AwsFault, type Call, type Operations } from "../../service.ts";
import { conflict, exists, marked, noSuch, type UserRow, userNamed, users, virtualDevices } from "./rows.ts";
import { briefUser } from "./users.ts";

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

function holderOf(call: Call, serial: string): UserRow | undefined {
  return users(call)
    .all()
    .find(({ devices }) => devices.some((each) => each.serial === serial));
}

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
    const serial = call.globalArn("iam", `mfa${input.Path ?? "/"}${input.VirtualMFADeviceName}`);
    if (virtualDevices(call).get(serial)) throw exists("MFADevice", input.VirtualMFADeviceName ?? "");
    virtualDevices(call).put(serial, { serial });
    return { VirtualMFADevice: { SerialNumber: serial } };
  },
  DeleteVirtualMFADevice(input, call) {
    const serial = input.SerialNumber ?? "";
    if (!virtualDevices(call).get(serial)) throw noSuch(`VirtualMFADevice with serial number ${serial} doesn't exist.`);
    if (holderOf(call, serial)) throw conflict("must deactivate MFA device first.");
    virtualDevices(call).delete(serial);
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
    if (!user.devices.some(({ serial }) => serial === input.SerialNumber)) throw noSuch(`MFA Device invalid for user.`);
    user.devices = user.devices.filter(({ serial }) => serial !== input.SerialNumber);
  },
  ListVirtualMFADevices(input, call) {
    const wanted = input.AssignmentStatus ?? "Any";
    const all = virtualDevices(call)
      .all()
      .flatMap(({ serial }) => {
        const user = holderOf(call, serial);
        if (wanted !== "Any" && (wanted === "Assigned") !== (user !== undefined)) return [];
        const EnableDate = user?.devices.find((each) => each.serial === serial)?.enabledAt;
        return [{ SerialNumber: serial, ...(user ? { EnableDate, User: briefUser(user) } : {}) }];
      });
    const { items, rest } = marked(all, input);
    return { VirtualMFADevices: items, ...rest };
  },
  ListServerCertificates: () => ({ ServerCertificateMetadataList: [], IsTruncated: false }),
  ListOpenIDConnectProviders: () => ({ OpenIDConnectProviderList: [] }),
  ListSAMLProviders: () => ({ SAMLProviderList: [] }),
} satisfies Operations<Iam>;
