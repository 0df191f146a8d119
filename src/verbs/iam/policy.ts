import type { Facts } from "../../catalog/contract.ts";

/* The least policy of the verbs, from the catalog's facts. */

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly PolicyStatement[];
}

/** A bucket that snapshots and records are kept in, or copies of records. */
export interface StoreBucket {
  readonly partition: string;
  readonly name: string;
  readonly prefix: string;
}

/** Which of a run's stores are buckets. */
export interface Buckets {
  readonly store?: StoreBucket | undefined;
  readonly backup?: StoreBucket | undefined;
}

/** A store in a bucket needs rights of its own; undefined = the store is no bucket. */
export function storeBucket(url: string, partition: string): StoreBucket | undefined {
  const [, name, prefix = ""] = /^s3:\/\/([^/]+)\/*(.*?)\/*$/.exec(url) ?? [];
  return name === undefined ? undefined : { partition, name, prefix };
}

/**
 * Handing a role to a service is allowed towards the services whose types ask for it, and no other.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export const PASS_ROLE = "iam:PassRole";

/** What reads, by how AWS begins such names. */
const READS = /^[a-z0-9-]+:(Get|List|Describe|Lookup|Search|BatchGet)/;

export function isRead(action: string): boolean {
  return READS.test(action);
}

/** Statements by service, sorted: what reads apart from what changes. Listings take no ARN, so their resource is everything. */
export function leastPolicy(
  actions: readonly string[],
  types: readonly Facts[],
  buckets: Buckets = {},
): PolicyDocument {
  const plain = actions.filter((action) => action !== PASS_ROLE);
  const statements = [
    ...byService("Read", plain.filter(isRead)),
    ...byService(
      "Change",
      plain.filter((action) => !isRead(action)),
    ),
    ...(plain.length < actions.length ? [passRole(types)] : []),
    ...bucketStatements(buckets),
  ];
  return { Version: "2012-10-17", Statement: statements };
}

function byService(what: "Read" | "Change", actions: readonly string[]): PolicyStatement[] {
  return [...new Set(actions.map(serviceOf))].sort().map((service) => ({
    Sid: `${what}${pascal(service)}`,
    Effect: "Allow",
    Action: actions.filter((action) => serviceOf(action) === service),
    Resource: "*",
  }));
}

export function passRole(types: readonly Facts[]): PolicyStatement {
  const asking = types.flatMap(({ pause }) => {
    const actions = pause ? [...pause.iam.pause, ...pause.iam.resume] : [];
    return actions.includes(PASS_ROLE) ? actions.filter((action) => action !== PASS_ROLE).map(serviceOf) : [];
  });
  const services = [...new Set(asking)].sort().map((service) => `${service}.amazonaws.com`);
  return {
    Sid: "PassRole",
    Effect: "Allow",
    Action: [PASS_ROLE],
    Resource: "*",
    Condition: { StringEquals: { "iam:PassedToService": services } },
  };
}

const OBJECT_ACTIONS = {
  Store: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
  /** A copy of a record is written once, and nothing of a backup is ever deleted. */
  Backup: ["s3:GetObject", "s3:PutObject"],
} as const;

/** What those of a run's stores need that are buckets. */
export function bucketStatements({ store, backup }: Buckets): PolicyStatement[] {
  return [
    ...(store ? storeStatements("Store", arnOf(store), store.prefix) : []),
    ...(backup ? storeStatements("Backup", arnOf(backup), backup.prefix) : []),
  ];
}

/** What keeping records in a bucket needs, under a prefix of its own; empty = in all of the bucket. */
export function storeStatements(what: "Store" | "Backup", bucket: string, prefix: string): PolicyStatement[] {
  const objects = prefix === "" ? `${bucket}/*` : `${bucket}/${prefix}/*`;
  return [
    { Sid: `${what}List`, Effect: "Allow", Action: ["s3:ListBucket"], Resource: bucket },
    { Sid: `${what}Objects`, Effect: "Allow", Action: OBJECT_ACTIONS[what], Resource: objects },
  ];
}

function arnOf({ partition, name }: StoreBucket): string {
  return `arn:${partition}:s3:::${name}`;
}

export function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(":"));
}

/** A Sid is made of letters and digits only: `elasticloadbalancing` -> `Elasticloadbalancing`. */
export function pascal(service: string): string {
  return service.replace(/(^|[^a-z0-9]+)([a-z0-9])/gi, (_, __, letter: string) => letter.toUpperCase());
}

/**
 * What AWS takes for a managed policy, white space not counted.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const LARGEST_POLICY = 6144;
/** The same with room for what is filled in later, and longer than what stands for it. */
export const ROOM_TO_FILL_IN = 5000;

/**
 * The policy in as many documents as AWS's size limit for managed policies asks for; statements stay whole, where they fit.
 * @param largest less where something is to be filled in yet that is longer than what stands for it
 */
export function withinLimit({ Version, Statement }: PolicyDocument, largest = LARGEST_POLICY): PolicyDocument[] {
  const documents: PolicyStatement[][] = [[]];
  for (const statement of Statement.flatMap((each) => halves(each, largest))) {
    const last = documents.at(-1) as PolicyStatement[];
    if (last.length > 0 && size({ Version, Statement: [...last, statement] }) > largest) documents.push([statement]);
    else last.push(statement);
  }
  return documents.map((statements) => ({ Version, Statement: statements }));
}

/** A statement that alone is too large, in parts. */
function halves(statement: PolicyStatement, largest: number): PolicyStatement[] {
  if (size({ Version: "2012-10-17", Statement: [statement] }) <= largest || statement.Action.length < 2)
    return [statement];
  const middle = Math.ceil(statement.Action.length / 2);
  return [statement.Action.slice(0, middle), statement.Action.slice(middle)].flatMap((Action, index) =>
    halves({ ...statement, Sid: `${statement.Sid}${index + 1}`, Action }, largest),
  );
}

function size(document: PolicyDocument): number {
  return JSON.stringify(document).length;
}
