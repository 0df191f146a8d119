import type { CreateServiceRequest, Service } from "@aws-sdk/client-apprunner";
import { arrive, later } from "../../moving.ts";
import { AwsFault, type Call, type Stored, type Table } from "../../service.ts";

export type AppRunnerService = Stored<Service>;

interface Row {
  readonly service: AppRunnerService;
  readonly tags: Record<string, string>;
}

/** By ARN. */
export const services = (call: Call): Table<Row> => call.table<Row>("apprunner.service");

/** About what an operation takes. */
const OPERATION_MS = 4 * 60_000;

const moveOf = ({ ServiceArn: arn }: AppRunnerService) => `apprunner.service/${arn}`;

export function rowNow(row: Row, call: Call): Row {
  arrive(call, moveOf(row.service), row.service);
  return row;
}

export function rowAt(call: Call, arn: string | undefined): Row {
  const row = services(call).get(arn ?? "");
  if (!row)
    throw new AwsFault("ResourceNotFoundException", `Service with the provided 'ServiceArn' does not exist: ${arn}.`);
  return rowNow(row, call);
}

/** Begins an operation, after which the service has that status. App Runner takes one at a time. */
export function begin(
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

export function scaling(call: Call, arn: string | undefined): AppRunnerService["AutoScalingConfigurationSummary"] {
  const path = `autoscalingconfiguration/DefaultConfiguration/1/${"0".repeat(31)}1`;
  return {
    AutoScalingConfigurationArn: arn ?? call.arn("apprunner", path),
    AutoScalingConfigurationName: arn?.split("/")[1] ?? "DefaultConfiguration",
    AutoScalingConfigurationRevision: 1,
  };
}

/** A service as it is made. Defaults: App Runner API reference, CreateService. */
export function createdService(input: Stored<CreateServiceRequest>, call: Call): AppRunnerService {
  const { Tags: _, AutoScalingConfigurationArn, ...members } = input;
  const ServiceId = call.id("", 32);
  const ServiceArn = call.arn("apprunner", `service/${input.ServiceName}/${ServiceId}`);
  return {
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
}
