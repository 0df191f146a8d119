import { type Call, tagList, tagMap } from "../service.ts";
import { TAGGED } from "./tagged.ts";

/** Something that the Tagging API can tag. */
export interface TagHolder {
  readonly tags: Readonly<Record<string, string>>;
  readonly set: (tags: Readonly<Record<string, string>>) => void;
}

type Row = Record<string, unknown>;
type Tags = Readonly<Record<string, string>>;

/** Rows whose own listing gives their tags: where these stand, and where the ARN. */
interface Place {
  readonly kind: string;
  readonly arn: (row: Row, call: Call) => unknown;
  /** The part of a row that has the tags; absent = the row itself. */
  readonly part?: string;
  readonly read: (holder: Row) => Tags;
  readonly write: (holder: Row, tags: Tags) => void;
}

const map = (member: string) => ({
  read: (holder: Row) => (holder[member] ?? {}) as Tags,
  write: (holder: Row, tags: Tags) => void Object.assign(holder, { [member]: tags }),
});

const list = (member: string) => ({
  read: (holder: Row) => tagMap(holder[member] as Parameters<typeof tagMap>[0]),
  write: (holder: Row, tags: Tags) => void Object.assign(holder, { [member]: tagList(tags) }),
});

/** CodeBuild and ECS write keys and values small. */
const small = {
  read: ({ tags = [] }: Row) =>
    Object.fromEntries((tags as { key: string; value: string }[]).map(({ key, value }) => [key, value])),
  write: (holder: Row, tags: Tags) => {
    holder.tags = Object.entries(tags).map(([key, value]) => ({ key, value }));
  },
};

type Propagated = Readonly<Record<string, { readonly value: string; readonly propagate: boolean }>>;

/** What is tagged by the Tagging API is not passed on to instances. */
const propagated = {
  read: ({ tags }: Row) =>
    Object.fromEntries(Object.entries(tags as Propagated).map(([key, { value }]) => [key, value])),
  write: (holder: Row, tags: Tags) => {
    const known = holder.tags as Propagated;
    const one = ([key, value]: [string, string]) => [key, { value, propagate: known[key]?.propagate ?? false }];
    holder.tags = Object.fromEntries(Object.entries(tags).map(one));
  },
};

const at = (member: string, inner?: string) => (row: Row) =>
  inner === undefined ? row[member] : (row[member] as Row | undefined)?.[inner];

const PLACES: readonly Place[] = [
  { kind: "autoscaling.group", arn: at("AutoScalingGroupARN"), ...propagated },
  { kind: "codebuild.project", arn: at("arn"), ...small },
  { kind: "ecs.cluster", arn: at("clusterArn"), ...small },
  { kind: "ecs.service", arn: at("serviceArn"), ...small },
  { kind: "ecs.task-definition", arn: at("definition", "taskDefinitionArn"), ...small },
  { kind: "eks.cluster", arn: at("arn"), ...map("tags") },
  { kind: "eks.nodegroup", arn: at("group", "nodegroupArn"), part: "group", ...map("tags") },
  { kind: "elasticloadbalancing.listener", arn: at("it", "ListenerArn"), ...map("tags") },
  { kind: "elasticloadbalancing.listener-rule", arn: at("it", "RuleArn"), ...map("tags") },
  { kind: "elasticloadbalancing.load-balancer", arn: at("it", "LoadBalancerArn"), ...map("tags") },
  { kind: "elasticloadbalancing.target-group", arn: at("it", "TargetGroupArn"), ...map("tags") },
  { kind: "emr.cluster", arn: at("cluster", "ClusterArn"), part: "cluster", ...list("Tags") },
  { kind: "kafka.cluster", arn: at("ClusterArn"), ...map("Tags") },
  { kind: "lambda.event-source-mapping", arn: at("mapping", "EventSourceMappingArn"), ...map("tags") },
  { kind: "rds.db-cluster", arn: at("DBClusterArn"), ...list("TagList") },
  { kind: "rds.db-instance", arn: at("DBInstanceArn"), ...list("TagList") },
  {
    kind: "redshift.cluster",
    arn: (row, call) => call.arn("redshift", `cluster:${String(row.ClusterIdentifier)}`),
    ...list("Tags"),
  },
  { kind: "secretsmanager.secret", arn: at("secret", "ARN"), part: "secret", ...list("Tags") },
];

/** What has an ARN here; undefined = nothing that the Tagging API tags. */
export function holderOf(call: Call, arn: string): TagHolder | undefined {
  for (const { list } of TAGGED) {
    const found = list(call).find((each) => each.arn === arn);
    if (found) return found;
  }
  for (const { kind, arn: arnOf, part, read, write } of PLACES) {
    const row = call
      .table<Row>(kind)
      .all()
      .find((each) => arnOf(each, call) === arn);
    const holder = row && part !== undefined ? (row[part] as Row) : row;
    if (holder) return { tags: read(holder), set: (tags) => write(holder, tags) };
  }
  return undefined;
}
