import type { Call } from "../service.ts";

/** A kind of resource that the Tagging API knows, and how its tags are found. */
interface Tagged {
  /** As in ResourceTypeFilters: `sqs`, `lambda:function`. */
  readonly type: string;
  readonly list: (call: Call) => {
    readonly arn: string;
    readonly tags: Readonly<Record<string, string>>;
    readonly set: (tags: Readonly<Record<string, string>>) => void;
  }[];
}

interface WithTags {
  tags?: Readonly<Record<string, string>>;
}

function rows<T extends object>(type: string, kind: string, arn: (row: T, call: Call) => string): Tagged {
  const list = (call: Call) =>
    call
      .table<T & WithTags>(kind)
      .all()
      .map((row) => ({
        arn: arn(row, call),
        tags: row.tags ?? {},
        set: (tags: Readonly<Record<string, string>>) => {
          row.tags = tags;
        },
      }));
  return { type, list };
}

/** Services whose own listings have no tags, so that Evenkeel reads them here. */
export const TAGGED: readonly Tagged[] = [
  rows<{ service: { ServiceArn: string } }>(
    "apprunner:service",
    "apprunner.service",
    ({ service }) => service.ServiceArn,
  ),
  rows<{ alarm: { AlarmName: string } }>("cloudwatch:alarm", "cloudwatch.alarm", ({ alarm }, call) =>
    call.arn("cloudwatch", `alarm:${alarm.AlarmName}`),
  ),
  rows<{ instance: { ReplicationInstanceArn: string } }>(
    "dms:rep",
    "dms.instance",
    ({ instance }) => instance.ReplicationInstanceArn,
  ),
  rows<{ task: { ReplicationTaskArn: string } }>("dms:task", "dms.task", ({ task }) => task.ReplicationTaskArn),
  rows<{ description: { TableArn: string } }>(
    "dynamodb:table",
    "dynamodb.table",
    ({ description }) => description.TableArn,
  ),
  rows<{ cluster: { ARN: string } }>("elasticache:cluster", "elasticache.cluster", ({ cluster }) => cluster.ARN),
  rows<{ group: { ARN: string } }>(
    "elasticache:replicationgroup",
    "elasticache.replicationgroup",
    ({ group }) => group.ARN,
  ),
  rows<{ domain: { ARN: string } }>("es:domain", "opensearch.domain", ({ domain }) => domain.ARN),
  rows<{ rule: { Arn: string } }>("events:rule", "events.rule", ({ rule }) => rule.Arn),
  rows<{ trigger: { Name: string } }>("glue:trigger", "glue.trigger", ({ trigger }, call) =>
    call.arn("glue", `trigger/${trigger.Name}`),
  ),
  rows<{ summary: { StreamARN: string } }>("kinesis:stream", "kinesis.stream", ({ summary }) => summary.StreamARN),
  rows<{ metadata: { Arn: string } }>("kms:key", "kms.key", ({ metadata }) => metadata.Arn),
  rows<{ configuration: { FunctionArn: string } }>(
    "lambda:function",
    "lambda.function",
    ({ configuration }) => configuration.FunctionArn,
  ),
  rows<{ group: { logGroupArn: string } }>("logs:log-group", "logs.log-group", ({ group }) => group.logGroupArn),
  rows<{ group: { DBSubnetGroupArn: string } }>(
    "rds:subgrp",
    "rds.db-subnet-group",
    ({ group }) => group.DBSubnetGroupArn,
  ),
  rows<{ name: string }>("s3:bucket", "s3.bucket", (bucket, call) => `arn:${call.partition}:s3:::${bucket.name}`),
  rows<{ description: { EndpointArn: string } }>(
    "sagemaker:endpoint",
    "sagemaker.endpoint",
    ({ description }) => description.EndpointArn,
  ),
  rows<{ description: { EndpointConfigArn: string } }>(
    "sagemaker:endpoint-config",
    "sagemaker.endpoint-config",
    ({ description }) => description.EndpointConfigArn,
  ),
  rows<{ description: { ModelArn: string } }>(
    "sagemaker:model",
    "sagemaker.model",
    ({ description }) => description.ModelArn,
  ),
  rows<{ description: { NotebookInstanceArn: string } }>(
    "sagemaker:notebook-instance",
    "sagemaker.notebook-instance",
    ({ description }) => description.NotebookInstanceArn,
  ),
  rows<{ arn: string }>("sns", "sns.topic", ({ arn }) => arn),
  rows<{ name: string }>("sqs", "sqs.queue", (queue, call) => call.arn("sqs", queue.name)),
  rows<{ workspace: { WorkspaceId: string } }>("workspaces:workspace", "workspaces.workspace", ({ workspace }, call) =>
    call.arn("workspaces", `workspace/${workspace.WorkspaceId}`),
  ),
];
