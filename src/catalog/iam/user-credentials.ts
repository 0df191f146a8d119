import {
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  DeleteServiceSpecificCredentialCommand,
  DeleteSigningCertificateCommand,
  DeleteSSHPublicKeyCommand,
  DeleteVirtualMFADeviceCommand,
  IAMClient,
  ListServiceSpecificCredentialsCommand,
  paginateListSigningCertificates,
  paginateListSSHPublicKeys,
} from "@aws-sdk/client-iam";
import type { Found, ReadScope, WriteScope } from "../contract.ts";
import { collect, orGone } from "../reading.ts";

/** What the entry reads of how a user signs in. */
interface SignIn {
  readonly AccessKeys?: readonly { readonly AccessKeyId?: string }[];
  readonly LoginProfile?: object;
  readonly MFADevices?: readonly { readonly SerialNumber?: string }[];
}

/** Ids of the credentials that no listing of users has. */
async function rarer(scope: ReadScope, UserName: string) {
  const client = scope.client(IAMClient);
  const paging = { client, pageSize: scope.pageSize(1000) };
  const ids = (all: readonly (string | undefined)[]) => all.filter((id): id is string => id !== undefined);
  const specific = async () => {
    const all: (string | undefined)[] = [];
    for (let Marker: string | undefined, more = true; more; ) {
      const asked = new ListServiceSpecificCredentialsCommand({ UserName, ...(Marker ? { Marker } : {}) });
      const page = await client.send(asked);
      all.push(...(page.ServiceSpecificCredentials ?? []).map((each) => each.ServiceSpecificCredentialId));
      Marker = page.Marker;
      more = Marker !== undefined;
    }
    return all;
  };
  const [ssh, certificates, services] = await Promise.all([
    collect(paginateListSSHPublicKeys(paging, { UserName }), (page) => page.SSHPublicKeys),
    collect(paginateListSigningCertificates(paging, { UserName }), (page) => page.Certificates),
    specific(),
  ]);
  return {
    ssh: ids(ssh.map((each) => each.SSHPublicKeyId)),
    certificates: ids(certificates.map((each) => each.CertificateId)),
    services: ids(services),
  };
}

export async function hasCredentials(scope: ReadScope, { id, configuration }: Found): Promise<boolean> {
  const { AccessKeys = [], LoginProfile, MFADevices = [] } = configuration as SignIn;
  if (AccessKeys.length > 0 || LoginProfile || MFADevices.length > 0) return true;
  return Object.values((await orGone(rarer(scope, id))) ?? {}).some((each) => each.length > 0);
}

/** A virtual device is an object of its own; keys and tokens that one can hold are not. */
const isVirtual = (serial: string) => /^arn:[^:]+:iam::\d+:mfa\//.test(serial);

/** The password goes first and the second factor last: until then nobody can sign in with less than before. */
export async function takeCredentials(scope: WriteScope, { id: UserName, configuration }: Found): Promise<void> {
  const client = scope.writer(IAMClient);
  const { AccessKeys = [], LoginProfile, MFADevices = [] } = configuration as SignIn;
  const { ssh, certificates, services } = await rarer(scope, UserName);
  if (LoginProfile) await orGone(client.send(new DeleteLoginProfileCommand({ UserName })));
  for (const { AccessKeyId } of AccessKeys)
    await orGone(client.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId })));
  for (const SSHPublicKeyId of ssh)
    await orGone(client.send(new DeleteSSHPublicKeyCommand({ UserName, SSHPublicKeyId })));
  for (const CertificateId of certificates)
    await orGone(client.send(new DeleteSigningCertificateCommand({ UserName, CertificateId })));
  for (const ServiceSpecificCredentialId of services)
    await orGone(client.send(new DeleteServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId })));
  for (const { SerialNumber = "" } of MFADevices) {
    await orGone(client.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber })));
    if (isVirtual(SerialNumber)) await orGone(client.send(new DeleteVirtualMFADeviceCommand({ SerialNumber })));
  }
}
