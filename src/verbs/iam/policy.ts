import type { Facts } from "../../catalog/contract.ts";

/* The least policy of the verbs, from the catalog's facts. */

/** Verbs that read an account. */
export type ReadingVerb = "snapshot" | "delta" | "types" | "whoami" | "doctor";

/** Needs no permission; it stands in the policy so that a reader sees that it is called. */
const IDENTITY = ["sts:GetCallerIdentity"];
const ACCOUNT = ["ec2:DescribeRegions", "iam:ListAccountAliases"];

interface Need {
  /** Actions whatever the types. */
  readonly actions: readonly string[];
  /** Whether it lists and reads the selected types. */
  readonly types: boolean;
}

const NEEDS: Readonly<Record<ReadingVerb, Need>> = {
  snapshot: { actions: [...IDENTITY, ...ACCOUNT], types: true },
  // Who created what was added: `--who`.
  delta: { actions: [...IDENTITY, ...ACCOUNT, "cloudtrail:LookupEvents"], types: true },
  doctor: { actions: [...IDENTITY, ...ACCOUNT], types: true },
  whoami: { actions: [...IDENTITY, ...ACCOUNT], types: false },
  types: { actions: IDENTITY, types: false },
};

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
}

export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly PolicyStatement[];
}

/** A bucket that snapshots are kept in. */
export interface StoreBucket {
  readonly partition: string;
  readonly name: string;
  readonly prefix: string;
}

/** The actions that verbs need for types, sorted. */
export function neededActions(verbs: readonly ReadingVerb[], types: readonly Facts[]): string[] {
  const needs = verbs.map((verb) => NEEDS[verb]);
  const ofTypes = needs.some((need) => need.types) ? types.flatMap(({ iam }) => [...iam.list, ...iam.read]) : [];
  return [...new Set([...needs.flatMap((need) => need.actions), ...ofTypes])].sort();
}

/** One statement a service, sorted. Listings take no ARN, so their resource is everything. */
export function readingPolicy(actions: readonly string[], store?: StoreBucket): PolicyDocument {
  const services = [...new Set(actions.map(serviceOf))].sort();
  const statements = services.map(
    (service): PolicyStatement => ({
      Sid: `Read${pascal(service)}`,
      Effect: "Allow",
      Action: actions.filter((action) => serviceOf(action) === service),
      Resource: "*",
    }),
  );
  return { Version: "2012-10-17", Statement: [...statements, ...(store ? storeStatements(store) : [])] };
}

function storeStatements({ partition, name, prefix }: StoreBucket): PolicyStatement[] {
  const bucket = `arn:${partition}:s3:::${name}`;
  const objects = prefix === "" ? `${bucket}/*` : `${bucket}/${prefix}/*`;
  return [
    { Sid: "StoreList", Effect: "Allow", Action: ["s3:ListBucket"], Resource: bucket },
    {
      Sid: "StoreObjects",
      Effect: "Allow",
      Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      Resource: objects,
    },
  ];
}

function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(":"));
}

/** A Sid is made of letters and digits only: `elasticloadbalancing` -> `Elasticloadbalancing`. */
function pascal(service: string): string {
  return service.replace(/(^|[^a-z0-9]+)([a-z0-9])/gi, (_, __, letter: string) => letter.toUpperCase());
}

/**
 * What AWS takes for a managed policy, white space not counted.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const LARGEST_POLICY = 6144;

/** The policy in as many documents as AWS's size limit for managed policies asks for; statements stay whole, where they fit. */
export function withinLimit({ Version, Statement }: PolicyDocument): PolicyDocument[] {
  const documents: PolicyStatement[][] = [[]];
  for (const statement of Statement.flatMap(halves)) {
    const last = documents.at(-1) as PolicyStatement[];
    if (last.length > 0 && size({ Version, Statement: [...last, statement] }) > LARGEST_POLICY)
      documents.push([statement]);
    else last.push(statement);
  }
  return documents.map((statements) => ({ Version, Statement: statements }));
}

/** A statement that alone is too large, in parts. */
function halves(statement: PolicyStatement): PolicyStatement[] {
  if (size({ Version: "2012-10-17", Statement: [statement] }) <= LARGEST_POLICY || statement.Action.length < 2)
    return [statement];
  const middle = Math.ceil(statement.Action.length / 2);
  return [statement.Action.slice(0, middle), statement.Action.slice(middle)].flatMap((Action, index) =>
    halves({ ...statement, Sid: `${statement.Sid}${index + 1}`, Action }),
  );
}

function size(document: PolicyDocument): number {
  return JSON.stringify(document).length;
}
