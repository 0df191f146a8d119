import { AwsFault, type Call, type Operations } from "../../service.ts";
import { SUBNET } from "../ec2/network-kinds.ts";
import { has } from "../ec2/rows.ts";
import {
  codeOf,
  type FunctionRow,
  functionNamed,
  functions,
  invalid,
  lambdaTime,
  marked,
  notFound,
  touch,
} from "./function.ts";
import { leaveInterface } from "./interfaces.ts";
import { limitsOf } from "./limits.ts";

type Lambda = typeof import("@aws-sdk/client-lambda");
type Configuration = FunctionRow["configuration"];

interface Settings {
  readonly VpcConfig?: { SubnetIds?: string[] | undefined; SecurityGroupIds?: string[] | undefined } | undefined;
  readonly Layers?: string[] | undefined;
  readonly SnapStart?: { ApplyOn?: string | undefined } | undefined;
  readonly ImageConfig?: object | undefined;
}

/** Members of a request that a configuration does not repeat as they are. */
const OTHERWISE = [
  "Code",
  "Tags",
  "Publish",
  "PublishTo",
  "CodeSigningConfigArn",
  "Layers",
  "SnapStart",
  "ImageConfig",
  "RevisionId",
  "DryRun",
];

/** A request's settings in the shape that answers give them. */
function settingsOf(input: Settings, call: Call): Partial<Configuration> {
  const { VpcConfig, Layers, SnapStart, ImageConfig } = input;
  const same = Object.fromEntries(Object.entries(input).filter(([name]) => !OTHERWISE.includes(name)));
  return {
    ...same,
    ...(VpcConfig
      ? { VpcConfig: { ...VpcConfig, VpcId: vpcOf(VpcConfig.SubnetIds?.[0], call), Ipv6AllowedForDualStack: false } }
      : {}),
    ...(Layers ? { Layers: Layers.map((Arn) => ({ Arn, CodeSize: 1024 })) } : {}),
    ...(SnapStart ? { SnapStart: { ...SnapStart, OptimizationStatus: "Off" } } : {}),
    ...(ImageConfig ? { ImageConfigResponse: { ImageConfig } } : {}),
  } as Partial<Configuration>;
}

function vpcOf(subnet: string | undefined, call: Call): string {
  if (!subnet) return "";
  return has(SUBNET, call, subnet)?.VpcId ?? "vpc-0twin";
}

/** What ListFunctions leaves out. Source: API reference, ListFunctions. */
const NOT_LISTED = [
  "State",
  "StateReason",
  "StateReasonCode",
  "LastUpdateStatus",
  "LastUpdateStatusReason",
  "LastUpdateStatusReasonCode",
  "RuntimeVersionConfig",
];

function listed(configuration: Configuration): Configuration {
  return Object.fromEntries(
    Object.entries(configuration).filter(([name]) => !NOT_LISTED.includes(name)),
  ) as Configuration;
}

export const functionOperations = {
  CreateFunction(input, call) {
    const name = input.FunctionName ?? "";
    if (functions(call).get(name))
      throw new AwsFault("ResourceConflictException", `Function already exist: ${name}`, 409);
    const packageType = input.PackageType ?? "Zip";
    const configuration = {
      Description: "",
      Timeout: 3,
      MemorySize: 128,
      TracingConfig: { Mode: "PassThrough" },
      Architectures: ["x86_64"],
      EphemeralStorage: { Size: 512 },
      SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
      LoggingConfig: { LogFormat: "Text", LogGroup: `/aws/lambda/${name}` },
      ...settingsOf(input as Settings, call),
      ...codeOf(input.Code ?? {}),
      FunctionName: name,
      FunctionArn: call.arn("lambda", `function:${name}`),
      PackageType: packageType,
      Version: "$LATEST",
      LastModified: lambdaTime(call),
      RevisionId: call.uuid(),
      State: "Active",
      LastUpdateStatus: "Successful",
      ...(packageType === "Zip"
        ? { RuntimeVersionConfig: { RuntimeVersionArn: `arn:${call.partition}:lambda:${call.region}::runtime:twin` } }
        : {}),
    } as Configuration;
    const tags = { ...(input.Tags as Record<string, string> | undefined) };
    functions(call).put(name, { configuration, tags, statements: [], versions: [], aliases: {}, provisioned: {} });
    return configuration;
  },

  GetFunction(input, call) {
    const { configuration, tags, reserved } = functionNamed(call, input.FunctionName);
    const Location = `https://twin.s3.${call.region}.amazonaws.com/${configuration.FunctionName}?X-Amz-Security-Token=twin`;
    return {
      Configuration: configuration,
      Code: { RepositoryType: "S3", Location },
      ...(Object.keys(tags).length > 0 ? { Tags: tags } : {}),
      ...(reserved === undefined ? {} : { Concurrency: { ReservedConcurrentExecutions: reserved } }),
    };
  },
  GetFunctionConfiguration(input, call) {
    return functionNamed(call, input.FunctionName).configuration;
  },
  ListFunctions(input, call) {
    const all = functions(call)
      .all()
      .map(({ configuration }) => listed(configuration));
    const { cut, NextMarker } = marked(all, input, 50);
    return { Functions: cut, NextMarker };
  },

  UpdateFunctionConfiguration(input, call) {
    const row = functionNamed(call, input.FunctionName);
    checkRevision(row, input.RevisionId);
    const { FunctionName } = row.configuration;
    Object.assign(row.configuration, settingsOf(input as Settings, call), { FunctionName });
    touch(row, call);
    return row.configuration;
  },
  UpdateFunctionCode(input, call) {
    const row = functionNamed(call, input.FunctionName);
    checkRevision(row, input.RevisionId);
    if (input.DryRun) return row.configuration;
    Object.assign(row.configuration, codeOf(input), input.Architectures ? { Architectures: input.Architectures } : {});
    touch(row, call);
    return row.configuration;
  },
  /** Event source mappings stay. Source: API reference, DeleteFunction. */
  DeleteFunction(input, call) {
    const row = functionNamed(call, input.FunctionName);
    if (row.configuration.MasterArn)
      throw invalid(
        `Lambda was unable to delete ${row.configuration.FunctionArn} because it is a replicated function. Please see our documentation for Deleting Lambda@Edge Functions and Replicas.`,
      );
    leaveInterface(call, row.configuration);
    functions(call).delete(row.configuration.FunctionName ?? "");
    return { StatusCode: 204 };
  },

  GetAccountSettings(_input, call) {
    const all = functions(call).all();
    const reserved = all.reduce((sum, row) => sum + (row.reserved ?? 0), 0);
    const { executions } = limitsOf(call);
    const TotalCodeSize = all.reduce((sum, row) => sum + (row.configuration.CodeSize ?? 0), 0);
    return {
      AccountLimit: {
        ...LIMITS,
        ConcurrentExecutions: executions,
        UnreservedConcurrentExecutions: executions - reserved,
      },
      AccountUsage: { TotalCodeSize, FunctionCount: all.length },
    };
  },
  ListLayers: () => ({ Layers: [] }),
  GetFunctionCodeSigningConfig(input, call) {
    return { FunctionName: functionNamed(call, input.FunctionName).configuration.FunctionName };
  },
  GetFunctionUrlConfig(input, call): never {
    functionNamed(call, input.FunctionName);
    throw notFound("The resource you requested does not exist.");
  },
} satisfies Operations<Lambda>;

/** Source: Lambda developer guide, "Lambda quotas". */
const LIMITS = { TotalCodeSize: 80_530_636_800, CodeSizeUnzipped: 262_144_000, CodeSizeZipped: 52_428_800 };

function checkRevision(row: FunctionRow, expected: string | undefined): void {
  if (expected && expected !== row.configuration.RevisionId)
    throw new AwsFault(
      "PreconditionFailedException",
      "The Revision Id provided does not match the latest Revision Id.",
      412,
    );
}
