import type { Service } from "@aws-sdk/client-apprunner";
import { arrive, later } from "../moving.ts";
import { AwsFault, type Call, page, type Stored, service, type Table, tagList, tagMap } from "../service.ts";

type AppRunnerService = Stored<Service>;

interface Row {
  readonly service: AppRunnerService;
  readonly tags: Record<string, string>;
}

/** By ARN. */
const services = (call: Call): Table<Row> => call.table<Row>("apprunner.service");

/** About what an operation takes. */
const OPERATION_MS = 4 * 60_000;

const moveOf = ({ ServiceArn: arn }: AppRunnerService) => `apprunner.service/${arn}`;

function rowNow(row: Row, call: Call): Row {
  arrive(call, moveOf(row.service), row.service);
  return row;
}

function rowAt(call: Call, arn: string | undefined): Row {
  const row = services(call).get(arn ?? "");
  if (!row)
    throw new AwsFault("ResourceNotFoundException", `Service with the provided 'ServiceArn' does not exist: ${arn}.`);
  return rowNow(row, call);
}

/** Begins an operation, after which the service has that status. App Runner takes one at a time. */
function begin(
  call: Call,
  { service: row }: Row,
  { from, to }: { readonly from: readonly string[]; readonly to: string },
): object {
  if (!from.includes(row.Status ?? ""))
    throw new AwsFault("InvalidStateException", `Service cannot be changed in the current state: ${row.Status}.`);
  Object.assign(row, { Status: "OPERATION_IN_PROGRESS", UpdatedAt: call.now() });
  const gone = to === "DELETED" ? { DeletedAt: call.now() } : {};
  later(call, moveOf(row), OPERATION_MS, { Status: to, ...gone });
  return { Service: row, OperationId: call.uuid() };
}

function scaling(call: Call, arn: string | undefined): AppRunnerService["AutoScalingConfigurationSummary"] {
  const path = `autoscalingconfiguration/DefaultConfiguration/1/${"0".repeat(31)}1`;
  return {
    AutoScalingConfigurationArn: arn ?? call.arn("apprunner", path),
    AutoScalingConfigurationName: arn?.split("/")[1] ?? "DefaultConfiguration",
    AutoScalingConfigurationRevision: 1,
  };
}

export const apprunner = service(
  { namespace: "com.amazonaws.apprunner", signingName: "apprunner" },
  () => import("@aws-sdk/client-apprunner"),
  {
    CreateService(input, call) {
      const { Tags, AutoScalingConfigurationArn, ...members } = input;
      const others = services(call)
        .all()
        .map((row) => rowNow(row, call).service);
      if (others.some(({ ServiceName, Status }) => ServiceName === input.ServiceName && Status !== "DELETED"))
        throw new AwsFault(
          "InvalidRequestException",
          `Service with the provided name already exists: ${input.ServiceName}.`,
        );
      const ServiceId = call.id("", 32);
      const ServiceArn = call.arn("apprunner", `service/${input.ServiceName}/${ServiceId}`);
      const row = {
        InstanceConfiguration: { Cpu: "1024", Memory: "2048" },
        HealthCheckConfiguration: { Protocol: "TCP", Path: "/", Interval: 5, Timeout: 2, HealthyThreshold: 1 },
        NetworkConfiguration: {
          EgressConfiguration: { EgressType: "DEFAULT" },
          IngressConfiguration: { IsPubliclyAccessible: true },
          IpAddressType: "IPV4",
        },
        ...members,
        AutoScalingConfigurationSummary: scaling(call, AutoScalingConfigurationArn),
        ServiceId,
        ServiceArn,
        ServiceUrl: `${ServiceId.slice(0, 10)}.${call.region}.awsapprunner.com`,
        CreatedAt: call.now(),
        Status: "RUNNING",
      } as AppRunnerService;
      const made = services(call).put(ServiceArn, { service: row, tags: tagMap(Tags) });
      return begin(call, made, { from: ["RUNNING"], to: "RUNNING" });
    },
    DescribeService(input, call) {
      return { Service: rowAt(call, input.ServiceArn).service };
    },
    ListServices(input, call) {
      const all = services(call)
        .all()
        .map((row) => rowNow(row, call).service);
      const limits = { max: 20, invalid: "InvalidRequestException" };
      const { items, next } = page(all, { token: input.NextToken, max: input.MaxResults }, limits);
      const shown = items.map(({ ServiceName, ServiceId, ServiceArn, ServiceUrl, CreatedAt, UpdatedAt, Status }) => ({
        ServiceName,
        ServiceId,
        ServiceArn,
        ServiceUrl,
        CreatedAt,
        UpdatedAt,
        Status,
      }));
      return { ServiceSummaryList: shown, NextToken: next };
    },
    UpdateService(input, call) {
      const row = rowAt(call, input.ServiceArn);
      const { ServiceArn: _, AutoScalingConfigurationArn: arn, ...settings } = input;
      const answer = begin(call, row, { from: ["RUNNING", "CREATE_FAILED"], to: "RUNNING" });
      Object.assign(row.service, settings, arn ? { AutoScalingConfigurationSummary: scaling(call, arn) } : {});
      return answer;
    },
    PauseService(input, call) {
      return begin(call, rowAt(call, input.ServiceArn), { from: ["RUNNING"], to: "PAUSED" });
    },
    ResumeService(input, call) {
      return begin(call, rowAt(call, input.ServiceArn), { from: ["PAUSED"], to: "RUNNING" });
    },
    DeleteService(input, call) {
      return begin(call, rowAt(call, input.ServiceArn), {
        from: ["RUNNING", "PAUSED", "CREATE_FAILED", "DELETE_FAILED"],
        to: "DELETED",
      });
    },
    TagResource(input, call) {
      Object.assign(rowAt(call, input.ResourceArn).tags, tagMap(input.Tags));
    },
    UntagResource(input, call) {
      const { tags } = rowAt(call, input.ResourceArn);
      for (const key of input.TagKeys ?? []) delete tags[key];
    },
    ListTagsForResource(input, call) {
      return { Tags: tagList(rowAt(call, input.ResourceArn).tags) };
    },
  },
);
