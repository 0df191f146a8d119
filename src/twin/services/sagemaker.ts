import type {
  DescribeEndpointConfigOutput,
  DescribeEndpointOutput,
  DescribeModelOutput,
  ProductionVariant,
} from "@aws-sdk/client-sagemaker";
import { AwsFault, type Call, page, service, type Stored, type Table, tagList, tagMap } from "../service.ts";

type Kind = "model" | "endpoint-config" | "endpoint";

interface Row<T> {
  readonly description: T;
  readonly tags: Record<string, string>;
}

type Endpoint = Stored<DescribeEndpointOutput>;
type EndpointConfig = Stored<DescribeEndpointConfigOutput>;
type Model = Stored<DescribeModelOutput>;

const table = <T extends object>(call: Call, kind: Kind): Table<Row<T>> => call.table<Row<T>>(`sagemaker.${kind}`);
const endpoints = (call: Call) => table<Endpoint>(call, "endpoint");
const configs = (call: Call) => table<EndpointConfig>(call, "endpoint-config");
const models = (call: Call) => table<Model>(call, "model");

/** SageMaker says ValidationException for what is not there. Source: SageMaker API reference, DescribeEndpoint. */
function named<T extends object>(rows: Table<T>, kind: string, name: string | undefined): T {
  const row = rows.get(name ?? "");
  if (!row) throw new AwsFault("ValidationException", `Could not find ${kind} "${name}".`);
  return row;
}

function refuseSecond(rows: Table<object>, kind: string, name: string | undefined): void {
  if (rows.get(name ?? "")) throw new AwsFault("ValidationException", `Cannot create already existing ${kind} "${name}".`);
}

function tagged(call: Call, arn = ""): Row<object> {
  const [kind = "", name = ""] = (arn.split(":", 6)[5] ?? "").split("/");
  return named(table<object>(call, kind as Kind), kind, name);
}

/** A page of summaries, by name, that contain `NameContains`. */
function summaries<T>(
  rows: readonly T[],
  nameOf: (row: T) => string | undefined,
  input: { NameContains?: string | undefined; NextToken?: string | undefined; MaxResults?: number | undefined },
) {
  const found = rows.filter((row) => nameOf(row)?.includes(input.NameContains ?? ""));
  return page(found, { token: input.NextToken, max: input.MaxResults ?? 10 }, { max: 100, invalid: "ValidationException" });
}

function running(variant: Stored<ProductionVariant>) {
  const { InitialInstanceCount: count, InitialVariantWeight: weight = 1, ServerlessConfig: serverless } = variant;
  return {
    VariantName: variant.VariantName,
    CurrentWeight: weight,
    DesiredWeight: weight,
    ...(count ? { CurrentInstanceCount: count, DesiredInstanceCount: count } : {}),
    ...(serverless ? { CurrentServerlessConfig: serverless, DesiredServerlessConfig: serverless } : {}),
  };
}

function variantsOf(call: Call, config: string | undefined): Pick<Endpoint, "ProductionVariants"> {
  const { description } = named(configs(call), "endpoint configuration", config);
  return { ProductionVariants: (description.ProductionVariants ?? []).map(running) };
}

export const sagemaker = service(
  { namespace: "com.amazonaws.sagemaker", signingName: "sagemaker" },
  () => import("@aws-sdk/client-sagemaker"),
  {
    CreateModel(input, call) {
      refuseSecond(models(call), "model", input.ModelName);
      const { Tags, ...members } = input;
      const ModelArn = call.arn("sagemaker", `model/${input.ModelName}`);
      const description = { EnableNetworkIsolation: false, ...members, ModelArn, CreationTime: call.now() } as Model;
      models(call).put(input.ModelName ?? "", { description, tags: tagMap(Tags) });
      return { ModelArn };
    },
    DescribeModel(input, call) {
      return named(models(call), "model", input.ModelName).description;
    },
    ListModels(input, call) {
      const { items, next } = summaries(models(call).all(), ({ description }) => description.ModelName, input);
      const shown = items.map(({ description: { ModelName, ModelArn, CreationTime } }) => ({ ModelName, ModelArn, CreationTime }));
      return { Models: shown, NextToken: next };
    },
    DeleteModel(input, call) {
      named(models(call), "model", input.ModelName);
      models(call).delete(input.ModelName ?? "");
    },
    CreateEndpointConfig(input, call) {
      refuseSecond(configs(call), "endpoint configuration", input.EndpointConfigName);
      const { Tags, ...members } = input;
      const EndpointConfigArn = call.arn("sagemaker", `endpoint-config/${input.EndpointConfigName}`);
      const description = { ...members, EndpointConfigArn, CreationTime: call.now() } as EndpointConfig;
      configs(call).put(input.EndpointConfigName ?? "", { description, tags: tagMap(Tags) });
      return { EndpointConfigArn };
    },
    DescribeEndpointConfig(input, call) {
      return named(configs(call), "endpoint configuration", input.EndpointConfigName).description;
    },
    ListEndpointConfigs(input, call) {
      const { items, next } = summaries(configs(call).all(), ({ description }) => description.EndpointConfigName, input);
      const shown = items.map(({ description: { EndpointConfigName, EndpointConfigArn, CreationTime } }) => ({
        EndpointConfigName,
        EndpointConfigArn,
        CreationTime,
      }));
      return { EndpointConfigs: shown, NextToken: next };
    },
    DeleteEndpointConfig(input, call) {
      named(configs(call), "endpoint configuration", input.EndpointConfigName);
      configs(call).delete(input.EndpointConfigName ?? "");
    },
    CreateEndpoint(input, call) {
      refuseSecond(endpoints(call), "endpoint", input.EndpointName);
      const EndpointArn = call.arn("sagemaker", `endpoint/${input.EndpointName}`);
      const now = call.now();
      const description: Endpoint = {
        EndpointName: input.EndpointName,
        EndpointArn,
        EndpointConfigName: input.EndpointConfigName,
        EndpointStatus: "InService",
        CreationTime: now,
        LastModifiedTime: now,
        ...variantsOf(call, input.EndpointConfigName),
      };
      endpoints(call).put(input.EndpointName ?? "", { description, tags: tagMap(input.Tags) });
      return { EndpointArn };
    },
    DescribeEndpoint(input, call) {
      return named(endpoints(call), "endpoint", input.EndpointName).description;
    },
    ListEndpoints(input, call) {
      const found = endpoints(call)
        .all()
        .filter(({ description }) => !input.StatusEquals || description.EndpointStatus === input.StatusEquals);
      const { items, next } = summaries(found, ({ description }) => description.EndpointName, input);
      const shown = items.map(({ description: { EndpointName, EndpointArn, EndpointStatus, CreationTime, LastModifiedTime } }) => ({
        EndpointName,
        EndpointArn,
        EndpointStatus,
        CreationTime,
        LastModifiedTime,
      }));
      return { Endpoints: shown, NextToken: next };
    },
    UpdateEndpoint(input, call) {
      const { description } = named(endpoints(call), "endpoint", input.EndpointName);
      const { EndpointConfigName } = input;
      Object.assign(description, { EndpointConfigName, LastModifiedTime: call.now(), ...variantsOf(call, EndpointConfigName) });
      return { EndpointArn: description.EndpointArn };
    },
    UpdateEndpointWeightsAndCapacities(input, call) {
      const { description } = named(endpoints(call), "endpoint", input.EndpointName);
      for (const { VariantName, DesiredWeight: weight, DesiredInstanceCount: count } of input.DesiredWeightsAndCapacities ?? []) {
        const variant = description.ProductionVariants?.find((each) => each.VariantName === VariantName);
        if (!variant) throw new AwsFault("ValidationException", `Could not find variant "${VariantName}".`);
        if (weight !== undefined) Object.assign(variant, { CurrentWeight: weight, DesiredWeight: weight });
        if (count !== undefined) Object.assign(variant, { CurrentInstanceCount: count, DesiredInstanceCount: count });
      }
      description.LastModifiedTime = call.now();
      return { EndpointArn: description.EndpointArn };
    },
    DeleteEndpoint(input, call) {
      named(endpoints(call), "endpoint", input.EndpointName);
      endpoints(call).delete(input.EndpointName ?? "");
    },
    AddTags(input, call) {
      const row = tagged(call, input.ResourceArn);
      Object.assign(row.tags, tagMap(input.Tags));
      return { Tags: tagList(row.tags) };
    },
    DeleteTags(input, call) {
      const { tags } = tagged(call, input.ResourceArn);
      for (const key of input.TagKeys ?? []) delete tags[key];
    },
    ListTags(input, call) {
      return { Tags: tagList(tagged(call, input.ResourceArn).tags) };
    },
  },
);
