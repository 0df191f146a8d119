import type { Call, Operations } from "../../service.ts";
import { marked, noSuch, type UserRow, uniqueId, userNamed } from "./rows.ts";

type Iam = typeof import("@aws-sdk/client-iam");

type Kind = UserRow["others"][number]["kind"];

function add(call: Call, name: string | undefined, kind: Kind, prefix: string) {
  const user = userNamed(call, name);
  const made = { kind, id: uniqueId(call, prefix), createdAt: call.now() };
  user.others.push(made);
  return { ...made, UserName: user.name };
}

function drop(call: Call, name: string | undefined, kind: Kind, id: string | undefined): void {
  const user = userNamed(call, name);
  if (!user.others.some((each) => each.kind === kind && each.id === id))
    throw noSuch(`The ${kind} with id ${id} cannot be found.`);
  user.others = user.others.filter((each) => each.id !== id);
}

function list(call: Call, name: string | undefined, kind: Kind) {
  const user = userNamed(call, name);
  return user.others
    .filter((each) => each.kind === kind)
    .map(({ id, createdAt }) => ({ id, createdAt, UserName: user.name }));
}

/** Credentials that few users have. */
export const keyOperations = {
  UploadSSHPublicKey(input, call) {
    const { id, createdAt, UserName } = add(call, input.UserName, "SSH Public Key", "APKA");
    const SSHPublicKeyBody = input.SSHPublicKeyBody;
    return {
      SSHPublicKey: {
        UserName,
        SSHPublicKeyId: id,
        Fingerprint: "00",
        SSHPublicKeyBody,
        Status: "Active",
        UploadDate: createdAt,
      },
    };
  },
  ListSSHPublicKeys(input, call) {
    const { items, rest } = marked(list(call, input.UserName, "SSH Public Key"), input);
    const SSHPublicKeys = items.map(({ id, createdAt, UserName }) => ({
      UserName,
      SSHPublicKeyId: id,
      Status: "Active",
      UploadDate: createdAt,
    }));
    return { SSHPublicKeys, ...rest };
  },
  DeleteSSHPublicKey: (input, call) => drop(call, input.UserName, "SSH Public Key", input.SSHPublicKeyId),

  UploadSigningCertificate(input, call) {
    const { id, createdAt, UserName } = add(call, input.UserName, "Certificate", "TWIN");
    const CertificateBody = input.CertificateBody;
    return { Certificate: { UserName, CertificateId: id, CertificateBody, Status: "Active", UploadDate: createdAt } };
  },
  ListSigningCertificates(input, call) {
    const { items, rest } = marked(list(call, input.UserName, "Certificate"), input);
    const Certificates = items.map(({ id, createdAt, UserName }) => ({
      UserName,
      CertificateId: id,
      CertificateBody: "",
      Status: "Active",
      UploadDate: createdAt,
    }));
    return { Certificates, ...rest };
  },
  DeleteSigningCertificate: (input, call) => drop(call, input.UserName, "Certificate", input.CertificateId),

  CreateServiceSpecificCredential(input, call) {
    const { id, createdAt, UserName } = add(call, input.UserName, "Service Specific Credential", "ACCA");
    const head = { UserName, ServiceSpecificCredentialId: id, ServiceName: input.ServiceName, Status: "Active" };
    return { ServiceSpecificCredential: { ...head, CreateDate: createdAt } };
  },
  ListServiceSpecificCredentials(input, call) {
    const all = list(call, input.UserName, "Service Specific Credential");
    return {
      ServiceSpecificCredentials: all.map(({ id, createdAt, UserName }) => ({
        UserName,
        ServiceSpecificCredentialId: id,
        ServiceUserName: `${UserName}-at-${call.account}`,
        ServiceName: "codecommit.amazonaws.com",
        Status: "Active",
        CreateDate: createdAt,
      })),
    };
  },
  DeleteServiceSpecificCredential: (input, call) =>
    drop(call, input.UserName, "Service Specific Credential", input.ServiceSpecificCredentialId),
} satisfies Operations<Iam>;
