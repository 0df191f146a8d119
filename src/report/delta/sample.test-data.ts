import type { Arn } from "../../model/brand.ts";
import { accountId, GLOBAL, instant, region } from "../../model/brand.ts";
import { type Change, countChanges, type PropertyChange } from "../../model/delta.ts";
import type { Json } from "../../model/json.ts";
import type { Resource, ResourceType } from "../../model/resource.ts";
import type { DeltaResult } from "../../verbs/delta/result.ts";

/** Resources and deltas that the tests of all formats are made of: every kind, and texts that break careless output. */

const ACCOUNT = accountId("123456789012");
export const IRELAND = region("eu-west-1");
export const VIRGINIA = region("us-east-1");

/** Names that somebody could give a resource to break a page, a comment, a record or a terminal. */
export const HOSTILE = {
  script: "</script><script>document.title='owned'</script><!--",
  attribute: `" autofocus onfocus="document.title='owned'" x='`,
  markdown: "a|b `c` *d* _e_ [f](https://evil.example) <img src=x onerror=alert(1)> @everyone #1 ~~g~~",
  csv: '=HYPERLINK("https://evil.example"),"x"\r\nnext',
  terminal: "\u001b[2J\u001b[31mred\u0007 \u202egnp.exe",
  xml: "]]> & < > \u0000\u000b\ufffe \ud800",
} as const;

export const LONG_BEFORE = `#!/bin/sh\n${"echo the same line\n".repeat(12)}exit 0`;
export const LONG_AFTER = `#!/bin/sh\n${"echo the same line\n".repeat(12)}exit 1`;

export function resource(type: ResourceType, id: string, more: Partial<Resource> = {}): Resource {
  const service = type.split("::")[1]?.toLowerCase() ?? "";
  const at = more.region ?? IRELAND;
  return {
    arn: `arn:aws:${service}:${at === GLOBAL ? "" : at}:${ACCOUNT}:${id}` as Arn,
    type,
    id,
    account: ACCOUNT,
    region: at,
    tags: {},
    links: [],
    configuration: {},
    fingerprint: id,
    ...more,
  };
}

/** One changed property; leave `before` or `after` out for one that came or went. */
export function property(
  path: string,
  category: PropertyChange["category"],
  values: { before?: Json; after?: Json; by?: string },
): PropertyChange {
  const { by, ...rest } = values;
  return { path, category, ...rest, ...(by === undefined ? {} : { controlledBy: by }) };
}

export function modified(
  of: Resource,
  properties: readonly PropertyChange[],
  kind: "modified" | "replaced" = "modified",
): Change {
  return { kind, before: of, after: of, properties };
}

const CHANGES: readonly Change[] = [
  {
    kind: "added",
    resource: resource("AWS::EC2::Instance", "i-0abc12de34f567890", {
      name: "batch-worker",
      createdAt: instant("2026-11-19T14:03:27Z"),
    }),
    createdBy: "arn:aws:sts::123456789012:assumed-role/Deploy/jane@example.com",
  },
  { kind: "added", resource: resource("AWS::S3::Bucket", "bucket-x", { name: HOSTILE.script, region: VIRGINIA }) },
  { kind: "added", resource: resource("AWS::SQS::Queue", HOSTILE.csv, { createdAt: instant("2026-11-18T08:00:00Z") }) },
  {
    kind: "deleted",
    resource: resource("AWS::RDS::DBInstance", "orders-replica-2", { createdAt: instant("2025-02-01T00:00:00Z") }),
  },
  { kind: "deleted", resource: resource("AWS::Lambda::Function", HOSTILE.terminal) },
  modified(resource("AWS::RDS::DBInstance", "orders", { createdAt: instant("2024-06-01T10:00:00Z") }), [
    property("MultiAZ", "configuration", { before: true, after: false }),
    property("PubliclyAccessible", "security exposure", { before: false, after: true }),
    property("Tags.owner", "tags", { before: "payments", after: HOSTILE.markdown }),
  ]),
  modified(resource("AWS::IAM::Role", "deploy", { region: GLOBAL, name: HOSTILE.attribute }), [
    property("AssumeRolePolicyDocument.Statement[AllowCi].Principal", "permissions", {
      before: { AWS: "arn:aws:iam::123456789012:root" },
      after: { AWS: ["arn:aws:iam::123456789012:root", "arn:aws:iam::999999999999:root"] },
    }),
  ]),
  modified(resource("AWS::EC2::Instance", "i-0feed", { name: HOSTILE.xml }), [
    property("UserData", "configuration", { before: LONG_BEFORE, after: LONG_AFTER }),
    property("Environment.PASSWORD", "configuration", {
      before: `redacted:${"a".repeat(32)}`,
      after: `redacted:${"b".repeat(32)}`,
    }),
    property("Tags.empty", "tags", { before: "", after: null }),
    property("Tags.gone", "tags", { before: "x" }),
    property("Tags.fresh", "tags", { after: "y" }),
  ]),
  modified(resource("AWS::ECS::Service", "web/checkout"), [
    property("DesiredCount", "capacity", { before: 4, after: 9, by: "Application Auto Scaling" }),
    property("TaskDefinition", "configuration", { before: "web:41", after: "web:42" }),
  ]),
  modified(resource("AWS::AutoScaling::AutoScalingGroup", "workers", { region: VIRGINIA }), [
    property("DesiredCapacity", "capacity", { before: 2, after: 12, by: "its scaling policies" }),
  ]),
  modified(
    resource("AWS::SNS::Topic", "alerts", { createdAt: instant("2026-11-19T00:00:00Z") }),
    [property("KmsMasterKeyId", "configuration", { before: "alias/a" })],
    "replaced",
  ),
  modified(resource("AWS::SQS::Queue", "jobs", { createdAt: instant("2026-11-20T00:00:00Z") }), [], "replaced"),
  {
    kind: "unknown",
    resource: resource("AWS::DynamoDB::Table", "sessions", { region: VIRGINIA }),
    reason: "AWS::DynamoDB::Table in us-east-1 was denied: not authorised to perform dynamodb:ListTables",
  },
];

/** A delta of these changes, three days after its baseline `prod`. */
export function deltaOf(changes: readonly Change[], more: Partial<DeltaResult> = {}): DeltaResult {
  return {
    account: ACCOUNT,
    before: { name: "prod", startedAt: instant("2026-11-17T09:30:00Z"), resources: 1217 },
    after: { name: "live", startedAt: instant("2026-11-20T10:15:00Z"), resources: 1218 },
    changes,
    counts: countChanges(changes),
    unchanged: 1204,
    unseen: [],
    ...more,
  };
}

/** Every kind of change, every kind of text, and two cells that were not seen. */
export function sampleDelta(): DeltaResult {
  return deltaOf(CHANGES, {
    unseen: [
      {
        type: "AWS::DynamoDB::Table",
        region: VIRGINIA,
        status: "denied",
        count: 0,
        reason: "not authorised to perform dynamodb:ListTables <here>",
        action: "dynamodb:ListTables",
      },
      { type: "AWS::Kinesis::Stream", region: IRELAND, status: "throttled", count: 40, reason: "Rate exceeded" },
    ],
  });
}

/** As many changes as wanted, over some types, regions and kinds. */
export function largeDelta(size: number): DeltaResult {
  const types: readonly ResourceType[] = ["AWS::EC2::Instance", "AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::IAM::Role"];
  const changes = Array.from({ length: size }, (_, index): Change => {
    const of = resource(types[index % types.length] ?? "AWS::SQS::Queue", `thing-${index}`, {
      region: index % 3 ? IRELAND : VIRGINIA,
    });
    if (index % 5 === 0) return { kind: "added", resource: of };
    if (index % 7 === 0) return { kind: "deleted", resource: of };
    return modified(of, [
      property("Tags.build", "tags", { before: `b-${index}`, after: `b-${index + 1}` }),
      property("Size", index % 11 ? "capacity" : "security exposure", { before: index, after: index * 2 }),
    ]);
  });
  return deltaOf(changes);
}
