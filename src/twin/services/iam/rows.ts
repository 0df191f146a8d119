import { AwsFault, type Call, page, type Table } from "../../service.ts";

/** What users, groups and roles have in common. */
export interface Principal {
  readonly kind: "user" | "group" | "role";
  name: string;
  readonly id: string;
  path: string;
  arn: string;
  readonly createdAt: string;
  /** Inline policies by name, documents as the caller wrote them. */
  readonly inline: Record<string, string>;
  /** ARNs of attached managed policies. */
  attached: string[];
  /** ARN of the permissions boundary. */
  boundary?: string | undefined;
  tags: Record<string, string>;
}

export interface RoleRow extends Principal {
  readonly kind: "role";
  trust: string;
  description?: string | undefined;
  maxSession: number;
}

export interface UserRow extends Principal {
  readonly kind: "user";
  groups: string[];
  login?: { createdAt: string; resetRequired: boolean } | undefined;
  keys: { id: string; status: string; createdAt: string }[];
  devices: { serial: string; enabledAt: string }[];
  /** What else the user signs in or calls with. */
  others: {
    kind: "SSH Public Key" | "Certificate" | "Service Specific Credential";
    id: string;
    createdAt: string;
  }[];
}

export interface GroupRow extends Principal {
  readonly kind: "group";
}

export interface PolicyRow {
  readonly name: string;
  readonly id: string;
  readonly path: string;
  readonly arn: string;
  readonly description?: string | undefined;
  readonly createdAt: string;
  updatedAt: string;
  versions: { id: string; document: string; createdAt: string }[];
  defaultVersion: string;
  /** Numbers of deleted versions are not used again. */
  nextVersion: number;
  tags: Record<string, string>;
}

export interface ProfileRow {
  readonly name: string;
  readonly id: string;
  readonly path: string;
  readonly arn: string;
  readonly createdAt: string;
  /** At most one. */
  roles: string[];
  tags: Record<string, string>;
}

export const roles = (call: Call): Table<RoleRow> => call.table<RoleRow>("iam.role", "global");
export const users = (call: Call): Table<UserRow> => call.table<UserRow>("iam.user", "global");
export const groups = (call: Call): Table<GroupRow> => call.table<GroupRow>("iam.group", "global");
export const policies = (call: Call): Table<PolicyRow> => call.table<PolicyRow>("iam.policy", "global");
export const profiles = (call: Call): Table<ProfileRow> => call.table<ProfileRow>("iam.instance-profile", "global");

/** Virtual MFA devices, which stand by themselves, whoever has them. */
export const virtualDevices = (call: Call): Table<{ readonly serial: string }> =>
  call.table<{ readonly serial: string }>("iam.virtual-mfa", "global");

export const principals = (call: Call): Principal[] => [
  ...users(call).all(),
  ...groups(call).all(),
  ...roles(call).all(),
];

const WHAT = { role: "role", user: "user", group: "group", profile: "Instance Profile" } as const;

function named<T>(table: Table<T>, what: keyof typeof WHAT, name: string | undefined): T {
  const row = table.get(name ?? "");
  if (!row) throw noSuch(`The ${WHAT[what]} with name ${name} cannot be found.`);
  return row;
}

export const roleNamed = (call: Call, name: string | undefined): RoleRow => named(roles(call), "role", name);
export const groupNamed = (call: Call, name: string | undefined): GroupRow => named(groups(call), "group", name);
export const profileNamed = (call: Call, name: string | undefined): ProfileRow =>
  named(profiles(call), "profile", name);

/** Without a name IAM takes the caller's own. */
export function userNamed(call: Call, name: string | undefined): UserRow {
  return named(users(call), "user", name ?? call.caller.slice(call.caller.lastIndexOf("/") + 1));
}

export function noSuch(message: string): AwsFault {
  return new AwsFault("NoSuchEntity", message, 404);
}

export function exists(what: string, name: string): AwsFault {
  return new AwsFault("EntityAlreadyExists", `${what} with name ${name} already exists.`, 409);
}

export function conflict(rest: string): AwsFault {
  return new AwsFault("DeleteConflict", `Cannot delete entity, ${rest}`, 409);
}

/** IAM gives documents URL-encoded. Source: API reference, GetRole. */
export const encoded = encodeURIComponent;

/** IAM's unique ids: a prefix that tells the kind, and letters and digits in capitals. */
export const uniqueId = (call: Call, prefix: string): string => call.id(prefix, 17).toUpperCase();

/** One page as IAM's listings give it. */
export function marked<T>(items: readonly T[], input: { Marker?: string | undefined; MaxItems?: number | undefined }) {
  const cut = page(items, { token: input.Marker, max: input.MaxItems ?? 100 }, { max: 1000 });
  return { items: cut.items, rest: { IsTruncated: cut.next !== undefined, Marker: cut.next } };
}

/** Those below a path. */
export function under<T extends { readonly path: string }>(rows: readonly T[], prefix: string | undefined): T[] {
  return rows.filter(({ path }) => path.startsWith(prefix ?? "/"));
}

export function boundaryOf({ boundary }: Principal): object {
  if (!boundary) return {};
  return { PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: boundary } };
}
